# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin: where a module runs, what a module process is handed over, and what the worker keeps and restores.

Only the start of a module process is played; task, templates, tokens and HTTP are the real ones.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
import typing as t
from pathlib import Path
from types import MappingProxyType

import pytest
import requests
from ansible import constants
from ansible._internal._display_utils import DeferredWarningContext
from ansible._internal._errors._task_timeout import TaskTimeoutError
from ansible.template import trust_as_template

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Exchange
from ansible_collections.centurylink.cloud.plugins.module_utils.api.pool import map_concurrently
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.plugin_utils import in_worker
from ansible_collections.centurylink.cloud.tests.unit.support.made import LOGIN, data_center
from ansible_collections.centurylink.cloud.tests.unit.support.modules import (
    ACTIONS,
    COLLECTION,
    PASSWORD,
    action_plugin,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import TOKEN, Scripted

LOGIN_PATH = "/v2/authentication/login"
LIST = "/v2/datacenters/ALTD?groupLinks=true"
USER = {"username": "user.altd", "password": PASSWORD}
GIVEN = {"token": TOKEN, "account_alias": "ALTD"}
PROCESS: t.Mapping[str, t.Any] = MappingProxyType({in_worker.AS_PROCESS: True})
Result = dict[str, t.Any]


class Started:
    """The module processes that the action plugin started: arguments, and what else it handed over."""

    def __init__(self, **result: t.Any) -> None:
        self.arguments: list[Result] = []
        self.handed_over: list[Result] = []
        self.in_background: list[bool] = []
        self._result = {"changed": False, **result}

    def add(self, task: t.Any, arguments: Result, wrap_async: bool) -> Result:
        assert list(task.environment[-1]) == [running.HANDED_OVER]
        self.arguments.append(arguments)
        self.handed_over.append(json.loads(task.environment[-1][running.HANDED_OVER]))
        self.in_background.append(wrap_async)
        return dict(self._result)

    @property
    def only(self) -> Result:
        assert len(self.arguments) == 1
        return self.arguments[0]


class Run:
    """One run of ansible-playbook as far as the action plugin sees it: several tasks share its temporary directory."""

    def __init__(self) -> None:
        self.started = Started()
        self.removed: list[str] = []

    def __call__(
        self,
        arguments: Result,
        variables: t.Mapping[str, t.Any] | None = None,
        *,
        name: str = "server_info",
        module: running.Module | None = None,
        transport: str = "local",
        become: bool = False,
        **task: t.Any,
    ) -> Result:
        """Run a task, as a module process unless its variables say otherwise. module: in the place of the named module."""
        cls = importlib.import_module(f"{ACTIONS}.{name}").ActionModule
        if module:
            cls = type("ActionModule", (in_worker.InWorker,), {"module": module, "__module__": cls.__module__})
        given = PROCESS if variables is None else variables
        known = {"ansible_playbook_python": sys.executable, **given}
        plugin = action_plugin(cls, known, transport, args=arguments, action=f"{COLLECTION}.{name}", **task)
        plugin._connection.become = object() if become else None
        plugin._execute_module = lambda module_args, task_vars, wrap_async: self.started.add(
            plugin._task, module_args, wrap_async
        )
        plugin._remove_tmp_path = self.removed.append
        before = list(plugin._task.environment)
        result: Result = plugin.run(None, known)
        assert plugin._task.environment == before
        return result


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))
    return Run()


def expects_login(api: Scripted, token: str = TOKEN, base: str = "https://api.ctl.io", **user: str) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": token}, token=None, body={**USER, **user}, base=base)


def doing(work: t.Callable[[Task], t.Any], **arguments: t.Any) -> running.Module:
    """Return a module that does this work and returns what comes of it."""
    return running.Module(lambda task: {"changed": False, "value": work(task)}, arguments, waits=False)


# Where a module runs


