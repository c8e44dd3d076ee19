# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients see of server groups: the recorded shape, with the properties and links of each kind of group."""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.entities import World
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Group, Server
from clc_simulator.services.server import change_info, custom_field_values, server_view

Json = dict[str, Any]


def group_view(world: World, group: Group, detailed: bool, is_new: bool = False) -> Json:
    """Return a group with all below it, as getGroup does; is_new is for the response to its creation.

    With detailed it has servers instead of links to servers, and serversCount counts them in every status.
    """
    return _group(world, group, detailed, is_new, inventory.container_type(world, group))[0]


def _group(world: World, group: Group, detailed: bool, is_new: bool, holding: str) -> tuple[Json, int]:
    """Return the view of a group and how many servers of its subtree count."""
    below = [
        _group(world, child, detailed, False, child.type if child.type != "default" else holding)
        for child in inventory.children(world, group)
    ]
    servers = inventory.servers_in(world, group)
    count = sum(number for _, number in below)
    if holding == "default":
        count += sum(1 for server in servers if detailed or server.status == models.ACTIVE)
    view: Json = {"id": group.id, "name": group.name}
    if group.description is not None:
        view["description"] = group.description
    view |= {"locationId": group.data_center, "type": group.type, "status": group.status}
    if not is_new:
        view["serversCount"] = count
    if detailed:
        view["servers"] = [server_view(world, server, in_group=True) for server in servers]
    view |= {
        "groups": [child for child, _ in below],
        "links": group_links(group) + ([] if detailed else [_server_link(group, server) for server in servers]),
        "changeInfo": change_info(group),
        "customFields": custom_field_values(world, group.account, group.custom_fields),
    }
    return view, count


def _server_link(group: Group, server: Server) -> Json:
    return {"rel": "server", "href": href("getServer", group.account.lower(), server.id), "id": server.id.upper()}


def group_links(group: Group) -> list[Json]:
    """Return the links of a group except those to servers (x-clc-link-rels of groups.yaml)."""
    path = (group.account.lower(), group.id)
    is_ordinary = group.type == "default"
    is_removable = is_ordinary and group.parent is not None
    methods = ["GET", "PATCH", "DELETE"] if is_removable else ["GET", "PATCH"]
    links: list[Json] = creation_links(path[0]) if is_ordinary else []
    links.append({"rel": "self", "href": href("getGroup", *path), "verbs": methods})
    if group.parent is not None:
        links.append({"rel": "parentGroup", "href": href("getGroup", path[0], group.parent), "id": group.parent})
    links += defaults_and_billing_links(*path)
    if is_removable:
        links.append({"rel": "archiveGroupAction", "href": href("archiveGroup", *path)})
    if is_ordinary:
        links += activity_links(*path)
    return links


def creation_links(alias: str) -> list[Json]:
    """Return the links by which groups and servers are created."""
    return [
        {"rel": "createGroup", "href": href("createGroup", alias), "verbs": ["POST"]},
        {"rel": "createServer", "href": href("createServer", alias), "verbs": ["POST"]},
    ]


def defaults_and_billing_links(alias: str, group_id: str) -> list[Json]:
    """Return the links of a group to its defaults and its charges."""
    return [
        {"rel": "defaults", "href": href("getGroupDefaults", alias, group_id), "verbs": ["GET", "POST"]},
        {"rel": "billing", "href": href("getGroupBilling", alias, group_id)},
    ]


def activity_links(alias: str, group_id: str) -> list[Json]:
    """Return the links of a group to what goes on in it; a data center has those of its root group."""
    path = (alias, group_id)
    autoscale = href("getGroupHorizontalAutoscalePolicy", *path)
    activities = href("listGroupScheduledActivities", *path)
    return [
        {"rel": "statistics", "href": href("getGroupStatistics", *path)},
        {"rel": "upcomingScheduledActivities", "href": href("listGroupUpcomingScheduledActivities", *path)},
        {"rel": "horizontalAutoscalePolicyMapping", "href": autoscale, "verbs": ["GET", "PUT", "DELETE"]},
        {"rel": "scheduledActivities", "href": activities, "verbs": ["GET", "POST"]},
    ]
