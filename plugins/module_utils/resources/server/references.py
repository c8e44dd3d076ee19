# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that the tasks of other resources refer to, where their private IP addresses are needed.

A reference is a map: `server` is an id or a name, or a server in result format; with `group` it is the base name of a fleet.
`group` alone stands for all servers of the group. `servers` is a list of ids, names, and servers in result format. The address
of a result is used as it is, without a request. Each server and each group is read once per task.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import tree
from ...api.errors import InvalidOptionError, InvalidTaskError, NoSuchResource
from ...kit.lookup import format_list
from ...kit.predicted import new_id
from ...kit.references import group_reference
from ...kit.resource import Entity
from ...kit.task import Task
from ..server_group import format_path, resolve_group, root_group
from . import result as server_result
from ._shared import ADDRESS, predicted_server, read_servers
from .selection import Selector

KEYS = ("server", "group", "servers")
Reference = t.Mapping[str, t.Any]
# A group as options refer to it, see kit/references.py.
_Group: t.TypeAlias = "str | t.Sequence[str]"
_HELP = "Specify an id or a name, or a server that centurylink.cloud.server or server_info has returned."


# Before anything is read


def check(reference: Reference, place: str) -> None:
    """Raise InvalidOptionError for a reference that cannot be right. place: the option, such as nodes[0]."""
    used = [key for key in KEYS if reference.get(key) is not None]
    if not used or ("servers" in used and len(used) > 1):
        raise InvalidOptionError(
            place,
            f"{' and '.join(used)} exclude each other" if used else "it refers to no server",
            "Specify server, group, both of them for a fleet, or servers.",
        )
    server, group = reference.get("server"), reference.get("group")
    if group is not None:
        group_reference(f"{place}.group", group)
    if server is not None:
        _check_server(server, f"{place}.server", is_name=group is not None)
    if "servers" in used:
        _check_list(reference["servers"], f"{place}.servers")


def _check_server(value: t.Any, place: str, *, is_name: bool = False) -> None:
    if is_name and not isinstance(value, (str, int)):
        raise InvalidOptionError(place, f"{value!r} is not a name", "With group, specify the base name of a fleet.")
    if not _identifier(value) and not _known_address(value):
        raise InvalidOptionError(place, f"{value!r} is not a server", _HELP)


def _check_list(values: t.Any, place: str) -> None:
    if not isinstance(values, list):
        raise InvalidOptionError(place, f"{values!r} is not a list", "Specify a list of servers.")
    if not values:
        raise InvalidOptionError(place, "the list is empty", "Check the variable that it comes from.")
    for index, value in enumerate(values):
        _check_server(value, f"{place}[{index}]")


def _identifier(value: t.Any) -> str:
    """Return the id or name of a server in lower case; empty if the value is not a server."""
    found = (value.get("id") or value.get("name")) if isinstance(value, dict) else value
    is_text = isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool))
    return str(found).strip().lower() if is_text else ""


def _known_address(value: t.Any) -> str | None:
    """Return the address of a server in result format; None if it has none."""
    address = value.get("ip_address") if isinstance(value, dict) else None
    return str(address) if address else None


# Addresses


def private_addresses(task: Task, references: t.Sequence[tuple[str, Reference]]) -> list[list[str]]:
    """Return the first private IP addresses of the servers of each reference, which `check` has accepted.

    references: with their places. Raises NoSuchResource, with what exists, for a server that does not exist and a fleet without
    servers; in check mode it warns instead, and the address is a placeholder.
    """
    _read(task, [value for _place, reference in references for value in _single_servers(reference)])
    return [_addresses_of(task, place, reference) for place, reference in references]


def _single_servers(reference: Reference) -> list[t.Any]:
    if reference.get("group") is not None:
        return []
    return reference["servers"] if reference.get("servers") is not None else [reference["server"]]


def _read(task: Task, values: t.Sequence[t.Any]) -> None:
    """Read the servers whose addresses are unknown, at the same time."""
    ids = {_identifier(value) for value in values if not _known_address(value)}
    servers = read_servers(task, [each for each in ids if not task.is_cached(("server", each))])
    for server_id in servers:
        task.cached(("server", server_id), functools.partial(servers.get, server_id))


