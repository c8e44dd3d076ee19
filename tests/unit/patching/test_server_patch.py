# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules server_patch and server_patch_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import documented, queued, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

HISTORY = "https://patching.useast.appfog.ctl.io"
BATCH = "/v2/operations/ALTD/servers/executePackage"
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
BOTH = {"server_ids": [SECOND, FIRST.upper()]}
WINDOWS = "windows2012R2DataCenter_64Bit"
SAMPLE = documented("Patching-apply-patches-to-servers")
Entity = dict[str, t.Any]


def execution(number: int, status: str = "completed", **properties: t.Any) -> Entity:
    """Return an execution as in the contract."""
    has_ended = status.lower() in ("completed", "failed")
    initiation = {
        "start_time": "2016-04-05T04:31:51Z",
        "end_time": "2016-04-05T04:34:12Z" if has_ended else "",
        "init_begin_message": "Invoking yum check-update",
        "init_end_message": "Update Process Complete. There are 0 updates to install" if has_ended else None,
    }
    return {
        "execution_id": f"VA1-{number}",
        "status": status,
        "start_time": f"2099-04-05T04:14:{number % 60:02d}Z",
        "end_time": "2099-04-05T04:34:14Z" if has_ended else "",
        "init_messages": [initiation],
        **properties,
    }


def path(name: str) -> str:
    return f"/rest/servers/ALTD/server/{name.upper()}/patch"


def expects_servers(api: Scripted, **systems: str) -> None:
    with api.in_any_order():
        for name, system in systems.items():
            api.expects("GET", f"/v2/servers/ALTD/{name}", server(name, os=system))


def expects_history(api: Scripted, **executions: t.Any) -> None:
    with api.in_any_order():
        for name, history in executions.items():
            response = (NO_BODY, 404) if history is None else (history, 200)
            api.expects("GET", path(name), *response, base=HISTORY)


def request_body(*names: str, windows: bool = False) -> Entity:
    package = {"packageId": "b229535c-a313-4a31-baf8-6aa71ff4b9ed", "parameters": {}}
    return {"servers": [name.upper() for name in names], "package": package if windows else SAMPLE["package"]}


def test_the_job_and_the_executions_are_waited_for(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit", va1altdweb02="redHat7_64Bit")
    expects_history(api, va1altdweb01=[execution(1)], va1altdweb02=[])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], body=request_body(FIRST, SECOND))
    expects_jobs(api, "va1-1")
    expects_history(api, va1altdweb01=[execution(1)], va1altdweb02=[execution(3, "pending")])
    expects_history(api, va1altdweb01=[execution(2, "RUNNING"), execution(1)], va1altdweb02=[execution(3)])
    # The history of a server whose patching has ended is not read again.
    expects_history(api, va1altdweb01=[execution(2, "COMPLETED"), execution(1)])
    outcome = run("server_patch", BOTH)
    assert outcome.changed
    assert [(patch["server_id"], patch["execution_id"], patch["status"]) for patch in outcome["server_patches"]] == [
        (FIRST, "VA1-2", "completed"),
        (SECOND, "VA1-3", "completed"),
    ]
    assert outcome["server_patches"][0]["initiations"] == [
        {
            "start_time": "2016-04-05T04:31:51Z",
            "end_time": "2016-04-05T04:34:12Z",
            "begin_message": "Invoking yum check-update",
            "end_message": "Update Process Complete. There are 0 updates to install",
        }
    ]


@pytest.mark.parametrize("status", [200, 202])
def test_each_family_has_a_separate_request_and_package(api: Scripted, run: Runner, status: int) -> None:
    expects_servers(api, va1altdweb01="centOS5_64Bit", va1altdweb02=WINDOWS)
    expects_history(api, va1altdweb01=[], va1altdweb02=None)
    api.expects("POST", BATCH, [queued(SECOND, "va1-1")], status, body=request_body(SECOND, windows=True))
    api.expects("POST", BATCH, [queued(FIRST, "va1-2")], status, body=request_body(FIRST))
    expects_jobs(api, "va1-1", "va1-2")
    expects_history(api, va1altdweb01=[execution(2)], va1altdweb02=[execution(3)])
    assert run("server_patch", BOTH).changed


def test_patching_is_predicted(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="redHat5_64Bit")
    expects_history(api, va1altdweb01=[execution(1)])
    outcome = run("server_patch", {"server_ids": [FIRST]}, check=True)
    assert outcome.changed
    keys = ("execution_id", "status", "start_time", "end_time", "initiations")
    assert outcome["server_patches"] == [{"server_id": FIRST, **dict.fromkeys(keys)}]


