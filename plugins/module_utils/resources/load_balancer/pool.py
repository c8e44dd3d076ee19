# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pools of load balancers as a service: a public port, its nodes, and how they are chosen and tested.

Facts (contract lbaas.yaml): creation, change and removal are requests, and what they do shows once they are complete; a change
replaces the whole pool, so all that was read is sent back; nodes are a part of it; null stands for defaults.

Left open by the contract, and decided here: a port is the key of a pool, and two pools of one port are an error, unless an id
says which; with an id the port can be changed. A new pool without nodes has none. Ports were text in older answers and are compared
as numbers. A change says healthCheck null where there shall be none, since what becomes of one that is left out is not known.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import LookupFailed, NotFound, NotThere
from ...api.jobs import Queued, folded
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, member
from ...kit.lookup import is_id, refuse_no_id
from ...kit.lookup import listed as told_list
from ...kit.shape import filled
from ...kit.task import Task
from . import _shared, load_balancer
from .load_balancer import SERVICE

# All that a change sends, and of each node.
_MEMBERS = (
    "id",
    "port",
    "loadBalancingMethod",
    "persistence",
    "idleTimeout",
    "loadBalancingMode",
    "nodes",
    "forceHttps",
    "healthCheck",
)
_NODE_MEMBERS = ("ipAddress", "privatePort", "status", "serverWeight", "healthCheck")
_DEFAULTS: Entity = {
    "id": None,
    "loadBalancingMethod": "roundrobin",
    "persistence": "none",
    "idleTimeout": 180000,
    "forceHttps": False,
    "nodes": [],
}


def _field(option: str, name: str, same: compare.Rule = compare.caseless, *, required: bool = False) -> Field:
    return Field(option, create=name, update=name, read=member(name), same=same, required=required)


def _sent(values: Entity) -> Entity:
    """Leave out what is null: it means the default, or none."""
    return {name: value for name, value in values.items() if value is not None}


def check_pool(task: Task) -> None:
    """Refuse nodes that cannot be meant, and an id that is none."""
    _shared.check_nodes(task, task.option("nodes"), f"nodes of pool {task.option('port') or task.option('id')}")
    refuse_no_id(task)