def _addresses_of(task: Task, place: str, reference: Reference) -> list[str]:
    group = group_reference(f"{place}.group", reference.get("group"))
    if group is not None:
        return [
            private_address(task, server) for server in _fleet_or_error(task, place, reference.get("server"), group)
        ]
    return [_address_of(task, place, value) for value in _single_servers(reference)]


def _address_of(task: Task, place: str, value: t.Any) -> str:
    known = _known_address(value)
    if known:
        return known
    server_id = _identifier(value)
    server: Entity | None = task.cached(("server", server_id), lambda: read_servers(task, [server_id])[server_id])
    if server is None:
        task.raise_missing(_missing_server(task, place, server_id))
        server = predicted_server(server_id)
    return private_address(task, server)


def _missing_server(task: Task, place: str, server_id: str) -> NoSuchResource:
    nodes = tree.nodes_from(root_group(task, task.data_center))
    ids = sorted(server_id for node in nodes for server_id in tree.server_ids(node.group))
    return NoSuchResource(
        f"{place}: there is no server '{server_id}'",
        help_text=f"Servers in {task.data_center}: {format_list(ids) or 'none'}.",
        requested=server_id,
    )


def private_address(task: Task, server: Entity) -> str:
    """Return the first private IP address of a server.

    Raises InvalidTaskError if it has none, as a server that is being built; in check mode, it then has a placeholder.
    """
    address = server_result.primary_address(server)
    if address is not None:
        return address
    server_id = server_result.server_id(server)
    if task.predicting:
        return new_id(task, f"{ADDRESS} {server_id}", "server", server_id, ADDRESS)
    raise InvalidTaskError(
        f"it has no private IP address (status {server['status']})",
        action="use",
        target=f"server {server_id}",
        help_text="Wait until the server is built.",
    )


# Fleets


def fleet(task: Task, name: str | None, group: _Group, data_center: str) -> list[Entity]:
    """Return the servers of a fleet, or all of a group, sorted by id; empty if there are none. Raises NoSuchResource.

    name: base name of the fleet; None for all servers of the group.
    """
    selector, prefix = Selector(None if name is None else str(name)), f"{data_center}{task.account}".lower()
    servers = _servers_in(task, resolve_group(task, data_center, group).id)
    return [server for server in servers if selector.counts(server, prefix)]


def is_of_fleet(task: Task, server: Entity, names: t.Iterable[str], data_center: str) -> bool:
    """Return whether a server belongs to a fleet with one of these base names."""
    prefix, server_id = f"{data_center}{task.account}".lower(), server_result.server_id(server)
    return any(Selector(name).pattern(prefix).fullmatch(server_id) for name in names)


def _servers_in(task: Task, group_id: str) -> list[Entity]:
    def read() -> list[Entity]:
        group = tree.group(task.client, task.account, group_id, detailed=True)
        return tree.servers_in(task.client, [group])[str(group["id"])]

    return task.cached(("servers of group", group_id), read)


def first_of_fleet(task: Task, name: str | None, group: _Group, data_center: str) -> Entity:
    """Return the first server of a fleet that does not exist yet, as the task that creates the fleet predicts it."""
    text = f"{data_center}{task.account}{name or 'server'} 1"
    return predicted_server(new_id(task, text, "server", name, repr(group), 1))


def _fleet_or_error(task: Task, place: str, name: str | None, group: _Group) -> list[Entity]:
    """Return the servers of a fleet. If there are none, raise NoSuchResource; in check mode, predict that there is one."""
    code = task.data_center
    try:
        found = fleet(task, name, group, code)
        if not found:
            raise _no_servers(task, place, name, group)
    except NoSuchResource as error:
        task.raise_missing(error)
        return [first_of_fleet(task, name, group, code)]
    return found


def _no_servers(task: Task, place: str, name: str | None, group: _Group) -> NoSuchResource:
    node = resolve_group(task, task.data_center, group)
    ids = format_list(server_result.server_id(server) for server in _servers_in(task, node.id))
    kind = "no servers" if name is None else f"no servers with the base name '{name}'"
    return NoSuchResource(
        f"{place}: group '{format_path(node.path) or node.group['name']}' has {kind}",
        help_text=f"Its servers: {ids}." if ids else "It has no servers.",
        requested=str(name or node.group["name"]),
    )
