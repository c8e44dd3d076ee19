# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers as the fleets that would manage them: their base names, and what the module server can say about them.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from .networks import contains
from .selection import COUNTED, Selector

Result = dict[str, t.Any]


def by_base_name(servers: t.Iterable[Result], account: str) -> dict[str, list[Result]]:
    """Return servers of one group, in result format, by the base name of the fleet that counts them.

    As few digits as possible are the number of a server (see selection.py), unless a fleet with a shorter name counts it as well.
    Servers that no fleet counts are left out: archived ones, and those with another form of name.
    """
    counted = [server for server in servers if server["status"] in COUNTED]
    names = {name for server in counted if (name := _base_name(server, account))}
    fleets: dict[str, list[Result]] = {}
    for name in sorted(names, key=lambda name: (len(name), name)):
        matching = [server for server in counted if _matches(name, server, account)]
        counted = [server for server in counted if server not in matching]
        if matching:
            fleets[name] = matching
    return fleets


def _base_name(server: Result, account: str) -> str | None:
    prefix, server_id = _prefix(server, account), str(server["id"])
    names = (server_id[len(prefix) : -digits].upper() for digits in range(2, len(server_id) - len(prefix)))
    return next((name for name in names if _matches(name, server, account)), None)


def _matches(base_name: str, server: Result, account: str) -> bool:
    pattern = Selector(base_name).pattern(_prefix(server, account))
    return pattern.fullmatch(str(server["id"])) is not None


def _prefix(server: Result, account: str) -> str:
    return f"{server['data_center']}{account}".lower()


def networks_of(server: Result, networks: t.Sequence[Result]) -> Result:
    """Return the options network and secondary_networks of a server, by the names of the networks that contain its addresses.

    networks: those of its data center in result format. An option is left out if none of them contains the address.
    """
    options: Result = {}
    primary = _network(server.get("ip_address"), networks)
    if primary:
        options["network"] = primary
    addresses = [entry.get("internal") for entry in server.get("secondary_ip_addresses") or []]
    secondary = sorted(name for address in addresses if (name := _network(address, networks)))
    if secondary:
        options["secondary_networks"] = [{"network": name} for name in secondary]
    return options


def _network(address: t.Any, networks: t.Sequence[Result]) -> str | None:
    return next((str(network["name"]) for network in networks if contains(network, address)), None)
