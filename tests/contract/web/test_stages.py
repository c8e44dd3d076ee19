# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stages of a request, separately and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from clc_simulator.core.errors import ApiError, ContractViolation
from clc_simulator.core.faults import FaultEffects
from clc_simulator.core.models import Server
from clc_simulator.core.operations import DECLARED, HandlerResponse
from clc_simulator.web import stages
from clc_simulator.web.request_log import Entry
from clc_simulator.web.responses import Dropped, Raw
from clc_simulator.web.stages import Exchange
from simclient import JOB, WEB, Client

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"


@pytest.fixture
def arrive(composed: Client) -> Callable[..., Exchange]:
    """Return a request before its first stage."""

    def new(method: str = "GET", path: str = SERVER, body: Any = None, **headers: str) -> Exchange:
        path, _, query = path.partition("?")
        entry = Entry(1, 0.0, method, path, query, "test")
        sent = {"authorization": f"Bearer {composed.token}", **headers}
        return Exchange(composed.simulator, entry, sent, b"" if body is None else orjson.dumps(body))

    return new


@pytest.fixture
def until(arrive: Callable[..., Exchange]) -> Callable[..., Exchange]:
    """Return a request after all stages of arrival and work before a stage."""

    def new(stage: stages.Stage, method: str = "GET", path: str = SERVER, body: Any = None, **headers: str) -> Exchange:
        exchange = arrive(method, path, body, **headers)
        for before in (stages.match_operation, stages.select_faults, *stages.WORK):
            if before is stage:
                return exchange
            before(exchange)
        raise AssertionError(stage)

    return new


def test_the_list_names_every_stage_once() -> None:
    assert len(set(stages.STAGES)) == len(stages.STAGES)
    assert (*stages.ARRIVAL, *stages.WORK, stages.save_state, *stages.DEPARTURE) == stages.STAGES
    assert not any(asyncio.iscoroutinefunction(stage) for stage in stages.WORK)


# Arrival


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [("GET", SERVER, "getServer"), ("PUT", SERVER, None), ("GET", "/v2/nothing", None)],
)
def test_match_operation(arrive: Callable[..., Exchange], method: str, path: str, operation: str | None) -> None:
    exchange = arrive(method, path)
    stages.match_operation(exchange)
    assert exchange.entry.operationId == operation
    assert (exchange.operation.id if exchange.operation else None) == operation
    assert (exchange.match is None) == (path == "/v2/nothing")


def test_match_operation_looks_at_the_body_if_operations_share_a_path(arrive: Callable[..., Exchange]) -> None:
    path = "/v2/operations/DEMO/servers/executePackage"
    package = {"packageId": "b229535c-a313-4a31-baf8-6aa71ff4b9ed", "parameters": {}}
    for key, operation in (
        (package["packageId"], "applyPatches"),
        ("77abb844-579d-478d-3955-c69ab4a7ba1a", "executePackage"),
    ):
        body = {"servers": ["WA1DEMOWEB01"], "package": {**package, "packageId": key}}
        exchange = arrive("POST", path, body, **{"content-type": "application/json"})
        stages.match_operation(exchange)
        assert exchange.entry.operationId == operation


def test_select_faults(composed: Client, arrive: Callable[..., Exchange]) -> None:
    composed.faults(
        {"name": "slow", "operation": "getServer", "latency_ms": 20}, {"operation": "getGroup", "status": 500}
    )
    exchange = arrive()
    stages.match_operation(exchange)
    stages.select_faults(exchange)
    assert (exchange.faults.latency_ms, exchange.faults.status, exchange.entry.faults) == (20, None, ["slow"])


def test_delay_waits_only_if_there_is_a_latency(composed: Client, arrive: Callable[..., Exchange]) -> None:
    exchange = arrive()
    assert stages.delay(exchange) is None
    composed.simulator.settings.latency_ms = 1
    exchange.faults = FaultEffects(latency_ms=2)
    waiting = stages.delay(exchange)
    assert asyncio.iscoroutine(waiting)
    waiting.close()


# Work


