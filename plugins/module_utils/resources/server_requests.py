# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests that everything about servers shares: read one, send a batch, follow a server's own links.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api import links
from ..api.answers import Answer
from ..api.errors import NotFound
from ..kit.declaration import Entity
from ..kit.task import Task

# Relations that a server shows while it is active, and where they lead. Of its networks no answer has a link.
_BELOW = {
    "self": "",
    "alertPolicyMappings": "/alertPolicies",
    "antiAffinityPolicyMapping": "/antiAffinityPolicy",
    "cpuAutoscalePolicyMapping": "/cpuAutoscalePolicy",
    "networks": "/networks",
    "publicIPAddresses": "/publicIPAddresses",
}


def read_server(task: Task, name: str) -> Entity | None:
    """Read a server by its id, in any case; None where there is none. One request."""
    try:
        found: Entity = task.client.get(_path(task, name)).body
    except NotFound:
        return None
    return found


def post_batch(task: Task, verb: str, body: t.Any) -> Answer:
    """Send a request for many servers; the body has their ids in upper case, which every operation of the family takes."""
    return task.client.post(f"/v2/operations/{task.account}/servers/{verb}", body)


def path_to(task: Task, server: Entity, rel: str = "self") -> str:
    """Return where a relation of a server leads: by its link, else by what is known of the service's paths."""
    href = links.href_of(server, rel)
    if href:
        return task.client.path_of(href)
    own = links.href_of(server, "self")
    return f"{task.client.path_of(own) if own else _path(task, str(server['id']))}{_BELOW[rel]}"


def _path(task: Task, name: str) -> str:
    return f"/v2/servers/{task.account}/{name}"
