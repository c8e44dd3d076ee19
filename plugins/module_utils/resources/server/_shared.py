# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that all resources of servers share: read servers, send a batch, follow the links of a server.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...api.errors import NoSuchResource
from ...api.pool import map_concurrently
from ...api.responses import ApiResponse
from ...kit.lookup import format_list
from ...kit.predicted import is_placeholder, part_of
from ...kit.resource import Entity
from ...kit.task import Task

# Relations that an active server has, and the paths that they lead to. No response has a link to the networks.
_RELATED = {
    "alertPolicyMappings": paths.SERVER_ALERT_POLICIES,
    "antiAffinityPolicyMapping": paths.SERVER_ANTI_AFFINITY_POLICY,
    "cpuAutoscalePolicyMapping": paths.SERVER_AUTOSCALE_POLICY,
    "networks": paths.SERVER_NETWORKS,
    "publicIPAddresses": paths.SERVER_PUBLIC_IPS,
}


# The part of a server's placeholder that makes it that of its primary private IP address.
ADDRESS = "ip-address"
_CODE_LENGTH = 3


def read_server(task: Task, server_id: str) -> Entity | None:
    """Read a server by its id (case-insensitive); None if it does not exist. Sends one request.

    A server that an earlier task has predicted is returned as far as it is known, without a request.
    """
    if is_placeholder(server_id):
        return predicted_server(server_id)
    server: Entity | None = task.read(paths.SERVER(task.account, server_id))
    return server


def read_servers(task: Task, server_ids: t.Iterable[t.Any]) -> dict[str, Entity | None]:
    """Return servers by their ids in lower case, sorted; None for a server that does not exist.

    Sends one request per server, through a bounded pool.
    """
    ids = sorted({str(server_id).lower() for server_id in server_ids})
    return dict(zip(ids, map_concurrently(functools.partial(read_server, task), ids), strict=True))


def predicted_server(server_id: str) -> Entity:
    """Return a server that does not exist yet, for check mode: one that an earlier task has predicted, or is assumed to create."""
    address = part_of(server_id, ADDRESS)
    return {
        "id": server_id.lower(),
        "name": server_id.upper(),
        # A server's id begins with the code of its data center.
        "locationId": server_id[:_CODE_LENGTH].upper(),
        "status": "active",
        "isTemplate": False,
        "details": {"snapshots": [], "ipAddresses": [{"internal": address}]},
        "predicted": True,
    }


def missing_servers(server_ids: t.Sequence[str], target: str, option: str = "server_ids") -> NoSuchResource:
    """Return the error of servers that do not exist. option: the option that has their ids."""
    single = len(server_ids) == 1
    return NoSuchResource(
        f"{'server' if single else 'servers'} {format_list(server_ids)} {'does' if single else 'do'} not exist",
        action="find",
        target=target,
        help_text=f"Check {option} and account_alias.",
        requested=format_list(server_ids),
    )


def require_all(task: Task, servers: t.Mapping[str, Entity | None]) -> None:
    """Raise NoSuchResource with all servers that do not exist; in check mode warn instead. servers: by id."""
    missing = [server_id for server_id, server in servers.items() if server is None]
    if missing:
        task.raise_missing(missing_servers(missing, "servers"))


def post_batch(task: Task, operation: str, body: t.Any) -> ApiResponse:
    """Send a request for many servers. body: has their ids in upper case, which every batch operation accepts."""
    return task.client.post(paths.SERVER_BATCHES[operation](task.account), body)


def related_path(task: Task, server: Entity, rel: str = "self") -> str:
    """Return the path that a relation of a server leads to: from its link, otherwise from the documented path."""
    href = links.href_of(server, rel)
    if href:
        return task.client.href_to_path(href)
    self_href = links.href_of(server, "self")
    path = task.client.href_to_path(self_href) if self_href else paths.SERVER(task.account, server["id"])
    return path if rel == "self" else _RELATED[rel].below(path)
