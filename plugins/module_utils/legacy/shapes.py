# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of legacy modules: the properties of the service, with those that the original client added.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ..api import tree
from ..kit.resource import Entity, Resource
from ..resources.server import result as server_result

# What marks a server that was only predicted, which the service does not have.
_OF_PREDICTIONS = ("predicted", "isNew")


def legacy_server(server: Entity) -> Entity:
    """Return a server with timestamps in seconds since 1970, memory also in GB, and its primary and first public IP address."""
    known = {key: value for key, value in server.items() if key not in _OF_PREDICTIONS}
    result = {**known, "details": dict(server_result.details(server))}
    if result["details"].get("memoryMB") is not None:
        result["details"]["memoryGB"] = int(result["details"]["memoryMB"]) // 1024
    result["changeInfo"] = {
        name: _seconds(value) if name.endswith("Date") else value
        for name, value in (server.get("changeInfo") or {}).items()
    }
    result["ipaddress"] = server_result.primary_address(server)
    result["publicip"] = next(iter(server_result.public_addresses(server)), None)
    return result


def _seconds(timestamp: t.Any) -> t.Any:
    """Return a timestamp of the service in seconds since 1970; any other value is returned unchanged."""
    try:
        return int(datetime.datetime.fromisoformat(str(timestamp).replace("Z", "+00:00")).timestamp())
    except ValueError:
        return timestamp


def legacy_group(group: Entity, servers: t.Iterable[str] | None = None) -> Entity:
    """Return a group with `servers`, the ids of the servers directly in it; defaults to those that its entity links to."""
    return {**group, "servers": sorted(tree.server_ids(group) if servers is None else servers)}


def modified_ids(resource: Resource, *effects: str) -> list[str]:
    """Return the target ids of the completed steps with one of these effects, or of all completed steps."""
    steps = [step for step in resource.done if not effects or step.effect in effects]
    return sorted({target_id for step in steps for target_id in step.target_ids})
