# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server_package."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import archived, queued, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

BATCH = "/v2/operations/ALTD/servers/executePackage"
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
PACKAGE = "3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b"
BOTH: dict[str, t.Any] = {"server_ids": [SECOND, FIRST.upper()], "package_id": PACKAGE}


def path(name: str) -> str:
    return f"/v2/servers/ALTD/{name}"


def expects_both(api: Scripted) -> None:
    with api.in_any_order():
        api.expects("GET", path(FIRST), server(FIRST))
        api.expects("GET", path(SECOND), server(SECOND))


def sent(**parameters: str) -> dict[str, t.Any]:
    return {
        "servers": [FIRST.upper(), SECOND.upper()],
        "package": {"packageId": PACKAGE, "parameters": parameters},
    }


def test_names_of_parameters_are_kept_and_values_are_sent_as_secret_strings(api: Scripted, run: Runner) -> None:
    expects_both(api)
    body = sent(**{"ACME.Install.adminPassword": PASSWORD, "acmePort": "8080", "ACME_Verbose": "true"})
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], body=body)
    expects_jobs(api, "va1-1")
    parameters = {"ACME.Install.adminPassword": PASSWORD, "acmePort": 8080, "ACME_Verbose": True}
    outcome = run("server_package", {**BOTH, "parameters": parameters}, diff=True)
    assert outcome.changed
    assert outcome["server_package"] == {
        "package_id": PACKAGE,
        "server_ids": [FIRST, SECOND],
        "parameter_names": ["ACME.Install.adminPassword", "ACME_Verbose", "acmePort"],
    }


@pytest.mark.parametrize("status", [200, 202])
def test_without_parameters_an_empty_map_is_sent(api: Scripted, run: Runner, status: int) -> None:
    expects_both(api)
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], status, body=sent())
    expects_jobs(api, "va1-1")
    assert run("server_package", BOTH)["server_package"]["parameter_names"] == []


def test_a_short_secret_does_not_mask_ids(api: Scripted, run: Runner) -> None:
    """Values are hidden with their map; a mask of each would be found in every id. Those of other secrets are masked still."""
    expects_both(api)
    parameters = {"count": 1, "site": "va1", "password": PASSWORD}
    outcome = run("server_package", {**BOTH, "parameters": parameters}, check=True)
    assert outcome["server_package"]["server_ids"] == [FIRST, SECOND]
    assert outcome["invocation"]["module_args"]["parameters"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_a_run_is_predicted(api: Scripted, run: Runner) -> None:
    expects_both(api)
    outcome = run("server_package", {**BOTH, "parameters": {"a": "secret"}}, check=True)
    assert outcome.changed
    assert outcome["server_package"] == {"package_id": PACKAGE, "server_ids": [FIRST, SECOND], "parameter_names": ["a"]}


def test_a_server_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", path(FIRST), server(FIRST))
        api.expects("GET", path(SECOND), NO_BODY, 404)
    outcome = run("server_package", BOTH, check=True)
    assert outcome["server_package"]["server_ids"] == [FIRST, SECOND]
    assert [f"server {SECOND} does not exist" in warning for warning in outcome.warnings] == [True]


@pytest.mark.parametrize(
    ("reply", "message"),
    [((NO_BODY, 404), f"server {SECOND} does not exist"), ((archived(SECOND), 200), f"{SECOND} is archived")],
)
def test_an_unsuitable_server_is_an_error_before_the_package_runs(
    api: Scripted, run: Runner, reply: tuple[t.Any, int], message: str
) -> None:
    with api.in_any_order():
        api.expects("GET", path(FIRST), server(FIRST))
        api.expects("GET", path(SECOND), *reply)
    outcome = run("server_package", BOTH)
    assert outcome.failed
    assert message in outcome.msg


@pytest.mark.parametrize("status", [200, 400])
def test_rejected_servers_are_reported(api: Scripted, run: Runner, status: int) -> None:
    expects_both(api)
    refusals = [{"server": server_id, "isQueued": False, "errorMessage": "Not valid."} for server_id in (SECOND, FIRST)]
    api.expects("POST", BATCH, refusals, status, body=sent())
    outcome = run("server_package", BOTH)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert f"{FIRST} was rejected: Not valid" in outcome.msg
    assert {rejection["target"] for rejection in outcome["rejections"]} == {FIRST, SECOND}


def test_a_failed_job_names_its_servers(api: Scripted, run: Runner) -> None:
    expects_both(api)
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], body=sent())
    expects_jobs(api, "va1-1", statuses=["failed"])
    outcome = run("server_package", BOTH)
    assert (outcome.failed, outcome.changed) == (True, True)
    assert f"{FIRST}, {SECOND} failed (job va1-1: failed)" in outcome.msg


@pytest.mark.parametrize("value", [None, ["a long text"], {"Name": "a long text"}])
def test_a_parameter_that_is_not_a_string_is_rejected_before_anything_is_read(
    api: Scripted, run: Runner, value: t.Any
) -> None:
    outcome = run("server_package", {**BOTH, "parameters": {"ACME.Edition": value}})
    assert "Invalid value for parameters: ACME.Edition is not a string" in outcome.msg
    assert not api.made


def test_without_servers_there_is_nothing_to_do(api: Scripted, run: Runner) -> None:
    assert not run("server_package", {**BOTH, "server_ids": []}).changed
    assert not api.made
