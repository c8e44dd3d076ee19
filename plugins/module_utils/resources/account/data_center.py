# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data centers and the capabilities and limits of an account in each of them. They are read-only.

API behavior (compute.yaml): the list is a bare array; with groupLinks=true each entry has the link to its root group, and
nothing else links to it; bare metal capabilities have no link, and only some data centers have any.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths, tree
from ...api.errors import NoSuchResource
from ...kit.lookup import find_one, format_list
from ...kit.naming import to_snake_case
from ...kit.predicted import is_placeholder
from ...kit.resource import Entity
from ...kit.task import Task

T = t.TypeVar("T")
# Additional information by choice of the option gather: the relation that leads to it.
EXTRAS = {
    "deployment_capabilities": "deploymentCapabilities",
    "compute_limits": "computeLimits",
    "network_limits": "networkLimits",
}
BARE_METAL = "bare_metal_capabilities"


def gather_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return the data centers of the account, or only that of the option data_center, with the information in `gather`."""
    code = task.option("data_center")
    data_centers = [
        data_center
        for data_center in tree.data_centers(task.client, task.account)
        if not code or str(data_center["id"]).lower() == str(code).lower()
    ]
    return [_to_result(task, data_center, task.option("gather") or []) for data_center in data_centers]


def require(task: Task, data_center: str) -> Entity:
    """Return a data center with its links. Sends one request per task. Raises ResourceLookupError if the account has no such code.

    Also called after a 404 for a path of a data center, which does not distinguish a mistyped code from a deleted resource.
    """
    return task.cached(("center", data_center), lambda: tree.data_center(task.client, task.account, data_center))


def of_existing(task: Task, results: list[T]) -> list[T]:
    """Return the results of an info task. Raises ResourceLookupError if there are none since data_center does not exist.

    Sends one request if there are none and the task specifies a data center.
    """
    if not results and task.option("data_center"):
        require(task, task.data_center)
    return results


def capabilities(task: Task, data_center: str) -> Entity:
    """Read the deployment capabilities of a data center: templates and deployable networks. Sends one request per task."""

    def read() -> Entity:
        response = task.client.follow(require(task, data_center), EXTRAS["deployment_capabilities"])
        return response.body if response else {}

    return task.cached(("capabilities", data_center), read)


def template_names(task: Task, data_center: str) -> list[str]:
    """Return the names of the templates of a data center, sorted. Sends one request per task."""
    return sorted(str(template["name"]) for template in capabilities(task, data_center).get("templates") or [])


def require_template(task: Task, data_center: str, name: str) -> None:
    """Raise NoSuchResource for a template that a data center does not have. A placeholder stands for one that it will have."""
    names = template_names(task, data_center)
    if not is_placeholder(name) and name.lower() not in (own.lower() for own in names):
        raise NoSuchResource(
            f"template: there is no template '{name}' in {data_center}",
            help_text=f"Available templates in {data_center}: {format_list(names) or 'none'}.",
        )


def network_id(task: Task, data_center: str, name_or_id: str) -> str:
    """Return the id of the deployable network that an id or a name identifies."""
    network = find_one(
        "network",
        name_or_id,
        capabilities(task, data_center).get("deployableNetworks") or [],
        id_property="networkId",
        scope=f"for new servers in {data_center}",
    )
    return str(network["networkId"])


def _to_result(task: Task, data_center: Entity, gather: t.Sequence[str]) -> dict[str, t.Any]:
    root = links.first_of(data_center, "group") or {}
    result = {
        "id": str(data_center["id"]).upper(),
        "name": data_center["name"],
        "root_group_id": links.id_of(root),
        "root_group_name": root.get("name"),
    }
    for key, rel in EXTRAS.items():
        response = task.client.follow(data_center, rel) if key in gather else None
        result[key] = to_snake_case(response.body) if response else None
    result[BARE_METAL] = to_snake_case(bare_metal(task, data_center)) if BARE_METAL in gather else None
    return result


def bare_metal(task: Task, data_center: Entity) -> Entity | None:
    """Read the bare metal capabilities of a data center; None if it has none. Sends one request."""
    path = task.client.href_to_path(str(links.href_of(data_center, "self")))
    body: Entity | None = task.read(paths.BARE_METAL_CAPABILITIES.below(path))
    return body
