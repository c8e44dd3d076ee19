# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pools of LBaaS load balancers: a public port, its nodes, and how they are selected and checked.

API behavior (lbaas.yaml): a create, update, and delete start requests, and their effects are visible when these are complete; an
update replaces the whole pool, including its nodes, so all current values are sent back; null stands for the default.

Not specified by the contract; design decisions: a port identifies a pool, and two pools with one port are an error unless the id
is set; with an id, the port can be changed. A new pool without nodes has none. Ports were strings in older responses and are
compared as numbers. An update sends healthCheck: null to remove it, since the effect of omitting it is not documented.

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
from ...kit.lookup import is_id, listed, refuse_no_id
from ...kit.shape import filled
from ...kit.task import Task
from . import _shared, load_balancer
from .load_balancer import SERVICE

# Properties of a pool and of a node that an update sends.
_PROPERTIES = (
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
_NODE_PROPERTIES = ("ipAddress", "privatePort", "status", "serverWeight", "healthCheck")
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


def _without_null(values: Entity) -> Entity:
    """Return the values without null, which stands for the default or none."""
    return {name: value for name, value in values.items() if value is not None}


def validate_pool(task: Task) -> None:
    """Raise ConfigurationError for invalid nodes or an invalid id; called before anything is read."""
    _shared.validate_nodes(task, task.option("nodes"), "nodes")
    refuse_no_id(task)


class LoadBalancerPool(Declared):
    """A pool of a load balancer."""

    title = "pool"
    result_key = "load_balancer_pool"
    named_by = (("load_balancer",), ("port", "id"))
    lost_create_hint = "The pool may still be created. Check load_balancer_pool_info before you run the task again."
    created_within = load_balancer.VISIBILITY_TIMEOUT
    assigned = None  # if no pool has the id, a pool with the port is created
    fields = (
        _field("port", "port", compare.number, required=True),
        _field("load_balancing_method", "loadBalancingMethod"),
        _field("persistence", "persistence"),
        _field("idle_timeout_ms", "idleTimeout", compare.number),
        _field("load_balancing_mode", "loadBalancingMode", required=True),
        _field("force_https", "forceHttps", lambda desired, actual: desired == bool(actual)),
        _field("health_check", "healthCheck", _shared.same_health_check),
        _field("nodes", "nodes", _shared.same_nodes),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.load_balancer_id: str | None = None
        self.own_id: str | None = task.option("id")
        self.ready = True
        self.writes = _shared.WriteTracker(task)

    @property
    def told(self) -> str:
        port_or_id = self.task.option("port") or self.task.option("id")
        return f"{self.title} {port_or_id} of load balancer {self.task.option('load_balancer')}"

    def held(self) -> str | None:
        """Lock the load balancer, since an update sends back the nodes of others as they were read."""
        return load_balancer.lock_name(self.task, self.task.option("load_balancer"))

    # Finding

    def find(self) -> None:
        self.writes.wait_for_other_writers()
        if self.ready and self.load_balancer_id is not None and self.own_id is not None:
            self.entity = self._read()
            return
        pools = self._pools()
        self.entity = self._by_id(pools) if self.own_id else self._by_port(pools)
        self.own_id = str(self.entity["id"]) if self.entity else self.own_id

    def _pools(self) -> list[Entity]:
        """Return the pools of the load balancer; an empty list if it is missing with state=absent or in check mode."""

        def lookup() -> list[Entity]:
            pools, self.load_balancer_id, self.ready = find_pools(self.task, str(self.task.option("load_balancer")))
            return pools

        return self.task.related(lookup, [], [])

    def settled(self) -> bool:
        """Return whether the load balancer has been created; pools cannot be added before."""
        return self.ready

    def _by_id(self, pools: t.Sequence[Entity]) -> Entity | None:
        return next((pool for pool in pools if compare.caseless(self.own_id, pool["id"])), None)

    def _by_port(self, pools: t.Sequence[Entity]) -> Entity | None:
        matching = [pool for pool in pools if compare.number(self.task.option("port"), pool["port"])]
        if len(matching) > 1:
            ids = listed(str(pool["id"]) for pool in matching)
            raise LookupFailed(
                f"{len(matching)} pools have this port: {ids}", action="select", thing=self.told, remedy="Set id."
            )
        return matching[0] if matching else None

    def _read(self) -> Entity | None:
        entity: Entity | None = self.task.read(self._path(), SERVICE)
        return entity

    def _collection(self) -> str:
        return _pools_path(self.task, str(self.load_balancer_id))

    def _path(self) -> str:
        return paths.LOAD_BALANCER_POOL(
            self.task.account, self.task.data_center, str(self.load_balancer_id).lower(), self.own_id
        )

    # Desired values

    def wanted(self, field: Field) -> t.Any:
        value = super().wanted(field)
        if value is None or field.option not in ("nodes", "health_check"):
            return value
        if field.option == "health_check":
            current = (self.entity or {}).get("healthCheck")
            return _shared.merge_health_check(current, value, f"health check of {self.told}") or {}
        return self._nodes((self.entity or {}).get("nodes"))

    def _nodes(self, current: t.Any) -> list[Entity]:
        purge = bool(self.task.option("purge"))
        nodes = _shared.merge_nodes(_shared.without_deleted(current), self.task.option("nodes"), purge)
        return [filled(node, _NODE_PROPERTIES) for node in nodes]

    # Requests

    def check_create(self) -> None:
        super().check_create()
        if not (self.ready or self.task.runs_ahead):
            raise LookupFailed(
                "the load balancer is still being created",
                action="create",
                thing=self.told,
                remedy="Set wait to true, or run the task again later.",
            )

    def create(self, body: Entity) -> Answer:
        body["nodes"] = [_without_null(node) for node in body.get("nodes") or []]
        return self.task.client.post(self._collection(), _to_api(body), service=SERVICE)

    def parse_created(self, answer: Answer) -> Queued:
        self.own_id = links.id_of(links.first_of(answer.body, "pool"))
        return load_balancer.parse_lbaas_request(self.task, answer, self.told)

    def find_created(self) -> Entity | None:
        """Return the pool with the port, which is not visible before its request is complete."""
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
            self.writes.record(self.own_id)
        pool = {**filled(entity, _PROPERTIES), **changes}
        body = {**_to_api(pool), "healthCheck": _health_check_to_api(pool)}
        return self.task.client.put(self._path(), body, service=SERVICE)

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(changes)
        entity["healthCheck"] = entity.get("healthCheck") or None

    def remove(self) -> Answer:
        return self.task.client.delete(self._path(), service=SERVICE)

    def parse_updated(self, answer: Answer) -> Queued:
        return load_balancer.parse_lbaas_request(self.task, answer, self.told)

    def parse_deleted(self, answer: Answer) -> Queued:
        return load_balancer.parse_lbaas_request(self.task, answer, self.told)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return to_result(self.task, self.load_balancer_id, entity)


def _to_api(pool: Entity) -> Entity:
    """Return the body of a request, without null values, which stand for the default or none, and without empty health checks."""
    nodes = [_without_null({**node, "healthCheck": _health_check_to_api(node)}) for node in pool.get("nodes") or []]
    return _without_null({**pool, "nodes": nodes, "healthCheck": _health_check_to_api(pool)})


def _health_check_to_api(entity: Entity) -> Entity | None:
    """Return the health check of a pool or node for a request; None if there is none."""
    return _without_null(entity.get("healthCheck") or {}) or None


def _pools_path(task: Task, load_balancer_id: str) -> str:
    return paths.LOAD_BALANCER_POOLS(task.account, task.data_center, load_balancer_id.lower())


def find_pools(task: Task, name_or_id: str) -> tuple[list[Entity], str, bool]:
    """Return the pools of the load balancer that an id or a name identifies, its id, and whether it has been created.

    Sends one request. Raises LookupFailed.
    """
    if is_id(name_or_id):
        try:
            pools = load_balancer.read_values(task, _pools_path(task, name_or_id))
        except NotFound:
            raise NotThere(f"load balancer '{name_or_id}' does not exist in {task.data_center}") from None
        return pools, name_or_id.lower(), True
    resource = load_balancer.LoadBalancer(task)
    entity = resource.pick(name_or_id, resource.read_all())
    status = folded(entity.get("status"))
    if status == "failed":
        raise LookupFailed(
            f"the creation of load balancer {name_or_id} has failed", remedy="Delete it and create it again."
        )
    return list(entity.get("pools") or []), str(entity["id"]), status != "creating"


def to_result(task: Task, load_balancer_id: str | None, pool: Entity) -> dict[str, t.Any]:
    """Return a pool in result format, with the id and data center of its load balancer."""
    existing = {**pool, "nodes": _shared.without_deleted(pool.get("nodes"))}
    return {
        "load_balancer_id": load_balancer_id,
        "data_center": task.data_center,
        **load_balancer.pool_to_result(existing),
    }


def gather_pools(task: Task) -> list[dict[str, t.Any]]:
    """Return the pools of a load balancer, or the one with a port; an empty list if the load balancer does not exist."""
    try:
        pools, load_balancer_id, _is_ready = find_pools(task, str(task.option("load_balancer")))
    except NotThere:
        return []
    port = task.option("port")
    matching = [pool for pool in pools if port is None or compare.number(port, pool["port"])]
    return [to_result(task, load_balancer_id, pool) for pool in matching]
