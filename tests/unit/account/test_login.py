# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module login, and what every module does before its own work."""

from __future__ import annotations

import json
import sys
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.plugin_utils import in_worker
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    LOGIN,
    data_center,
    group,
    hex_id,
    root,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import HANDED_OVER, PASSWORD, SESSION, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    ROOT_PATH,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, TOKEN, Scripted

LIST = "/v2/datacenters/ALTD?groupLinks=true"
LOGIN_PATH = "/v2/authentication/login"
USER = {"username": "user.altd", "password": PASSWORD}
WEB, API = hex_id(0x12), hex_id(0x13)


def expects_login(api: Scripted, token: str = TOKEN) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": token}, token=None, body=USER)


# login


def test_login_returns_the_account(api: Scripted, run: Runner) -> None:
    expects_login(api)
    outcome = run("login", {}, connection=USER)
    assert {key: outcome[key] for key in ("changed", "account_alias", "data_center")} == {
        "changed": False,
        "account_alias": "ALTD",
        "data_center": "VA1",
    }
    assert "token" not in outcome.result  # that is for the action plugin to add, past the masks


def test_login_in_another_account(api: Scripted, run: Runner) -> None:
    expects_login(api)
    assert run("login", {"alias": "dem2"}, connection=USER)["account_alias"] == "DEM2"


def test_a_refused_login(api: Scripted, run: Runner) -> None:
    message = "We didn't recognize the username or password you entered. Please try again."
    api.expects("POST", LOGIN_PATH, {"message": message}, 400, token=None, body=USER)
    outcome = run("login", {}, connection=USER)
    assert outcome.msg.startswith(f"Cannot log in as 'user.altd': {message}")
    assert outcome["status_code"] == 400


def test_the_environment_gives_what_the_task_does_not(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_V2_API_URL", "https://clc.example/v2")
    monkeypatch.setenv("CLC_V2_API_USERNAME", USER["username"])
    monkeypatch.setenv("CLC_V2_API_PASSWD", PASSWORD)
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=USER, base="https://clc.example")
    assert run("login", {}, connection={})["account_alias"] == "ALTD"


# Before the work of any module


@pytest.mark.parametrize(
    ("connection", "message"),
    [
        ({}, "neither a token nor username and password are set"),
        ({"username": "user.altd"}, "neither a token nor username and password are set"),
        ({"token": TOKEN}, "Invalid value for token: it requires account_alias. Specify account_alias"),
        (
            {"token": f"Bearer {TOKEN}", "account_alias": "ALTD"},
            "Invalid value for token: it is empty or contains white space",
        ),
        (
            {"token": f"{TOKEN}\n{TOKEN}", "account_alias": "ALTD"},
            "Invalid value for token: it is empty or contains white space",
        ),
        ({"token": "  ", "account_alias": "ALTD"}, "Invalid value for token: it is empty or contains white space"),
        ({**USER, "api_url": "http://api.ctl.io"}, "http is allowed for loopback only"),
        ({**USER, "rdbs_url": "ftp://x"}, "Invalid value for rdbs_url"),
    ],
)
def test_rejects_invalid_options_before_any_request(
    run: Runner, api: Scripted, connection: dict[str, t.Any], message: str
) -> None:
    outcome = run("login", {}, connection=connection)
    assert outcome.failed
    assert message.lower() in outcome.msg.lower()
    assert api.made == []


@pytest.mark.parametrize("token", [f"{TOKEN}\n", f" {TOKEN} "])
def test_whitespace_around_a_token_is_ignored(api: Scripted, run: Runner, token: str) -> None:
    api.expects("GET", LIST, [])
    assert run("data_center_info", {}, connection={"token": token, "account_alias": "altd"})["data_centers"] == []


def test_a_token_wins_over_a_user(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    run("data_center_info", {}, connection={**USER, "token": TOKEN, "account_alias": "ALTD"})


def test_a_module_with_a_user_logs_in_again_by_itself(api: Scripted, run: Runner) -> None:
    expects_login(api, "STALE")
    api.expects("GET", LIST, NO_BODY, 401, token="STALE")
    expects_login(api)
    api.expects("GET", LIST, [data_center()])
    assert len(run("data_center_info", {}, connection=USER)["data_centers"]) == 1


def test_a_module_with_a_token_alone_cannot(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, {"message": "Unauthorized"}, 401)
    outcome = run("data_center_info", {})
    assert outcome["status_code"] == 401
    assert "set username and password instead of token" in outcome.msg


def test_a_module_process_does_not_log_in_for_a_token_without_user(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user of the machine's own environment may be another than the owner of the token that was handed over."""
    monkeypatch.setenv("CLC_V2_API_USERNAME", "other.user")
    monkeypatch.setenv("CLC_V2_API_PASSWD", "Another-Password")
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(SESSION))
    api.expects("GET", LIST, NO_BODY, 401)
    assert run.alone("data_center_info", HANDED_OVER)["status_code"] == 401


def test_a_module_process_logs_in_for_the_user_that_was_handed_over(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(running.HANDED_OVER, json.dumps({**SESSION, "can_log_in": True}))
    api.expects("GET", LIST, NO_BODY, 401, token="STALE")
    expects_login(api)
    api.expects("GET", LIST, [data_center()])
    handed_over = {**USER, "token": "STALE", "account_alias": "ALTD"}
    assert len(run.alone("data_center_info", handed_over)["data_centers"]) == 1


@pytest.mark.parametrize("no_log", [False, True])
def test_progress_is_displayed_from_the_worker(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch, no_log: bool
) -> None:
    displayed: list[str] = []
    monkeypatch.setattr(in_worker.display, "v", lambda line, host=None: displayed.append(line))
    expects_tree(api, root(group("Shop", WEB)))
    api.expects(
        "DELETE",
        f"/v2/groups/altd/{WEB}",
        {"rel": "status", "href": "/v2/operations/altd/status/va1-1", "id": "va1-1"},
        202,
    )
    for status in ("notStarted", "executing", "executing", "succeeded"):
        api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": status})
    api.expects("GET", ROOT_PATH, root())
    assert run("server_group", {"name": "Shop", "state": "absent"}, no_log=no_log).changed
    statuses = () if no_log else ("notStarted", "executing", "succeeded")
    assert displayed == [f"centurylink.cloud.server_group: job va1-1 ({WEB}): {status}" for status in statuses]


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_wait_timeout_of_zero_is_rejected_before_anything_is_read(run: Runner, seconds: int) -> None:
    outcome = run("server_group", {"name": "Shop", "wait_timeout": seconds})
    message = (
        f"Invalid value for wait_timeout: {seconds} is not a positive number of seconds. "
        "Specify more seconds, or set wait to false."
    )
    assert (outcome.failed, outcome.msg) == (True, message)


def test_a_missing_requests_library_is_reported(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    outcome = run.alone("data_center_info", HANDED_OVER)
    assert "Failed to import the required Python library (requests)" in outcome.msg
    assert sys.executable in outcome.msg


def test_a_common_option_cannot_be_declared_again() -> None:
    with pytest.raises(AssertionError, match="password"):
        running.InfoModule("x", lambda task: [], {"password": {"type": "str"}})
