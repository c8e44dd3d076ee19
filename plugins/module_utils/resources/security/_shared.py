# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the intrusion prevention (IPS) agent and its notifications share: paths, and the bodies that identify a server.

API behavior (intrusion-prevention.yaml): the service has its own host; names of servers and accounts are sent in upper case, as in
its examples, since it is not documented whether they are case-sensitive.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...api import paths
from ...api.errors import NotFound
from ...kit.resource import Entity
from ...kit.task import Task

SERVICE = "ips"
AGENT_PATH = paths.IPS_AGENTS()


def notifications_path(task: Task, server_id: str) -> str:
    """Return the path of the notifications of a server."""
    return paths.IPS_NOTIFICATIONS(task.account.upper(), server_id.upper())


def read_notifications(task: Task, server_id: str) -> list[Entity] | None:
    """Return the notification destinations of a server; None if it has no agent. Sends one request."""
    try:
        destinations: list[Entity] = task.client.get(notifications_path(task, server_id), service=SERVICE).body or []
    except NotFound:
        return None
    return destinations


def agent_body(task: Task, server_id: str) -> Entity:
    """Return the body of a request that installs or removes the agent of a server."""
    return {"hostName": server_id.upper(), "accountAlias": task.account.upper()}
