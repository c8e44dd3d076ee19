# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules backup_anywhere_server and backup_anywhere_server_info."""

from __future__ import annotations

import typing as t
from pathlib import Path

import requests

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    ANY_TYPE,
    API,
    SAMPLES,
    expects,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

SERVER: Entity = {
    "id": "026b28ae-9b1f-4a3b-a3ab-89da0ebb68af", "accountAlias": "ALTD", "osType": "Linux", "serverAlias": "My-AWS-Server-1",
}  # fmt: skip
WITHOUT_NAME: list[Entity] = documented(
    f"mended/GET-{SAMPLES}-datacenters-anywhereServers"
)  # an entry with an id alone
REGISTER: Entity = documented(f"POST-{SAMPLES}-provisioning.request")
PROVISIONED: Entity = documented(f"POST-{SAMPLES}-provisioning")
SCRIPT: Entity = documented(f"POST-{SAMPLES}-createInstallerScript.request")
SERVERS_PATH = f"{API}/datacenters/anywhereServers"


def options_of(tmp_path: Path, **options: t.Any) -> dict[str, t.Any]:
    return {
        "name": SERVER["serverAlias"],
        "os_type": "Linux",
        "installer_dest": str(tmp_path / "install.sh"),
        **options,
    }


def expects_registration(api: Scripted, before: t.Sequence[Entity]) -> None:
    expects(api, "GET", SERVERS_PATH, before)
    expects(api, "POST", f"{API}/provisioning", PROVISIONED, body=REGISTER)
    expects(api, "GET", SERVERS_PATH, [SERVER])
    expects(api, "POST", f"{API}/createInstallerScript", "#!/bin/sh\n", body=SCRIPT, carries=ANY_TYPE)
    expects(api, "GET", SERVERS_PATH, [SERVER])


def test_a_server_is_registered_and_its_token_is_not_returned(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", SERVERS_PATH, WITHOUT_NAME)
    predicted = run("backup_anywhere_server", options_of(tmp_path), check=True)
    assert not (tmp_path / "install.sh").exists()
    expects_registration(api, WITHOUT_NAME)
    real = run("backup_anywhere_server", options_of(tmp_path), diff=True)
    assert PROVISIONED["provisioningToken"] not in real.written
    assert {**predicted["backup_anywhere_server"], "id": SERVER["id"]} == real["backup_anywhere_server"]
    assert (tmp_path / "install.sh").read_text() == "#!/bin/sh\n"
    assert (tmp_path / "install.sh").stat().st_mode & 0o777 == 0o700
    expects(api, "GET", SERVERS_PATH, [SERVER])
    assert not run("backup_anywhere_server", options_of(tmp_path)).changed


def test_another_token_replaces_the_installer(api: Scripted, run: Runner, tmp_path: Path) -> None:
    (tmp_path / "install.sh").write_text("old")
    expects_registration(api, [SERVER])
    assert run("backup_anywhere_server", options_of(tmp_path, update_secret="always")).changed
    assert (tmp_path / "install.sh").read_text() == "#!/bin/sh\n"
    assert (tmp_path / "install.sh").stat().st_mode & 0o777 == 0o700


def test_an_invalid_path_fails_before_the_registration(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", SERVERS_PATH, [])
    options = options_of(tmp_path, installer_dest=str(tmp_path / "none" / "x"))
    assert "the directory" in run("backup_anywhere_server", options).msg


def test_a_failure_after_the_registration_says_so(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", SERVERS_PATH, [])
    expects(api, "POST", f"{API}/provisioning", PROVISIONED, body=REGISTER)
    expects(api, "GET", SERVERS_PATH, [SERVER])
    expects(api, "POST", f"{API}/createInstallerScript", {"error": "no"}, 400, body=SCRIPT, carries=ANY_TYPE)
    expects(api, "GET", SERVERS_PATH, [SERVER])
    outcome = run("backup_anywhere_server", options_of(tmp_path))
    assert (outcome.failed, outcome.changed) == (True, True)
    assert "Set update_secret to always" in outcome.msg
    assert PROVISIONED["provisioningToken"] not in outcome.written


def test_a_lost_registration_has_no_installer_and_says_so(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", SERVERS_PATH, [])
    expects(api, "POST", f"{API}/provisioning", raises=requests.exceptions.ReadTimeout(), body=REGISTER)
    expects(api, "GET", SERVERS_PATH, [SERVER], times=3)
    outcome = run("backup_anywhere_server", options_of(tmp_path))
    assert outcome["changed"] is True
    assert "the response to the registration, which contains its token, was lost" in outcome.msg
    assert "The server is registered. Set update_secret to always to get another installer." in outcome.msg


def test_another_operating_system_or_case_is_an_error(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", SERVERS_PATH, [SERVER])
    assert (
        "registered with the os_type Linux, not Windows"
        in run("backup_anywhere_server", options_of(tmp_path, os_type="Windows")).msg
    )
    expects(api, "GET", SERVERS_PATH, [SERVER])
    assert "case-sensitive" in run("backup_anywhere_server", options_of(tmp_path, name="my-aws-server-1")).msg
    expects(api, "GET", SERVERS_PATH, [*WITHOUT_NAME, SERVER])
    servers = run("backup_anywhere_server_info", {})["backup_anywhere_servers"]
    assert [server["name"] for server in servers] == [None, SERVER["serverAlias"]]