@pytest.mark.parametrize(
    ("variables", "task", "here"),
    [
        ({}, {}, True),
        ({in_worker.AS_PROCESS: True}, {}, False),
        ({in_worker.AS_PROCESS: "yes"}, {}, False),
        ({in_worker.AS_PROCESS: "no"}, {}, True),
        ({in_worker.AS_PROCESS: trust_as_template("{{ by_process }}"), "by_process": True}, {}, False),
        ({}, {"become": True}, False),
        ({}, {"async_val": 60}, False),
        ({}, {"transport": "ssh"}, False),
        ({}, {"transport": "ansible.netcommon.httpapi"}, False),
        ({"ansible_python_interpreter": "/opt/own/bin/python"}, {}, False),
        ({"ansible_python_interpreter": trust_as_template("{{ own }}"), "own": "/opt/own/bin/python"}, {}, False),
        ({"ansible_python_interpreter": sys.executable}, {}, True),
        ({"ansible_python_interpreter": trust_as_template("{{ ansible_playbook_python }}")}, {}, True),
        ({"ansible_python_interpreter": "auto_silent"}, {}, True),
        (
            {
                "ansible_python_interpreter": "/opt/own/bin/python",
                "ansible_delegated_vars": {"localhost": {"ansible_python_interpreter": sys.executable}},
            },
            {"delegate_to": "localhost"},
            True,
        ),
        (
            {"ansible_delegated_vars": {"other": {"ansible_python_interpreter": "/opt/own/bin/python"}}},
            {"delegate_to": "other"},
            False,
        ),
    ],
)
def test_where_a_module_runs(
    api: Scripted, play: Run, variables: Result, task: t.Mapping[str, t.Any], here: bool
) -> None:
    if here:
        api.expects("GET", LIST, [data_center()])
    result = play(GIVEN, variables, name="data_center_info", **task)
    assert ("data_centers" in result, len(play.started.arguments)) == (here, not here)


@pytest.mark.parametrize(
    ("holder", "setting", "value"), [(constants, "DEFAULT_KEEP_REMOTE_FILES", True), (in_worker, "_CAN_SEND", False)]
)
def test_a_module_runs_as_a_process_where_the_worker_could_not(
    play: Run, monkeypatch: pytest.MonkeyPatch, holder: t.Any, setting: str, value: bool
) -> None:
    """The payload is to be kept; the library requests is missing for the Python of the controller."""
    monkeypatch.setattr(holder, setting, value)
    play({**GIVEN, **USER}, {})
    assert play.started.only["token"] == TOKEN


def test_without_the_library_requests_the_module_logs_in_by_itself(play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_worker, "_CAN_SEND", False)
    play(USER, {})
    assert play.started.only == USER
    assert play.started.handed_over[0]["can_log_in"] is True


def test_a_module_that_writes_files_on_a_target_is_a_process(play: Run) -> None:
    play({**GIVEN, "dest": "/tmp/report.csv"}, {}, name="backup_report")
    assert play.started.only["dest"] == "/tmp/report.csv"


# What a module process is handed over


def test_a_process_is_handed_over_token_and_user(api: Scripted, play: Run, tmp_path: Path) -> None:
    expects_login(api)
    play({**USER, "name": "Web", "alias": "dem2", "timeout": 5})
    assert play.started.only == {**USER, "name": "Web", "timeout": 5, "token": TOKEN, "account_alias": "DEM2"}
    assert play.started.handed_over == [
        {
            "data_center": "VA1",
            "locks": str(tmp_path / "clc-locks"),
            "pending": str(tmp_path / "ansible-home" / "clc-pending"),
            "can_log_in": True,
        }
    ]
    assert (tmp_path / "clc-locks").is_dir()
    assert play.removed == ["x"]


