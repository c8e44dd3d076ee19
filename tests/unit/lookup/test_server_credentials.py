# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup plugin server_credentials."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins import loader
from ansible.template import Templar, trust_as_template
from ansible.utils.display import Display

from ansible_collections.centurylink.cloud.plugins.lookup import server_credentials
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import URL, SimulatedService, serving

SERVER = "va1demofile01"


@pytest.fixture
def service(clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[SimulatedService]:
    """An account with Windows servers, credentials in the environment, and nothing read yet."""
    for name, value in {"URL": URL, "USERNAME": "demo", "PASSWD": "demo-password"}.items():
        monkeypatch.setenv(f"CLC_V2_API_{name}", value)
    monkeypatch.setattr("ansible.constants.DEFAULT_LOCAL_TMP", str(tmp_path))
    monkeypatch.setattr(server_credentials, "_READ", {})
    found = SimulatedService(clock, t.cast(t.Any, None))
    with serving(found):
        yield found


def look_up(*terms: str, **options: t.Any) -> list[str]:
    found: list[str] = loader.lookup_loader.get("centurylink.cloud.server_credentials").run(list(terms), {}, **options)
    return found


def logins(service: SimulatedService) -> int:
    log = service.simulator.request_log
    return sum(entry.operationId == "login" for entry in log._entries)


def test_password_and_user_name(service: SimulatedService) -> None:
    (password,) = look_up(SERVER)
    assert len(password) > 5
    assert look_up(SERVER.upper(), property="user_name") == ["Administrator"]
    assert look_up(SERVER, "wa1demoweb01")[0] == password


def test_one_login_and_one_read_of_each_server(service: SimulatedService) -> None:
    for _number in range(3):
        look_up(SERVER, "wa1demoweb01")
        look_up(SERVER, property="user_name")
    assert logins(service) == 1
    assert [entry.operationId for entry in service.log()] == ["getServerCredentials"] * 2


def test_predicted_server_has_placeholders(service: SimulatedService) -> None:
    predicted = "wa1demoweb-1-0a1b2c.predicted.invalid"
    assert look_up(predicted) == [f"password.{predicted}"]
    assert look_up(predicted.upper(), property="user_name") == [f"user-name.{predicted}"]
    assert not service.log()


def test_another_user_has_an_own_entry(service: SimulatedService) -> None:
    look_up(SERVER)
    with pytest.raises(AnsibleError):
        look_up(SERVER, username="viewer", password="wrong-password")


def test_as_a_template(service: SimulatedService) -> None:
    templar = Templar(loader=DataLoader(), variables={"clc_id": SERVER})
    template = trust_as_template("{{ lookup('centurylink.cloud.server_credentials', clc_id) }}")
    assert templar.template(template) == look_up(SERVER)[0]


def test_nothing_is_displayed_or_written(
    service: SimulatedService, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Display(), "verbosity", 6)
    (password,) = look_up(SERVER)
    output = capsys.readouterr()
    assert "/credentials" in output.out
    assert password not in output.out + output.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if password in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("terms", "options", "message"),
    [
        (["wa1nowhere01"], {}, "account DEMO has no credentials for a server wa1nowhere01"),
        ([" "], {}, "the id of a server is empty"),
        ([SERVER], {"passwrd": "x"}, "option 'passwrd' is not supported. Did you mean password?"),
        ([SERVER], {"property": "pass"}, "property"),
        ([SERVER], {"token": "abc"}, "account_alias"),
    ],
)
def test_errors(service: SimulatedService, terms: list[str], options: dict[str, t.Any], message: str) -> None:
    with pytest.raises(AnsibleError) as error:
        look_up(*terms, **options)
    assert message.lower() in str(error.value).lower()
