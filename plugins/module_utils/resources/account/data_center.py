# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data centers: what an account may use in each of them. They can only be read.

Facts (contract compute.yaml): the list is a bare array; with groupLinks=true each brings the link to its root group, which is
the only way there; bare metal capabilities have no link of their own and only some data centers have any.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths, tree
from ...kit.declaration import Entity
from ...kit.lookup import pick
from ...kit.shape import snaked
from ...kit.task import Task

# What can be read besides, by the name of the option's choice: the relation that leads there.
EXTRAS = {
    "deployment_capabilities": "deploymentCapabilities",
    "compute_limits": "computeLimits",
    "network_limits": "networkLimits",
}
BARE_METAL = "bare_metal_capabilities"


def found_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return the data centers of the account, or the one that data_center names, with what `gather` asks for besides."""
    wanted = task.option("data_center")
    centers = tree.data_centers(task.client, task.account)
    kept = [center for center in centers if not wanted or str(center["id"]).lower() == str(wanted).lower()]
    return [_shown(task, center, task.option("gather") or []) for center in kept]


def require(task: Task, data_center: str) -> Entity:
    """Return a data center with its links. One request for a task. Raises LookupFailed where the account has none of that code.

    For those who read below a data center too, once they got 404: there that says of a mistyped code no more than of what is gone.
    """
    return task.once(("center", data_center), lambda: tree.data_center(task.client, task.account, data_center))


def capabilities(task: Task, data_center: str) -> Entity:
    """Read the deployment capabilities of a data center: its templates and deployable networks. One request for a task."""

    def read() -> Entity:
        answer = task.client.follow(require(task, data_center), EXTRAS["deployment_capabilities"])
        return answer.body if answer else {}

    return task.once(("capabilities", data_center), read)


def network_id(task: Task, data_center: str, wanted: str) -> str:
    """Return the id of the deployable network that an id or a name means."""
    network = pick(
        "network",
        wanted,
        capabilities(task, data_center).get("deployableNetworks") or [],
        id_member="networkId",
        where=f"to deploy on in {data_center}",
    )
    return str(network["networkId"])


def _shown(task: Task, center: Entity, gather: t.Sequence[str]) -> dict[str, t.Any]:
    root = links.first_of(center, "group") or {}
    shown = {
        "id": str(center["id"]).upper(),
        "name": center["name"],
        "root_group_id": links.id_of(root),
        "root_group_name": root.get("name"),
    }
    for key, rel in EXTRAS.items():
        answer = task.client.follow(center, rel) if key in gather else None
        shown[key] = snaked(answer.body) if answer else None
    shown[BARE_METAL] = snaked(bare_metal(task, center)) if BARE_METAL in gather else None
    return shown


def bare_metal(task: Task, center: Entity) -> Entity | None:
    """Read the bare metal capabilities; None where the data center has none, however it says so. One request."""
    own_path = task.client.path_of(str(links.href_of(center, "self")))
    found: Entity | None = task.read(paths.BARE_METAL_CAPABILITIES.below(own_path))
    return found
