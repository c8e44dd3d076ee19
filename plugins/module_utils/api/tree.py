# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The walk: data centers -> their root groups -> the groups below -> servers, through a bounded pool, in a fixed order.

A group answer brings its whole subtree. With serverDetail=detailed every group in it has the key `servers`; where an
endpoint does not know that parameter the groups hold links of rel `server` instead, and those are followed one by one.
Order never depends on which answer came first.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from . import links, paths
from .client import Client
from .errors import LookupFailed, NotFound
from .pool import WORKERS, map_concurrently

Entity = dict[str, t.Any]
_DETAILED = {"serverDetail": "detailed"}
_WITH_GROUPS = {"groupLinks": "true"}


@dataclass(frozen=True)
class Place:
    """A group with its place in the tree: names from below the root down to the group itself; the root's path is empty."""

    group: Entity
    path: tuple[str, ...]
    parent_id: str | None

    @property
    def id(self) -> str:
        """Id of the group."""
        return str(self.group["id"])


def account(client: Client, alias: str) -> Entity:
    """Read an account. One request."""
    found: Entity = client.get(paths.ACCOUNT(alias)).body or {}
    return found


def data_centers(client: Client, account: str) -> list[Entity]:
    """Return the data centers of an account with the links of their root groups, sorted by id. One request."""
    found = client.get(paths.DATA_CENTERS(account), params=_WITH_GROUPS).body or []
    return sorted(found, key=lambda entity: str(entity["id"]).lower())


def data_center(client: Client, account: str, code: str) -> Entity:
    """Return one data center with the links of its root group. One request, and one more to tell what there is instead."""
    try:
        found: Entity = client.get(paths.DATA_CENTER(account, code), params=_WITH_GROUPS).body
    except NotFound:
        known = ", ".join(str(entity["id"]).upper() for entity in data_centers(client, account))
        raise LookupFailed(
            f"account {account} has no data center '{code}'", remedy=f"There are: {known or 'none'}."
        ) from None
    return found


def root_of(client: Client, center: Entity, detailed: bool = False) -> Entity | None:
    """Read a data center's root group with everything below it; None where the account has none there. One request."""
    answer = client.follow(center, "group", params=_DETAILED if detailed else None)
    return answer.body if answer else None


def group(client: Client, account: str, group_id: str, detailed: bool = False) -> Entity:
    """Read a group with everything below it. One request. Raises NotFound."""
    found: Entity = client.get(paths.GROUP(account, group_id), params=_DETAILED if detailed else None).body
    return found


def places(root: Entity) -> t.Iterator[Place]:
    """Yield a group and all groups below it, parents first, children in the service's order."""
    yield from places_below(Place(root, (), None))


def places_below(top: Place) -> t.Iterator[Place]:
    """Yield a place and all places below it, parents first."""
    waiting: list[Place] = [top]
    while waiting:
        place = waiting.pop(0)
        yield place
        below = place.group.get("groups") or []
        waiting[:0] = [Place(child, (*place.path, str(child["name"])), place.id) for child in below]


def servers_in(client: Client, groups: t.Sequence[Entity], workers: int = WORKERS) -> dict[str, list[Entity]]:
    """Return the servers directly in each of the groups, by group id, sorted by server id.

    No request for a group that brought its servers along; one for each server link of the others, through a bounded pool. A
    server that has just gone (404) is left out.
    """
    linked = [(entity, link) for entity in groups if "servers" not in entity for link in links.all_of(entity, "server")]
    read = map_concurrently(lambda pair: client.follow({"links": [pair[1]]}, "server"), linked, workers)
    found: dict[str, list[Entity]] = {str(entity["id"]): list(entity.get("servers") or []) for entity in groups}
    for (entity, _link), answer in zip(linked, read, strict=True):
        if answer is not None:
            found[str(entity["id"])].append(answer.body)
    return {
        group_id: sorted(servers, key=lambda server: str(server["id"]).lower()) for group_id, servers in found.items()
    }


@dataclass(frozen=True)
class Scope:
    """What a walk takes in: data center codes in lower case (None: all), groups (None: all), and the system groups asked for.

    groups says whether a group is wanted with everything below it; without_types are the group types that are left out.
    """

    data_centers: frozenset[str] | None = None
    groups: t.Callable[[Place], bool] | None = None
    without_types: frozenset[str] = frozenset()


def walk(client: Client, account: str, scope: Scope, workers: int = WORKERS) -> list[Entity]:
    """Read an account: its data centers, each with `tree`, the root group in which every group has its `servers`.

    One request for the list and one for each data center; with a group filter one for each plain tree and one for each
    subtree that is kept. Where the endpoint answers in link form, one more for each server. Data centers without groups are
    left out. Everything is read before anything is returned, in an order that no answer's speed can change.
    """
    wanted = scope.data_centers
    centers = [one for one in data_centers(client, account) if wanted is None or str(one["id"]).lower() in wanted]
    trees = map_concurrently(lambda center: _center_tree(client, account, center, scope), centers, workers)
    found = [{**center, "tree": tree} for center, tree in zip(centers, trees, strict=True) if tree is not None]
    groups = [place.group for center in found for place in places(center["tree"])]
    servers = servers_in(client, groups, workers)
    for entity in groups:
        entity["servers"] = servers[str(entity["id"])]
    return found


def _center_tree(client: Client, account: str, center: Entity, scope: Scope) -> Entity | None:
    """Read one data center's tree within a scope; None where nothing of it is wanted."""
    root = root_of(client, center, detailed=scope.groups is None)
    if root is None or (scope.groups is not None and not _kept(client, account, Place(root, (), None), scope)):
        return None
    return _pruned(root, scope.without_types)


def _kept(client: Client, account: str, place: Place, scope: Scope) -> bool:
    """Cut a plain tree down to the wanted groups, read in detail, and the way to them; False where there are none."""
    if scope.groups is None or scope.groups(place):
        detailed = group(client, account, place.id, detailed=True)
        place.group.clear()
        place.group.update(detailed)
        return True
    below = [Place(child, (*place.path, str(child["name"])), place.id) for child in place.group.get("groups") or []]
    place.group["groups"] = [child.group for child in below if _kept(client, account, child, scope)]
    # Servers on the way are not wanted; without links nothing is followed.
    place.group.update(servers=[], links=[])
    return bool(place.group["groups"])


def _pruned(entity: Entity, without_types: frozenset[str]) -> Entity:
    """Leave out the groups of certain types, with everything below them."""
    entity["groups"] = [
        _pruned(child, without_types) for child in entity.get("groups") or [] if child.get("type") not in without_types
    ]
    return entity


def server_ids(entity: Entity) -> list[str]:
    """Return the ids, in lower case, of the servers directly in a group, from either form of its answer."""
    named = [server.get("id") for server in entity.get("servers") or []]
    named += [links.id_of(link) for link in links.all_of(entity, "server")]
    return [str(name).lower() for name in named if name]
