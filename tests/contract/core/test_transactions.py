# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A request or an effect that fails stores nothing, in memory and in the state file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core import jobs
from clc_simulator.core.entities import World
from clc_simulator.core.errors import ApiError
from clc_simulator.core.models import Group, Server
from clc_simulator.core.operations import DECLARED, HandlerResponse, RequestContext, operation
from clc_simulator.services.webhook.webhook import Webhook
from simclient import COMPOSED, JOB, WEB, Client

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"


def state(client: Client) -> dict[str, Any]:
    """Return the world as a client sees it, without what passes by itself."""
    world: dict[str, Any] = client.control("GET", "state").json()
    return {name: rows for name, rows in world.items() if name not in ("now", "clock")}


def write_all_kinds(request: RequestContext) -> None:
    """Add, change, move, and remove entities, take a number, and start a job."""
    world = request.world
    server = world[Server]["wa1demoweb01"]
    world[Server].add(Server(**{**vars_of(server), "id": "wa1demonew01", "uuid": "f" * 32}))
    world[Server].update(server, description="changed", group="0" * 32)
    world[Server].remove("wa1demoweb02")
    world[Server].remove("wa1demonew01")
    world[Group].update(world[Group][WEB], name="Other")
    world.take_number("anything")
    request.start_job("WA1", server_id=server.id, state="stopped")


def vars_of(server: Server) -> dict[str, Any]:
    return {name: getattr(server, name) for name in server.__slots__}  # type: ignore[attr-defined]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], HandlerResponse]], None]:
    """Replace the handler of pauseServers: it writes everything, then ends as the test says."""

    def replace(end: Callable[[], HandlerResponse]) -> None:
        effects = DECLARED["pauseServers"]._effects
        monkeypatch.delitem(DECLARED, "pauseServers")

        @operation("pauseServers", writes=(Server, Group))
        def handler(request: RequestContext) -> HandlerResponse:
            write_all_kinds(request)
            return end()

        handler._effects.extend(effects)

    monkeypatch.setitem(DECLARED, "pauseServers", DECLARED["pauseServers"])
    return replace


def fail(error: Exception) -> HandlerResponse:
    raise error


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (lambda: fail(ApiError(404)), 404),
        (lambda: fail(KeyError("a bug")), 500),
        (lambda: HandlerResponse({"not": "declared"}), 500),
        (lambda: HandlerResponse({}, 418), 500),
    ],
    ids=["an error of the service", "a bug", "a body that violates the contract", "a status that violates it"],
)
def test_a_request_that_fails_stores_nothing(
    make: Callable[..., Client],
    tmp_path: Path,
    failing: Callable[[Callable[[], HandlerResponse]], None],
    end: Callable[[], HandlerResponse],
    status: int,
) -> None:
    path = tmp_path / "state.db"
    client = make(COMPOSED, path).login()
    client.may_violate = True
    before, queue = state(client), list(client.simulator.world.event_queue)
    found = client.simulator.world[Server].find_by("group", client.simulator.world[Server]["wa1demoweb01"].group)
    failing(end)
    assert client.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"]).status == status
    assert state(client) == before
    assert client.simulator.world.event_queue == queue
    assert {server.id for server in client.simulator.world[Server].find_by("group", found[0].group)} == {
        server.id for server in found
    }
    client.finish()
    assert client.server("WA1DEMOWEB01")["details"]["powerState"] == "started"
    assert {**state(make("empty", path)), "tokenKeys": None} == {**before, "tokenKeys": None}


def test_a_job_that_is_started_after_a_failed_request_runs_once(
    composed: Client, failing: Callable[[Callable[[], HandlerResponse]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        original = DECLARED["pauseServers"]
        failing(lambda: fail(ApiError(404)))
        assert composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"]).status == 404
        patched.setitem(DECLARED, "pauseServers", original)
        composed.advance(JOB / 2)
        assert composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"]).status == 200
        composed.advance(JOB * 0.6)
        assert composed.server("WA1DEMOWEB01")["details"]["powerState"] == "started", "its job is not over"
        composed.advance(JOB * 0.6)
        assert composed.server("WA1DEMOWEB01")["details"]["powerState"] == "paused"


def test_a_failed_request_sends_no_notification(
    composed: Client, failing: Callable[[Callable[[], HandlerResponse]], None]
) -> None:
    composed.simulator.world[Webhook].add(
        Webhook("DEMO/Server.Updated", "DEMO", "Server.Updated", False, ["https://example.com/"])
    )
    failing(lambda: fail(ApiError(404)))
    assert composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"]).status == 404
    assert composed.control("GET", "notifications").json() == []
    failing(lambda: HandlerResponse([]))
    assert composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"]).status == 200
    assert [item["event"] for item in composed.control("GET", "notifications").json()] == ["Server.Updated"]


def test_a_wrong_password_is_counted_although_the_login_fails(composed: Client) -> None:
    wrong = {"username": "viewer", "password": "wrong"}
    for failures in (1, 2, 3):
        assert composed.post("/v2/authentication/login", wrong).status == 400
        assert composed.control("GET", "state").json()["users"]["viewer"]["failures"] == failures


def test_an_effect_that_fails_changes_nothing_and_is_not_repeated(
    composed: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed.may_violate = True
    before = composed.server("WA1DEMOWEB01")

    def broken(world: World, server_id: str, state: str, user: str) -> None:
        world[Server].update(world[Server][server_id], description="half done")
        raise KeyError("a bug")

    monkeypatch.setattr(jobs._EFFECTS["pauseServers.power_is_changed"], "function", broken)
    composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"])
    composed.simulator.world.clock.advance(JOB)
    assert composed.get(SERVER).status == 500
    assert composed.server("WA1DEMOWEB01") == before


def test_an_error_response_of_an_effect_is_not_the_response_to_another_request(
    composed: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed.may_violate = True

    def broken(world: World, server_id: str, state: str, user: str) -> None:
        raise ApiError(400, {"message": "of the job"})

    monkeypatch.setattr(jobs._EFFECTS["pauseServers.power_is_changed"], "function", broken)
    composed.post("/v2/operations/DEMO/servers/pause", ["WA1DEMOWEB01"])
    composed.simulator.world.clock.advance(JOB)
    response = composed.get(SERVER)
    assert response.status == 500
    assert "the effect pauseServers.power_is_changed responds to no request" in response.json()["message"]


def test_what_the_state_file_does_not_accept_is_not_acknowledged(
    make: Callable[..., Client], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = make(COMPOSED, tmp_path / "state.db").login()
    before = client.server("WA1DEMOWEB01")
    assert client.simulator.store is not None
    client.simulator.store._db.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_INSERT else sqlite3.SQLITE_OK
    )
    response = client.patch(SERVER, description="not kept")
    assert response.status == 500
    assert response.json()["message"].startswith(f"the state file {tmp_path / 'state.db'} cannot be written: ")
    assert "cannot be written" in capsys.readouterr().err
    assert client.server("WA1DEMOWEB01") == before
    client.simulator.store._db.set_authorizer(None)
    assert client.patch(SERVER, description="kept").status == 204
    assert make("empty", tmp_path / "state.db").login().server("WA1DEMOWEB01")["description"] == "kept"
