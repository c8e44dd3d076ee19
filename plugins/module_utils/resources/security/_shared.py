# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the agent of intrusion prevention (IPS) and its notifications share: paths, and how a server is named.

Facts (contract intrusion-prevention.yaml): the service has a host of its own; names of servers and accounts are sent in upper
case, as in its examples, since whether case matters is not documented.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...api import paths
from ...api.errors import NotFound
from ...kit.declaration import Entity
from ...kit.task import Task

SERVICE = "ips"
AGENT_PATH = paths.IPS_AGENTS()


def notifications_path(task: Task, server_id: str) -> str:
    """Return where the notifications of a server are read, set and removed."""
    return paths.IPS_NOTIFICATIONS(task.account.upper(), server_id.upper())


def read_notifications(task: Task, server_id: str) -> list[Entity] | None:
    """Return the destinations of a server's events; None where the service knows of no agent there. One request."""
    try:
        found: list[Entity] = task.client.get(notifications_path(task, server_id), service=SERVICE).body or []
    except NotFound:
        return None
    return found


def host(task: Task, server_id: str) -> Entity:
    """Return the body by which the agent's calls name a server."""
    return {"hostName": server_id.upper(), "accountAlias": task.account.upper()}
