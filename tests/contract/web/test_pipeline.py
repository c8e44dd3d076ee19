# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests: routes, leniency, rejections, headers, and the response to a bug in the simulator."""

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


def test_unknown_path_and_method(composed: Client) -> None:
    response = composed.get("/v2/nothing/here")
    assert (response.status, response.json()) == (404, {"message": "The requested resource does not exist."})
    response = composed.put("/v2/datacenters/DEMO", {})
    assert response.status == 405
    assert "PUT" in response.json()["message"]


def test_an_operation_without_handler_names_itself(composed: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(DECLARED, "listWebhooks")
    response = composed.get("/v2/webhooks/DEMO")
    assert response.status == 501
    assert response.json()["message"].startswith("Operation listWebhooks is not implemented")


@pytest.mark.parametrize(
    ("method", "path", "operation"),
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
def test_sister_services_have_their_prefixes(method: str, path: str, operation: str) -> None:
    match = CONTRACT.match(method, path)
    assert match is not None
    assert match.operation is not None
    assert match.operation.id == operation


def test_headers_as_recorded(composed: Client) -> None:
    response = composed.get("/v2/servers/DEMO/WA1DEMOWEB01")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["pragma"] == "no-cache"
    assert response.headers["expires"] == "-1"
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert int(response.headers["content-length"]) == len(response.body)
    for path in ("/v2/datacenters/DEMO", f"/v2/groups/DEMO/{WEB}/billing"):
        headers = composed.get(path).headers
        assert headers["cache-control"] == "max-age=300, private"
        assert "pragma" not in headers


def test_missing_resources_are_an_empty_404(composed: Client) -> None:
    for path in (
        "/v2/servers/DEMO/WA1DEMONIX01",
        "/v2/datacenters/DEMO/XX9",
        "/v2/datacenters/DEMO/XX9/deploymentCapabilities",
    ):
        response = composed.get(path)
        assert (response.status, response.body, response.headers["content-length"]) == (404, b"", "0")
        assert "content-type" not in response.headers


def test_204_has_no_type_and_no_body(composed: Client) -> None:
    response = composed.patch(f"/v2/groups/DEMO/{WEB}", name="Web")
    assert (response.status, response.body) == (204, b"")
    assert "content-type" not in response.headers


def test_property_names_are_case_insensitive_at_every_level(composed: Client) -> None:
    body = {
        "NAME": "Case", "ParentGroupId": ROOT,
        "CustomFields": [{"ID": "cdf83fd989e60f210402362d53c9efc6", "Value": 4711}],
    }  # fmt: skip
    response = composed.post("/v2/groups/DEMO", body)
    assert response.status == 201
    assert response.json()["name"] == "Case"
    assert response.json()["customFields"][0]["value"] == "4711"
    steps = [
        {"Op": "set", "Member": "customFields", "Value": [{"Id": "cdf83fd989e60f210402362d53c9efc6", "VALUE": "x"}]}
    ]
    path = f"/v2/groups/DEMO/{response.json()['id']}"
    assert composed.request("PATCH", path, steps).status == 204
    assert composed.get(path).json()["customFields"][0]["value"] == "x"


def test_quoted_numbers_booleans_and_nulls(composed: Client) -> None:
    view = composed.create_and_finish(
        cpu="2", memoryGB="4", isManagedOS="False", description=None, ttl=None, networkId=None,
        additionalDisks=[{"sizeGB": "5", "type": "raw", "path": None}],
    )  # fmt: skip
    assert (view["details"]["cpu"], view["details"]["memoryMB"]) == (2, 4096)
    assert [disk["sizeGB"] for disk in view["details"]["disks"]] == [1, 2, 14, 5]
    assert "isManagedOS" not in view
    response = composed.post(
        "/v2/operations/DEMO/servers/setMaintenance", {"servers": [{"id": "WA1DEMOWEB01", "inMaintenanceMode": "True"}]}
    )
    assert response.status == 200


def test_form_bodies(composed: Client) -> None:
    login = {"username": "demo", "password": "demo-password"}
    assert composed.form("/v2/authentication/login", login).status == 200
    response = composed.form("/v2/groups/DEMO", {"name": "Form", "parentGroupId": ROOT, "description": ""})
    assert response.status == 201
    fields: dict[str, Any] = {"snapshotExpirationDays": "7", "serverIds": "WA1DEMOWEB01"}
    response = composed.form("/v2/operations/DEMO/servers/createSnapshot", fields)
    assert [item["isQueued"] for item in response.json()] == [True]
    fields["serverIds"] = ["WA1DEMOWEB02", "WA1DEMOWEB03"]
    response = composed.form("/v2/operations/DEMO/servers/createSnapshot", fields)
    assert [item["isQueued"] for item in response.json()] == [True, True]


def test_one_slash_at_the_end(composed: Client) -> None:
    assert composed.get(f"/v2/groups/DEMO/{WEB}/").status == 200
    assert composed.get(f"/v2/groups/DEMO/{WEB}/ScheduledActivities/").status == 200
    assert composed.get(f"/v2/groups/DEMO/{WEB}//").status == 404


def test_query_names_and_values_are_case_insensitive(composed: Client) -> None:
    for query in ("groupLinks=true", "GroupLinks=True", "GROUPLINKS=TRUE"):
        rels = [link["rel"] for link in composed.get(f"/v2/datacenters/demo/wa1?{query}").json()["links"]]
        assert "group" in rels, query
    for query in ("serverDetail=detailed", "ServerDetail=Detailed"):
        assert "servers" in composed.get(f"/v2/groups/DEMO/{WEB}?{query}").json()
    uuid = "4b0d6a1c9e2f4d7b8c3a5e6f7a8b9c0d"
    for query in ("uuid=true", "uuid=True", "UUID=TRUE"):
        assert composed.get(f"/v2/servers/DEMO/{uuid}?{query}").json()["id"] == "wa1demoweb01"
    assert composed.get("/v2/servers/DEMO/WA1DEMOWEB01?uuid=False").status == 200


def test_unknown_properties_are_ignored_and_logged(composed: Client) -> None:
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
def test_rejects_requests_that_violate_the_contract(composed: Client, body: dict[str, Any], keys: set[str]) -> None:
    response = composed.post("/v2/servers/DEMO", body)
    assert response.json()["message"] == "The request is invalid."
    assert set(response.state()) == keys


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
def test_errors_of_patches_have_the_property(composed: Client, step: dict[str, Any], key: str, word: str) -> None:
    response = composed.request("PATCH", "/v2/servers/DEMO/WA1DEMOWEB01", [step])
    assert list(response.state()) == [key]
    assert word in response.state()[key][0]


def test_empty_bodies(composed: Client) -> None:
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


def test_rejects_invalid_query_values(composed: Client) -> None:
    response = composed.get(f"/v2/groups/DEMO/{WEB}?serverDetail=brief")
    assert list(response.state()) == ["serverDetail"]
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
def test_a_contract_violation_is_a_500_and_logged(
    composed: Client,
    reply: HandlerResponse,
    word: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    composed.may_violate = True
    monkeypatch.setitem(DECLARED, "getOperationStatus", declared(lambda request: reply))
    response = composed.get("/v2/operations/DEMO/status/wa1-1")
    assert response.status == 500
    assert "getOperationStatus" in response.json()["message"]
    assert word in response.json()["message"]
    assert word in capsys.readouterr().err
    assert word in composed.log()[-1]["contract_violation"]


def test_an_unexpected_error_is_a_500_and_logged(
    composed: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(call: Any) -> HandlerResponse:
        raise KeyError("oops")

    composed.may_violate = True
    monkeypatch.setitem(DECLARED, "getOperationStatus", declared(broken))
    response = composed.get("/v2/operations/DEMO/status/wa1-1")
    assert (response.status, "getOperationStatus: KeyError: 'oops'" in response.json()["message"]) == (500, True)
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
