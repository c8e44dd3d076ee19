# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Declarations of operations: rejected declarations, enforced writes, jobs, and effects that survive a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clc_simulator import cli, services
from clc_simulator.core import entities, jobs
from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World
from clc_simulator.core.errors import DeclarationError, StateFileError, UndeclaredWrite
from clc_simulator.core.jobs import JobFault, JobOwner, Scheduled
from clc_simulator.core.models import Group, Network, Server
from clc_simulator.core.operations import DECLARED, HandlerResponse, RequestContext, check_declarations, operation
from clc_simulator.web.simulator import Settings, Simulator
from simclient import CONTRACT, JOB, WEB, Client

OWNER = JobOwner("WA1", "DEMO", "demo")


@pytest.fixture(autouse=True)
def declarations() -> Iterator[None]:
    """Remove the declarations of a test."""
    services.load()
    declared, effects, kinds = dict(DECLARED), dict(jobs._EFFECTS), dict(entities._KINDS)
    yield
    for registry, before in ((DECLARED, declared), (jobs._EFFECTS, effects), (entities._KINDS, kinds)):
        registry.clear()  # type: ignore[attr-defined]
        registry.update(before)  # type: ignore[attr-defined]


def ok(request: RequestContext) -> HandlerResponse:
    return HandlerResponse()


# The start


def test_all_declarations_are_in_the_contract() -> None:
    check_declarations(CONTRACT)
    assert len(DECLARED) > 150
    assert len(jobs.effect_operations()) > 50


def test_a_handler_without_operation_in_the_contract_is_refused_at_the_start() -> None:
    operation("getNothing")(ok)
    with pytest.raises(DeclarationError, match=r"no operation getNothing, which test_declarations declares"):
        Simulator(Settings("empty"), CONTRACT)


def test_an_effect_without_operation_in_the_contract_is_refused_at_the_start() -> None:
    @jobs.later("getNothing", writes=())
    def something(world: World) -> None: ...

    with pytest.raises(DeclarationError, match=r"no operation getNothing, to which the effect getNothing\.something"):
        Simulator(Settings("empty"), CONTRACT)


def test_the_program_says_why_it_does_not_start(capsys: pytest.CaptureFixture[str]) -> None:
    operation("getNothing")(ok)
    assert cli.main(["serve", "--seed", "empty"]) == 1
    assert "clc-simulator: the contract has no operation getNothing" in capsys.readouterr().err


def test_a_second_handler_of_an_operation_is_refused() -> None:
    with pytest.raises(DeclarationError, match=r"archiveGroup is declared twice: in .*server_group and test_decl"):
        operation("archiveGroup")(ok)


def test_a_second_effect_of_a_name_is_refused() -> None:
    def group_is_archived(world: World, group_id: str) -> None: ...

    with pytest.raises(DeclarationError, match=r"effect archiveGroup\.group_is_archived is declared twice"):
        DECLARED["archiveGroup"].effect(group_is_archived)


def test_a_second_table_of_a_name_is_refused() -> None:
    with pytest.raises(DeclarationError, match="table servers is declared twice"):
        entities.entity("servers")(Server)


# Writes


@pytest.fixture
def group(composed: Client) -> Group:
    return composed.simulator.world[Group][WEB]


def request(client: Client, operation_id: str) -> RequestContext:
    world = client.simulator.world
    return RequestContext(world, CONTRACT.operations[operation_id], {}, {}, None, None, None)


@pytest.mark.parametrize(
    "write",
    [
        lambda table, group: table.update(group, name="Other"),
        lambda table, group: table.add(group),
        lambda table, group: table.remove(group.id),
        lambda table, group: table.remove("missing"),
    ],
    ids=["update", "add", "remove", "remove what is missing"],
)
def test_a_handler_writes_only_declared_tables(
    composed: Client, group: Group, monkeypatch: pytest.MonkeyPatch, write: Callable[[Any, Group], None]
) -> None:
    monkeypatch.delitem(DECLARED, "updateGroup")

    @operation("updateGroup", writes=(Server,))
    def update(request: RequestContext) -> HandlerResponse:
        write(request.world[Group], group)
        return HandlerResponse()

    with pytest.raises(UndeclaredWrite, match="Group is written and not declared"):
        update.respond(request(composed, "updateGroup"))
    assert composed.simulator.world[Group][WEB] == group
    # Outside of an operation, as for seeds, every table can be written.
    composed.simulator.world[Group].add(group)


def test_an_undeclared_write_is_a_500(composed: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DECLARED["updateGroup"], "writes", frozenset())
    composed.may_violate = True
    response = composed.patch(f"/v2/groups/DEMO/{WEB}", description="Other")
    assert response.status == 500
    assert "UndeclaredWrite: Group is written and not declared in writes" in response.json()["message"]
    assert composed.log()[-1]["contract_violation"] is not None


def test_an_effect_writes_only_what_its_operation_declares(composed: Client, group: Group) -> None:
    @DECLARED["getAccount"].effect
    def group_is_renamed(world: World, group_id: str) -> None:
        world[Group].update(world[Group][group_id], name="Other")

    world = composed.simulator.world
    DECLARED["getAccount"].start(world, OWNER, [{"group_id": group.id}])
    world.clock.advance(JOB)
    with pytest.raises(UndeclaredWrite):
        jobs.advance(world)


