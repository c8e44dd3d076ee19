# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers of the load balancer service (LBaaS): a public IP address in a data center. Pools are a separate resource.

API behavior (lbaas.yaml): the service has its own host and requires data centers in upper case; a create and a delete start
requests, whose ids are not those of load balancers; a new load balancer cannot be read before its request is complete; an update
is immediate and requires the name; names need not be unique; a deleted load balancer may still be returned.

Not specified by the contract; design decisions: an update sends name and description, since the effect of omitting one is not
documented. A load balancer whose creation has failed cannot be updated, but can be deleted.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...api.errors import NotFound, ResourceLookupError
from ...api.jobs import QueueResult, normalize_status, parse_queue_response
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.listed_resource import ListedResource
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from ..account import require_data_center
from . import _shared

SERVICE = "lbaas"
KEYS = ("id", "name", "description", "data_center", "public_ip_address", "status", "creation_time", "pools")
POOL_KEYS = (
    "id",
    "port",
    "load_balancing_method",
    "persistence",
    "idle_timeout_ms",
    "load_balancing_mode",
    "nodes",
    "force_https",
    "health_check",
)
NODE_KEYS = ("ip_address", "private_port", "status", "server_weight")
# Seconds for which a new load balancer or pool may stay invisible; a client of the service waits as long.
VISIBILITY_TIMEOUT = 120.0


def collection_path(task: Task) -> str:
    """Return the path of the load balancers of the task's data center."""
    return paths.LOAD_BALANCERS(task.account, task.data_center)


def parse_lbaas_request(task: Task, response: ApiResponse, target: str) -> QueueResult:
    """Return the request that a response has started."""
    path = functools.partial(paths.LOAD_BALANCER_REQUEST, task.account, task.data_center)
    return parse_queue_response(task.client, response, (target,), request_path=path)


def read_values(task: Task, path: str) -> list[Entity]:
    """Read a list, which the service wraps in an object; null is an empty list. Sends one request."""
    return list(task.client.get(path, service=SERVICE).body["values"] or [])


def _exists(entity: Entity) -> bool:
    return normalize_status(entity.get("status")) != _shared.DELETED


def _path(task: Task, key: str) -> str:
    return paths.LOAD_BALANCER(task.account, task.data_center, key)


def lock_name(task: Task, name_or_id: str) -> str:
    """Return the lock of a load balancer, since the effect of concurrent requests on it is not documented."""
    return f"load balancer {name_or_id} {task.account} {task.data_center}"