def test_a_running_execution_is_waited_for_and_not_started_again(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit", va1altdweb02="centOS6_64Bit")
    expects_history(api, va1altdweb01=[execution(1, "pending")], va1altdweb02=[])
    api.expects("POST", BATCH, [queued(SECOND, "va1-1")], body=request_body(SECOND))
    expects_jobs(api, "va1-1")
    expects_history(api, va1altdweb01=[execution(1, "pending")], va1altdweb02=[execution(2)])
    expects_history(api, va1altdweb01=[execution(1)])
    outcome = run("server_patch", BOTH)
    assert outcome.changed
    assert [patch["execution_id"] for patch in outcome["server_patches"]] == ["VA1-1", "VA1-2"]


def test_if_all_servers_are_being_patched_nothing_is_started(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[execution(1, "pending")])
    expects_history(api, va1altdweb01=[execution(1)])
    assert not run("server_patch", {"server_ids": [FIRST]}).changed


def test_a_stuck_execution_is_not_waited_for(api: Scripted, run: Runner) -> None:
    old = execution(1, "pending", start_time="2016-04-05T04:14:10Z")
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[old])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1")], body=request_body(FIRST))
    expects_jobs(api, "va1-1")
    expects_history(api, va1altdweb01=[execution(2), old])
    outcome = run("server_patch", {"server_ids": [FIRST]})
    assert outcome["server_patches"][0]["execution_id"] == "VA1-2"
    (warning,) = outcome.warnings
    assert "VA1-1 on va1altdweb01 has been pending since 2016" in warning


def test_a_failed_execution_is_an_error(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit", va1altdweb02="centOS6_64Bit")
    expects_history(api, va1altdweb01=[], va1altdweb02=[])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], body=request_body(FIRST, SECOND))
    expects_jobs(api, "va1-1")
    expects_history(api, va1altdweb01=[execution(1, "Failed")], va1altdweb02=[execution(2, "pending")])
    expects_history(api, va1altdweb02=[execution(2)])
    outcome = run("server_patch", BOTH)
    assert (outcome.failed, outcome.changed) == (True, True)
    assert f"Cannot patch server {FIRST}: execution VA1-1 on {FIRST} failed. Use server_patch_info" in outcome.msg
    assert [patch["status"] for patch in outcome["server_patches"]] == ["failed", "completed"]


def test_rejected_servers_are_an_error(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[])
    api.expects(
        "POST", BATCH, [{"server": FIRST, "isQueued": False, "errorMessage": "Not valid."}], body=request_body(FIRST)
    )
    outcome = run("server_patch", {"server_ids": [FIRST]})
    assert (outcome.failed, outcome.changed) == (True, False)
    assert f"{FIRST} was rejected: Not valid" in outcome.msg


def test_a_request_is_not_repeated_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[])
    api.expects("POST", BATCH, body=request_body(FIRST), raises=requests.exceptions.ReadTimeout())
    expects_history(api, va1altdweb01=[])
    expects_history(api, va1altdweb01=[execution(1, "pending")])
    expects_history(api, va1altdweb01=[execution(1)])
    outcome = run("server_patch", {"server_ids": [FIRST]})
    assert outcome.changed
    assert outcome["server_patches"][0]["execution_id"] == "VA1-1"


def test_a_lost_response_without_an_execution_is_an_error(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[])
    api.expects("POST", BATCH, body=request_body(FIRST), raises=requests.exceptions.ReadTimeout())
    api.expects("GET", path(FIRST), [], base=HISTORY, times=15)
    outcome = run("server_patch", {"server_ids": [FIRST]})
    assert outcome.failed
    assert "Patching may still start. Check server_patch_info" in outcome.msg


def test_a_timeout_is_an_error(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1")], body=request_body(FIRST))
    expects_jobs(api, "va1-1")
    api.expects("GET", path(FIRST), [execution(1, "pending")], base=HISTORY, times=9)
    outcome = run("server_patch", {"server_ids": [FIRST], "wait_timeout": 15})
    assert (outcome.failed, outcome.changed) == (True, True)
    cause = f"execution VA1-1 on {FIRST} has the status pending"
    assert f"Cannot patch server {FIRST} within wait_timeout (15 s): {cause}." in outcome.msg
    assert outcome["server_patches"][0]["status"] == "pending"
    assert clock.passed == 15


def test_a_missing_execution_is_an_error(api: Scripted, run: Runner) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[execution(1)])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1")], body=request_body(FIRST))
    expects_jobs(api, "va1-1")
    api.expects("GET", path(FIRST), [execution(1)], base=HISTORY, times=9)
    outcome = run("server_patch", {"server_ids": [FIRST], "wait_timeout": 15})
    assert f"{FIRST} has no execution yet" in outcome.msg


