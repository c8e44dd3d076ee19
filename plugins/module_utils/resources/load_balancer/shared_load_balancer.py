# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared load balancers with their pools and nodes, managed as a whole or in part together with other clients.

API behavior (shared-load-balancers.yaml): all operations are immediate, but a new load balancer may not be readable at once; names
need not be unique; an entry may have the status deleted; an update always sends name and description; nodes cannot be set when a
pool is created, and their list is replaced as a whole; while the device performs another operation, it returns 500.

Not specified by the contract; design decisions: a port identifies a pool, and two pools with one port are an error unless both
are deleted. An update of a pool sends method and persistence, since the effect of omitting one is not documented. The description
defaults to the name, as in the vendor's own module. The port of a pool cannot be changed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.errors import NotFound, ResourceLookupError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.listed_resource import ListedResource
from ...kit.lookup import format_list, validate_id
from ...kit.naming import to_snake_case, with_keys
from ...kit.predicted import new_id
from ...kit.resource import Entity, Field, body_of, changes_of, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from ..account import require_data_center
from . import _shared

KEYS = ("id", "name", "description", "data_center", "ip_address", "status", "pools")
_POOL_KEYS = ("id", "port", "method", "persistence", "nodes")
_NODE_KEYS = ("ip_address", "private_port", "status")
_NODE_PROPERTIES = ("ipAddress", "privatePort", "status")
_POOL_FIELDS = (
    Field("port", create="port"),
    plain_field("method", matches=compare.case_insensitive),
    plain_field("persistence", matches=compare.case_insensitive),
)
# Seconds for which a new load balancer may stay invisible; the vendor's clients wait as long.
_VISIBILITY_TIMEOUT = 60.0


def _collection_path(task: Task) -> str:
    return paths.SHARED_LOAD_BALANCERS(task.account, task.data_center)


def _exists(entity: Entity) -> bool:
    return str(entity.get("status")).lower() != _shared.DELETED


def validate_pools(task: Task) -> None:
    """Raise InvalidTaskError for invalid pools or nodes, or an invalid id; called before anything is read."""
    validate_id(task)
    ports = [pool["port"] for pool in task.option("pools") or []]
    duplicates = sorted({port for port in ports if ports.count(port) > 1})
    if duplicates:
        raise problems.invalid_option(
            "pools",
            f"port {format_list(map(str, duplicates))} is listed more than once",
            "List each pool only once, with all its nodes.",
        )
    for index, pool in enumerate(task.option("pools") or []):
        _shared.validate_nodes(pool.get("nodes"), f"pools[{index}].nodes")


