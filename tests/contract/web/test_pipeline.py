# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of a request: routes, leniency, refusals, headers, and the loud answer to a bug of the simulator."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

import clc_simulator
from clc_simulator.core.operations import DECLARED, DeclaredOperation, Handler, HandlerResponse
from clc_simulator.web.normalize import Normalizer
from simclient import CONTRACT, ROOT, WEB, Client, power


def examples() -> list[Any]:
    return [
        pytest.param(name, example, id=f"{name}-{at}")
        for name, operation in sorted(CONTRACT.operations.items())
        for at, example in enumerate(operation.examples)
    ]


@pytest.mark.parametrize(("name", "example"), examples())
def test_the_contracts_own_requests_are_right(name: str, example: Any) -> None:
    normalizer = Normalizer(CONTRACT)
    operation = CONTRACT.operations[name]
    body = normalizer.body(operation, orjson.dumps(example), "application/json")
    assert without_nulls(body) == without_nulls(example)
    assert normalizer.unknown_properties == []


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_every_handler_has_an_operation_of_the_contract() -> None:
    assert set(DECLARED) <= set(CONTRACT.operations)


def test_the_core_imports_no_service() -> None:
    """Services register themselves with the core; a service that the core names could not be left out or replaced."""
    core = sorted(Path(clc_simulator.__file__).parent.glob("core/**/*.py"))
    assert len(core) > 10
    named = [
        (path.name, node.module)
        for path in core
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and {"services", "web"} & set((node.module or "").split("."))
    ]
    assert named == []


def declared(handler: Handler) -> DeclaredOperation:
    return DeclaredOperation("getOperationStatus", handler, frozenset(), None, "no-cache", False)


def test_unknown_path_and_verb(composed: Client) -> None:
    answer = composed.get("/v2/nothing/here")
    assert (answer.status, answer.json()) == (404, {"message": "The requested resource does not exist."})
    answer = composed.put("/v2/datacenters/DEMO", {})
    assert answer.status == 405
    assert "PUT" in answer.json()["message"]


def test_an_operation_without_handler_names_itself(composed: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(DECLARED, "listWebhooks")
    answer = composed.get("/v2/webhooks/DEMO")
    assert answer.status == 501
    assert answer.json()["message"].startswith("Operation listWebhooks is not implemented")


@pytest.mark.parametrize(
    ("verb", "path", "operation"),
    [
        ("GET", "/lbaas/DEMO/loadbalancers", "listAccountLbaasLoadBalancers"),
        ("GET", "/rdbs/v1/datacenters", "listRdbsDatacenters"),
        ("GET", "/backup/clc-backup-api/api/regions", "listBackupRegions"),
        ("POST", "/ips/ips/api/app", "installIpsAgent"),
        ("GET", "/patching/rest/servers/DEMO/server/X/patch", "listPatchExecutions"),
        ("GET", "/v2/sharedLoadBalancers/DEMO/WA1", "listSharedLoadBalancers"),
        ("POST", "/v2/operations/DEMO/servers/executePackage", "executePackage"),
    ],
)
def test_sister_services_have_their_prefixes(verb: str, path: str, operation: str) -> None:
    match = CONTRACT.match(verb, path)
    assert match is not None
    assert match.operation is not None
    assert match.operation.id == operation


def test_headers_as_recorded(composed: Client) -> None:
    answer = composed.get("/v2/servers/DEMO/WA1DEMOWEB01")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["pragma"] == "no-cache"
    assert answer.headers["expires"] == "-1"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.body)
    for path in ("/v2/datacenters/DEMO", f"/v2/groups/DEMO/{WEB}/billing"):
        headers = composed.get(path).headers
        assert headers["cache-control"] == "max-age=300, private"
        assert "pragma" not in headers


def test_missing_things_answer_an_empty_404(composed: Client) -> None:
    for path in (
        "/v2/servers/DEMO/WA1DEMONIX01",
        "/v2/datacenters/DEMO/XX9",
        "/v2/datacenters/DEMO/XX9/deploymentCapabilities",
    ):
        answer = composed.get(path)
        assert (answer.status, answer.body, answer.headers["content-length"]) == (404, b"", "0")
        assert "content-type" not in answer.headers


def test_204_has_no_type_and_no_body(composed: Client) -> None:
    answer = composed.patch(f"/v2/groups/DEMO/{WEB}", name="Web")
    assert (answer.status, answer.body) == (204, b"")
    assert "content-type" not in answer.headers


def test_member_names_in_any_case_at_every_level(composed: Client) -> None:
    body = {
        "NAME": "Case", "ParentGroupId": ROOT,
        "CustomFields": [{"ID": "cdf83fd989e60f210402362d53c9efc6", "Value": 4711}],
    }  # fmt: skip
    answer = composed.post("/v2/groups/DEMO", body)
    assert answer.status == 201
    assert answer.json()["name"] == "Case"
    assert answer.json()["customFields"][0]["value"] == "4711"
    steps = [
        {"Op": "set", "Member": "customFields", "Value": [{"Id": "cdf83fd989e60f210402362d53c9efc6", "VALUE": "x"}]}
    ]
    path = f"/v2/groups/DEMO/{answer.json()['id']}"
    assert composed.request("PATCH", path, steps).status == 204
    assert composed.get(path).json()["customFields"][0]["value"] == "x"


