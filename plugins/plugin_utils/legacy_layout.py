# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The groups and variables of the vendor's old inventory script, made of the facts that the inventory plugin has fetched.

Facts (what the script did): a group for each data center, and two for each server group with servers directly in it, by its raw
name and with the data center in front; no group is below another; the root and groups of other types than default have none.
Hosts are named by the server's name. What is different here, and why, is in docs/migration/inventory.md.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ..module_utils.api import tree
from ..module_utils.resources.server import result as server_result

Entity = dict[str, t.Any]
WINRM_PORT = 5986


@dataclass(frozen=True)
class Host:
    """A host with the groups that it is in and its variables."""

    name: str
    groups: tuple[str, ...]
    variables: dict[str, t.Any]


def hosts(facts: t.Iterable[Entity], passes: t.Callable[[Entity], bool], safe: t.Callable[[str], str]) -> list[Host]:
    """Return the hosts of the walk, in its order.

    facts: accounts, each with its `centers`. passes: the filter of servers. safe: makes a name fit for Ansible.
    """
    return [
        Host(str(server["id"]).upper(), _groups(data_center, place, safe), _variables(server_result.to_listing(server)))
        for account in facts
        for data_center in account["centers"]
        for place in tree.nodes_from(data_center["tree"])
        for server in place.group["servers"]
        if passes(server)
    ]


def _groups(data_center: Entity, place: tree.GroupNode, safe: t.Callable[[str], str]) -> tuple[str, ...]:
    """Return the groups of the servers in a place: raw names, and the forms that are safe where those differ."""
    code = str(data_center["id"]).upper()
    names = [code]
    if place.parent_id is not None and place.group.get("type", "default") == "default":
        names += [str(place.group["name"]), f"{code}_{place.group['name']}"]
    return tuple(dict.fromkeys([*names, *map(safe, names)]))


def _variables(server: Entity) -> dict[str, t.Any]:
    address = server_result.primary_address(server)
    variables: dict[str, t.Any] = {} if address is None else {"ansible_ssh_host": address}
    variables["clc_data"] = server
    variables["clc_custom_fields"] = server_result.details(server).get("customFields") or []
    if "windows" in str(server.get("os") or "").lower():
        variables.update(ansible_connection="winrm", ansible_ssh_port=WINRM_PORT, ansible_port=WINRM_PORT)
        # The connection plugin of today does not look at the old names of address and port.
        variables.update({} if address is None else {"ansible_host": address})
    return variables