class LoadBalancer(ListedResource):
    """A load balancer, without its pools."""

    title = "load balancer"
    result_key = "load_balancer"
    identified_by = (("name", "id"),)
    assigned_properties = ("id", "publicIPAddress")
    consistency_timeout = VISIBILITY_TIMEOUT
    created_within = VISIBILITY_TIMEOUT
    lost_create_hint = (
        "The load balancer may still have been created. Check load_balancer_info before you run the task again."
    )
    fields = (
        plain_field("name"),
        plain_field("description", matches=compare.string),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.ids_before: set[str] = set()
        self.resource_id: str | None = task.option("id") if task.has_option("id") else None
        self._submitted_entity: Entity | None = None

    @property
    def label(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def lock_names(self) -> str | None:
        return lock_name(self.task, self.task.option("name") or self.task.option("id"))

    def find(self) -> None:
        if self.resource_id:
            self.entity = (self.find_new if self.has_created else self.read_by_id)(self.resource_id)
        else:
            self.entity = self._find_by_name()
        if self.entity is None and not self.task.wait:
            self.entity = self._submitted_entity  # it cannot be read yet, but later tasks need its id
        self.resource_id = str(self.entity["id"]) if self.entity else self.resource_id

    def _find_by_name(self) -> Entity | None:
        load_balancers = self.read_all()
        self.ids_before = {str(item["id"]) for item in load_balancers}
        return self.find_any(self.task.option("name"), load_balancers) if self.task.option("name") else None

    def read_all(self) -> list[Entity]:
        """Read the existing load balancers of the data center, or of all data centers, with their pools."""
        in_all = self.task.has_option("all_data_centers") and self.task.option("all_data_centers")
        path = paths.ALL_LOAD_BALANCERS(self.task.account) if in_all else collection_path(self.task)
        try:
            return [item for item in read_values(self.task, path) if _exists(item)]
        except NotFound:
            require_data_center(self.task, self.task.data_center)
            raise

    def read_by_id(self, resource_id: str) -> Entity | None:
        entity: Entity | None = self.task.read(_path(self.task, resource_id.lower()), SERVICE)
        return entity if entity is not None and _exists(entity) else None

    def is_stable(self) -> bool:
        """Return whether there is no load balancer that is being created, which cannot be updated yet."""
        return self.entity is None or normalize_status(self.entity.get("status")) != "creating"

    def plan(self) -> list[Step]:
        if self.entity and self.task.state != "absent" and normalize_status(self.entity.get("status")) == "failed":
            raise ResourceLookupError(
                f"its creation has failed (id {self.entity['id']})",
                action="update",
                target=self.label,
                help_text="Delete it (state=absent), then run the task again.",
            )
        return super().plan()

    def check_references(self, step: Step) -> None:
        if step.effect == "created":
            require_data_center(self.task, self.task.data_center)

    def create(self, body: Entity) -> ApiResponse:
        self._submitted_entity = self.predicted(body)
        return self.task.client.post(collection_path(self.task), body, service=SERVICE)

    def parse_created(self, response: ApiResponse) -> QueueResult:
        """Keep the id of the load balancer, which is in a link; the id of the response is that of the request."""
        self.resource_id = links.id_of(links.first_of(response.body, "loadbalancer"))
        self._submitted_entity = {**(self._submitted_entity or {}), "id": self.resource_id}
        return parse_lbaas_request(self.task, response, self.label)

    def find_created(self) -> Entity | None:
        """Return the load balancer with the desired name that did not exist before."""
        new = [item for item in self.read_all() if str(item["id"]) not in self.ids_before]
        return next((item for item in new if item["name"] == self.task.option("name")), None)

    def parse_found(self, found: Entity) -> QueueResult:
        self.resource_id = str(found["id"])
        self.task.warn(
            f"The response to a create request was lost. The new load balancer {self.resource_id} is assumed to be its result."
        )
        return QueueResult()

    def predicted(self, body: Entity) -> Entity:
        return {"status": "active" if self.task.wait else "creating", "pools": [], **body}

    def update(self, changes: Entity) -> ApiResponse:
        values = {**with_keys(self.existing, ("name", "description")), **changes}
        body = {name: value for name, value in values.items() if value is not None}
        return self.task.client.put(_path(self.task, self.existing["id"]), body, service=SERVICE)

    def remove(self) -> ApiResponse:
        path = _path(self.task, self.existing["id"])
        return self.task.client.delete(path, service=SERVICE, is_deleted=lambda body: not _exists(body))

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return parse_lbaas_request(self.task, response, self.label)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a load balancer with its pools in result format."""
        values = to_snake_case({name: value for name, value in entity.items() if name != "pools"})
        data_center = values.get("data_center") or self.task.data_center
        pools = [pool_to_result(pool) for pool in entity.get("pools") or []]
        return with_keys({**values, "data_center": str(data_center).upper(), "pools": pools}, KEYS)


gather_load_balancers = LoadBalancer.gather


def pool_to_result(pool: Entity) -> dict[str, t.Any]:
    """Return a pool in result format, with all keys."""
    nodes = [
        {
            **_shared.node_to_result(node, NODE_KEYS),
            "health_check": _shared.health_check_to_result(node.get("healthCheck")),
        }
        for node in pool.get("nodes") or []
    ]
    check = _shared.health_check_to_result(pool.get("healthCheck"))
    values = {**to_snake_case(pool), "idle_timeout_ms": pool.get("idleTimeout"), "nodes": nodes, "health_check": check}
    return with_keys(values, POOL_KEYS)
