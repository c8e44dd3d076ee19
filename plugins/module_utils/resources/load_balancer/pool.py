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

import functools
import typing as t

from ...api import links, paths
from ...api.errors import NoSuchResource, NotFound, ResourceLookupError
from ...api.jobs import QueueResult, normalize_status
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.declared_resource import DeclaredResource
from ...kit.lookup import format_list, is_id, validate_id
from ...kit.naming import with_keys
from ...kit.predicted import reference
from ...kit.resource import Entity, Field, plain_field
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
NODE_PROPERTIES = ("ipAddress", "privatePort", "status", "serverWeight", "healthCheck")
_DEFAULTS: Entity = {
    "loadBalancingMethod": "roundrobin",
    "persistence": "none",
    "idleTimeout": 180000,
    "forceHttps": False,
    "nodes": [],
}


def _without_null(values: Entity) -> Entity:
    """Return the values without null, which stands for the default or none."""
    return {name: value for name, value in values.items() if value is not None}


def validate_pool(task: Task) -> None:
    """Raise InvalidTaskError for invalid nodes or an invalid id; called before anything is read."""
    _shared.validate_nodes(task.option("nodes"), "nodes")
    validate_id(task)


class LoadBalancerPool(DeclaredResource):
    """A pool of a load balancer."""

    title = "pool"
    twin_identity = "port"
    result_key = "load_balancer_pool"
    identified_by = (("load_balancer",), ("port", "id"))
    lost_create_hint = "The pool may still be created. Check load_balancer_pool_info before you run the task again."
    created_within = load_balancer.VISIBILITY_TIMEOUT
    assigned = None  # if no pool has the id, a pool with the port is created
    fields = (
        plain_field("port", matches=compare.number, required=True),
        plain_field("load_balancing_method", "loadBalancingMethod", matches=compare.case_insensitive),
        plain_field("persistence", matches=compare.case_insensitive),
        plain_field("idle_timeout_ms", "idleTimeout", matches=compare.number),
        plain_field("load_balancing_mode", "loadBalancingMode", matches=compare.case_insensitive, required=True),
        plain_field("force_https", "forceHttps", matches=lambda desired, actual: desired == bool(actual)),
        plain_field("health_check", "healthCheck", matches=_shared.same_health_check),
        plain_field("nodes", matches=_shared.same_nodes),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.load_balancer_id: str | None = None
        self.resource_id: str | None = task.option("id")
        self.ready = True
        self.writes = _shared.WriteTracker(task)

    @property
    def label(self) -> str:
        port_or_id = self.task.option("port") or self.task.option("id")
        return f"{self.title} {port_or_id} of load balancer {self.task.option('load_balancer')}"

    def lock_names(self) -> str | None:
        """Lock the load balancer, since an update sends back the nodes of others as they were read."""
        return load_balancer.lock_name(self.task, self.task.option("load_balancer"))

    # Finding

    def find(self) -> None:
        self.writes.wait_for_other_writers()
        if self.ready and self.load_balancer_id is not None and self.resource_id is not None and not self.has_created:
            self.entity = self._read()
            return
        pools = self._pools()
        if self.resource_id and self.has_created:
            port = self.task.option("port")
            self.entity = self.find_created_among(
                self.resource_id, pools, lambda pool: compare.number(port, pool["port"])
            )
        else:
            self.entity = self._by_id(pools) if self.resource_id else self._by_port(pools)
        self.resource_id = str(self.entity["id"]) if self.entity else self.resource_id

    def _pools(self) -> list[Entity]:
        """Return the pools of the load balancer; an empty list if it is missing with state=absent or in check mode."""

        def lookup() -> list[Entity]:
            pools, self.load_balancer_id, self.ready = find_pools(self.task, str(self.task.option("load_balancer")))
            return pools

        pools = self.task.resolve_related(lookup, [], [])
        self.load_balancer_id = self.load_balancer_id or self._predicted_load_balancer_id()
        return pools

    def _predicted_load_balancer_id(self) -> str | None:
        name_or_id = self.task.option("load_balancer")
        return reference(self.task, "load balancer", name_or_id) if self.task.predicting else None

    def is_stable(self) -> bool:
        """Return whether the load balancer has been created; pools cannot be added before."""
        return self.ready

    def _by_id(self, pools: t.Sequence[Entity]) -> Entity | None:
        return next((pool for pool in pools if compare.case_insensitive(self.resource_id, pool["id"])), None)

    def _by_port(self, pools: t.Sequence[Entity]) -> Entity | None:
        matching = [pool for pool in pools if compare.number(self.task.option("port"), pool["port"])]
        if len(matching) > 1:
            ids = format_list(str(pool["id"]) for pool in matching)
            raise ResourceLookupError(
                f"{len(matching)} pools have this port: {ids}", action="select", target=self.label, help_text="Set id."
            )
        return matching[0] if matching else None

    def _read(self) -> Entity | None:
        entity: Entity | None = self.task.read(self._path(), SERVICE)
        return entity

    def _collection(self) -> str:
        return _pools_path(self.task, str(self.load_balancer_id))

    def _path(self) -> str:
        return paths.LOAD_BALANCER_POOL(
            self.task.account, self.task.data_center, str(self.load_balancer_id).lower(), self.resource_id
        )

    # Desired values

    def desired_value(self, field: Field) -> t.Any:
        value = super().desired_value(field)
        if value is None or field.option not in ("nodes", "health_check"):
            return value
        if field.option == "health_check":
            current = (self.entity or {}).get("healthCheck")
            return _shared.merge_health_check(current, value, f"health check of {self.label}") or {}
        return self._nodes((self.entity or {}).get("nodes"))

    @functools.cached_property
    def _node_options(self) -> list[_shared.Option]:
        """The nodes of the task, with addresses in place of servers."""
        return _shared.expand_nodes(self.task, self.task.option("nodes"), "nodes")

    def _nodes(self, current: t.Any) -> list[Entity]:
        purge = bool(self.task.option("purge"))
        nodes = _shared.merge_nodes(_shared.without_deleted(current), self._node_options, purge)
        return [with_keys(node, NODE_PROPERTIES) for node in nodes]

    # Requests

    def check_create(self) -> None:
        super().check_create()
        if not (self.ready or self.task.predicting):
            raise ResourceLookupError(
                "the load balancer is still being created",
                action="create",
                target=self.label,
                help_text="Set wait to true, or run the task again later.",
            )

    def create(self, body: Entity) -> ApiResponse:
        body["nodes"] = [_without_null(node) for node in body.get("nodes") or []]
        return self.task.client.post(self._collection(), _to_api(body), service=SERVICE)

    def parse_created(self, response: ApiResponse) -> QueueResult:
        self.resource_id = links.id_of(links.first_of(response.body, "pool"))
        return load_balancer.parse_lbaas_request(self.task, response, self.label)

    def find_created(self) -> Entity | None:
        """Return the pool with the port, which is not visible before its request is complete."""
        return self._by_port(self._pools())

    def parse_found(self, found: Entity) -> QueueResult:
        self.resource_id = str(found["id"])
        return QueueResult()

    def predicted(self, body: Entity) -> Entity:
        return {**_DEFAULTS, **body, "healthCheck": body.get("healthCheck") or None}

    def update_attempt(self, changes: Entity) -> int:
        shares_nodes = "nodes" in changes and not self.task.option("purge")
        return self.writes.next_attempt(self.resource_id, self.label) if shares_nodes else 1

    def update(self, changes: Entity) -> ApiResponse:
        entity = self.existing
        if "nodes" in changes and not self.task.option("purge"):
            entity = self._read() or entity
            changes = {**changes, "nodes": self._nodes(entity.get("nodes"))}
            self.writes.record(self.resource_id)
        return self.task.client.put(self._path(), update_body({**entity, **changes}), service=SERVICE)

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(changes)
        entity["healthCheck"] = entity.get("healthCheck") or None

    def remove(self) -> ApiResponse:
        return self.task.client.delete(self._path(), service=SERVICE)

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return load_balancer.parse_lbaas_request(self.task, response, self.label)

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return load_balancer.parse_lbaas_request(self.task, response, self.label)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return to_result(self.task, self.load_balancer_id, entity)


def update_body(entity: Entity) -> Entity:
    """Return the body of an update, which replaces the whole pool. entity: the pool with all desired values."""
    pool = with_keys(entity, _PROPERTIES)
    return {**_to_api(pool), "healthCheck": _health_check_to_api(pool)}


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

    Sends one request. Raises ResourceLookupError.
    """
    if is_id(name_or_id):
        try:
            pools = load_balancer.read_values(task, _pools_path(task, name_or_id))
        except NotFound:
            raise NoSuchResource(f"load balancer '{name_or_id}' does not exist in {task.data_center}") from None
        return pools, name_or_id.lower(), True
    resource = load_balancer.LoadBalancer(task)
    entity = resource.find_one(name_or_id, resource.read_all())
    status = normalize_status(entity.get("status"))
    if status == "failed":
        raise ResourceLookupError(
            f"the creation of load balancer {name_or_id} has failed", help_text="Delete it and create it again."
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
    except NoSuchResource:
        return []
    port = task.option("port")
    matching = [pool for pool in pools if port is None or compare.number(port, pool["port"])]
    return [to_result(task, load_balancer_id, pool) for pool in matching]
