# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of servers in all pools of both products, enabled or disabled without changing anything else of the pools.

API behavior (shared-load-balancers.yaml and lbaas.yaml): a node names a server by an IP address only; a disabled node receives no
traffic and stays in its pool with its port and settings; each update sends all nodes of a pool; the load balancers of a data center
are listed with their pools and nodes in one response.

Not specified by the contract; design decisions: a node belongs to a server if it has one of its IP addresses, internal or public,
and its load balancer is in the data center of the server. A product that a data center does not offer (404) has no nodes. One pool
of a load balancer is updated at a time, and one shared load balancer of a data center, as the device requires it. Nodes are
compared, read again, and updated again as for tasks that manage some nodes of a pool (see _shared.py).

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ...api import links, paths
from ...api.errors import InvalidTaskError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.naming import with_keys
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from ..server import read_servers, server_result, server_targets
from . import _shared
from .load_balancer import SERVICE, parse_lbaas_request
from .pool import NODE_PROPERTIES, update_body

SHARED, LBAAS = "shared_load_balancer", "load_balancer"
ENABLED, DISABLED = "enabled", "disabled"
_LISTS = {SHARED: paths.SHARED_LOAD_BALANCERS, LBAAS: paths.LOAD_BALANCERS}
_SHARED_NODE_PROPERTIES = ("ipAddress", "privatePort", "status")
_SORT_KEYS = ("server_id", "kind", "load_balancer_id", "port", "pool_id", "private_port")


@dataclass(frozen=True)
class Pool:
    """A pool with nodes of the servers.

    kind: SHARED or LBAAS. data_center: code in upper case. balancer, entity: load balancer and pool as they were read.
    servers: ids of the servers by IP address.
    """

    kind: str
    data_center: str
    balancer: Entity
    entity: Entity
    servers: t.Mapping[str, str]

    @property
    def id(self) -> str:
        """Id of the pool."""
        return str(self.entity["id"])

    @property
    def label(self) -> str:
        """The pool as text for messages."""
        return f"pool {self.entity['port']} of {self.kind.replace('_', ' ')} {self.balancer['name']}"

    @property
    def device(self) -> tuple[str, ...]:
        """What one update at a time is sent to: the load balancer, or the device of the shared load balancers."""
        return (self.kind, self.data_center, *([] if self.kind == SHARED else [str(self.balancer["id"])]))

    @property
    def all_nodes(self) -> list[Entity]:
        """All nodes of the pool."""
        return _shared.without_deleted(self.entity.get("nodes"))

    @property
    def nodes(self) -> list[Entity]:
        """The nodes of the servers."""
        return [node for node in self.all_nodes if node.get("ipAddress") in self.servers]

    def with_status(self, status: str) -> list[Entity]:
        """Return all nodes of the pool, those of the servers with a status."""
        return [
            {**node, "status": status} if node.get("ipAddress") in self.servers else node for node in self.all_nodes
        ]

    def enabled_without_servers(self) -> int:
        """Return the number of enabled nodes that are not nodes of the servers."""
        others = (node for node in self.all_nodes if node.get("ipAddress") not in self.servers)
        return len({(node["ipAddress"], node["privatePort"]) for node in others if status_of(node) == ENABLED})

    def to_result(self) -> list[Entity]:
        """Return the nodes of the servers in result format."""
        place = {
            "kind": self.kind,
            "load_balancer_id": str(self.balancer["id"]),
            "load_balancer_name": self.balancer["name"],
            "data_center": self.data_center,
            "pool_id": self.id,
            "port": int(self.entity["port"]),
        }
        return [
            {
                "server_id": self.servers[node["ipAddress"]],
                **place,
                "ip_address": node["ipAddress"],
                "private_port": int(node["privatePort"]),
                "status": status_of(node),
            }
            for node in self.nodes
        ]


def status_of(node: Entity) -> str:
    """Return the status of a node; a missing one is enabled, as in the service."""
    return str(node.get("status") or ENABLED).lower()


# Finding


def addresses_of(server: Entity) -> list[str]:
    """Return all IP addresses of a server, internal and public, also those of further network adapters."""
    details = server_result.details(server)
    entries = [*(details.get("ipAddresses") or []), *(details.get("secondaryIPAddresses") or [])]
    return [str(entry[key]) for entry in entries for key in ("internal", "public") if entry.get(key)]


def find_pools(task: Task, servers: t.Iterable[Entity]) -> list[Pool]:
    """Return the pools with nodes of servers, without those of the option `exclude`.

    Sends one request for each data center and kind.
    """
    by_data_center: dict[str, dict[str, str]] = {}
    for server in servers:
        addresses = dict.fromkeys(addresses_of(server), server_result.target_ids(server)[0])
        if addresses:
            by_data_center.setdefault(str(server["locationId"]).upper(), {}).update(addresses)
    pools = [
        Pool(kind, data_center, balancer, entity, addresses)
        for data_center, addresses in sorted(by_data_center.items())
        for kind in sorted(set(task.option("kinds")))
        for balancer in _read_load_balancers(task, kind, data_center)
        for entity in balancer.get("pools") or []
    ]
    return [pool for pool in pools if pool.nodes and not _is_excluded(task, pool)]