def test_quoted_numbers_booleans_and_nulls(composed: Client) -> None:
    view = composed.made(
        cpu="2", memoryGB="4", isManagedOS="False", description=None, ttl=None, networkId=None,
        additionalDisks=[{"sizeGB": "5", "type": "raw", "path": None}],
    )  # fmt: skip
    assert (view["details"]["cpu"], view["details"]["memoryMB"]) == (2, 4096)
    assert [disk["sizeGB"] for disk in view["details"]["disks"]] == [1, 2, 14, 5]
    assert "isManagedOS" not in view
    answer = composed.post(
        "/v2/operations/DEMO/servers/setMaintenance", {"servers": [{"id": "WA1DEMOWEB01", "inMaintenanceMode": "True"}]}
    )
    assert answer.status == 200


def test_form_bodies(composed: Client) -> None:
    login = {"username": "demo", "password": "demo-password"}
    assert composed.form("/v2/authentication/login", login).status == 200
    answer = composed.form("/v2/groups/DEMO", {"name": "Form", "parentGroupId": ROOT, "description": ""})
    assert answer.status == 201
    fields: dict[str, Any] = {"snapshotExpirationDays": "7", "serverIds": "WA1DEMOWEB01"}
    answer = composed.form("/v2/operations/DEMO/servers/createSnapshot", fields)
    assert [item["isQueued"] for item in answer.json()] == [True]
    fields["serverIds"] = ["WA1DEMOWEB02", "WA1DEMOWEB03"]
    answer = composed.form("/v2/operations/DEMO/servers/createSnapshot", fields)
    assert [item["isQueued"] for item in answer.json()] == [True, True]


def test_one_slash_at_the_end(composed: Client) -> None:
    assert composed.get(f"/v2/groups/DEMO/{WEB}/").status == 200
    assert composed.get(f"/v2/groups/DEMO/{WEB}/ScheduledActivities/").status == 200
    assert composed.get(f"/v2/groups/DEMO/{WEB}//").status == 404


def test_query_names_and_values_in_any_case(composed: Client) -> None:
    for query in ("groupLinks=true", "GroupLinks=True", "GROUPLINKS=TRUE"):
        rels = [link["rel"] for link in composed.get(f"/v2/datacenters/demo/wa1?{query}").json()["links"]]
        assert "group" in rels, query
    for query in ("serverDetail=detailed", "ServerDetail=Detailed"):
        assert "servers" in composed.get(f"/v2/groups/DEMO/{WEB}?{query}").json()
    uuid = "4b0d6a1c9e2f4d7b8c3a5e6f7a8b9c0d"
    for query in ("uuid=true", "uuid=True", "UUID=TRUE"):
        assert composed.get(f"/v2/servers/DEMO/{uuid}?{query}").json()["id"] == "wa1demoweb01"
    assert composed.get("/v2/servers/DEMO/WA1DEMOWEB01?uuid=False").status == 200


def test_unknown_members_are_passed_over_and_logged(composed: Client) -> None:
    composed.may_be_unknown = True
    body = {
        "name": "Extra",
        "parentGroupId": ROOT,
        "colour": "red",
        "customFields": [{"id": "cdf83fd989e60f210402362d53c9efc6", "value": "x", "label": 1}],
    }
    assert composed.post("/v2/groups/DEMO?page=2", body).status == 201
    assert composed.log()[-1]["unknown_properties"] == ["query.page", "body.colour", "body.customFields[0].label"]


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ({"name": "x"}, {"body.groupId", "body.sourceServerId", "body.cpu", "body.memoryGB"}),
        (
            {"name": "a b", "groupId": WEB, "sourceServerId": "x", "cpu": 17, "memoryGB": 0},
            {"body.name", "body.cpu", "body.memoryGB"},
        ),
        ({"name": "a", "groupId": WEB, "type": "bareMetal"}, {"body.configurationId", "body.osType"}),
        (
            {
                "name": "a",
                "groupId": WEB,
                "sourceServerId": "x",
                "cpu": 1,
                "memoryGB": 1,
                "additionalDisks": [{"type": "partitioned", "sizeGB": 1}],
            },
            {"body.additionalDisks[0].path"},
        ),
        ({"name": "a", "groupId": WEB, "sourceServerId": "x", "cpu": 1, "memoryGB": 1, "ttl": "soon"}, {"body.ttl"}),
    ],
)
def test_what_the_contract_forbids_is_refused(composed: Client, body: dict[str, Any], keys: set[str]) -> None:
    answer = composed.post("/v2/servers/DEMO", body)
    assert answer.json()["message"] == "The request is invalid."
    assert set(answer.state()) == keys


