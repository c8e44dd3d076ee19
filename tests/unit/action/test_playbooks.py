# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole runs of ansible-playbook against a little service: in the workers, and the same as module processes."""

from __future__ import annotations

import typing as t
from collections import Counter
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.certificates import HOST, make_certificate
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD
from ansible_collections.centurylink.cloud.tests.unit.support.runs import Event, Playbook, Run
from ansible_collections.centurylink.cloud.tests.unit.support.service import Seen, serving

READ = "centurylink.cloud.data_center_info"
OTHER = {"username": "other.othr", "password": PASSWORD}
LISTS = "/v2/datacenters/"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def task(name: str, options: Event | None = None, module: str = READ, **keywords: t.Any) -> Event:
    return {"name": name, module: options or {}, **keywords}


def holds(*conditions: str) -> Event:
    return {"name": f"holds: {conditions[0]}", "ansible.builtin.assert": {"that": list(conditions), "quiet": True}}


def play(hosts: str, *tasks: Event, **keywords: t.Any) -> Event:
    return {"hosts": hosts, "gather_facts": False, "tasks": list(tasks), **keywords}


def reads(seen: Seen, *accounts: str) -> list[tuple[str, str]]:
    """The lists of data centers that were read, as account and user; of these accounts, or all."""
    found = [
        (path.removeprefix(LISTS).partition("?")[0], user)
        for method, path, user in seen.sent
        if method == "GET" and path.count("/") == 3
    ]
    return [(account, user) for account, user in found if not accounts or account in accounts]


@pytest.fixture
def both(tmp_path: Path, certificate: Path) -> t.Callable[..., tuple[Run, Seen]]:
    """Runs plays in the workers and as module processes at the same time, and compares what comes of it."""

    def run(make: t.Callable[[str], list[Event]], ordered: bool = True) -> tuple[Run, Seen]:
        with serving(certificate) as (seen, address), serving(certificate) as (seen_process, address_process):
            books = Playbook(tmp_path / "worker", address), Playbook(tmp_path / "process", address_process)
            for book in books:
                (book._directory / "certificate.pem").write_text("of the directory where the command was given")
            started = (
                books[0].start(make(address)),
                books[1].start(make(address_process), "-e", "clc_run_as_process=true"),
            )
            for book in books:
                (book._directory / "playbooks" / "certificate.pem").write_bytes(certificate.read_bytes())
            here, process = (book.finish(child) for book, child in zip(books, started, strict=True))
        assert (here.returncode, process.returncode) == (0, 0), here.screen + process.screen
        arrange = list if ordered else sorted
        assert arrange(here.results()) == arrange(process.results())
        lines, lines_process = Counter(here.lines()), Counter(process.lines())
        assert (lines - lines_process, lines_process - lines) == (Counter(), Counter())
        assert _sent(seen) == _sent(seen_process)
        assert set(seen.connects) == set(seen_process.connects)
        assert seen.cookies == []
        assert "> EXEC" not in here.screen
        assert PASSWORD not in here.screen
        assert "> EXEC" in process.screen
        return here, seen

    return run


def _sent(seen: Seen) -> list[tuple[str, str, str]]:
    """The requests in any order, without those that may or may not come before a timeout."""
    return sorted(sent for sent in seen.sent if "Limits" not in sent[1] and "SLOW" not in sent[1])


