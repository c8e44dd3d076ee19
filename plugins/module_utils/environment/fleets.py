# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of a survey as fleets, and lists of addresses and servers as references to them.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ..kit.compare import network_of
from ..resources.server import server_fleets
from .kinds import BY_NAME
from .survey import Entry, Survey


@dataclass(frozen=True)
class Fleet:
    """The servers of a group with one base name. group: how items refer to the group. group_path: of the survey."""

    data_center: str
    group: t.Any
    name: str
    servers: tuple[Entry, ...]

    @property
    def ids(self) -> set[str]:
        """Ids of its servers."""
        return {server["id"] for server in self.servers}

    @property
    def addresses(self) -> set[t.Any]:
        """The primary internal addresses of its servers, as networks."""
        return {network_of(server["ip_address"]) for server in self.servers if server["ip_address"]}

    @property
    def reference(self) -> Entry:
        """What an item names the fleet with."""
        return {"server": self.name, "group": self.group}

    @property
    def has_addresses(self) -> bool:
        """Whether the addresses of all of its servers are known."""
        return len(self.addresses) == len(self.servers)


class Fleets:
    """The fleets of a survey."""

    def __init__(self, survey: Survey, group_reference: t.Callable[[str], t.Any]) -> None:
        by_group: dict[str, list[Entry]] = {}
        for server in survey.entries(BY_NAME["servers"]):
            by_group.setdefault(server["group_id"], []).append(server)
        self.fleets = [
            Fleet(str(members[0]["data_center"]), group_reference(group_id), name, tuple(members))
            for group_id, servers in by_group.items()
            for name, members in server_fleets.by_base_name(servers, survey.task.account).items()
        ]

    def in_place_of_addresses(self, addresses: t.Sequence[str], data_center: str) -> list[t.Any]:
        """Return addresses of a data center, with a reference to each fleet all of whose servers are among them."""
        left = {network_of(address): address for address in addresses}
        found: list[t.Any] = []
        for fleet in self._within(data_center):
            if fleet.addresses <= left.keys():
                found.append(fleet.reference)
                left = {network: address for network, address in left.items() if network not in fleet.addresses}
        return [*found, *left.values()]

    def in_place_of_nodes(self, nodes: t.Sequence[Entry], data_center: str) -> list[Entry]:
        """Return nodes, with one for each fleet all of whose servers are among those that are equal but for the address."""
        left, found = list(nodes), []
        for fleet in self._within(data_center):
            for node in list(left):
                own = [other for other in left if _is_of(other, node, fleet)]
                if {network_of(other["ip_address"]) for other in own} == fleet.addresses:
                    found.append({**fleet.reference, **_without_address(node)})
                    left = [other for other in left if other not in own]
        return [*found, *left]

    def _within(self, data_center: str) -> t.Iterator[Fleet]:
        return (fleet for fleet in self.fleets if fleet.data_center == data_center and fleet.has_addresses)


def _is_of(other: Entry, node: Entry, fleet: Fleet) -> bool:
    """Return whether a node is one of a fleet, and equal to another one but for the address."""
    return network_of(other["ip_address"]) in fleet.addresses and _without_address(other) == _without_address(node)


def _without_address(node: Entry) -> Entry:
    return {name: value for name, value in node.items() if name != "ip_address"}
