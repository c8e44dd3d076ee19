# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults: conditions and effects, in this process and, for broken connections, over a socket."""

from __future__ import annotations

import time
from typing import Any

import httpx
import orjson
import pytest

from conftest import Process
from simclient import JOB, ROOT, WEB, Client, power

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"


def statuses(client: Client, count: int, path: str = SERVER) -> list[int]:
    return [client.get(path).status for _ in range(count)]


def test_selection_by_operation_method_and_path(composed: Client) -> None:
    composed.faults({"operation": "getServer", "status": 503})
    assert statuses(composed, 1) == [503]
    assert composed.get(f"/v2/groups/DEMO/{WEB}").status == 200
    composed.faults({"operation": ["getGroup", "getDataCenter"], "method": "get", "status": 502})
    assert composed.get("/v2/datacenters/DEMO/WA1").status == 502
    assert statuses(composed, 1) == [200]
    composed.faults({"path": "/v2/servers/*/wa1demoweb0?", "status": 500})
    assert statuses(composed, 1) == [500]
    assert composed.get("/v2/servers/DEMO/WA1DEMODEEP01").status == 200


def test_after_count_and_probability(composed: Client) -> None:
    composed.faults({"operation": "getServer", "after": 2, "count": 3, "status": 500})
    assert statuses(composed, 7) == [200, 200, 500, 500, 500, 200, 200]
    rule = {"operation": "getServer", "probability": 0.5, "seed": 7, "status": 500}
    runs = []
    for _ in range(2):
        composed.faults(rule)
        runs.append(statuses(composed, 40))
    assert runs[0] == runs[1], "the same seed plays the same"
    assert 8 <= runs[0].count(500) <= 32
    composed.faults(rule | {"seed": 8})
    assert statuses(composed, 40) != runs[0]


def test_append_replace_list_and_remove(composed: Client) -> None:
    composed.control("POST", "faults", [{"name": "a", "operation": "getServer", "status": 500}])
    composed.control("POST", "faults", [{"name": "b", "latency_ms": 0}])
    composed.get(SERVER)
    assert composed.log()[-1]["faults"] == ["a", "b"]
    rules = composed.control("GET", "faults").json()
    assert [(rule["name"], rule["matched"], rule["applied"]) for rule in rules] == [("a", 1, 1), ("b", 1, 1)]
    composed.control("DELETE", "faults")
    assert statuses(composed, 1) == [200]
    assert composed.log()[-1]["faults"] == []


@pytest.mark.parametrize(
    "rule",
    [{"status": 5000}, {"colour": 1, "status": 500}, {"operation": "getNothing", "status": 500}, {"method": "GET"}, 7],
)
def test_rejects_invalid_rules_and_keeps_the_others(composed: Client, rule: Any) -> None:
    composed.faults({"operation": "getServer", "status": 500})
    response = composed.request("POST", "/_simulator/faults", {"faults": [rule], "replace": True})
    assert response.status == 400
    assert "faults[0]" in response.json()["message"]
    assert statuses(composed, 1) == [500]


def test_latency_and_jitter(composed: Client) -> None:
    composed.faults({"operation": "getServer", "latency_ms": 60})
    begin = time.perf_counter()
    composed.get(SERVER)
    assert time.perf_counter() - begin >= 0.06
    assert composed.log()[-1]["duration_ms"] >= 60
    composed.faults({"operation": "getServer", "jitter_ms": 40})
    for _ in range(4):
        composed.get(SERVER)
    waits = [entry["duration_ms"] for entry in composed.log()[-5:] if entry["operationId"] == "getServer"]
    assert max(waits) - min(waits) > 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_errors_come_before_the_work(composed: Client, status: int) -> None:
    composed.faults({"method": "PATCH", "status": status, "retry_after": 7, "count": 1})
    response = composed.patch(SERVER, description="changed")
    assert (response.status, response.headers["retry-after"]) == (status, "7")
    assert response.json()["message"]
    assert composed.server("WA1DEMOWEB01")["description"] == ""
    composed.faults({"method": "PATCH", "status": status, "work_done": True, "count": 1})
    assert composed.patch(SERVER, description="changed").status == status
    assert composed.server("WA1DEMOWEB01")["description"] == "changed"


def test_operation_already_in_progress(composed: Client) -> None:
    composed.faults({"operation": "updateServer", "body": "already_in_progress", "status": 500})
    response = composed.patch(SERVER, description="x")
    assert response.status == 500
    assert response.json()["exceptionMessage"] == "Operation already in progress"
    assert {"message", "exceptionType", "stackTrace"} <= response.json().keys()


