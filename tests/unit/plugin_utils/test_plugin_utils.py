# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which option counts where several places give one, and the tokens that a run shares."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import stat
import threading
import typing as t
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import (
    ConnectionFailed,
    InvalidOptionError,
    LoginError,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Identity
from ansible_collections.centurylink.cloud.plugins.module_utils.connection import in_account, make_client
from ansible_collections.centurylink.cloud.plugins.module_utils.options import CONNECTION
from ansible_collections.centurylink.cloud.plugins.module_utils.run_files import digest
from ansible_collections.centurylink.cloud.plugins.plugin_utils import option_sources
from ansible_collections.centurylink.cloud.plugins.plugin_utils.token_store import TokenStore
from ansible_collections.centurylink.cloud.tests.unit.support.made import LOGIN
from ansible_collections.centurylink.cloud.tests.unit.support.sockets import Rogue, http
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

Options = dict[str, t.Any]
A = {"username": "a", "password": "pa"}
B = {"username": "b", "password": "pb"}
LEVELS: list[tuple[str, list[Options], Options]] = [
    # what, levels from the most specific one, outcome
    ("nothing at all", [{}, {}, {}], {}),
    ("one level", [A, {}, {}], A),
    ("the task before the environment before the controller", [A, B, {"token": "t", "account_alias": "T"}], A),
    ("the environment before the controller", [{}, B, A], B),
    (
        "a token beats a user of its level",
        [{**A, "token": "t", "account_alias": "T"}],
        {"token": "t", "account_alias": "T"},
    ),
    ("a user beats a token of a lower level", [A, {"token": "t", "account_alias": "T"}], A),
    ("a token beats a user of a lower level", [{"token": "t"}, A], {"token": "t"}),
    ("account B in the environment, A on the controller", [{}, B, {**A, "account_alias": "ACCA"}], B),
    ("an account alone counts for lower credentials", [{}, {"account_alias": "SUB"}, A], {**A, "account_alias": "SUB"}),
    (
        "the most specific account wins",
        [{"account_alias": "TASK"}, {"account_alias": "ENV"}, {**A, "account_alias": "OWN"}],
        {**A, "account_alias": "TASK"},
    ),
    (
        "an account of its own level",
        [{}, {**B, "account_alias": "ACCB"}, {**A, "account_alias": "ACCA"}],
        {**B, "account_alias": "ACCB"},
    ),
    ("a sub-account, without a user", [A, {}, {"account_alias": "LOW"}], {**A, "account_alias": "LOW"}),
    (
        "a token takes the account of a lower level that has no other",
        [{"token": "t"}, {"account_alias": "LOW"}],
        {"token": "t", "account_alias": "LOW"},
    ),
    (
        "a password of the task for the user of the environment",
        [{"password": "pt"}, {"username": "b"}],
        {"username": "b", "password": "pt"},
    ),
    ("another user's password is not tried", [{"username": "x"}, A], {"username": "x"}),
    ("a password further away for the same user", [{"username": "a"}, A], A),
    ("no password anywhere", [{"username": "b"}], {"username": "b"}),
    (
        "plain options one by one",
        [{"timeout": 5}, {"api_url": "https://e", "timeout": 7}, {"api_url": "https://c", "rdbs_url": "https://r"}],
        {"timeout": 5, "api_url": "https://e", "rdbs_url": "https://r"},
    ),
    ("false is a value", [{"validate_certs": False}, {"validate_certs": True}], {"validate_certs": False}),
]


@pytest.mark.parametrize(("what", "given", "outcome"), LEVELS, ids=[case[0] for case in LEVELS])
def test_levels(what: str, given: list[Options], outcome: Options) -> None:
    assert option_sources.resolved(given) == outcome


def test_options_of_a_task_have_their_proper_names() -> None:
    arguments = {
        "alias": "ACME",
        "username": "",
        "password": None,
        "validate_certs": False,
        "name": "Web",
        "timeout": 5,
    }
    assert option_sources.from_arguments(arguments) == {"account_alias": "ACME", "validate_certs": False, "timeout": 5}


ENVIRONMENT = {
    "CLC_V2_API_URL": "api_url",
    "CLC_V2_API_USERNAME": "username",
    "CLC_V2_API_PASSWD": "password",
    "CLC_V2_API_PASSWORD": "password",
    "CLC_V2_API_TOKEN": "token",
    "CLC_ACCT_ALIAS": "account_alias",
    "CLC_VALIDATE_CERTS": "validate_certs",
    "CLC_CA_PATH": "ca_path",
    "CLC_LBAAS_URL": "lbaas_url",
    "CLC_RDBS_URL": "rdbs_url",
    "CLC_BACKUP_URL": "backup_url",
    "CLC_IPS_URL": "ips_url",
    "CLC_PATCHING_URL": "patching_url",
}


@pytest.mark.parametrize(("variable", "option"), ENVIRONMENT.items())
def test_every_variable_is_read(variable: str, option: str) -> None:
    value, expected = ("no", False) if option == "validate_certs" else ("x", "x")
    assert option_sources.from_environment({variable: value, "PATH": "/bin"}) == {option: expected}
    assert option_sources.from_environment({variable: ""}) == {}


def test_there_are_no_other_variables() -> None:
    assert {name for option in CONNECTION for name in option.env} == set(ENVIRONMENT)


def test_a_variable_has_the_type_of_its_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    environment = {"CLC_VALIDATE_CERTS": "False", "CLC_CA_PATH": "~/ca.pem"}
    assert option_sources.from_environment(environment) == {"validate_certs": False, "ca_path": "/home/me/ca.pem"}


def test_an_invalid_variable_is_named() -> None:
    with pytest.raises(InvalidOptionError) as error:
        option_sources.from_environment({"CLC_VALIDATE_CERTS": "maybe"})
    assert str(error.value) == "Invalid value for CLC_VALIDATE_CERTS: it is not a boolean (true or false)."


@pytest.mark.parametrize(("option", "what"), [("validate_certs", "a boolean"), ("timeout", "a number")])
def test_an_invalid_option_is_named_before_the_login(option: str, what: str) -> None:
    with pytest.raises(InvalidOptionError, match=f"Invalid value for {option}: it is not {what}"):
        option_sources.converted({"username": "a", option: "maybe"})


def test_of_two_names_of_the_password_the_first_counts() -> None:
    assert option_sources.from_environment({"CLC_V2_API_PASSWORD": "two", "CLC_V2_API_PASSWD": "one"}) == {
        "password": "one"
    }


def test_an_account_is_written_in_upper_case() -> None:
    own = Identity("t", "altd")
    assert (in_account(own, None).account_alias, in_account(own, "dem2").account_alias) == ("ALTD", "DEM2")


# The token store


class Counter:
    """Stands for a client: counts logins, each of which takes its time and gives another token."""

    def __init__(self, rejects: bool = False, address: str = "https://api.ctl.io") -> None:
        self.client = make_client({"api_url": address}, "test")
        self.logins = 0
        self._rejects, self._lock = rejects, threading.Lock()
        self.client.login = self._login  # type: ignore[method-assign]

    def _login(self, username: str, password: str) -> Identity:
        with self._lock:
            self.logins += 1
            number = self.logins
        threading.Event().wait(0.02)
        if self._rejects:
            raise LoginError(
                "no such pair", action="log in", target=f"as '{username}'", help_text="Wait.", status_code=400
            )
        return Identity(f"token-{username}-{number}", "ALTD", "VA1", username, ("AccountAdmin",))


def test_a_run_logs_in_once_for_many_threads(tmp_path: Path) -> None:
    counter = Counter()
    with ThreadPoolExecutor(12) as pool:
        asked = pool.map(lambda _number: TokenStore(str(tmp_path)).identity(counter.client, "a", "pa"), range(12))
        found = set(asked)
    assert found == {Identity("token-a-1", "ALTD", "VA1", "a", ("AccountAdmin",))}
    assert counter.logins == 1


@pytest.mark.parametrize(
    ("address", "user", "password"),
    [("https://other.example", "a", "pa"), ("https://api.ctl.io", "b", "pa"), ("https://api.ctl.io", "a", "pb")],
)
def test_another_address_user_or_password_is_another_login(
    tmp_path: Path, address: str, user: str, password: str
) -> None:
    first, second = Counter(), Counter(address=address)
    TokenStore(str(tmp_path)).identity(first.client, "a", "pa")
    TokenStore(str(tmp_path)).identity(second.client, user, password)
    assert (first.logins, second.logins) == (1, 1)


def test_a_rejected_login_is_remembered_for_all_tasks(tmp_path: Path) -> None:
    counter = Counter(rejects=True)
    errors = []
    for _number in range(4):
        with pytest.raises(LoginError) as error:
            TokenStore(str(tmp_path)).identity(counter.client, "a", "pa")
        errors.append((str(error.value), error.value.details))
    with pytest.raises(LoginError):
        TokenStore(str(tmp_path)).renewed(counter.client, "a", "pa", digest("stale"))
    assert counter.logins == 1
    assert errors == [("Cannot log in as 'a': no such pair. Wait.", {"status_code": 400})] * 4


def test_a_failure_without_a_rejection_is_not_remembered(tmp_path: Path) -> None:
    counter = Counter()
    login = counter.client.login

    def unreachable(username: str, password: str) -> Identity:
        raise ConnectionFailed("no connection")

    counter.client.login = unreachable  # type: ignore[method-assign]
    with pytest.raises(ConnectionFailed):
        TokenStore(str(tmp_path)).identity(counter.client, "a", "pa")
    counter.client.login = login  # type: ignore[method-assign]
    assert TokenStore(str(tmp_path)).identity(counter.client, "a", "pa").token == "token-a-1"


def test_a_stale_token_is_renewed_once_for_all_that_ask(tmp_path: Path) -> None:
    counter = Counter()
    stale = digest(TokenStore(str(tmp_path)).identity(counter.client, "a", "pa").token)
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda _number: TokenStore(str(tmp_path)).renewed(counter.client, "a", "pa", stale), range(8))
        tokens = {identity.token for identity in asked}
    assert (tokens, counter.logins) == ({"token-a-2"}, 2)
    assert TokenStore(str(tmp_path)).identity(counter.client, "a", "pa").token == "token-a-2"