class SharedLoadBalancer(ListedResource):
    """A shared load balancer. Its pools and nodes are updated in separate steps, one at a time, as the device requires it."""

    title = "shared load balancer"
    result_key = "shared_load_balancer"
    identified_by = (("name", "id"),)
    assigned_properties = ("id", "ipAddress")
    lost_create_hint = (
        "The load balancer may still have been created. Check shared_load_balancer_info before you run the task again."
    )
    created_within = _VISIBILITY_TIMEOUT
    fields = (
        plain_field("name"),
        plain_field("description", matches=compare.string),
        plain_field("status", matches=compare.case_insensitive),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.ids_before: set[str] = set()
        self.path: str | None = None
        self.new_id: str | None = None
        self.modified: Entity | None = None
        self._pool_options: list[_shared.Option] | None = None
        self.writes = _shared.WriteTracker(task)

    @property
    def label(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def lock_names(self) -> str | None:
        """Lock the load balancer, since an update sends back the nodes of others as they were read."""
        return f"{self.label} {self.task.account} {self.task.data_center}"

    # Finding

    def find(self) -> None:
        self.writes.wait_for_other_writers()
        modified, self.modified = self.modified, None
        if modified is not None and self._read_modified(modified):
            return
        if self.new_id is not None:
            self.entity = self.find_new(self.new_id)
        elif self.path is not None:
            self.entity = self._read(self.path)
        elif self.task.option("id"):
            self.entity = self.read_by_id(self.task.option("id"))
        else:
            self.entity = self._find_by_name()
        self._keep_path(self.entity)

    def _read_modified(self, modified: Entity) -> bool:
        """Read what a step has modified, a pool or the list of pools; return False if it does not exist."""
        try:
            if modified is self.entity:
                modified["pools"] = self.task.client.get(self._related_path(modified, "pools")).body
            else:
                modified.update(self.task.client.get(self._related_path(modified, "self")).body)
        except NotFound:
            return False
        return True

    def _find_by_name(self) -> Entity | None:
        load_balancers = self.read_all()
        self.ids_before = {str(item["id"]) for item in load_balancers}
        return self.find_any(self.task.option("name"), load_balancers) if self.task.option("name") else None

    def read_all(self) -> list[Entity]:
        """Read the existing load balancers of the data center. Sends one request."""
        try:
            return [item for item in self.task.client.get(_collection_path(self.task)).body or [] if _exists(item)]
        except NotFound:
            require_data_center(self.task, self.task.data_center)
            raise

    def read_by_id(self, resource_id: str) -> Entity | None:
        return self._read(paths.SHARED_LOAD_BALANCER(self.task.account, self.task.data_center, resource_id.lower()))

    def _read(self, path: str) -> Entity | None:
        """Read a load balancer; None if it does not exist, is not visible yet, or is deleted. Sends one request."""
        entity: Entity | None = self.task.read(path)
        return entity if entity is not None and _exists(entity) else None

    def _keep_path(self, entity: Entity | None) -> None:
        if entity is not None:
            self.path = self._related_path(entity, "self")

    def _related_path(self, entity: Entity, rel: str) -> str:
        href = links.href_of(entity, rel)
        if href is None:
            raise ResourceLookupError(f"the response has no link {rel}", action="manage", target=self.label)
        return self.task.client.href_to_path(href)

    # The load balancer itself

    def plan(self) -> list[Step]:
        steps = super().plan()
        if steps or self.entity is None:
            return steps
        return next(([step] for step in self._pool_steps()), [])

    def check_create(self) -> None:
        super().check_create()
        self._expanded_pools()  # a server that does not exist is an error before anything is created

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(_collection_path(self.task), self._complete(body), find_created=self.find_created)

    def _complete(self, body: Entity) -> Entity:
        return {"description": body.get("name"), **body}

    def parse_created(self, response: ApiResponse) -> QueueResult:
        self._keep_path(response.body)
        self.new_id = str(response.body["id"])
        return QueueResult()

    def find_created(self) -> ApiResponse | None:
        """Return the load balancer with the desired name that did not exist before."""
        new = [item for item in self.read_all() if str(item["id"]) not in self.ids_before]
        matching = [item for item in new if item["name"] == self.task.option("name")]
        return ApiResponse(200, matching[0]) if matching else None

    def parse_found(self, found: ApiResponse) -> QueueResult:
        self.task.warn(
            "The response to a create request was lost. "
            f"The new load balancer {found.body['id']} is assumed to be its result."
        )
        return self.parse_created(found)

    def predicted(self, body: Entity) -> Entity:
        return {"status": "enabled", "pools": [], **self._complete(body)}

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.put(str(self.path), {**with_keys(self.existing, ("name", "description")), **changes})

    def remove(self) -> ApiResponse:
        return self.task.client.delete(str(self.path))

    # Pools

    def _pool_steps(self) -> t.Iterator[Step]:
        options = self._expanded_pools()
        if options is None:
            return
        for option in options:
            if option["state"] != "absent":
                yield from self._steps_of(option, self._pool(option["port"]))
        present = {option["port"] for option in options if option["state"] != "absent"}
        specified = {option["port"] for option in options}
        for pool in self.existing["pools"]:
            if pool["port"] not in present and (self.task.option("purge") or pool["port"] in specified):
                yield self._delete_pool_step(pool)

    def _expanded_pools(self) -> list[_shared.Option] | None:
        """Return the pools of the task, with addresses in place of servers; None if omitted."""
        if self._pool_options is None and self.task.option("pools") is not None:
            self._pool_options = [self._with_addresses(*item) for item in enumerate(self.task.option("pools"))]
        return self._pool_options

    def _with_addresses(self, index: int, pool: _shared.Option) -> _shared.Option:
        if pool.get("nodes") is None or pool["state"] == "absent":
            return pool
        return {**pool, "nodes": _shared.expand_nodes(self.task, pool["nodes"], f"pools[{index}].nodes")}

    def _pool(self, port: int) -> Entity | None:
        matching: list[Entity] = [pool for pool in self.existing["pools"] if pool["port"] == port]
        if len(matching) > 1:
            raise ResourceLookupError(
                f"{len(matching)} pools have the port {port}: {format_list(str(pool['id']) for pool in matching)}",
                action="select",
                target=f"a pool of {self.label}",
                help_text="Set the state of this pool to absent to delete them first.",
            )
        return matching[0] if matching else None

    def _steps_of(self, option: _shared.Option, pool: Entity | None) -> t.Iterator[Step]:
        if pool is None:
            yield self._create_pool_step(option)
            return
        changes = changes_of(_POOL_FIELDS, pool, lambda field: option.get(field.option))
        if changes:
            yield self._update_pool_step(pool, changes)
        if option.get("nodes") is not None and not _shared.same_nodes(self._nodes(pool, option), _nodes_of(pool)):
            yield self._update_nodes_step(pool, option)

    def _pool_label(self, port: int) -> str:
        return f"pool {port} of {self.label}"

    def _pool_identity(self, port: int) -> tuple[t.Hashable, ...]:
        return (*self.identity, "pool", port)

    def _track_modified(self, modified: Entity, send: t.Callable[[], ApiResponse]) -> t.Callable[[], ApiResponse]:
        """Record what a step modifies when it is sent, so that only that is read afterwards."""

        def run() -> ApiResponse:
            self.modified = modified
            return send()

        return run

    def _create_pool_step(self, option: _shared.Option) -> Step:
        body = body_of(_POOL_FIELDS, lambda field: option.get(field.option))
        path = self._related_path(self.existing, "pools") if self.existing.get("links") else ""

        def find_created() -> ApiResponse | None:
            matching = [pool for pool in self.task.client.get(path).body if pool["port"] == body["port"]]
            return ApiResponse(200, matching[0]) if matching else None

        def predict() -> None:
            pool = {
                "id": self._predicted_pool_id(body["port"]),
                "method": "roundRobin",
                "persistence": "standard",
                "nodes": [],
                **body,
            }
            self.existing["pools"].append(pool)

        return Step(
            "create",
            self._pool_label(body["port"]),
            self._track_modified(self.existing, lambda: self.task.client.post(path, body, find_created=find_created)),
            predict,
            identity=self._pool_identity(body["port"]),
            effect="created",
            parse=lambda response: QueueResult(),
        )

    def _predicted_pool_id(self, port: int) -> str:
        return new_id(self.task, f"pool {port}", self._pool_identity(port))

    def _update_pool_step(self, pool: Entity, changes: Entity) -> Step:
        body = {**with_keys(pool, ("method", "persistence")), **changes}
        return Step(
            "update",
            self._pool_label(pool["port"]),
            self._track_modified(pool, lambda: self.task.client.put(self._related_path(pool, "self"), body)),
            lambda: pool.update(changes),
            identity=self._pool_identity(pool["port"]),
            properties=changes,
        )

    def _delete_pool_step(self, pool: Entity) -> Step:
        return Step(
            "delete",
            f"{self._pool_label(pool['port'])} ({pool['id']})",
            self._track_modified(self.existing, lambda: self.task.client.delete(self._related_path(pool, "self"))),
            lambda: self.existing["pools"].remove(pool),
            target_ids=(str(pool["id"]),),
            effect="removed",
        )

    # Nodes

    def _nodes(self, pool: Entity, option: _shared.Option) -> list[Entity]:
        nodes = _shared.merge_nodes(_nodes_of(pool), option["nodes"], self.task.option("purge"))
        return [with_keys(node, _NODE_PROPERTIES) for node in nodes]

    def _update_nodes_step(self, pool: Entity, option: _shared.Option) -> Step:
        label, port = self._pool_label(pool["port"]), pool["port"]

        def send() -> ApiResponse:
            path = self._related_path(pool, "nodes")
            if not self.task.option("purge"):
                pool["nodes"] = self.task.client.get(path).body
                self.writes.record(port)
            return self.task.client.put(path, self._nodes(pool, option))

        def predict() -> None:
            pool["nodes"] = self._nodes(pool, option)

        return Step(
            "update",
            label,
            self._track_modified(pool, send),
            predict,
            identity=self._pool_identity(port),
            properties=["nodes"],
            attempt=self.writes.next_attempt(port, label),
        )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        pools = [
            {
                **with_keys(to_snake_case(pool), _POOL_KEYS),
                "nodes": [_shared.node_to_result(node, _NODE_KEYS) for node in _nodes_of(pool)],
            }
            for pool in entity.get("pools") or []
        ]
        return with_keys({**to_snake_case(entity), "data_center": self.task.data_center, "pools": pools}, KEYS)


gather_shared_load_balancers = SharedLoadBalancer.gather


def _nodes_of(pool: Entity) -> list[Entity]:
    return _shared.without_deleted(pool.get("nodes"))