def test_tokens_that_expire_in_mid_run(composed: Client) -> None:
    composed.faults({"operation": "getServer", "after": 1, "count": 1, "expire_tokens": True})
    assert statuses(composed, 3) == [200, 401, 401]
    assert statuses(composed.login(), 1) == [200]
    composed.faults({"operation": "getServer", "count": 1, "status": 401})
    assert statuses(composed, 2) == [401, 200]


def test_bodies(composed: Client) -> None:
    whole = composed.get(SERVER).body
    composed.faults({"operation": "getServer", "body": "html"})
    response = composed.get(SERVER)
    assert (response.status, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert response.body.startswith(b"<html")
    composed.faults({"operation": "getServer", "body": "empty"})
    assert (composed.get(SERVER).status, composed.get(SERVER).body) == (200, b"")
    composed.faults({"operation": "getServer", "body": "cut"})
    response = composed.get(SERVER)
    assert int(response.headers["content-length"]) == len(response.body)
    assert whole.startswith(response.body)
    with pytest.raises(orjson.JSONDecodeError):
        response.json()
    composed.faults({"operation": "getServer", "body": "html", "status": 503})
    assert (composed.get(SERVER).status, composed.get(SERVER).body[:5]) == (503, b"<html")


@pytest.mark.parametrize(("outcome", "ends"), [("fail", "failed"), ("hang", "executing")])
def test_jobs_that_do_not_succeed(composed: Client, outcome: str, ends: str) -> None:
    composed.faults({"operation": ["createServer", "updateServer"], "job": outcome})
    created, changed = composed.create(), composed.patch(SERVER, cpu=4)
    composed.advance(50 * JOB)
    for response in (created, changed):
        assert composed.get(response.link()).json() == {"status": ends}
    assert composed.get(created.link("self")).json()["status"] == "underConstruction", "a ghost stays"
    assert composed.server("WA1DEMOWEB01")["details"]["cpu"] == 2


def test_jobs_that_vanish(composed: Client) -> None:
    composed.faults({"operation": "updateServer", "job": "vanish"})
    response = composed.patch(SERVER, cpu=4)
    assert composed.get(response.link()).status == 404
    composed.finish()
    assert composed.server("WA1DEMOWEB01")["details"]["cpu"] == 4, "its work is done"


def test_success_long_before_active(composed: Client) -> None:
    composed.faults({"operation": "createServer", "job_lag_seconds": 900})
    response = composed.create()
    composed.advance(JOB)
    assert composed.get(response.link()).json()["status"] == "succeeded"
    composed.advance(899)
    assert composed.get(response.link("self")).json()["status"] == "underConstruction"
    composed.advance(1)
    assert composed.get(response.link("self")).json()["status"] == "active"


@pytest.mark.parametrize("chosen", ["WA1DEMODEEP01", 1])
@pytest.mark.parametrize("message", ["Not today.", None])
def test_rejects_one_server_of_a_batch(composed: Client, chosen: Any, message: str | None) -> None:
    composed.faults({"operation": "powerOffServers", "reject": {"server": chosen, "message": message}})
    items = {item["server"]: item for item in power(composed, "powerOff", "WA1DEMOWEB01", "WA1DEMODEEP01").json()}
    assert items["wa1demoweb01"]["isQueued"] is True
    expected = {"server": "wa1demodeep01", "isQueued": False, **({"errorMessage": message} if message else {})}
    assert items["wa1demodeep01"] == expected
    composed.finish()
    assert composed.server("WA1DEMODEEP01")["details"]["powerState"] == "started"


def test_other_orders(composed: Client) -> None:
    ids = ["WA1DEMOWEB01", "WA1DEMOWEB03", "WA1DEMODEEP01", "WA1DEMOWEB120", "WA1DEMOMAN01"]
    composed.faults({"shuffle": True, "seed": 3})
    orders = set()
    for operation in ("powerOff", "reboot", "reset", "shutDown"):
        orders.add(tuple(item["server"] for item in power(composed, operation, *ids).json()))
    assert len(orders) > 1
    path = f"/v2/groups/DEMO/{WEB}?serverDetail=detailed"
    shuffled = {tuple(server["id"] for server in composed.get(path).json()["servers"]) for _ in range(4)}
    assert len(shuffled) > 1
    composed.control("DELETE", "faults")
    assert len({tuple(server["id"] for server in composed.get(path).json()["servers"]) for _ in range(4)}) == 1


def test_endpoint_that_does_not_know_the_parameter(composed: Client) -> None:
    composed.faults({"operation": "getGroup", "ignore_parameters": ["serverDetail"]})
    view = composed.get(f"/v2/groups/DEMO/{ROOT}?serverDetail=detailed").json()
    assert "servers" not in view
    web = next(group for group in view["groups"] if group["id"] == WEB)
    assert any(link["rel"] == "server" for link in web["links"])


class Socket:
    """Raw requests to the running process, logged in as demo."""

    def __init__(self, process: Process) -> None:
        self.client = httpx.Client(base_url=process.url, timeout=5)
        self.client.post("/_simulator/reset", json={})
        login = {"username": "demo", "password": "demo-password"}
        token = self.client.post("/v2/authentication/login", json=login).json()["bearerToken"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def fault(self, **rule: Any) -> None:
        self.client.post("/_simulator/faults", json={"faults": [rule], "replace": True}).raise_for_status()

    def patch(self, text: str) -> httpx.Response:
        return self.client.patch(SERVER, json=[{"op": "set", "member": "description", "value": text}])

    def description(self) -> str:
        self.client.delete("/_simulator/faults")
        return str(self.client.get(SERVER).json()["description"])


def test_connection_dropped_before_the_work(running: Process) -> None:
    socket = Socket(running)
    socket.fault(method="PATCH", drop="before")
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending"):
        socket.patch("lost")
    assert socket.description() == ""
    entry = next(item for item in socket.client.get("/_simulator/requests").json() if item["faults"])
    assert (entry["operationId"], entry["status"], entry["faults"]) == ("updateServer", None, ["drop"])


def test_connection_dropped_after_the_work(running: Process) -> None:
    socket = Socket(running)
    socket.fault(method="PATCH", drop="after")
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending"):
        socket.patch("done")
    assert socket.description() == "done"


def test_body_shorter_than_announced(running: Process) -> None:
    socket = Socket(running)
    whole = socket.client.get(SERVER).content
    socket.fault(operation="getServer", body="truncated")
    with socket.client.stream("GET", SERVER) as response:
        assert int(response.headers["content-length"]) == len(whole)
        with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|without sending complete"):
            response.read()
    assert socket.description() == ""


def test_many_drops_leave_the_process_well(running: Process) -> None:
    socket = Socket(running)
    socket.fault(operation="getServer", drop="before", count=20)
    for _ in range(20):
        with pytest.raises(httpx.RemoteProtocolError):
            socket.client.get(SERVER)
    assert socket.client.get(SERVER).status_code == 200


def test_an_update_that_is_visible_by_halves(composed: Client) -> None:
    group = f"/v2/groups/DEMO/{WEB}"
    old = composed.get(group).json()
    rule = {"method": "PATCH", "count": 1, "partly_visible": {"reads": 2}}
    for half in ("first", "second"):
        requested = {"name": f"Shop {half}", "description": f"All of it, {half}"}
        composed.faults(rule | {"partly_visible": {"reads": 2, "half": half}})
        composed.patch(group, **requested)
        reads = [composed.get(group).json() for _ in range(3)]
        news = [{name for name in requested if read[name] == requested[name]} for read in reads]
        assert news[0] == news[1]
        assert len(news[0]) == 1
        assert news[2] == requested.keys()
        assert next(iter(news[0])) == ("name" if half == "first" else "description")
    assert old["name"] not in ("Shop first", "Shop second")


def test_reads_that_do_not_show_the_change_do_not_count(composed: Client) -> None:
    group = f"/v2/groups/DEMO/{WEB}"
    composed.faults({"method": "PATCH", "partly_visible": {"reads": 1}})
    composed.patch(group, description="New")
    composed.get("/v2/datacenters/DEMO/WA1")
    composed.get("/v2/datacenters/DEMO/WA1")
    assert composed.get(f"/v2/groups/DEMO/{ROOT}").json() != composed.get(f"/v2/groups/DEMO/{ROOT}").json(), (
        "an embedded form shows it late, once"
    )
    assert composed.get(group).json()["description"] == "New"
    assert composed.log()[-1]["faults"] == []


def test_a_batch_of_which_some_servers_are_visible(composed: Client) -> None:
    names = ("WA1DEMOWEB01", "WA1DEMODEEP01")
    composed.faults({"path": "/v2/operations/*/servers/powerOff", "partly_visible": {"reads": 3}})
    assert composed.post("/v2/operations/DEMO/servers/powerOff", list(names)).status == 200
    composed.advance(2 * JOB)

    def powers() -> list[str]:
        servers = [composed.get(f"/v2/servers/DEMO/{name}").json() for name in names]
        return [server["details"]["powerState"] for server in servers]

    assert powers() == ["stopped", "started"]
    composed.control("DELETE", "faults")
    assert powers() == ["stopped", "stopped"]