def test_a_process_with_a_token_of_the_user_cannot_log_in(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment of the target may have another user."""
    play({"token": f" {TOKEN}\n", "account_alias": "altd", "username": "ignored"})
    assert play.started.only == GIVEN
    assert play.started.handed_over[0].items() >= {"data_center": None, "can_log_in": False}.items()
    assert api.made == []


def test_an_option_that_is_the_modules_own_is_not_a_credential(api: Scripted, play: Run) -> None:
    expects_login(api)
    arguments = {"username": USER["username"], "v2_api_passwd": PASSWORD, "password": "A-Servers-Own-1", "name": "WEB"}
    play(arguments, name="clc_server")
    assert play.started.only == {**arguments, "token": TOKEN, "account_alias": "ALTD"}


def test_in_the_background_the_module_can_log_in_by_itself(api: Scripted, play: Run) -> None:
    expects_login(api)
    play(USER, {}, async_val=60)
    assert play.started.in_background == [True]
    assert {**USER, "token": TOKEN}.items() <= play.started.only.items()
    assert play.removed == []  # the files of a job in the background are removed by that job


def test_without_any_credentials_the_module_is_left_to_itself(play: Run) -> None:
    play({"name": "Web", "api_url": "https://clc.example"})
    assert play.started.only == {"name": "Web", "api_url": "https://clc.example"}
    assert play.started.handed_over[0]["can_log_in"] is True


def test_many_tasks_log_in_once(api: Scripted, play: Run) -> None:
    expects_login(api)
    for number in range(5):
        play({**USER, "name": str(number)})
    assert [arguments["token"] for arguments in play.started.arguments] == [TOKEN] * 5


def test_another_user_logs_in_too(api: Scripted, play: Run) -> None:
    expects_login(api)
    expects_login(api, "TOKEN-OTHER", username="other")
    play(USER)
    play({**USER, "username": "other"})
    assert [arguments["token"] for arguments in play.started.arguments] == [TOKEN, "TOKEN-OTHER"]


def test_the_order_of_sources(api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Task, then its environment as a template, then the controller's."""
    monkeypatch.setenv("CLC_V2_API_URL", "https://controller.example/v2")
    monkeypatch.setenv("CLC_RDBS_URL", "https://rdbs.example")
    monkeypatch.setenv("CLC_V2_API_TOKEN", "TOKEN-OF-THE-CONTROLLER")
    monkeypatch.setenv("CLC_ACCT_ALIAS", "CTRL")
    expects_login(api, base="https://play.example")
    environment = [
        {"CLC_V2_API_URL": "https://play.example/v2", "CLC_V2_API_USERNAME": "user.altd"},
        {"CLC_V2_API_PASSWD": trust_as_template("{{ 'PASSWORD' + '-7c6b5a49' }}")},
    ]
    play({"lbaas_url": "https://lbaas.example"}, environment=environment)
    arguments = play.started.only
    assert (arguments["token"], arguments["account_alias"]) == (TOKEN, "ALTD")
    assert {name: value for name, value in arguments.items() if name.endswith("_url")} == {
        "api_url": "https://play.example/v2",
        "lbaas_url": "https://lbaas.example",
        "rdbs_url": "https://rdbs.example",
    }


@pytest.mark.parametrize(
    ("options", "environment", "expected"),
    [
        ({}, [], "CTRL"),
        ({}, [{"CLC_DATA_CENTER": "PLAY"}], "PLAY"),
        ({"data_center": None}, [{"CLC_LBAAS_URL": ""}], "CTRL"),
        ({"data_center": "TASK"}, [{"CLC_DATA_CENTER": "PLAY"}], "TASK"),
        ({"location": "TASK"}, [{"CLC_DATA_CENTER": "PLAY"}], "TASK"),
    ],
)
def test_the_data_center_comes_from_task_then_environment(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch, options: Result, environment: list[Result], expected: str
) -> None:
    """In the worker, and as a process, which `become` may leave without any variable of the environment."""
    monkeypatch.setenv("CLC_DATA_CENTER", "CTRL")
    arguments = {**GIVEN, **options}
    play(arguments, name="data_center_info", environment=environment, become=True)
    given = {name: value for name, value in play.started.only.items() if name in ("data_center", "location") and value}
    assert list(given.values()) == [expected]
    api.expects("GET", LIST, [data_center(code) for code in ("CTRL", "PLAY", "TASK")])
    result = play(arguments, {}, name="data_center_info", environment=environment)
    assert [found["id"] for found in result["data_centers"]] == [expected]


def test_a_legacy_module_has_the_data_center_of_the_environment(play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLC_DATA_CENTER", "WA1")
    play({**GIVEN, "name": "Web"}, name="clc_group", become=True)
    assert play.started.only == {**GIVEN, "name": "Web", "location": "WA1"}


def test_an_empty_variable_sets_no_data_center(play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLC_DATA_CENTER", "")
    module = doing(lambda task: task.option("data_center"), data_center={"type": "str"})
    assert play(GIVEN, {}, module=module)["value"] is None


def test_a_module_without_a_data_center_gets_none(play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLC_DATA_CENTER", "WA1")
    play({**GIVEN, "name": "a"}, name="alert_policy", become=True)
    assert play.started.only == {**GIVEN, "name": "a"}


# Other connections


def test_over_another_connection_only_the_tasks_own_options_go(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_V2_API_USERNAME", "user.altd")
    monkeypatch.setenv("CLC_V2_API_PASSWD", PASSWORD)
    monkeypatch.setenv("CLC_ACCT_ALIAS", "CTRL")
    play({"name": "Web"}, {}, transport="ssh", environment=[{"CLC_V2_API_TOKEN": "TOKEN-OF-THE-PLAY"}])
    assert play.started.only == {"name": "Web"}
    assert play.started.handed_over == [{"data_center": None, "locks": None, "pending": None, "can_log_in": True}]
    assert api.made == []


def test_over_another_connection_the_controller_logs_in_for_a_task_that_names_the_service(
    api: Scripted, play: Run
) -> None:
    expects_login(api, base="https://clc.example")
    play({**USER, "api_url": "https://clc.example"}, {}, transport="ssh")
    assert play.started.only == {**USER, "api_url": "https://clc.example", "token": TOKEN, "account_alias": "ALTD"}
    assert play.started.handed_over == [{"data_center": "VA1", "locks": None, "pending": None, "can_log_in": True}]


def test_over_another_connection_a_service_out_of_reach_is_the_modules_own(api: Scripted, play: Run) -> None:
    for _number in range(5):
        api.expects(
            "POST",
            LOGIN_PATH,
            raises=requests.exceptions.ConnectTimeout(),
            token=None,
            body=USER,
            base="https://inner.example",
        )
    play({**USER, "api_url": "https://inner.example"}, {}, transport="ssh")
    assert play.started.only == {**USER, "api_url": "https://inner.example"}
    assert play.started.handed_over[0]["can_log_in"] is True


# Failures


@pytest.mark.parametrize("variables", [PROCESS, {}])
def test_a_refused_login_fails_every_task_by_one_request(api: Scripted, play: Run, variables: Result) -> None:
    api.expects("POST", LOGIN_PATH, {"message": "We didn't recognize you."}, 400, token=None, body=USER)
    for _number in range(3):
        result = play(USER, variables)
        assert result["failed"] is True
        assert result["msg"].startswith("Cannot log in as 'user.altd': We didn't recognize you. Check username")
        assert result["status_code"] == 400
        assert PASSWORD not in str(result)
    assert play.started.arguments == []


@pytest.mark.parametrize("variables", [PROCESS, {}])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"token": TOKEN}, "it requires account_alias"),
        ({"token": f"Bearer {TOKEN}", "account_alias": "ALTD"}, "contains white space"),
        ({**USER, "api_url": "http://api.ctl.io"}, "without TLS"),
    ],
)
def test_what_cannot_work_fails_before_the_module_starts(
    api: Scripted, play: Run, variables: Result, arguments: Result, message: str
) -> None:
    result = play(arguments, variables)
    assert result["failed"] is True
    assert message in result["msg"]
    assert (play.started.arguments, api.made) == ([], [])
    assert TOKEN not in str(result)


def test_a_service_out_of_reach_is_reported_by_the_controller(api: Scripted, play: Run) -> None:
    for _number in range(5):
        api.expects("POST", LOGIN_PATH, raises=requests.exceptions.ConnectTimeout(), token=None, body=USER)
    assert "Cannot log in at https://api.ctl.io: no connection" in play(USER)["msg"]


# Results that must not be printed


@pytest.mark.parametrize("variables", [PROCESS, {}])
def test_login_returns_its_token_unseen(api: Scripted, play: Run, variables: Result) -> None:
    expects_login(api)
    result = play(USER, variables, name="login")
    assert (result["token"], result["_ansible_no_log"], result["changed"]) == (TOKEN, True, False)


@pytest.mark.parametrize("variables", [PROCESS, {}])
def test_no_other_module_returns_it(api: Scripted, play: Run, variables: Result) -> None:
    expects_login(api)
    api.expects("GET", LIST, []) if not variables else None
    result = play(USER, variables, name="data_center_info")
    assert "token" not in result
    assert "_ansible_no_log" not in result


@pytest.mark.parametrize("variables", [PROCESS, {}])
def test_a_failed_login_returns_none(api: Scripted, play: Run, variables: Result) -> None:
    """Not even a login is sent if the module will reject its options."""
    play.started = Started(failed=True, msg="no")
    assert "token" not in play({**USER, "unknown": 1}, variables, name="login")
    assert not api.made


@pytest.mark.parametrize("wrong", ["nothing of a dict", ["nothing of a dict"]])
@pytest.mark.parametrize("key", ["nested", "items", "map"])
def test_an_option_of_a_wrong_type_does_not_reveal_the_others(play: Run, key: str, wrong: t.Any) -> None:
    """AnsibleModule finds no secrets at all in that case, and would return them in `invocation`."""
    nested = {"options": {"pin": {"no_log": True}, "size": {}}}
    options: t.Any = {
        "nested": {"type": "dict", **nested},
        "items": {"type": "list", "elements": "dict", **nested},
        "map": {"type": "dict", "no_log": True},
        "own": {"no_log": True, "aliases": ["other"]},
    }
    module = doing(lambda task: 1, **options)
    arguments = {**GIVEN, **USER, "other": "SECRET-1", "items": [{"pin": "SECRET-2"}], "nested": {"pin": "SECRET-2"}}
    arguments[key] = wrong
    play.started = Started(failed=True, msg="no", invocation={"module_args": json.loads(json.dumps(arguments))})
    for variables in ({}, PROCESS):
        result = play(arguments, variables, module=module)
        assert result["failed"] is True
        for secret in (TOKEN, PASSWORD, "SECRET-1", "SECRET-2"):
            assert secret not in str({**result, "invocation": None})
            assert secret not in str(result.get("invocation")) or (secret, variables) == (PASSWORD, PROCESS)


@pytest.mark.parametrize(("asked", "hidden"), [("yes", True), (True, True), ("False", False), (None, False)])
def test_passwords_of_servers_are_not_displayed(play: Run, asked: t.Any, hidden: bool) -> None:
    result = play({**GIVEN, "server_id": "A", "credentials": asked}, name="clc_server_fact")
    assert bool(result.get("_ansible_no_log")) is hidden


# In the worker


def test_the_arguments_of_a_task_stay_as_they_are(api: Scripted, play: Run) -> None:
    """The next attempt of `until` runs with the same ones."""
    arguments = {**GIVEN, "items": [{"name": "a"}], "alias": "altd"}
    before = json.dumps(arguments)

    def work(task: Task) -> None:
        task.params["items"][0]["name"] = "changed by the module"
        task.params["items"].append({})

    module = doing(work, items={"type": "list", "elements": "dict", "options": {"name": {}, "size": {"default": 1}}})
    for _attempt in range(2):
        assert not play(arguments, {}, module=module).get("failed")
    assert json.dumps(arguments) == before


def test_the_argument_spec_of_a_module_stays_as_it_is(play: Run) -> None:
    module = doing(lambda task: task.params["items"].append(1), items={"type": "list", "default": []})
    before = repr(module.argument_spec)
    for _item in range(2):
        play(GIVEN, {}, module=module)
    assert repr(module.argument_spec) == before


def test_nothing_is_left_of_one_item_for_the_next(api: Scripted, play: Run) -> None:
    """Another user, another environment, a failure in between: each item has its own."""
    results = []
    for number, user in enumerate(("user.altd", "other", "user.altd")):
        if number < 2:
            expects_login(api, f"TOKEN-{number}", username=user)
        api.expects("GET", LIST, [data_center(f"VA{number}")], token=f"TOKEN-{number % 2}")
        results.append(play({**USER, "username": user}, {}, name="data_center_info"))
        assert play({**GIVEN, "unknown": number}, {})["failed"] is True
    assert [result["data_centers"][0]["id"] for result in results] == ["VA0", "VA1", "VA2"]


def test_an_expired_token_is_renewed_for_the_run(api: Scripted, play: Run) -> None:
    expects_login(api, "TOKEN-OLD")
    api.expects("GET", LIST, b"", 401, token="TOKEN-OLD")
    expects_login(api, "TOKEN-NEW")
    for _task in range(3):
        api.expects("GET", LIST, [], token="TOKEN-NEW")
    for _task in range(3):
        assert play(USER, {}, name="data_center_info")["data_centers"] == []


def test_a_renewal_that_is_refused_is_reported_and_not_tried_again(api: Scripted, play: Run) -> None:
    expects_login(api, "TOKEN-OLD")
    api.expects("GET", LIST, b"", 401, token="TOKEN-OLD")
    api.expects("POST", LOGIN_PATH, {"message": "We didn't recognize you."}, 400, token=None, body=USER)
    for _task in range(2):
        assert "We didn't recognize you" in play(USER, {}, name="data_center_info")["msg"]


ENVIRONMENT = [{"CLC_NEW": True, "HTTPS_PROXY": "http://proxy.example:3128", "CLC_OLD": "of the task"}, {"TZ": "UTC+7"}]
IN_FORCE = {"CLC_NEW": "True", "HTTPS_PROXY": "http://proxy.example:3128", "CLC_OLD": "of the task", "TZ": "UTC+7"}


def state() -> tuple[Result, str, int]:
    return {name: os.environ.get(name) for name in IN_FORCE}, str(Path.cwd()), time.localtime(0).tm_hour


@pytest.mark.parametrize("end", [None, ValueError("x"), SystemExit(3), TaskTimeoutError(1), KeyboardInterrupt()])
def test_environment_and_directory_of_the_task_hold_for_login_and_work_and_are_restored(
    play: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException | None
) -> None:
    monkeypatch.setenv("CLC_OLD", "of the controller")
    monkeypatch.setenv("TZ", "UTC-3")
    time.tzset()
    playbooks = tmp_path / "playbooks"
    playbooks.mkdir()
    monkeypatch.setattr(in_worker.InWorker, "_login_client", lambda self, options: states.append(state()))
    monkeypatch.setattr(in_worker.TokenStore, "identity", lambda self, client, *user: in_worker.Identity(TOKEN, "ALTD"))
    monkeypatch.setattr("ansible.parsing.dataloader.DataLoader.get_basedir", lambda self: str(playbooks))
    states: list[t.Any] = []

    def work(task: Task) -> None:
        states.append(state())
        if end is not None:
            raise end

    before = dict(os.environ), state()
    interrupts = isinstance(end, BaseException) and not isinstance(end, (Exception, SystemExit))
    try:
        result = play(USER, {}, module=doing(work), environment=ENVIRONMENT)
        assert (bool(result.get("failed")), interrupts) == (end is not None, False)
    except (KeyboardInterrupt, TaskTimeoutError):
        assert interrupts
    finally:
        after = dict(os.environ), state()
        monkeypatch.undo()
        time.tzset()
    assert states == [(IN_FORCE, str(playbooks), 17)] * 2
    assert after == before
    assert before[1][2] == 3


def test_a_proxy_of_the_task_is_none_of_a_remote_task(play: Run) -> None:
    """Over another connection the environment is the module's, and not that of the login on the controller."""
    plugin_environment: list[str | None] = []
    original = in_worker.InWorker._connection_options

    def spy(self: t.Any) -> Result:
        plugin_environment.append(os.environ.get("CLC_NEW"))
        return original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_worker.InWorker, "_connection_options", spy)
        play({"name": "Web"}, {}, transport="ssh", environment=ENVIRONMENT)
    assert plugin_environment == [None]


