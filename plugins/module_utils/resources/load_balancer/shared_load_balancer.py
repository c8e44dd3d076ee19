# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared load balancers with their pools and nodes, declared as a whole or in parts beside others'.

Facts (contract shared-load-balancers.yaml): everything is immediate, but a new load balancer may not be readable at once; names
are not unique; an entry may have the status deleted; a change sends name and description, whatever changes; nodes are not
given with a new pool, and their list is replaced as a whole; while the device is at another change it answers 500.

Left open by the contract, and decided here: a port is the key of a pool, and two pools of one port are an error, unless both
shall go. A change of a pool sends method and persistence, since what becomes of the one left out is not known. A new load
balancer without description gets its name as one, as the vendor's own module did. The port of a pool is never changed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, LookupFailed, NotFound
from ...api.jobs import Queued
from ...kit import compare
from ...kit.declaration import Entity, Field, body_of, changes_of, member
from ...kit.listed import Listed
from ...kit.lookup import listed, refuse_no_id
from ...kit.shape import filled, snaked
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

KEYS = ("id", "name", "description", "data_center", "ip_address", "status", "pools")
_POOL_KEYS = ("id", "port", "method", "persistence", "nodes")
_NODE_KEYS = ("ip_address", "private_port", "status")
_NODE_MEMBERS = ("ipAddress", "privatePort", "status")
_POOL_FIELDS = (
    Field("port", create="port"),
    Field("method", create="method", update="method", read=member("method"), same=compare.caseless),
    Field("persistence", create="persistence", update="persistence", read=member("persistence"), same=compare.caseless),
)
# How long a load balancer may stay out of sight after its creation: the longest that a client of the vendor's waits.
_OUT_OF_SIGHT = 60.0


def _collection(task: Task) -> str:
    return paths.SHARED_LOAD_BALANCERS(task.account, task.data_center)


def _lives(entity: Entity) -> bool:
    return str(entity.get("status")).lower() != _shared.DELETED


def check_pools(task: Task) -> None:
    """Refuse pools and nodes that cannot be meant, and an id that is none."""
    refuse_no_id(task)
    ports = [one["port"] for one in task.option("pools") or []]
    twice = sorted({port for port in ports if ports.count(port) > 1})
    if twice:
        raise ConfigurationError(
            f"port {listed(map(str, twice))} is there more than once",
            action="use",
            thing="pools",
            remedy="Give each pool once, with all its nodes.",
        )
    for one in task.option("pools") or []:
        _shared.check_nodes(task, one.get("nodes"), f"nodes of pool {one['port']}")


