# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin: what it hands to the module, for which connection; and whole runs of ansible-playbook.

In the first half only the start of the module is played; task, templates, tokens and HTTP are the real ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import typing as t
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from ansible import constants
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.centurylink.cloud.plugins.action import login as action
from ansible_collections.centurylink.cloud.plugins.module_utils.session import digest
from ansible_collections.centurylink.cloud.tests.unit.support.made import LOGIN, center
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD
from ansible_collections.centurylink.cloud.tests.unit.support.wire import TOKEN, Scripted
from tools import linktree

LOGIN_PATH = "/v2/authentication/login"
USER = {"username": "user.altd", "password": PASSWORD}
Result = dict[str, t.Any]


class Started:
    """What the action plugin started: the module's arguments, and what a module would do meanwhile."""

    def __init__(self, meanwhile: t.Callable[[Result], None] | None = None, **result: t.Any) -> None:
        self.arguments: list[Result] = []
        self.in_background: list[bool] = []
        self._meanwhile, self._result = meanwhile, {"changed": False, **result}

    def __call__(self, module_args: Result, task_vars: t.Any, wrap_async: bool) -> Result:
        self.arguments.append(module_args)
        self.in_background.append(wrap_async)
        if self._meanwhile:
            self._meanwhile(module_args)
        return dict(self._result)

    @property
    def only(self) -> Result:
        assert len(self.arguments) == 1
        return self.arguments[0]


class Run:
    """One run of ansible-playbook as far as the action plugin sees it: several tasks share its temporary folder."""

    def __call__(
        self,
        arguments: Result,
        started: Started,
        *,
        transport: str = "local",
        environment: t.Sequence[Result] = (),
        name: str = "centurylink.cloud.server_info",
        background: int = 0,
    ) -> Result:
        task = SimpleNamespace(
            args=arguments,
            action=name,
            async_val=background,
            check_mode=False,
            environment=list(environment),
            delegate_to=None,
        )
        shell = SimpleNamespace(tmpdir="x", env_prefix=lambda **names: "")
        connection = SimpleNamespace(transport=transport, has_native_async=False, _shell=shell)
        loader = DataLoader()
        plugin = action.ActionModule(task, connection, SimpleNamespace(), loader, Templar(loader=loader))
        plugin._execute_module = started
        plugin._remove_tmp_path = lambda path: None
        found: Result = plugin.run(None, {})
        return found


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))
    return Run()


def expects_login(api: Scripted, token: str = TOKEN, base: str = "https://api.ctl.io", **user: str) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": token}, token=None, body={**USER, **user}, base=base)


# What the module gets


def test_the_module_gets_the_token_and_never_the_password(api: Scripted, play: Run, tmp_path: Path) -> None:
    expects_login(api)
    started = Started()
    play({**USER, "name": "Web", "alias": "dem2", "timeout": 5}, started)
    channel = started.only["session"].pop("channel")
    assert started.only == {
        "name": "Web",
        "timeout": 5,
        "token": TOKEN,
        "account_alias": "DEM2",
        "session": {"data_center": "VA1", "locks": str(tmp_path / "clc-locks")},
    }
    assert Path(channel).parent == tmp_path
    assert not Path(channel).exists()  # removed at the end of the task


def test_an_option_that_is_the_modules_own_is_no_credential(api: Scripted, play: Run) -> None:
    expects_login(api)
    started = Started()
    given = {"username": USER["username"], "v2_api_passwd": PASSWORD, "password": "A-Servers-Own-1", "name": "WEB"}
    play(given, started, name="centurylink.cloud.clc_server")
    own = {key: value for key, value in started.only.items() if key != "session"}
    assert own == {"name": "WEB", "password": "A-Servers-Own-1", "token": TOKEN, "account_alias": "ALTD"}


def test_in_the_background_it_goes_by_its_other_name(api: Scripted, play: Run) -> None:
    expects_login(api)
    started = Started()
    given = {"username": USER["username"], "v2_api_passwd": PASSWORD, "password": "A-Servers-Own-1"}
    play(given, started, name="centurylink.cloud.clc_server", background=60)
    assert started.only["v2_api_passwd"] == PASSWORD
    assert started.only["password"] == "A-Servers-Own-1"


@pytest.mark.parametrize(("asked", "hidden"), [("yes", True), (True, True), ("False", False), (None, False)])
def test_passwords_of_servers_are_not_shown(api: Scripted, play: Run, asked: t.Any, hidden: bool) -> None:
    found = play({"server_id": "A", "credentials": asked}, Started(), name="centurylink.cloud.clc_server_fact")
    assert bool(found.get("_ansible_no_log")) is hidden


