# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results in the form that playbooks of the predecessors read: the service's own members, with what the old client added.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ..api import tree
from ..kit.declaration import Entity, Resource
from ..resources.server import result as server_result


def old_server(server: Entity) -> Entity:
    """Return a server: dates as seconds since 1970, memory in GB beside MB, its first internal and public address at the top."""
    found = {**server, "details": dict(server_result.details(server))}
    if found["details"].get("memoryMB") is not None:
        found["details"]["memoryGB"] = int(found["details"]["memoryMB"]) // 1024
    found["changeInfo"] = {
        name: _seconds(value) if name.endswith("Date") else value
        for name, value in (server.get("changeInfo") or {}).items()
    }
    found["ipaddress"] = server_result.primary_address(server)
    found["publicip"] = next(iter(server_result.public_addresses(server)), None)
    return found


def _seconds(moment: t.Any) -> t.Any:
    """Return a moment of the service as seconds since 1970; what is none is left as it is."""
    try:
        return int(datetime.datetime.fromisoformat(str(moment).replace("Z", "+00:00")).timestamp())
    except ValueError:
        return moment


def old_group(group: Entity, servers: t.Iterable[str] | None = None) -> Entity:
    """Return a group with `servers`, the ids of those directly in it; as its own answer names them unless they are given."""
    return {**group, "servers": sorted(tree.server_ids(group) if servers is None else servers)}


def touched(resource: Resource, *effects: str) -> list[str]:
    """Return the ids that steps of these effects touched, of all steps where none is named."""
    return sorted({name for step in resource.done if not effects or step.effect in effects for name in step.target_ids})