def test_open_connections_are_kept_from_item_to_item_but_not_after_an_interruption(api: Scripted, play: Run) -> None:
    lent = []

    def read(task: Task) -> None:
        api.expects("GET", "/v2/x", {})
        task.client.get("/v2/x")
        lent.append(list(task.client._connections._idle))

    def interrupted(task: Task) -> None:
        raise TaskTimeoutError(1)

    for _item in range(2):
        play(GIVEN, {}, module=doing(read))
    with pytest.raises(TaskTimeoutError):
        play(GIVEN, {}, module=doing(interrupted))
    play(GIVEN, {}, module=doing(read))
    assert [len(sessions) for sessions in lent] == [1, 1, 1]
    assert lent[0] == lent[1] != lent[2]


@pytest.mark.parametrize(("timeout", "own", "seconds"), [(0, 60, 60), (20, 60, 20), (20, 5, 5)])
def test_no_request_takes_longer_than_the_task_may(
    play: Run, timeout: int, own: int, seconds: float, api: Scripted
) -> None:
    """What is left in threads of an interrupted task ends by its own timeout."""
    module = doing(lambda task: task.client._timeout)
    assert play({**GIVEN, "timeout": own}, {}, module=module, timeout=timeout)["value"] == seconds


# What is displayed


class Lines:
    """What is displayed, and in which thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: list[str] = []
        for name in ("v", "vv", "vvv"):
            monkeypatch.setattr(in_worker.display, name, self._add)

    def _add(self, line: str, host: str | None = None) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.lines.append(line)


def in_threads(task: Task) -> None:
    task.report("first")
    map_concurrently(lambda number: task.client.get("/v2/x"), range(3))
    task.report("last")


@pytest.mark.parametrize("no_log", [False, True])
def test_requests_of_threads_are_displayed_by_the_thread_of_the_task(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch, no_log: bool
) -> None:
    displayed = Lines(monkeypatch)
    api.expects("GET", "/v2/x", {}, times=3)
    play(GIVEN, {}, module=doing(in_threads), no_log=no_log)
    lines = [line.partition(" in ")[0] for line in displayed.lines]
    label = "centurylink.cloud.server_info"
    expected = [f"{label}: first", *[f"{label}: GET /v2/x: 200"] * 3, f"{label}: last"]
    assert sorted(lines) == ([] if no_log else sorted(expected))


def test_requests_are_displayed_although_the_task_was_interrupted(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    displayed = Lines(monkeypatch)

    def work(task: Task) -> None:
        thread = threading.Thread(target=task.client._observe, args=(Exchange("GET", "/v2/x", "200", 0.1),))
        thread.start()
        thread.join()
        raise TaskTimeoutError(1)

    with pytest.raises(TaskTimeoutError):
        play(GIVEN, {}, module=doing(work))
    assert displayed.lines == ["centurylink.cloud.server_info: GET /v2/x: 200 in 0.100 s"]


@pytest.mark.parametrize(("address", "number"), [("https://api.ctl.io", 1), ("http://127.0.0.1:1", 0)])
def test_without_verified_certificates_there_is_one_warning(play: Run, address: str, number: int) -> None:
    with DeferredWarningContext(variables={}) as collected:
        play({**GIVEN, "api_url": address, "validate_certs": "no"}, {}, module=doing(lambda task: None))
    warnings = [str(warning.event.msg) for warning in collected.get_warnings()]
    assert warnings == ["validate_certs is false: the certificates of the services are not verified."] * number


def test_an_invalid_validate_certs_sends_no_credentials(api: Scripted, play: Run) -> None:
    outcome = play({**USER, "validate_certs": "maybe"}, {})
    assert outcome["failed"]
    assert "argument 'validate_certs' is of type str" in outcome["msg"]


@pytest.mark.parametrize(
    ("setting", "expected"), [(["always"], True), (["error", "warning"], True), (["never"], False), ([], False)]
)
def test_a_traceback_is_in_the_result_of_who_asks_for_it_and_holds_no_secret(
    play: Run, monkeypatch: pytest.MonkeyPatch, setting: list[str], expected: bool
) -> None:
    def work(task: Task) -> None:
        raise KeyError(f"{PASSWORD} and {TOKEN}")

    ask = constants.config.get_config_value
    monkeypatch.setattr(
        constants.config,
        "get_config_value",
        lambda name, *arguments, **more: setting if name == "DISPLAY_TRACEBACK" else ask(name, *arguments, **more),
    )
    module = doing(work, password_of_server={"no_log": True})
    result = play({**GIVEN, "password_of_server": PASSWORD}, {}, module=module)
    assert "KeyError" in result["msg"]
    assert ("Traceback (most recent call last)" in str(result)) is expected
    assert PASSWORD not in str(result)
    assert TOKEN not in str(result)