def _read_load_balancers(task: Task, kind: str, data_center: str) -> list[Entity]:
    """Read the load balancers of a data center, with pools and nodes; none if it does not offer them. Sends one request."""
    path = _LISTS[kind](task.account, data_center)
    body = task.read(path, SERVICE if kind == LBAAS else "api") or []
    balancers = (body["values"] or []) if isinstance(body, dict) else body
    return [item for item in balancers if str(item.get("status")).lower() != _shared.DELETED]


def _is_excluded(task: Task, pool: Pool) -> bool:
    """Return whether an entry of the option `exclude` names a pool: its load balancer by id or name, and its port if set."""
    return any(
        (
            entry["load_balancer"] == pool.balancer["name"]
            or compare.case_insensitive(entry["load_balancer"], str(pool.balancer["id"]))
        )
        and entry.get("port") in (None, int(pool.entity["port"]))
        for entry in task.option("exclude") or []
    )


def _to_results(pools: t.Iterable[Pool]) -> list[Entity]:
    nodes = [node for pool in pools for node in pool.to_result()]
    return sorted(nodes, key=lambda node: [node[key] for key in _SORT_KEYS])


def gather_nodes(task: Task) -> list[Entity]:
    """Return the nodes of servers; those of servers that do not exist are missing."""
    servers = read_servers(task, task.option("server_ids")).values()
    return _to_results(find_pools(task, [server for server in servers if server is not None]))


class LoadBalancerNodes(Resource):
    """The nodes of the servers of one task, in all pools."""

    title = "nodes of load balancers"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.pools: list[Pool] = []
        self.writes = _shared.WriteTracker(task)

    def lock_names(self) -> str | None:
        """Lock the nodes of the account: two servers of a pool must not be disabled at once, and data centers are not known yet."""
        return f"{self.title} {self.task.account}"

    def find(self) -> None:
        self.writes.wait_for_other_writers()
        self.pools = find_pools(self.task, server_targets.read_targets(self.task))

    def plan(self) -> list[Step]:
        """Return the next stage: one pool of each device that has a node with another status."""
        status = self.task.state
        different = [pool for pool in self.pools if any(status_of(node) != status for node in pool.nodes)]
        for pool in different:
            self._check_minimum(pool)
        first = {pool.device: pool for pool in reversed(different)}
        return [self._step(pool) for pool in sorted(first.values(), key=lambda pool: pool.device)]

    def _check_minimum(self, pool: Pool) -> None:
        """Raise InvalidTaskError if a pool would have too few enabled nodes."""
        minimum = self.task.option("minimum_enabled")
        remaining = pool.enabled_without_servers()
        if self.task.state == DISABLED and remaining < minimum:
            raise InvalidTaskError(
                f"{remaining} of its other nodes {'is' if remaining == 1 else 'are'} enabled, and minimum_enabled is {minimum}",
                action="disable nodes of",
                target=pool.label,
                help_text="Enable or add other nodes first, or decrease minimum_enabled.",
            )

    def _step(self, pool: Pool) -> Step:
        status = self.task.state

        def send() -> ApiResponse:
            self.writes.record(pool.id)
            return self._update_lbaas(pool) if pool.kind == LBAAS else self._update_shared(pool)

        def predict() -> None:
            pool.entity["nodes"] = pool.with_status(status)

        return Step(
            "update",
            f"{', '.join(sorted(set(pool.servers.values())))} in {pool.label}",
            send,
            predict,
            identity=(pool.device, pool.id),
            properties=["nodes"],
            attempt=self.writes.next_attempt(pool.id, pool.label),
            phrase="enable" if status == ENABLED else "disable",
            parse=lambda response: self._parse(pool, response),
        )

    def _update_shared(self, pool: Pool) -> ApiResponse:
        path = self.task.client.href_to_path(str(links.href_of(pool.entity, "nodes")))
        pool.entity["nodes"] = self.task.client.get(path).body
        self._check_minimum(pool)
        nodes = [with_keys(node, _SHARED_NODE_PROPERTIES) for node in pool.with_status(self.task.state)]
        return self.task.client.put(path, nodes)

    def _update_lbaas(self, pool: Pool) -> ApiResponse:
        path = paths.LOAD_BALANCER_POOL(self.task.account, pool.data_center, str(pool.balancer["id"]), pool.id)
        pool.entity.update(self.task.client.get(path, service=SERVICE).body)
        self._check_minimum(pool)
        nodes = [with_keys(node, NODE_PROPERTIES) for node in pool.with_status(self.task.state)]
        return self.task.client.put(path, update_body({**pool.entity, "nodes": nodes}), service=SERVICE)

    def _parse(self, pool: Pool, response: ApiResponse) -> QueueResult:
        if pool.kind == SHARED:
            return QueueResult()
        return parse_lbaas_request(self.task.with_options({"data_center": pool.data_center}), response, pool.label)

    def show(self) -> dict[str, t.Any]:
        return {"load_balancer_nodes": _to_results(self.pools)}