def keywords_of_tasks(address: str) -> list[Event]:
    user = {"CLC_V2_API_USERNAME": OTHER["username"], "CLC_V2_API_PASSWD": PASSWORD}
    proxy = {"HTTPS_PROXY": address, "REQUESTS_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt"}
    outside = {"api_url": f"https://{HOST}"}
    limits = {"gather": ["compute_limits", "network_limits"]}
    first = play(
        "a",
        task(
            "users",
            {"username": "{{ item }}", "password": PASSWORD},
            loop=["user.altd", "other.othr"],
            environment={"MARK_ITEM": True},
            # Looked up in the same process, after the module.
            failed_when="lookup('ansible.builtin.env', 'MARK_ITEM') != ''",
            register="users",
        ),
        task("until", {"alias": "LATE"}, register="late", until="late.data_centers | length > 0", retries=3, delay=0),
        task("timeout", {"alias": "SLOW", **limits}, timeout=1, ignore_errors=True, register="slow"),
        task("after a timeout", limits, register="after"),
        task("environment", {**outside, "ca_path": "certificate.pem"}, environment={**user, **proxy}),
        task("not verified", {**outside, "validate_certs": False}, environment=proxy, register="unverified"),
        task("CA of the environment", outside, environment={**proxy, "CLC_CA_PATH": "certificate.pem"}),
        task("unverified", outside, environment={**proxy, "CLC_VALIDATE_CERTS": "no"}, register="unverified_too"),
        task("empty", environment={"CLC_VALIDATE_CERTS": "", "CLC_CA_PATH": ""}),
        task("invalid", environment={"CLC_VALIDATE_CERTS": "maybe"}, ignore_errors=True, register="invalid"),
        task("ends", {"pin": PASSWORD}, "ends", environment={"MARK_X": False}, register="ends"),
        {
            "name": "block",
            "block": [task("exit", {"way": "exit"}, "ends")],
            "rescue": [holds("'SystemExit' in ansible_failed_result.msg")],
        },
        task("refused", {"username": "refused.altd", "password": "WRONG"}, ignore_errors=True, register="refused"),
        task("unlogged", {"alias": "HIDE"}, no_log=True, register="unlogged", changed_when=True, notify="handler"),
        task("login", module="centurylink.cloud.login", register="own", check_mode=True, diff=True),
        task("token", {"token": "{{ own.token }}", "alias": "{{ own.account_alias }}"}),
        holds(
            "users.results[1].data_centers[0].name == '{' ~ '{ 7*7 }' ~ '}'",
            "late.attempts == 2",
            "slow is failed and slow.timedout is defined and slow.data_centers is not defined",
            "after.data_centers[0].compute_limits.path is defined",
            "unverified.warnings | length == 1",
            "unverified_too.warnings | length == 1",
            "invalid.msg is search('CLC_VALIDATE_CERTS')",
            "ends.cwd == playbook_dir and ends.variables == {'MARK_X': 'False'}",
            "refused.status_code == 400 and 'No such pair' in refused.msg",
            "unlogged.data_centers | length == 1",
        ),
        handlers=[task("handler", {"alias": "{{ own_alias }}"}, vars={"own_alias": "HAND"})],
    )
    group = {"group/centurylink.cloud.all": {"alias": "GRUP"}}
    located = {"group/centurylink.cloud.data_center": {"data_center": "xx1"}}
    named = {READ: {"data_center": "xx1"}, "centurylink.cloud.login": {"alias": "NONE"}}
    return [
        first,
        play(
            "a",
            task("defaults", register="nothing"),
            holds("nothing.data_centers == []"),
            module_defaults={**group, **named},
        ),
        play(
            "a",
            task("data center of the group", register="nothing"),
            task("data center of the task", {"data_center": "va1"}, register="own"),
            task("data center of the environment", register="other", environment={"CLC_DATA_CENTER": "va1"}),
            task("no data center", module="centurylink.cloud.login"),
            holds("nothing.data_centers == []", "own.data_centers | length == 1", "other.data_centers == []"),
            module_defaults={"group/centurylink.cloud.all": {"alias": "LOCA"}, **located},
        ),
        play(
            "a",
            task("short", {"alias": "SHRT"}, "data_center_info", register="nothing"),
            holds("nothing.data_centers == []"),
            collections=["centurylink.cloud"],
            module_defaults=named,
        ),
    ]


def test_keywords_of_tasks(both: t.Callable[..., tuple[Run, Seen]]) -> None:
    here, seen = both(keywords_of_tasks)
    assert reads(seen, "GRUP", "SHRT", "NONE", "HAND", "HIDE") == [
        (account, "user.altd") for account in ("HIDE", "HAND", "GRUP", "SHRT")
    ]
    assert reads(seen, "OTHR") == [("OTHR", "other.othr")] * 2
    # One login for each address and user; and through the proxy both login and work.
    assert sorted(seen.logins) == ["other.othr", "other.othr", "refused.altd", "user.altd", "user.altd"]
    assert set(seen.connects) == {f"{HOST}:443"}
    # Some were on their way when the timeout struck.
    assert len([path for _method, path, _user in seen.sent if "Limits" in path]) > 2
    requests = [line for line in here.screen.splitlines() if ": GET /v2" in line]
    assert any("/v2/datacenters/HAND" in line for line in requests)
    assert not any("/v2/datacenters/HIDE" in line for line in requests)
    assert {event["action"] for event in here.events[:-1]} >= {READ, "centurylink.cloud.login"}
    assert "plugin_utils.in_worker" in here.imported