@pytest.mark.parametrize(
    ("step", "key", "word"),
    [
        ({"op": "set", "member": "cpu", "value": 99}, "body.cpu", "maximum of 16"),
        ({"op": "set", "member": "cpu", "value": "99"}, "body.cpu", "maximum of 16"),
        ({"op": "set", "member": "memory"}, "body.memory", "memory value is required"),
        ({"op": "add", "member": "cpu", "value": 1}, "", "must be set"),
        ({"op": "set", "member": "colour", "value": 1}, "", "colour"),
    ],
)
def test_wrong_patches_say_which_member(composed: Client, step: dict[str, Any], key: str, word: str) -> None:
    answer = composed.request("PATCH", "/v2/servers/DEMO/WA1DEMOWEB01", [step])
    assert list(answer.state()) == [key]
    assert word in answer.state()[key][0]


def test_bodies_that_are_none(composed: Client) -> None:
    assert composed.request(
        "POST", "/v2/groups/DEMO", raw=b"{", headers={"content-type": "application/json"}
    ).state().keys() == {""}
    assert composed.request("POST", "/v2/groups/DEMO").state().keys() == {""}
    assert composed.request("POST", "/v2/groups/DEMO", []).status == 400
    # Calls without a body bear an empty one, an empty text and an empty object.
    for raw in (b"", b'""', b"{}"):
        group = composed.post("/v2/groups/DEMO", {"name": "A", "parentGroupId": ROOT}).json()["id"]
        assert composed.request("POST", f"/v2/groups/DEMO/{group}/archive", raw=raw).status == 202
    assert power(composed, "powerOn").status == 400


def test_wrong_query_values_are_refused(composed: Client) -> None:
    answer = composed.get(f"/v2/groups/DEMO/{WEB}?serverDetail=brief")
    assert list(answer.state()) == ["serverDetail"]
    assert list(composed.get(f"/v2/groups/DEMO/{WEB}/statistics").state()) == ["type"]
    assert list(composed.get("/v2/invoice/DEMO/2026/13").state()) == ["month"]


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (HandlerResponse({}), "required"),
        (HandlerResponse({"status": "executing"}, 203), "203 is not declared"),
        (HandlerResponse(), "has none"),
        (HandlerResponse({"status": "executing", "reason": "x"}), "reason"),
    ],
)
def test_a_bug_of_the_simulator_is_loud(
    composed: Client,
    reply: HandlerResponse,
    word: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    composed.may_violate = True
    monkeypatch.setitem(DECLARED, "getOperationStatus", declared(lambda request: reply))
    answer = composed.get("/v2/operations/DEMO/status/wa1-1")
    assert answer.status == 500
    assert "getOperationStatus" in answer.json()["message"]
    assert word in answer.json()["message"]
    assert word in capsys.readouterr().err
    assert word in composed.log()[-1]["contract_violation"]


def test_an_error_of_the_simulator_is_loud_too(
    composed: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(call: Any) -> HandlerResponse:
        raise KeyError("oops")

    composed.may_violate = True
    monkeypatch.setitem(DECLARED, "getOperationStatus", declared(broken))
    answer = composed.get("/v2/operations/DEMO/status/wa1-1")
    assert (answer.status, "getOperationStatus: KeyError: 'oops'" in answer.json()["message"]) == (500, True)
    assert "Traceback" in capsys.readouterr().err
    assert "oops" in composed.log()[-1]["contract_violation"]


def test_control_paths(composed: Client, make: Callable[..., Client]) -> None:
    composed.get("/v2/datacenters/DEMO")
    composed.get("/v2/datacenters/DEMO/XX9")
    entry, missing = composed.log()[-2:]
    assert entry["operationId"] == "listDataCenters"
    assert {
        "number",
        "time",
        "method",
        "path",
        "query",
        "operationId",
        "status",
        "duration_ms",
        "user_agent",
    } <= entry.keys()
    assert entry["user_agent"] == "contract-tests"
    assert missing["status"] == 404
    since = composed.control("GET", f"requests?since={entry['number']}").json()
    assert [item["number"] for item in since] == [missing["number"]]
    coverage = composed.control("GET", "coverage").json()
    assert coverage["covered"]["listDataCenters"] == {"count": 1, "user_agents": ["contract-tests"]}
    assert "getDataCenter" in coverage["uncovered"]
    assert len(coverage["covered"]) + len(coverage["uncovered"]) == len(CONTRACT.operations)
    composed.control("DELETE", "requests")
    assert composed.log() == []
    assert composed.control("GET", "coverage").json()["covered"] == {}
    state = composed.control("GET", "state").json()
    assert state["servers"]["wa1demoweb01"]["cpu"] == 2
    composed.control("POST", "reset", {"seed": "empty"})
    assert composed.control("GET", "state").json()["servers"] == {}
    composed.control("POST", "reset")
    assert "wa1demoweb01" in composed.control("GET", "state").json()["servers"]
    for path, body in (
        ("reset", {"seed": "nowhere"}),
        ("clock", {"advance": -1}),
        ("faults", [{"operation": "x"}]),
        ("faults", {}),
    ):
        assert composed.request("POST", f"/_simulator/{path}", body).status == 400
    assert composed.request("GET", "/_simulator/nothing").status == 404
