# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and variables of the vendor's old inventory script, from the snapshot that the inventory plugin takes.

Facts (what the script did): a group for each data center, and two for each server group with servers directly in it, by its raw
name and with the data center in front; groups are not nested; the root and groups of other types than default have none.
Hosts are named by the server's name. docs/migration/inventory.md describes the differences and their reasons.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..module_utils.resources.server import result as server_result
from .inventory.snapshot import GroupEntry

WINRM_PORT = 5986


def group_names(group: GroupEntry, safe: t.Callable[[str], str]) -> tuple[str, ...]:
    """Return the groups of the servers in a group: raw names, and their safe forms if those differ."""
    code = group.data_center
    names = [code]
    if group.parent_id is not None and group.type == "default":
        names += [group.name, f"{code}_{group.name}"]
    return tuple(dict.fromkeys([*names, *map(safe, names)]))


def variables(server: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the variables of a server. server: as the listing of its group returns it."""
    address = server_result.primary_address(server)
    found: dict[str, t.Any] = {} if address is None else {"ansible_ssh_host": address}
    found["clc_data"] = server
    found["clc_custom_fields"] = server_result.details(server).get("customFields") or []
    if "windows" in str(server.get("os") or "").lower():
        found.update(ansible_connection="winrm", ansible_ssh_port=WINRM_PORT, ansible_port=WINRM_PORT)
        # The connection plugin does not read the old names of address and port any more.
        found.update({} if address is None else {"ansible_host": address})
    return found
