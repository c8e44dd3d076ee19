# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks as the predecessors' options name them: by id, name, or range of addresses.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..kit.declaration import Entity
from ..kit.lookup import pick
from ..kit.task import Task
from ..resources.network.network import read_all


def old_network(task: Task, wanted: str) -> Entity:
    """Return the network of the task's data center that an id, a name or a range means. One request.

    Raises LookupFailed where a name is that of several, and NotThere.
    """
    networks = read_all(task)
    ranged = [one for one in networks if one.get("cidr") == wanted]
    if len(ranged) == 1:
        return ranged[0]
    return pick("network", wanted, networks, where=f"in {task.data_center}")