def test_advance_clock_lets_jobs_end(composed: Client, arrive: Callable[..., Exchange]) -> None:
    assert composed.delete(SERVER).status == 202
    world = composed.simulator.world
    world.clock.advance(2 * JOB)
    stages.advance_clock(arrive())
    assert "wa1demoweb01" not in world[Server]
    assert world.now == pytest.approx(world.clock.now())


@pytest.mark.parametrize(
    ("faults", "status"),
    [
        (FaultEffects(), None),
        (FaultEffects(status=503), 503),
        (FaultEffects(status=503, work_done=True), None),
        (FaultEffects(drop="after"), None),
    ],
)
def test_apply_faults_before_work(arrive: Callable[..., Exchange], faults: FaultEffects, status: int | None) -> None:
    exchange = arrive()
    exchange.faults = faults
    stages.apply_faults_before_work(exchange)
    assert (exchange.response.status if exchange.response else None) == status


def test_apply_faults_before_work_invalidates_tokens(until: Callable[..., Exchange]) -> None:
    exchange = until(stages.authenticate)
    exchange.faults = FaultEffects(expire_tokens=True)
    stages.apply_faults_before_work(exchange)
    with pytest.raises(ApiError, match="401"):
        stages.authenticate(exchange)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v2/nothing", 404), ("PUT", SERVER, 405)])
def test_require_operation(until: Callable[..., Exchange], method: str, path: str, status: int) -> None:
    exchange = until(stages.require_operation, method, path)
    with pytest.raises(ApiError) as caught:
        stages.require_operation(exchange)
    assert caught.value.status == status
    assert not hasattr(exchange, "request")


def test_authenticate(until: Callable[..., Exchange]) -> None:
    exchange = until(stages.authenticate)
    stages.authenticate(exchange)
    assert exchange.request.user_name == "demo"
    with pytest.raises(ApiError, match="401"):
        stages.authenticate(until(stages.authenticate, authorization="Bearer x.y.z"))
    login = until(stages.authenticate, "POST", "/v2/authentication/login", authorization="")
    stages.authenticate(login)
    assert login.request.user is None


def test_find_handler(until: Callable[..., Exchange], monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = until(stages.find_handler)
    stages.find_handler(exchange)
    assert exchange.declared is DECLARED["getServer"]
    monkeypatch.delitem(DECLARED, "getServer")
    with pytest.raises(ApiError, match="501"):
        stages.find_handler(exchange)


def test_read_path(until: Callable[..., Exchange]) -> None:
    exchange = until(stages.read_path, "GET", "/backup/clc-backup-api/api/accountPolicies", **{"CLC-ALIAS": "DEM2"})
    stages.read_path(exchange)
    assert exchange.request.headers == {"CLC-ALIAS": "DEM2"}
    wrong = until(stages.read_path, "GET", "/v2/invoice/DEMO/2026/13")
    with pytest.raises(ApiError, match="400"):
        stages.read_path(wrong)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/v2/servers/dem2/x", "DEM2"),
        ("/v2/servers/NOPE/x", 404),
        ("/backup/clc-backup-api/api/regions", "DEMO"),
        ("/v2/siteToSiteVpn", None),
    ],
)
def test_find_account(until: Callable[..., Exchange], path: str, outcome: object) -> None:
    exchange = until(stages.find_account, "GET", path)
    if isinstance(outcome, int):
        with pytest.raises(ApiError) as caught:
            stages.find_account(exchange)
        assert caught.value.status == outcome
    else:
        stages.find_account(exchange)
        assert (exchange.request.account.id if exchange.request.account else None) == outcome


def test_check_role(composed: Client, until: Callable[..., Exchange]) -> None:
    composed.login("viewer", "viewer-password")
    stages.check_role(until(stages.check_role))
    with pytest.raises(ApiError, match="403"):
        stages.check_role(until(stages.check_role, "DELETE"))


def test_read_query_and_body(until: Callable[..., Exchange]) -> None:
    body = {"PARENTgroupid": WEB, "name": "new", "unheard": 1}
    exchange = until(stages.read_query_and_body, "POST", "/v2/groups/DEMO?page=2", body)
    stages.read_query_and_body(exchange)
    assert exchange.request.body == {"parentGroupId": WEB, "name": "new"}
    assert exchange.entry.unknown_properties == ["query.page", "body.unheard"]
    with pytest.raises(ApiError, match="modelState"):
        stages.read_query_and_body(until(stages.read_query_and_body, "POST", "/v2/groups/DEMO", {}))