def test_many_tasks_log_in_once(api: Scripted, play: Run) -> None:
    expects_login(api)
    started = Started()
    for number in range(5):
        play({**USER, "name": str(number)}, started)
    assert [one["token"] for one in started.arguments] == [TOKEN] * 5


def test_another_user_logs_in_too(api: Scripted, play: Run) -> None:
    expects_login(api)
    expects_login(api, "TOKEN-OTHER", username="other")
    started = Started()
    play(USER, started)
    play({**USER, "username": "other"}, started)
    assert [one["token"] for one in started.arguments] == [TOKEN, "TOKEN-OTHER"]


def test_a_token_given_by_hand_is_handed_over(api: Scripted, play: Run) -> None:
    started = Started()
    play({"token": f" {TOKEN}\n", "account_alias": "altd", "username": "ignored"}, started)
    assert (started.only["token"], started.only["account_alias"]) == (TOKEN, "ALTD")
    assert started.only["session"]["data_center"] is None
    assert "username" not in started.only
    assert api.made == []


def test_a_known_login_is_handed_over_without_the_http_library(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Importing it would cost the controller's process of every task longer than a request takes."""
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=USER)
    play(USER, Started())
    monkeypatch.setitem(sys.modules, "requests", None)
    second = Started()
    play(USER, second)
    assert second.only["token"] == LOGIN["bearerToken"]
    loaded = f"import sys, {action.__name__}; sys.exit('requests' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(linktree.collections_path())}
    assert subprocess.run([sys.executable, "-c", loaded], env=environment, check=False).returncode == 0


def test_the_order_of_places(api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
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
    started = Started()
    play({"lbaas_url": "https://lbaas.example"}, started, environment=environment)
    assert (started.only["token"], started.only["account_alias"]) == (TOKEN, "ALTD")
    urls = {name: value for name, value in started.only.items() if name.endswith("_url")}
    assert urls == {
        "api_url": "https://play.example/v2",
        "lbaas_url": "https://lbaas.example",
        "rdbs_url": "https://rdbs.example",
    }


def test_without_any_credentials_the_module_is_left_to_itself(api: Scripted, play: Run) -> None:
    started = Started()
    play({"name": "Web", "api_url": "https://clc.example"}, started)
    assert started.only == {"name": "Web", "api_url": "https://clc.example"}


# Other connections


def test_over_another_connection_only_the_tasks_own_options_go(
    api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_V2_API_USERNAME", "user.altd")
    monkeypatch.setenv("CLC_V2_API_PASSWD", PASSWORD)
    monkeypatch.setenv("CLC_ACCT_ALIAS", "CTRL")
    started = Started()
    play({"name": "Web"}, started, transport="ssh", environment=[{"CLC_V2_API_TOKEN": "TOKEN-OF-THE-PLAY"}])
    assert started.only == {"name": "Web"}
    assert api.made == []


def test_over_another_connection_the_controller_logs_in_for_a_task_that_names_the_service(
    api: Scripted, play: Run
) -> None:
    expects_login(api, base="https://clc.example")
    started = Started()
    play({**USER, "api_url": "https://clc.example"}, started, transport="ssh")
    assert started.only == {
        "api_url": "https://clc.example",
        "token": TOKEN,
        "account_alias": "ALTD",
        "session": {"data_center": "VA1", "channel": None, "locks": None},
    }


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
    started = Started()
    play({**USER, "api_url": "https://inner.example"}, started, transport="ssh")
    assert started.only == {**USER, "api_url": "https://inner.example"}


def test_in_the_background_the_module_can_log_in_by_itself(api: Scripted, play: Run) -> None:
    expects_login(api)
    started = Started()
    play(USER, started, background=60)
    assert started.in_background == [True]
    assert {**USER, "token": TOKEN}.items() <= started.only.items()
    assert started.only["session"]["channel"] is None


# Failures


def test_a_refused_login_fails_every_task_by_one_request(api: Scripted, play: Run) -> None:
    api.expects("POST", LOGIN_PATH, {"message": "We didn't recognize you."}, 400, token=None, body=USER)
    for _number in range(3):
        result = play(USER, Started())
        assert result["failed"] is True
        assert result["msg"].startswith("Cannot log in as 'user.altd': We didn't recognize you. Check username")
        assert result["status_code"] == 400
        assert PASSWORD not in str(result)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"token": TOKEN}, "it does not tell which account is meant"),
        ({"token": f"Bearer {TOKEN}", "account_alias": "ALTD"}, "holds white space"),
        ({**USER, "api_url": "http://api.ctl.io"}, "without TLS"),
    ],
)
def test_what_cannot_work_fails_before_the_module_starts(
    api: Scripted, play: Run, arguments: Result, told: str
) -> None:
    started = Started()
    result = play(arguments, started)
    assert result["failed"] is True
    assert told in result["msg"]
    assert (started.arguments, api.made) == ([], [])
    assert TOKEN not in str(result)