class LoadBalancerPool(Declared):
    """One pool of one load balancer."""

    title = "pool"
    result_key = "load_balancer_pool"
    named_by = (("load_balancer",), ("port", "id"))
    lost_create_hint = "It may be made yet: look with load_balancer_pool_info before the task is run again."
    created_within = load_balancer.OUT_OF_SIGHT
    assigned = None  # a pool that an id does not find is made for its port
    fields = (
        _field("port", "port", compare.number, required=True),
        _field("load_balancing_method", "loadBalancingMethod"),
        _field("persistence", "persistence"),
        _field("idle_timeout_ms", "idleTimeout", compare.number),
        _field("load_balancing_mode", "loadBalancingMode", required=True),
        _field("force_https", "forceHttps", lambda wanted, shown: wanted == bool(shown)),
        _field("health_check", "healthCheck", _shared.same_health_check),
        _field("nodes", "nodes", _shared.same_nodes),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.balancer: str | None = None
        self.own_id: str | None = task.option("id")
        self.ready = True
        self.writes = _shared.Writes(task)

    @property
    def told(self) -> str:
        named = self.task.option("port") or self.task.option("id")
        return f"{self.title} {named} of load balancer {self.task.option('load_balancer')}"

    def held(self) -> str | None:
        """Others' nodes are sent back as read, so only one task of a run may change a load balancer at a time."""
        return load_balancer.lock(self.task, self.task.option("load_balancer"))

    # Finding

    def find(self) -> None:
        self.writes.rest()
        if self.ready and self.balancer is not None and self.own_id is not None:
            self.entity = self._read()
            return
        pools = self._pools()
        self.entity = self._by_id(pools) if self.own_id else self._by_port(pools)
        self.own_id = str(self.entity["id"]) if self.entity else self.own_id

    def _pools(self) -> list[Entity]:
        """Read the pools of the load balancer. One that is not there has none, for absent; in check mode it is foreseen."""

        def look() -> list[Entity]:
            found, self.balancer, self.ready = pools_of(self.task, str(self.task.option("load_balancer")))
            return found

        return self.task.related(look, [], [])

    def settled(self) -> bool:
        """A load balancer that is being made takes no pools yet."""
        return self.ready

    def _by_id(self, pools: t.Sequence[Entity]) -> Entity | None:
        return next((one for one in pools if compare.caseless(self.own_id, one["id"])), None)

    def _by_port(self, pools: t.Sequence[Entity]) -> Entity | None:
        found = [one for one in pools if compare.number(self.task.option("port"), one["port"])]
        if len(found) > 1:
            ids = told_list(str(one["id"]) for one in found)
            raise LookupFailed(
                f"{len(found)} pools have this port: {ids}", action="choose", thing=self.told, remedy="Give the id."
            )
        return found[0] if found else None

    def _read(self) -> Entity | None:
        entity: Entity | None = self.task.read(self._path(), SERVICE)
        return entity

    def _collection(self) -> str:
        return _pools_path(self.task, str(self.balancer))

    def _path(self) -> str:
        return paths.LOAD_BALANCER_POOL(
            self.task.account, self.task.data_center, str(self.balancer).lower(), self.own_id
        )

    # What is wanted

    def wanted(self, one: Field) -> t.Any:
        value = super().wanted(one)
        if value is None or one.option not in ("nodes", "health_check"):
            return value
        if one.option == "health_check":
            health = _shared.health_check((self.entity or {}).get("healthCheck"), value, f"health check of {self.told}")
            return health or {}
        return self._nodes((self.entity or {}).get("nodes"))

    def _nodes(self, read: t.Any) -> list[Entity]:
        purge = bool(self.task.option("purge"))
        whole = _shared.merged(_shared.living(read), self.task.option("nodes"), purge)
        return [filled(one, _NODE_MEMBERS) for one in whole]

    # Doing

    def check_create(self) -> None:
        super().check_create()
        if not (self.ready or self.task.runs_ahead):
            raise LookupFailed(
                "the load balancer is still being made",
                action="create",
                thing=self.told,
                remedy="Let the task wait, or run it again later.",
            )

    def create(self, body: Entity) -> Answer:
        body["nodes"] = [_sent(one) for one in body.get("nodes") or []]
        return self.task.client.post(self._collection(), _whole(body), service=SERVICE)

    def parse_created(self, answer: Answer) -> Queued:
        self.own_id = links.id_of(links.first_of(answer.body, "pool"))
        return load_balancer.queued(self.task, answer, self.told)

    def find_created(self) -> Entity | None:
        """Return the pool of the port: the request may run unseen for a while."""
        return self._by_port(self._pools())

    def parse_found(self, found: Entity) -> Queued:
        self.own_id = str(found["id"])
        return Queued()

    def predicted(self, body: Entity) -> Entity:
        return {**_DEFAULTS, **body, "healthCheck": body.get("healthCheck") or None}

    def update_attempt(self, changes: Entity) -> int:
        shares_nodes = "nodes" in changes and not self.task.option("purge")
        return self.writes.next_attempt(self.own_id, self.told) if shares_nodes else 1

    def update(self, changes: Entity) -> Answer:
        entity = self.existing
        if "nodes" in changes and not self.task.option("purge"):
            entity = self._read() or entity
            changes = {**changes, "nodes": self._nodes(entity.get("nodes"))}
            self.writes.begin(self.own_id)
        whole = {**filled(entity, _MEMBERS), **changes}
        return self.task.client.put(self._path(), {**_whole(whole), "healthCheck": _check_of(whole)}, service=SERVICE)

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(changes)
        entity["healthCheck"] = entity.get("healthCheck") or None

    def remove(self) -> Answer:
        return self.task.client.delete(self._path(), service=SERVICE)

    def parse_updated(self, answer: Answer) -> Queued:
        return load_balancer.queued(self.task, answer, self.told)

    def parse_deleted(self, answer: Answer) -> Queued:
        return load_balancer.queued(self.task, answer, self.told)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return shown(self.task, self.balancer, entity)


def _whole(pool: Entity) -> Entity:
    """Return a body of a request: what is null is left out, which means the default or none; an empty check means none too."""
    nodes = [_sent({**one, "healthCheck": _check_of(one)}) for one in pool.get("nodes") or []]
    return _sent({**pool, "nodes": nodes, "healthCheck": _check_of(pool)})


def _check_of(entity: Entity) -> Entity | None:
    """Return the health check of a pool or node as requests have it; None where it has none."""
    return _sent(entity.get("healthCheck") or {}) or None


def _pools_path(task: Task, balancer: str) -> str:
    return paths.LOAD_BALANCER_POOLS(task.account, task.data_center, balancer.lower())


def pools_of(task: Task, wanted: str) -> tuple[list[Entity], str, bool]:
    """Read the pools of the load balancer that an id or a name means, its id, and whether it is ready for pools.

    One request. Raises LookupFailed.
    """
    if is_id(wanted):
        try:
            return (
                load_balancer.read_values(task, _pools_path(task, wanted)),
                wanted.lower(),
                True,
            )
        except NotFound:
            raise NotThere(f"there is no load balancer '{wanted}' in {task.data_center}") from None
    balancer = load_balancer.LoadBalancer(task)
    found = balancer.pick(wanted, balancer.read_all())
    if folded(found.get("status")) == "failed":
        raise LookupFailed(
            f"the creation of load balancer {wanted} has failed", remedy="Remove it and create it again."
        )
    return list(found.get("pools") or []), str(found["id"]), folded(found.get("status")) != "creating"


def shown(task: Task, balancer: str | None, pool: Entity) -> dict[str, t.Any]:
    """Return a pool as results have it, with the load balancer that it belongs to."""
    whole = {**pool, "nodes": _shared.living(pool.get("nodes"))}
    return {
        "load_balancer_id": balancer,
        "data_center": task.data_center,
        **load_balancer.shown_pool(whole),
    }


def found_pools(task: Task) -> list[dict[str, t.Any]]:
    """Return the pools of a load balancer, or the one of a port; none where the load balancer is not there."""
    try:
        pools, balancer, _ready = pools_of(task, str(task.option("load_balancer")))
    except NotThere:
        return []
    port = task.option("port")
    return [shown(task, balancer, one) for one in pools if port is None or compare.number(port, one["port"])]