class SharedLoadBalancer(Listed):
    """One shared load balancer; its pools and nodes are steps of their own, one after the other, as the device wants it."""

    title = "shared load balancer"
    result_key = "shared_load_balancer"
    named_by = (("name", "id"),)
    lost_create_hint = "One may exist: look with shared_load_balancer_info before the task is run again."
    created_within = _OUT_OF_SIGHT
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("description", create="description", update="description", read=member("description"), same=compare.text),
        Field("status", create="status", update="status", read=member("status"), same=compare.caseless),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.known: set[str] = set()
        self.path: str | None = None
        self.touched: Entity | None = None
        self.writes = _shared.Writes(task)

    @property
    def told(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def held(self) -> str | None:
        """Others' nodes are sent back as read, so only one task of a run may change a load balancer at a time."""
        return f"{self.told} {self.task.account} {self.task.data_center}"

    # Finding

    def find(self) -> None:
        self.writes.rest()
        touched, self.touched = self.touched, None
        if touched is not None and self._reread(touched):
            return
        if self.path is not None:
            self.entity = self._read(self.path)
        elif self.task.option("id"):
            self.entity = self.read_by_id(self.task.option("id"))
        else:
            self.entity = self._named()
        self._remember(self.entity)

    def _reread(self, touched: Entity) -> bool:
        """Read what a step has touched, one pool or the list of them; False where it has gone."""
        try:
            if touched is self.entity:
                touched["pools"] = self.task.client.get(self._target(touched, "pools")).body
            else:
                touched.update(self.task.client.get(self._target(touched, "self")).body)
        except NotFound:
            return False
        return True

    def _named(self) -> Entity | None:
        every = self.read_all()
        self.known = {str(one["id"]) for one in every}
        # A prediction of something that has no id yet has no name either.
        return self.pick_any(self.task.option("name"), every) if self.task.option("name") else None

    def read_all(self) -> list[Entity]:
        """Read the load balancers of the data center, without those that are deleted."""
        return [one for one in self.task.client.get(_collection(self.task)).body or [] if _lives(one)]

    def read_by_id(self, own_id: str) -> Entity | None:
        return self._read(paths.SHARED_LOAD_BALANCER(self.task.account, self.task.data_center, own_id.lower()))

    def _read(self, path: str) -> Entity | None:
        """Read one load balancer; None if it is not there, not to be seen yet, or deleted."""
        entity: Entity | None = self.task.read(path)
        return entity if entity is not None and _lives(entity) else None

    def _remember(self, entity: Entity | None) -> None:
        if entity is not None:
            self.path = self._target(entity, "self")

    def _target(self, entity: Entity, rel: str) -> str:
        href = links.href_of(entity, rel)
        if href is None:
            raise LookupFailed(f"the service gives no link {rel}", action="use", thing=self.told)
        return self.task.client.path_of(href)

    # The load balancer itself

    def plan(self) -> list[Step]:
        steps = super().plan()
        if steps or self.entity is None:
            return steps
        return next(([step] for step in self._pool_steps()), [])

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(_collection(self.task), self._complete(body), found=self.find_created)

    def _complete(self, body: Entity) -> Entity:
        return {"description": body["name"], **body}

    def parse_created(self, answer: Answer) -> Queued:
        self._remember(answer.body)
        return Queued()

    def find_created(self) -> Answer | None:
        """Look for a load balancer of the wanted name that was not there before."""
        new = [one for one in self.read_all() if str(one["id"]) not in self.known]
        found = [one for one in new if one["name"] == self.task.option("name")]
        return Answer(200, found[0]) if found else None

    def parse_found(self, found: Answer) -> Queued:
        self.task.warn(
            f"The answer to a creation was lost; {found.body['id']}, which is new, was taken for its result."
        )
        return self.parse_created(found)

    def predicted(self, body: Entity) -> Entity:
        return {"id": None, "ipAddress": None, "status": "enabled", "pools": [], **self._complete(body)}

    def update(self, changes: Entity) -> Answer:
        return self.task.client.put(str(self.path), {**filled(self.existing, ("name", "description")), **changes})

    def remove(self) -> Answer:
        return self.task.client.delete(str(self.path))

    # Its pools

    def _pool_steps(self) -> t.Iterator[Step]:
        wanted = self.task.option("pools")
        if wanted is None:
            return
        for one in wanted:
            if one["state"] != "absent":
                yield from self._steps_of(one, self._pool(one["port"]))
        kept = {one["port"] for one in wanted if one["state"] != "absent"}
        given = {one["port"] for one in wanted}
        for pool in self.existing["pools"]:
            if pool["port"] not in kept and (self.task.option("purge") or pool["port"] in given):
                yield self._pool_removal(pool)

    def _pool(self, port: int) -> Entity | None:
        found: list[Entity] = [one for one in self.existing["pools"] if one["port"] == port]
        if len(found) > 1:
            raise LookupFailed(
                f"{len(found)} pools have the port {port}: {listed(str(one['id']) for one in found)}",
                action="choose",
                thing=f"a pool of {self.told}",
                remedy="Remove them with the pool's state=absent first.",
            )
        return found[0] if found else None

    def _steps_of(self, wanted: _shared.Option, pool: Entity | None) -> t.Iterator[Step]:
        if pool is None:
            yield self._pool_creation(wanted)
            return
        changes = changes_of(_POOL_FIELDS, pool, lambda one: wanted.get(one.option))
        if changes:
            yield self._pool_change(pool, changes)
        if wanted.get("nodes") is not None and not _shared.same_nodes(self._nodes(pool, wanted), _nodes_of(pool)):
            yield self._nodes_change(pool, wanted)

    def _pool_told(self, port: int) -> str:
        return f"pool {port} of {self.told}"

    def _pool_identity(self, port: int) -> tuple[t.Hashable, ...]:
        return (*self.identity, "pool", port)

    def _touching(self, touched: Entity, send: t.Callable[[], Answer]) -> t.Callable[[], Answer]:
        """Note what a step touches when it is sent, so that no more than that is read afterwards."""

        def run() -> Answer:
            self.touched = touched
            return send()

        return run

    def _pool_creation(self, wanted: _shared.Option) -> Step:
        body = body_of(_POOL_FIELDS, lambda one: wanted.get(one.option))
        path = self._target(self.existing, "pools") if self.existing.get("links") else ""

        def found() -> Answer | None:
            there = [one for one in self.task.client.get(path).body if one["port"] == body["port"]]
            return Answer(200, there[0]) if there else None

        def recover(error: AnswerLost) -> Queued:
            if found() is None:
                error.remedy = "It is not there. Run the task again."
                raise error
            return Queued()

        def predict() -> None:
            made = {"id": None, "method": "roundRobin", "persistence": "standard", "nodes": [], **body}
            self.existing["pools"].append(made)

        return Step(
            "create",
            self._pool_told(body["port"]),
            self._touching(self.existing, lambda: self.task.client.post(path, body, found=found)),
            predict,
            identity=self._pool_identity(body["port"]),
            effect="created",
            read=lambda answer: Queued(),
            recover=recover,
        )

    def _pool_change(self, pool: Entity, changes: Entity) -> Step:
        whole = {**filled(pool, ("method", "persistence")), **changes}
        return Step(
            "update",
            self._pool_told(pool["port"]),
            self._touching(pool, lambda: self.task.client.put(self._target(pool, "self"), whole)),
            lambda: pool.update(changes),
            identity=self._pool_identity(pool["port"]),
            properties=changes,
        )

    def _pool_removal(self, pool: Entity) -> Step:
        return Step(
            "delete",
            f"{self._pool_told(pool['port'])} ({pool['id']})",
            self._touching(self.existing, lambda: self.task.client.delete(self._target(pool, "self"))),
            lambda: self.existing["pools"].remove(pool),
            target_ids=(str(pool["id"]),),
            effect="removed",
        )

    # Their nodes

    def _nodes(self, pool: Entity, wanted: _shared.Option) -> list[Entity]:
        whole = _shared.merged(_nodes_of(pool), wanted["nodes"], self.task.option("purge"))
        return [filled(one, _NODE_MEMBERS) for one in whole]

    def _nodes_change(self, pool: Entity, wanted: _shared.Option) -> Step:
        told, port = self._pool_told(pool["port"]), pool["port"]

        def send() -> Answer:
            path = self._target(pool, "nodes")
            if not self.task.option("purge"):
                pool["nodes"] = self.task.client.get(path).body
                self.writes.begin(port)
            return self.task.client.put(path, self._nodes(pool, wanted))

        def predict() -> None:
            pool["nodes"] = self._nodes(pool, wanted)

        return Step(
            "update",
            told,
            self._touching(pool, send),
            predict,
            identity=self._pool_identity(port),
            properties=["nodes"],
            attempt=self.writes.next_attempt(port, told),
        )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        pools = [
            {
                **filled(snaked(pool), _POOL_KEYS),
                "nodes": [_shared.shown_node(one, _NODE_KEYS) for one in _nodes_of(pool)],
            }
            for pool in entity.get("pools") or []
        ]
        return filled({**snaked(entity), "data_center": self.task.data_center, "pools": pools}, KEYS)


found_shared_load_balancers = SharedLoadBalancer.gather


def _nodes_of(pool: Entity) -> list[Entity]:
    return _shared.living(pool.get("nodes"))
