# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The group tree: data centers, their root groups, the groups below, and servers, read through a bounded pool.

The response for a group contains its subtree. With serverDetail=detailed each group in it has the key `servers`; if an
endpoint does not support that parameter, the groups have links of rel `server` instead, which are followed one by one.
The order of results never depends on the order of responses.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from . import links, paths
from .client import Client
from .errors import NotFound, ResourceLookupError
from .pool import WORKERS, map_concurrently

Entity = dict[str, t.Any]
_DETAILED = {"serverDetail": "detailed"}
_WITH_GROUPS = {"groupLinks": "true"}


@dataclass(frozen=True)
class GroupNode:
    """A group and its path: the names from below the root down to the group itself; the root's path is empty."""

    group: Entity
    path: tuple[str, ...]
    parent_id: str | None

    @property
    def id(self) -> str:
        """Id of the group."""
        return str(self.group["id"])


def account(client: Client, alias: str) -> Entity:
    """Read an account. Sends one request."""
    entity: Entity = client.get(paths.ACCOUNT(alias)).body or {}
    return entity


def data_centers(client: Client, account: str) -> list[Entity]:
    """Return the data centers of an account with the links of their root groups, sorted by id. Sends one request."""
    entities = client.get(paths.DATA_CENTERS(account), params=_WITH_GROUPS).body or []
    return sorted(entities, key=lambda entity: str(entity["id"]).lower())


def data_center(client: Client, account: str, code: str) -> Entity:
    """Return one data center with its links, which never change. Sends at most one request, two if it does not exist."""
    try:
        entity: Entity = client.get_constant(paths.DATA_CENTER(account, code), _WITH_GROUPS)
    except NotFound:
        available = ", ".join(str(entity["id"]).upper() for entity in data_centers(client, account))
        raise ResourceLookupError(
            f"account {account} has no data center '{code}'",
            help_text=f"Available data centers: {available or 'none'}.",
        ) from None
    return entity


def root_group(client: Client, data_center: Entity, detailed: bool = False) -> Entity | None:
    """Read the root group of a data center with its subtree; None if the account has none there. Sends one request."""
    response = client.follow(data_center, "group", params=_DETAILED if detailed else None)
    return response.body if response else None


def group(client: Client, account: str, group_id: str, detailed: bool = False) -> Entity:
    """Read a group with its subtree. Sends one request. Raises NotFound."""
    entity: Entity = client.get(paths.GROUP(account, group_id), params=_DETAILED if detailed else None).body
    return entity


def nodes_from(root: Entity) -> t.Iterator[GroupNode]:
    """Yield a group and all groups below it, parents first, children in the service's order."""
    yield from nodes_below(GroupNode(root, (), None))


def nodes_below(top: GroupNode) -> t.Iterator[GroupNode]:
    """Yield a node and all nodes below it, parents first."""
    pending: list[GroupNode] = [top]
    while pending:
        node = pending.pop(0)
        yield node
        pending[:0] = _children(node)


def _children(node: GroupNode) -> list[GroupNode]:
    groups = node.group.get("groups") or []
    return [GroupNode(child, (*node.path, str(child["name"])), node.id) for child in groups]


def servers_in(client: Client, groups: t.Sequence[Entity], workers: int = WORKERS) -> dict[str, list[Entity]]:
    """Return the servers directly in each of the groups, by group id, sorted by server id.

    Sends no request for a group with the key `servers`; otherwise one for each server link, through a bounded pool. A server
    that was deleted meanwhile (404) is left out.
    """
    linked = [(entity, link) for entity in groups if "servers" not in entity for link in links.all_of(entity, "server")]
    responses = map_concurrently(lambda pair: client.follow({"links": [pair[1]]}, "server"), linked, workers)
    by_group: dict[str, list[Entity]] = {str(entity["id"]): list(entity.get("servers") or []) for entity in groups}
    for (entity, _link), response in zip(linked, responses, strict=True):
        if response is not None:
            by_group[str(entity["id"])].append(response.body)
    return {
        group_id: sorted(servers, key=lambda server: str(server["id"]).lower())
        for group_id, servers in by_group.items()
    }


@dataclass(frozen=True)
class Scope:
    """What a walk reads. data_centers: codes in lower case (None: all).

    groups: returns whether a group is selected with its subtree (None: all). without_types: types of groups that are left out.
    """

    data_centers: frozenset[str] | None = None
    groups: t.Callable[[GroupNode], bool] | None = None
    without_types: frozenset[str] = frozenset()


Part = t.TypeVar("Part")


def walk(
    client: Client,
    account: str,
    scope: Scope,
    workers: int,
    entities: t.Sequence[Entity],
    convert: t.Callable[[Entity, t.Callable[[], Entity | None]], Part | None],
) -> list[Part]:
    """Read the data centers of an account concurrently, and return what `convert` returns for each but None, in their order.

    entities: the data centers, as data_centers() returns them. convert: is called in a thread for each data center within the
    scope, with its entity and a function that reads its root group, in which every group has its `servers`; None if the
    account has no groups there. So it decides about errors, and large responses need not all be in memory.

    Sends one request for each data center; with a group filter one for each plain tree and one for each selected subtree. If
    the endpoint returns links instead of servers, one more for each server. At most `workers` requests are sent at a time.
    """
    codes = scope.data_centers
    selected = [entity for entity in entities if codes is None or str(entity["id"]).lower() in codes]
    each = max(1, workers // max(1, len(selected)))

    def read(entity: Entity) -> Entity | None:
        root = _read_tree(client, account, entity, scope)
        if root is not None:
            groups = [node.group for node in nodes_from(root)]
            servers = servers_in(client, groups, each)
            for group_entity in groups:
                group_entity["servers"] = servers[str(group_entity["id"])]
        return root

    parts = map_concurrently(lambda entity: convert(entity, lambda: read(entity)), selected, workers)
    return [part for part in parts if part is not None]


def _read_tree(client: Client, account: str, data_center: Entity, scope: Scope) -> Entity | None:
    """Read the tree of one data center within a scope; None if nothing of it is selected."""
    root = root_group(client, data_center, detailed=scope.groups is None)
    if root is None or (scope.groups is not None and not _reduce(client, account, GroupNode(root, (), None), scope)):
        return None
    return _without_types(root, scope.without_types)


def _reduce(client: Client, account: str, node: GroupNode, scope: Scope) -> bool:
    """Reduce a plain tree to the selected groups, read in detail, and their ancestors. Return whether any is selected."""
    if scope.groups is None or scope.groups(node):
        detailed = group(client, account, node.id, detailed=True)
        node.group.clear()
        node.group.update(detailed)
        return True
    node.group["groups"] = [child.group for child in _children(node) if _reduce(client, account, child, scope)]
    # Servers of ancestors are not selected; without links none are read.
    node.group.update(servers=[], links=[])
    return bool(node.group["groups"])


def _without_types(entity: Entity, types: frozenset[str]) -> Entity:
    """Remove the groups of some types, with their subtrees."""
    entity["groups"] = [
        _without_types(child, types) for child in entity.get("groups") or [] if child.get("type") not in types
    ]
    return entity


def server_ids(entity: Entity) -> list[str]:
    """Return the ids, in lower case, of the servers directly in a group, from either form of its response."""
    ids = [server.get("id") for server in entity.get("servers") or []]
    ids += [links.id_of(link) for link in links.all_of(entity, "server")]
    return [str(server_id).lower() for server_id in ids if server_id]