def test_a_service_out_of_reach_is_told_by_the_controller(api: Scripted, play: Run) -> None:
    for _number in range(5):
        api.expects("POST", LOGIN_PATH, raises=requests.exceptions.ConnectTimeout(), token=None, body=USER)
    assert "Cannot log in at https://api.ctl.io: no connection" in play(USER, Started())["msg"]


# The result of the module login


def test_login_returns_its_token_unseen(api: Scripted, play: Run) -> None:
    expects_login(api)
    result = play(USER, Started(account_alias="ALTD"), name="centurylink.cloud.login")
    assert result == {"changed": False, "account_alias": "ALTD", "token": TOKEN, "_ansible_no_log": True}


def test_no_other_module_returns_it(api: Scripted, play: Run) -> None:
    expects_login(api)
    assert "token" not in play(USER, Started())


def test_a_failed_login_returns_none(api: Scripted, play: Run) -> None:
    expects_login(api)
    result = play(USER, Started(failed=True, msg="no"), name="login")
    assert "token" not in result


# While the module runs


def ask(arguments: Result, token: str) -> str:
    """Ask for a fresh token as a module does, and return the answer."""
    folder = Path(arguments["session"]["channel"])
    (folder / f"stale-{digest(token)}").touch()
    answer = folder / f"fresh-{digest(token)}"
    for _number in range(200):
        if answer.exists():
            return answer.read_text(encoding="utf-8")
        time.sleep(0.02)
    return "nobody answered"


def test_a_stale_token_is_renewed_for_the_run(api: Scripted, play: Run) -> None:
    expects_login(api, "TOKEN-OLD")
    expects_login(api, "TOKEN-NEW")
    answers: list[str] = []

    def module(arguments: Result) -> None:
        if arguments["name"] != "third":
            answers.append(ask(arguments, "TOKEN-OLD"))

    started = Started(module)
    for name in ("first", "second", "third"):
        play({**USER, "name": name}, started)
    assert answers == ["token TOKEN-NEW", "token TOKEN-NEW"]
    assert [one["token"] for one in started.arguments] == ["TOKEN-OLD", "TOKEN-NEW", "TOKEN-NEW"]


def test_a_token_given_by_hand_cannot_be_renewed(api: Scripted, play: Run) -> None:
    answers: list[str] = []
    started = Started(lambda arguments: answers.append(ask(arguments, TOKEN)))
    play({"token": TOKEN, "account_alias": "ALTD"}, started)
    assert answers == ["error it ran out, and no user was given to log in again"]


def test_a_renewal_that_is_refused_is_told(api: Scripted, play: Run) -> None:
    expects_login(api)
    api.expects("POST", LOGIN_PATH, {"message": "We didn't recognize you."}, 400, token=None, body=USER)
    answers: list[str] = []
    play(USER, Started(lambda arguments: answers.append(ask(arguments, TOKEN))))
    assert answers == ["error We didn't recognize you"]


