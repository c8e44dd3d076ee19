# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks as legacy options identify them: by id, name, or range of IP addresses.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..kit.lookup import find_one
from ..kit.resource import Entity
from ..kit.task import Task
from ..resources.network.network import read_all


def find_network(task: Task, identifier: str) -> Entity:
    """Return the network of the task's data center with an id, a name, or a range of IP addresses. Sends one request.

    Raises ResourceLookupError if several networks have the name, and NoSuchResource.
    """
    networks = read_all(task)
    matches = [network for network in networks if network.get("cidr") == identifier]
    if len(matches) == 1:
        return matches[0]
    return find_one("network", identifier, networks, scope=f"in {task.data_center}")