def test_recall_response(until: Callable[..., Exchange], composed: Client) -> None:
    exchange = until(stages.recall_response)
    stages.recall_response(exchange)
    assert exchange.response is None
    stages.run_handler(exchange)
    stages.check_response(exchange)
    again = until(stages.recall_response)
    stages.recall_response(again)
    assert again.response is exchange.response
    composed.simulator.world.take_number("anything")
    changed = until(stages.recall_response)
    stages.recall_response(changed)
    assert changed.response is None


def test_run_handler(until: Callable[..., Exchange]) -> None:
    exchange = until(stages.run_handler)
    stages.run_handler(exchange)
    assert exchange.handler_response is not None
    assert exchange.handler_response.body["id"] == "wa1demoweb01"
    assert exchange.response is None
    with pytest.raises(ApiError, match="404"):
        stages.run_handler(until(stages.run_handler, "GET", "/v2/servers/DEMO/NIX"))


def test_check_response(until: Callable[..., Exchange]) -> None:
    exchange = until(stages.check_response, "GET", "/v2/accounts/DEMO")
    stages.check_response(exchange)
    assert exchange.response is not None
    assert exchange.response.status == 200
    exchange.handler_response = HandlerResponse(status=203)
    with pytest.raises(ContractViolation, match="getAccount: status 203 is not declared"):
        stages.check_response(exchange)


def test_save_state_saves_whatever_the_response_is(
    make: Callable[..., Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make("small", tmp_path / "state").login()
    saved: list[int] = []
    store = client.simulator.store
    assert store is not None
    monkeypatch.setattr(store, "save", lambda world: saved.append(1))
    assert client.get("/v2/nothing").status == 404
    assert saved == [1]


# Departure


@pytest.mark.parametrize(
    ("faults", "kind", "status"),
    [
        (FaultEffects(), Raw, 200),
        (FaultEffects(status=502, body="html"), Raw, 502),
        (FaultEffects(drop="after"), Dropped, None),
    ],
)
def test_render_response(arrive: Callable[..., Exchange], faults: FaultEffects, kind: type, status: int | None) -> None:
    exchange = arrive()
    stages.match_operation(exchange)
    exchange.faults, exchange.response = faults, HandlerResponse({"id": "x"}, 200)
    stages.render_response(exchange)
    assert isinstance(exchange.outgoing, kind)
    assert exchange.entry.status == status


def test_log_request(composed: Client, arrive: Callable[..., Exchange]) -> None:
    exchange = arrive()
    exchange.entry.number = 1000
    stages.log_request(exchange)
    assert composed.log()[-1]["number"] == 1000
    assert exchange.entry.duration_ms > 0


# Together


def test_work_ends_early_and_saves(arrive: Callable[..., Exchange], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def note(name: str) -> stages.Stage:
        return lambda exchange: done.append(name)

    def respond(exchange: Exchange) -> None:
        exchange.response = HandlerResponse(status=204)

    monkeypatch.setattr(stages, "PREPARATION", (note("first"),))
    monkeypatch.setattr(stages, "TRANSACTION", (respond, note("never")))
    monkeypatch.setattr(stages, "save_state", note("saved"))
    exchange = arrive()
    stages.work(exchange)
    assert done == ["first", "saved", "saved"]
    assert exchange.response == HandlerResponse(status=204)


@pytest.mark.parametrize("error", [ApiError(404), ContractViolation("x"), KeyError("x")])
def test_work_saves_after_every_error(
    arrive: Callable[..., Exchange], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    saved: list[Exchange] = []

    def fail(exchange: Exchange) -> None:
        raise error

    monkeypatch.setattr(stages, "TRANSACTION", (fail,))
    monkeypatch.setattr(stages, "save_state", saved.append)
    exchange = arrive()
    stages.work(exchange)
    assert saved == [exchange]
    assert exchange.response is not None
    assert exchange.response.status == (404 if isinstance(error, ApiError) else 500)