def test_progress_is_shown(api: Scripted, play: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(action.display, "v", lambda text, host=None: shown.append(text))
    expects_login(api)

    def module(arguments: Result) -> None:
        path = Path(arguments["session"]["channel"], "progress")
        for text in ("job 1: execut", "ing\njob 2: ünder way\njob", " 1: succeeded\n"):
            with path.open("a", encoding="utf-8") as progress:
                progress.write(text)
            time.sleep(0.25)

    play(USER, Started(module))
    prefix = "centurylink.cloud.server_info: "
    assert shown == [f"{prefix}job 1: executing", f"{prefix}job 2: ünder way", f"{prefix}job 1: succeeded"]


# Whole runs of ansible-playbook


class Service(BaseHTTPRequestHandler):
    """A small service: logins, and a list of data centers for those with a token that it has not forgotten."""

    logins: t.ClassVar[list[Result]]
    reads: t.ClassVar[list[str]]
    valid: t.ClassVar[set[str]]
    lock: t.ClassVar[threading.Lock]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.lock:
            self.logins.append(body)
            token = f"{TOKEN}-{len(self.logins)}"
            self.valid.add(token)
        right = body["password"] == PASSWORD
        self._answer(200 if right else 400, {**LOGIN, "bearerToken": token} if right else {"message": "No such pair."})

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with self.lock:
            self.reads.append(token)
            known = token in self.valid
            if len(self.reads) == 3:
                self.valid.clear()  # two of the run's reads, and then its token is worth nothing
                known = False
        self._answer(200 if known else 401, [center()] if known else {"message": "Unauthorized"})

    def _answer(self, status: int, body: t.Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: t.Any) -> None:
        pass


@pytest.fixture
def service() -> t.Iterator[tuple[type[Service], str]]:
    class Own(Service):
        logins: t.ClassVar[list[Result]] = []
        reads: t.ClassVar[list[str]] = []
        valid: t.ClassVar[set[str]] = set()
        lock = threading.Lock()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield Own, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def playbook(
    tmp_path: Path, address: str, tasks: list[Result], password: str = PASSWORD
) -> subprocess.CompletedProcess[str]:
    """Run tasks on two hosts of a local connection at once, as loudly as can be."""
    play = {"hosts": "all", "gather_facts": False, "tasks": tasks}
    path = tmp_path / "play.yml"
    path.write_text(json.dumps([play]), encoding="utf-8")
    (tmp_path / "ansible.cfg").write_text("", encoding="utf-8")
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    inventory = {"all": {"hosts": dict.fromkeys(("one", "two"), local)}}
    (tmp_path / "hosts.yml").write_text(json.dumps(inventory), encoding="utf-8")
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
        "ANSIBLE_LOCAL_TEMP": str(tmp_path / "local"),
        "ANSIBLE_REMOTE_TEMP": str(tmp_path / "remote"),
        "ANSIBLE_HOME": str(tmp_path / "home"),
        "ANSIBLE_CONFIG": str(tmp_path / "ansible.cfg"),
        "CLC_V2_API_URL": f"{address}/v2",
        "CLC_V2_API_USERNAME": "user.altd",
        "CLC_V2_API_PASSWD": password,
    }
    command = [
        str(Path(sys.executable).with_name("ansible-playbook")),
        "-i",
        "hosts.yml",
        "-f",
        "2",
        "-vvvvv",
        "play.yml",
    ]
    return subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_run_logs_in_once_and_once_more_when_its_token_runs_out(
    tmp_path: Path, service: tuple[type[Service], str]
) -> None:
    """Two hosts at once and a loop; the login's token goes from one task to the next, and nothing secret is shown."""
    seen, address = service
    tasks: list[Result] = [
        {
            "centurylink.cloud.data_center_info": {"data_center": "{{ item }}"},
            "loop": ["va1", "xx1"],
            "register": "found",
        },
        {"centurylink.cloud.login": {}, "register": "own"},
        {
            "centurylink.cloud.data_center_info": {
                "token": "{{ own.token }}",
                "account_alias": "{{ own.account_alias }}",
            },
            "register": "again",
        },
        {
            "ansible.builtin.assert": {
                "that": [
                    "found.results | map(attribute='data_centers') | map('length') == [1, 0]",
                    "again.data_centers[0].id == 'VA1'",
                    "own.data_center == 'VA1'",
                ]
            }
        },
    ]
    done = playbook(tmp_path, address, tasks)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert len(seen.logins) == 2, seen.logins
    assert set(seen.reads) == {f"{TOKEN}-1", f"{TOKEN}-2"}
    assert told.count("centurylink.cloud: POST /v2/authentication/login: 200") == 2  # who wants to see it, does
    assert TOKEN not in told
    assert PASSWORD not in told
    assert "Traceback" not in told


def test_a_refused_run_tries_once(tmp_path: Path, service: tuple[type[Service], str]) -> None:
    seen, address = service
    tasks: list[Result] = [
        {"centurylink.cloud.server_info": {"server_ids": ["a"]}, "ignore_errors": True, "register": "one"},
        {"centurylink.cloud.data_center_info": {}, "failed_when": "one.status_code != 400"},
    ]
    done = playbook(tmp_path, address, tasks, password="WRONG-PASSWORD-1")
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert len(seen.logins) == 1
    assert "No such pair" in told
    assert "WRONG-PASSWORD-1" not in told
    assert "Traceback" not in told
