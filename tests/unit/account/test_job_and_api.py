# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules job_info and api."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import requests
import yaml
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.centurylink.cloud.plugins.module_utils.arguments import secrets_in
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    queued,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

CONTRACT = Path(__file__).parents[3] / "simulator" / "src" / "clc_simulator" / "openapi"

# job_info

STATUS, EXPERIMENTAL = "/v2/operations/ALTD/status", "/v2-experimental/operations/ALTD/status"
CLAIM = "acdec714326246029d1b8afa479fabc3"


def test_jobs_are_read_at_their_service(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{STATUS}/va1-1", {"status": "executing"})
    api.expects("GET", f"{STATUS}/va1-2", NO_BODY, 404)
    api.expects("GET", f"{EXPERIMENTAL}/{CLAIM}", {"status": "running"})
    outcome = run("job_info", {"ids": ["va1-1", "va1-2", CLAIM]})
    assert outcome["jobs"] == [{"id": "va1-1", "status": "executing"}, {"id": CLAIM, "status": "running"}]


def test_jobs_are_waited_for(api: Scripted, run: Runner, clock: Clock) -> None:
    for status in ("notStarted", "executing", "succeeded"):
        api.expects("GET", f"{STATUS}/va1-1", {"status": status})
    assert run("job_info", {"ids": ["va1-1"], "wait": True})["jobs"] == [{"id": "va1-1", "status": "succeeded"}]
    assert clock.pauses == [1.0, 1.25]


def test_a_job_of_a_load_balancer_is_read_at_its_service(api: Scripted, run: Runner) -> None:
    key = "8e4b5a67-2a6b-4a0c-9a5c-0d6b2c1e7f01"
    path = f"/ALTD/WA1/loadbalancers/requests/{key}"
    api.expects("GET", path, {"id": key, "status": "ACTIVE"}, base="https://api.loadbalancer.ctl.io")
    api.expects("GET", path, {"id": key, "status": "Complete"}, base="https://api.loadbalancer.ctl.io")
    outcome = run("job_info", {"ids": [key], "data_center": "wa1", "wait": True})
    assert outcome["jobs"] == [{"id": key, "status": "Complete"}]


@pytest.mark.parametrize(("status", "timeout"), [("failed", 60), ("executing", 1)])
def test_a_job_that_did_not_succeed_is_an_error(api: Scripted, run: Runner, status: str, timeout: int) -> None:
    api.expects("GET", f"{STATUS}/va1-1", {"status": "executing"})
    api.expects("GET", f"{STATUS}/va1-1", {"status": status})
    outcome = run("job_info", {"ids": ["va1-1"], "wait": True, "wait_timeout": timeout})
    assert f"job va1-1 has the status {status}" in outcome.msg
    assert outcome["jobs"] == [{"id": "va1-1", "status": status}]


def test_a_database_id_is_not_a_job(run: Runner) -> None:
    assert "database_info" in run("job_info", {"ids": ["1201"], "wait": True}).msg


# api


def test_a_get_changes_nothing_and_runs_in_check_mode(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/datacenters/ALTD?groupLinks=true", [{"id": "va1"}])
    options = {"path": "/v2/datacenters/{account}", "query": {"groupLinks": "true"}}
    outcome = run("api", options, check=True)
    assert (outcome.changed, outcome["status_code"], outcome["body"]) == (False, 200, [{"id": "va1"}])


def test_anything_else_is_a_change_and_is_waited_for(api: Scripted, run: Runner) -> None:
    response = [queued("va1altdweb01", "va1-1")]
    api.expects("POST", "/v2/operations/ALTD/servers/powerOn", response, body=["VA1ALTDWEB01"])
    expects_jobs(api, "va1-1", statuses=["executing", "succeeded"])
    path = "/v2/operations/{account}/servers/powerOn"
    outcome = run("api", {"method": "POST", "path": path, "body": ["VA1ALTDWEB01"]})
    assert (outcome.changed, outcome["status_code"], outcome["body"]) == (True, 200, response)


def test_in_check_mode_nothing_is_sent(api: Scripted, run: Runner) -> None:
    outcome = run("api", {"method": "DELETE", "path": "/v2/x"}, check=True)
    assert (outcome.changed, outcome["status_code"], outcome["body"]) == (True, None, None)
    assert api.made == []


def test_a_post_with_a_lost_response_is_not_sent_again(api: Scripted, run: Runner) -> None:
    lost = requests.exceptions.ReadTimeout()
    api.expects("POST", "/ALTD/x", raises=lost, base="https://api.loadbalancer.ctl.io", body={})
    outcome = run("api", {"method": "POST", "path": "/{account}/x", "service": "lbaas", "body": {}})
    assert outcome.failed
    assert outcome["changed"] is False


def test_secrets_of_bodies_are_masked(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/servers/ALTD/VA1ALTDWEB01/credentials", {"userName": "root", "password": "S3cret-of-root"})
    outcome = run("api", {"path": "/v2/servers/{account}/VA1ALTDWEB01/credentials"})
    assert outcome["body"] == {"userName": "root", "password": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}
    body = {"username": "user.altd", "password": "S3cret-of-user"}
    api.expects("POST", "/v2/authentication/login", {"bearerToken": "T0ken-of-user"}, body=body)
    outcome = run("api", {"method": "POST", "path": "/v2/authentication/login", "body": body}, diff=True)
    assert outcome["body"] == {"bearerToken": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}
    assert not [secret for secret in ("S3cret-of-user", "T0ken-of-user") if secret in outcome.written]


def _secret_names(node: t.Any) -> set[str]:
    """Return the names of properties below a node of the contract that are declared to be passwords, or named like secrets."""
    if isinstance(node, list):
        return {name for item in node for name in _secret_names(item)}
    if not isinstance(node, dict):
        return set()
    names = {name for item in node.values() for name in _secret_names(item)}
    properties = node.get("properties")
    for name, schema in (properties if isinstance(properties, dict) else {}).items():
        is_secret = isinstance(schema, dict) and schema.get("format") == "password"
        if is_secret or re.search("password|secret|token|sharedkey", name, re.IGNORECASE):
            names.add(name)
    return names


def test_all_secrets_of_the_contract_are_known() -> None:
    files = sorted(CONTRACT.glob("*.yaml"))
    names = {name for file in files for name in _secret_names(yaml.safe_load(file.read_text(encoding="utf-8")))}
    assert {"sourceServerPassword", "provisioningToken", "preSharedKey", "token"} <= names
    assert {name for name in names if secrets_in([{name: "S3cret-value"}]) != {"S3cret-value"}} == set()


def test_secrets_of_bodies_are_not_in_the_log_of_the_system(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[str] = []
    monkeypatch.setattr(AnsibleModule, "log", lambda self, msg, log_args=None: logged.append(f"{msg} {log_args}"))
    body = {"username": "user.altd", "password": "S3cret-of-user"}
    api.expects("POST", "/v2/authentication/login", {"bearerToken": "T0ken-of-user"}, body=body)
    run("api", {"method": "POST", "path": "/v2/authentication/login", "body": body})
    assert "user.altd" in "".join(logged)
    assert "S3cret-of-user" not in "".join(logged)