def test_what_the_store_keeps_is_private(tmp_path: Path) -> None:
    counter = Counter()
    TokenStore(str(tmp_path)).identity(counter.client, "a", "pa")
    directory = tmp_path / "clc-tokens"
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    kept = [path for path in directory.iterdir() if path.suffix != ".lock"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    text = kept[0].read_text(encoding="utf-8")
    assert '"pa"' not in text + kept[0].name


def test_a_task_that_finds_a_token_does_not_wait(tmp_path: Path) -> None:
    """A slow login of a task whose token has expired does not delay tasks that can continue."""
    counter = Counter()
    store = TokenStore(str(tmp_path))
    store.identity(counter.client, "a", "pa")
    lock = next((tmp_path / "clc-tokens").glob("*.lock"))
    with lock.open("a", encoding="utf-8") as lock_file, ThreadPoolExecutor(1) as pool:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        asked = pool.submit(store.identity, counter.client, "a", "pa")
        try:
            assert asked.result(timeout=5).token == "token-a-1"
        finally:
            fcntl.flock(lock_file, fcntl.LOCK_UN)


def _ask(directory: str, address: str) -> str:
    """What a fork does: a client and a store of its own."""
    client = make_client({"api_url": address}, "test")
    return TokenStore(directory).identity(client, "user.altd", "PASSWORD").token


def test_a_run_logs_in_once_for_many_processes(tmp_path: Path) -> None:
    replies = [http(json.dumps({**LOGIN, "bearerToken": f"token-{number}"}).encode()) for number in range(1, 9)]
    service = Rogue(replies)
    # Forked before the service has its thread.
    with multiprocessing.get_context("fork").Pool(4) as pool, service.running():
        tokens = pool.starmap(_ask, [(str(tmp_path), service.address)] * 8)
    assert (set(tokens), len(service.requests)) == ({"token-1"}, 1)


def test_the_store_uses_the_real_login(api: Scripted, tmp_path: Path) -> None:
    api.expects(
        "POST", "/v2/authentication/login", {"message": "no"}, 400, token=None, body={"username": "u", "password": "p"}
    )
    for _number in range(2):
        with pytest.raises(LoginError, match="no"):
            TokenStore(str(tmp_path)).identity(make_client({}, "test"), "u", "p")