def test_without_waiting_the_jobs_are_returned(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit")
    expects_history(api, va1altdweb01=[])
    api.expects("POST", BATCH, [queued(FIRST, "va1-1")], body=request_body(FIRST))
    expects_history(api, va1altdweb01=[])
    outcome = run("server_patch", {"server_ids": [FIRST], "wait": False})
    assert outcome.changed
    assert [job["id"] for job in outcome["jobs"]] == ["va1-1"]
    assert (outcome["pending"], clock.passed) == ([], 0)
    assert outcome["server_patches"][0]["execution_id"] is None


@pytest.mark.parametrize("system", ["ubuntu14_64Bit", "windows2008R2DataCenter_64bit", "centOS7_64Bit"])
def test_an_unsupported_operating_system_fails_before_a_request(api: Scripted, run: Runner, system: str) -> None:
    expects_servers(api, va1altdweb01="centOS6_64Bit", va1altdweb02=system)
    expects_history(api, va1altdweb01=[], va1altdweb02=[])
    outcome = run("server_patch", BOTH)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert f"Cannot patch server {SECOND}: {SECOND} has the operating system {system}" in outcome.msg


def test_without_servers_there_is_nothing_to_do(api: Scripted, run: Runner) -> None:
    assert not run("server_patch", {"server_ids": []}).changed
    assert not api.made


# The history

DETAILS = {
    **{key: value for key, value in execution(2).items() if key != "init_messages"},
    "duration": "20m 4s",
    "begin_message": "Update Process BEGIN",
    "end_message": "Updating Complete",
    "patches": [
        {
            "start_time": "2016-04-05T04:28:26Z",
            "end_time": "2016-04-05T04:28:26Z",
            "patch_begin_message": "Installing Update for Windows Server 2012 R2 (KB3084905)",
            "patch_end_message": "Result Code: 2",
            "status": "COMPLETED",
        }
    ],
}


def test_the_history_is_sorted_by_time(api: Scripted, run: Runner) -> None:
    expects_history(api, va1altdweb01=[execution(2, "RUNNING"), execution(1)])
    results = run("server_patch_info", {"server_id": FIRST.upper()})["server_patches"]
    assert [(result["execution_id"], result["status"], result["end_time"]) for result in results] == [
        ("VA1-1", "completed", "2099-04-05T04:34:14Z"),
        ("VA1-2", "running", None),
    ]
    assert (results[0]["duration"], results[0]["patches"]) == (None, None)


def test_patches_of_an_execution_are_read(api: Scripted, run: Runner) -> None:
    expects_history(api, va1altdweb01=[execution(2), execution(1)])
    api.expects("GET", f"{path(FIRST)}/VA1-2", DETAILS, base=HISTORY)
    options = {"server_id": FIRST, "execution_id": "va1-2", "gather": ["patches"]}
    (result,) = run("server_patch_info", options)["server_patches"]
    assert (result["duration"], result["end_message"], len(result["initiations"])) == ("20m 4s", "Updating Complete", 1)
    assert result["patches"] == [
        {
            "start_time": "2016-04-05T04:28:26Z",
            "end_time": "2016-04-05T04:28:26Z",
            "begin_message": "Installing Update for Windows Server 2012 R2 (KB3084905)",
            "end_message": "Result Code: 2",
            "status": "completed",
        }
    ]


@pytest.mark.parametrize("history", [None, []])
def test_an_unknown_server_or_execution_has_no_history(api: Scripted, run: Runner, history: t.Any) -> None:
    expects_history(api, va1altdweb01=history)
    outcome = run("server_patch_info", {"server_id": FIRST, "execution_id": "VA1-9", "gather": ["patches"]})
    assert outcome["server_patches"] == []


def test_a_number_of_patches_is_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_history(api, va1altdweb01=[execution(2)])
    api.expects("GET", f"{path(FIRST)}/VA1-2", {**DETAILS, "patches": 3}, base=HISTORY)
    (result,) = run("server_patch_info", {"server_id": FIRST, "gather": ["patches"]})["server_patches"]
    assert (result["patches"], result["duration"]) == ([], "20m 4s")