def strategies(_address: str) -> list[Event]:
    plays = [
        play("a:b", task(strategy, {"alias": account, "data_center": "{{ inventory_hostname }}"}), strategy=strategy)
        for strategy, account in (("linear", "LINE"), ("free", "FREE"), ("ansible.builtin.host_pinned", "PIND"))
    ]
    once = task("run once", {"alias": "ONCE"}, run_once=True, register="once")
    return [
        *plays,
        play("a:b", once, holds("once.data_centers | length == 1")),
        play("far", task("delegated", {"alias": "DELE"}, delegate_to="localhost")),
    ]


def test_strategies_and_hosts(both: t.Callable[..., tuple[Run, Seen]]) -> None:
    here, seen = both(strategies, ordered=False)
    assert seen.logins == ["user.altd"]
    accounts = sorted(account for account, _user in reads(seen))
    assert accounts == ["DELE", "FREE", "FREE", "LINE", "LINE", "ONCE", "PIND", "PIND"]
    assert not here.started_processes("delegated")


def test_what_runs_as_a_process_and_what_does_not(tmp_path: Path, certificate: Path) -> None:
    """In the background, as another user, on another host; and one login for all, renewed once when the token expires."""
    book: t.Any
    with serving(certificate, expire_at=3) as (seen, address):
        book = Playbook(tmp_path / "run", address)
        run = book.run(
            [
                play(
                    "a",
                    task("first", {"alias": "ALTD"}),
                    task("background", {"alias": "BACK"}, **{"async": 30, "poll": 1}),
                    task("renewed"),
                    task("as another user", {"alias": "USER"}, become=True, become_method="same"),
                    task(
                        "by a variable",
                        {"alias": "VARI"},
                        vars={"ansible_become": True, "ansible_become_method": "same"},
                    ),
                    task("there", {**OTHER, "api_url": address}, delegate_to="far"),
                    task("last", {"alias": "LAST"}, delegate_to="localhost"),
                )
            ]
        )
    assert run.returncode == 0, run.screen
    processes = {event["task"]: run.started_processes(event["task"]) for event in run.events[:-1]}
    assert processes == {
        "first": False,
        "background": True,
        "renewed": False,
        "as another user": True,
        "by a variable": True,
        "there": True,
        "last": False,
    }
    assert sorted(seen.logins) == ["other.othr", "user.altd", "user.altd"]
    assert reads(seen, "USER", "VARI", "BACK", "LAST", "OTHR") == [
        ("BACK", "user.altd"),
        ("USER", "user.altd"),
        ("VARI", "user.altd"),
        ("OTHR", "other.othr"),
        ("LAST", "user.altd"),
    ]


def test_a_task_from_the_command_line(tmp_path: Path, certificate: Path) -> None:
    with serving(certificate) as (seen, address):
        book = Playbook(tmp_path / "run", address)
        run = book.run([], "a", "-m", READ, "-a", "alias=HOCA", command="ansible")
    assert run.returncode == 0, run.screen
    assert reads(seen) == [("HOCA", "user.altd")]
    assert "> EXEC" not in run.screen
    assert '"id": "VA1"' in run.screen


def test_a_play_imports_what_its_tasks_need_before_the_forks(tmp_path: Path) -> None:
    """In the main process, whose workers inherit it."""
    nowhere = "http://127.0.0.1:1"
    debug = task("debug", {"msg": "x"}, "ansible.builtin.debug")
    books = [Playbook(tmp_path / name, nowhere) for name in ("without", "with")]
    wrong = task("balancer", {"no_such_option": 1}, "centurylink.cloud.load_balancer", ignore_errors=True)
    token = {"CLC_V2_API_TOKEN": "made-up", "CLC_ACCT_ALIAS": "ALTD"}
    started = books[0].start([play("a", debug)]), books[1].start([play("a", debug, wrong)], **token)
    without, balancer = (book.finish(process) for book, process in zip(books, started, strict=True))
    assert (without.returncode, without.imported) == (0, [])
    assert balancer.returncode == 0
    assert {"action.load_balancer", "plugin_utils.in_worker", "modules.load_balancer"} <= set(balancer.imported)
    assert not [name for name in balancer.imported if "database" in name or "backup" in name]
