# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of things that an environment has, in the order in which they are built, and what their items refer to.

The options of an item are those of the module of its kind. Where a module takes ids or addresses of servers, an item names the
servers by the fleet that they belong to, since ids and addresses are unknown before the servers exist.

This file imports nothing of the collection, since tools/generate.py reads it as well.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Options = t.Mapping[str, t.Mapping[str, t.Any]]

_FLEET: Options = {
    "server": {
        "type": "str",
        "required": True,
        "description": ["Base name of the servers of a fleet, the O(servers[].name) of O(servers)."],
    },
    "group": {
        "type": "raw",
        "required": True,
        "description": ["Group of the fleet, as an id, a path, a unique name, or a list of names from the root."],
    },
}
_DATA_CENTER: Options = {
    "data_center": {
        "type": "str",
        "aliases": ["location"],
        "description": ["Code of the data center of the fleet. Defaults to O(data_center)."],
    }
}


@dataclass(frozen=True)
class Kind:
    """A kind of items. module: the module whose options they have. title: what one is called.

    named_by: options that name an item within its kind, for messages and so that none is there twice. references: the kinds that
    options refer to, by the option; one of a list of maps is written list.option. servers: the option in whose place the item
    names a fleet: server_id, then there is one resource for each server of the fleet, or server_ids. addresses: options with lists
    of addresses, in which fleets can stand. nodes: the list of nodes in which fleets can stand, with its path. left_out: options
    of the module that items do not have. not_with_absent: options that do not
    count if the item is deleted. can_be_absent: whether items can be deleted by themselves.
    """

    name: str
    module: str
    title: str
    named_by: tuple[str, ...] = ("name",)
    references: t.Mapping[str, str] = field(default_factory=dict)
    servers: str = ""
    addresses: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    not_with_absent: tuple[str, ...] = ()
    can_be_absent: bool = True


_GROUP = {"group": "server_groups"}
KINDS: tuple[Kind, ...] = (
    Kind(
        "server_groups",
        "server_group",
        "server group",
        named_by=("parent", "name"),
        references={"parent": "server_groups"},
        left_out=("id",),
    ),
    Kind("networks", "network", "network", left_out=("id",)),
    Kind(
        "server_group_defaults",
        "server_group_default",
        "defaults of server group",
        named_by=("group",),
        references={**_GROUP, "network": "networks"},
        can_be_absent=False,
    ),
    Kind("alert_policies", "alert_policy", "alert policy", left_out=("id",)),
    Kind("anti_affinity_policies", "anti_affinity_policy", "anti-affinity policy", left_out=("id",)),
    Kind(
        "horizontal_autoscale_policies", "horizontal_autoscale_policy", "horizontal autoscale policy", left_out=("id",)
    ),
    Kind(
        "servers",
        "server",
        "servers",
        named_by=("name", "group"),
        references={
            **_GROUP,
            "network": "networks",
            "secondary_networks.network": "networks",
            "alert_policies": "alert_policies",
            "anti_affinity_policy": "anti_affinity_policies",
        },
        left_out=("server_ids",),
        not_with_absent=("count", "public_ip"),
    ),
    Kind(
        "public_ips",
        "public_ip",
        "public IP addresses of servers",
        named_by=("server", "group", "internal_ip"),
        servers="server_id",
    ),
    Kind(
        "firewall_policies",
        "firewall_policy",
        "firewall policy",
        named_by=("source", "destination"),
        addresses=("source", "destination"),
        left_out=("id",),
    ),
    Kind(
        "cross_data_center_firewall_policies",
        "cross_data_center_firewall_policy",
        "cross data center firewall policy",
        named_by=("source_cidr", "destination_data_center", "destination_cidr"),
        left_out=("id",),
    ),
    Kind(
        "shared_load_balancers",
        "shared_load_balancer",
        "shared load balancer",
        nodes=("pools", "nodes"),
        left_out=("id",),
    ),
    Kind("load_balancers", "load_balancer", "load balancer", left_out=("id",)),
    Kind(
        "load_balancer_pools",
        "load_balancer_pool",
        "load balancer pool",
        named_by=("load_balancer", "port"),
        references={"load_balancer": "load_balancers"},
        nodes=("nodes",),
        left_out=("id",),
    ),
    Kind("site_to_site_vpns", "site_to_site_vpn", "site-to-site VPN", named_by=("remote",), left_out=("id",)),
    Kind("databases", "database", "database", left_out=("id",)),
    Kind("backup_policies", "backup_policy", "backup policy", left_out=("id",)),
    Kind(
        "backup_server_policies",
        "backup_server_policy",
        "backup policy of servers",
        named_by=("policy", "server", "group"),
        references={"policy": "backup_policies"},
        servers="server_ids",
    ),
    Kind(
        "server_group_scheduled_activities",
        "server_group_scheduled_activity",
        "scheduled activity of server group",
        named_by=("group", "type", "begin_date"),
        references=_GROUP,
        left_out=("id",),
    ),
    Kind("ips_agents", "ips_agent", "IPS agents of servers", named_by=("server", "group"), servers="server_ids"),
    Kind(
        "ips_notifications",
        "ips_notification",
        "IPS notifications of servers",
        named_by=("server", "group"),
        servers="server_id",
    ),
    Kind("webhooks", "webhook", "webhook", named_by=("events",)),
    Kind("log_forwardings", "log_forwarding", "log forwarding", named_by=()),
)
BY_NAME: t.Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def item_options(kind: Kind, options: Options, nested: str) -> dict[str, dict[str, t.Any]]:
    """Return the options of an item from those of its module, with fleets in place of ids and addresses.

    options: an argument spec or documented options. nested: the key of suboptions in it: options or suboptions.
    """
    found = {name: dict(entry) for name, entry in options.items() if name not in (*kind.left_out, kind.servers)}
    if kind.servers:
        for added in (_FLEET, {} if "data_center" in found else _DATA_CENTER):
            found.update((name, _as(entry, nested)) for name, entry in added.items())
    return found


def _as(entry: t.Mapping[str, t.Any], nested: str) -> dict[str, t.Any]:
    """Return an added option as documentation or as an entry of an argument spec."""
    return (
        dict(entry) if nested == "suboptions" else {key: value for key, value in entry.items() if key != "description"}
    )