def test_watchers_may_write_undeclared_tables(composed: Client, group: Group) -> None:
    world = composed.simulator.world
    seen: list[str] = []

    def watch(old: Group | None, new: Group | None) -> None:
        world[Network].remove("missing")
        seen.append(new.name if new else "")

    world[Group].watchers.append(watch)
    with world.writing(frozenset({Group})):
        world[Group].update(group, name="Other")
        with pytest.raises(UndeclaredWrite):
            world[Network].remove("missing")
    assert seen == ["Other"]


# Jobs


def scheduled(world: World) -> list[tuple[str, float, dict[str, Any]]]:
    return [(item.effect, round(item.due - world.now, 3), item.arguments) for item in world[Scheduled]]


@pytest.fixture
def world(composed: Client) -> World:
    """A world in which nothing is scheduled."""
    world = composed.simulator.world
    for item in world[Scheduled]:
        world[Scheduled].remove(item.id)
    jobs.resume(world)
    return world


def test_effects_run_at_their_share_with_their_arguments(world: World) -> None:
    job = DECLARED["createServer"].start(world, OWNER, [{"server_id": "x"}])
    assert job is not None
    assert (job.id[:4], job.statuses, job.user, job.account) == ("wa1-", jobs.SHORT, "demo", "DEMO")
    assert scheduled(world) == [
        ("createServer.server_appears", 10.0, {"server_id": "x"}),
        ("createServer.server_is_ready", 100.0, {"server_id": "x"}),
        ("createServer.guest_reports_partitions", 125.0, {"server_id": "x"}),
    ]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (JobFault("fail"), [("installation_failed", 100.0)]),
        (JobFault("hang"), []),
        (JobFault("vanish", 7.0), [("agent_is_installed", 107.0)]),
        (JobFault("fail", 7.0), [("installation_failed", 107.0)]),
    ],
)
def test_faults_decide_what_happens_at_the_end(
    world: World, fault: JobFault, expected: list[tuple[str, float]]
) -> None:
    target = {"server_policy_id": "x"}
    assert DECLARED["createBackupServerPolicy"].start(world, OWNER, [target], fault) is None
    effects = [("agent_is_missing", 50.0), *expected]
    assert scheduled(world) == [(f"createBackupServerPolicy.{name}", due, target) for name, due in effects]


def test_a_job_of_the_contract_that_fails_does_so_when_it_ends(world: World) -> None:
    target = dict.fromkeys(("id", "place", "account", "name", "description", "created", "address"), "x")
    job = DECLARED["createLbaasLoadBalancer"].start(world, OWNER, [target], JobFault("fail", 7.0))
    assert job is not None
    assert job.statuses == ("ACTIVE", "COMPLETE")
    assert scheduled(world) == [("createLbaasLoadBalancer.load_balancer_failed", 100.0, target)]


@pytest.mark.parametrize("arguments", [{}, {"group_id": "x", "other": 1}])
def test_wrong_arguments_of_effects_are_refused(world: World, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"archiveGroup"):
        DECLARED["archiveGroup"].start(world, OWNER, [arguments])


def test_the_response_to_started_work_comes_from_the_contract(composed: Client) -> None:
    world = composed.simulator.world
    user = composed.simulator.authenticator.user(world, f"Bearer {composed.token}")
    for operation_id, arguments, path, keys in (
        ("archiveGroup", {"group_id": "x"}, {}, ["rel", "href", "id"]),
        (
            "removeServerNetwork",
            {"server_id": "x", "network_id": "y"},
            {"accountAlias": "Demo"},
            ["operationId", "uri"],
        ),
        ("installIpsAgent", {"server_id": "x"}, {}, None),
    ):
        context = request(composed, operation_id)
        context.user, context.path = user, path
        context.account = world[Account]["DEMO"]
        response = context.start_job("", **arguments)
        assert response.status is None
        assert (None if response.body is None else list(response.body)) == keys
        assert (response.job is None) == (keys is None)


# Restart


def test_effects_survive_a_restart(make: Callable[..., Client], tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = make("small", state).login()
    group = next(row for row in first.simulator.world[Group] if row.type == "default" and row.parent)
    assert first.post(f"/v2/groups/DEMO/{group.id}/archive").status == 202
    names = {item.effect for item in first.simulator.world[Scheduled]}
    assert "archiveGroup.group_is_archived" in names
    second = make("empty", state).login()
    second.finish()
    archived = second.simulator.world[Group][group.id]
    assert second.simulator.world[Group][str(archived.parent)].type == "archive"


def test_a_state_file_with_an_unknown_effect_is_refused(make: Callable[..., Client], tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = make("small", state)
    world = first.simulator.world
    world[Scheduled].add(Scheduled("1", world.now, "archiveGroup.other", {}))
    first.simulator.save()
    with pytest.raises(StateFileError, match=r"another version of the simulator; unknown effects: archiveGroup\.other"):
        make("small", state)
