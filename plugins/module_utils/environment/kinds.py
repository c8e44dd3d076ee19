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
from dataclasses import dataclass, field, replace

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
class Reading:
    """How things of a kind are read back: by their info module, whose results have the values of options under the same names.

    module: the info module, by default that of the kind. each: what the info module is asked for: account, data_center, or a
    kind; then it is asked for each result of that kind, by the option and the key of that result in `by`. within: the key under
    which the results of that kind have these already. only: keys that a result of that kind must have, None for any value.
    params: other options of the info module. has: keys that a result must have. renamed: keys of results by the option whose
    value they have. identity: keys that identify a result. unreadable: options, also of parts, that no result has. ignored:
    options that do not describe the resource.
    """

    module: str = ""
    each: str = "data_center"
    by: tuple[str, str] = ("", "")
    within: str = ""
    only: t.Mapping[str, t.Any] = field(default_factory=dict)
    params: t.Mapping[str, t.Any] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    renamed: t.Mapping[str, str] = field(default_factory=dict)
    identity: tuple[str, ...] = ("id",)
    unreadable: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of items. module: the module whose options they have. title: what one is called.

    named_by: options that name an item within its kind, for messages and so that none is there twice. references: the kinds that
    options refer to, by the option; one of a list of maps is written list.option. servers: the option in whose place the item
    names a fleet: server_id, then there is one resource for each server of the fleet, or server_ids. addresses: options with lists
    of addresses, in which fleets can stand. nodes: the list of nodes in which fleets can stand, with its path. left_out: options
    of the module that items do not have. required: options that identify an item in their place. not_with_absent: options that do
    not count if the item is deleted. can_be_absent: whether items can be deleted by themselves. reading: how they are read back.
    span: by what those that the data does not declare can belong to it: groups, addresses, nodes, load_balancers; empty if
    nothing says so.
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
    required: tuple[str, ...] = ()
    not_with_absent: tuple[str, ...] = ()
    can_be_absent: bool = True
    reading: Reading = field(default_factory=Reading)
    span: str = ""

    @property
    def info_module(self) -> str:
        """Name of the module that reads things of this kind."""
        return self.reading.module or f"{self.module}_info"


_GROUP = {"group": "server_groups"}
_ACCOUNT = Reading(each="account")
_EACH_GROUP = Reading(each="server_groups", by=("group", "id"))
_IPS_AGENT = Reading(
    module="ips_notification_info",
    each="servers",
    by=("server_id", "id"),
    only={"status": "active"},
    identity=("server_id",),
    ignored=("destinations.interval_code",),
)
# Options that say how a module works, not what a thing is like.
MANNERS = frozenset(
    {
        "id",
        "state",
        "purge",
        "force",
        "allow_removal",
        "allow_data_loss",
        "custom_fields_purge",
        "alert_policies_purge",
        "long_numbers",
        "update_password",
        "update_secret",
    }
)
KINDS: tuple[Kind, ...] = (
    Kind(
        "server_groups",
        "server_group",
        "server group",
        named_by=("parent", "name"),
        references={"parent": "server_groups"},
        left_out=("id",),
        required=("name",),
        span="groups",
    ),
    Kind("networks", "network", "network", left_out=("id",), required=("name",)),
    Kind(
        "server_group_defaults",
        "server_group_default",
        "defaults of server group",
        named_by=("group",),
        references={**_GROUP, "network": "networks"},
        can_be_absent=False,
        reading=replace(_EACH_GROUP, renamed={"network": "network_id"}, identity=("group_id",)),
    ),
    Kind("alert_policies", "alert_policy", "alert policy", left_out=("id",), required=("name",), reading=_ACCOUNT),
    Kind(
        "anti_affinity_policies",
        "anti_affinity_policy",
        "anti-affinity policy",
        left_out=("id",),
        required=("name",),
        reading=_ACCOUNT,
    ),
    Kind(
        "horizontal_autoscale_policies",
        "horizontal_autoscale_policy",
        "horizontal autoscale policy",
        left_out=("id",),
        required=("name",),
        reading=_ACCOUNT,
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
        required=("name", "group"),
        not_with_absent=("count", "public_ip"),
        reading=Reading(
            renamed={
                "state": "power_state",
                "maintenance": "in_maintenance_mode",
                "managed_os": "is_managed_os",
                "vertical_autoscale_policy": "cpu_autoscale_policy",
            },
            ignored=("public_ip", "ip_address", "os_type", "disks"),
            unreadable=(
                "template",
                "administrator_password",
                "source_server",
                "source_server_password",
                "managed_backup",
                "configuration_id",
                "packages",
                "primary_dns",
                "secondary_dns",
                "ttl",
                "disks.path",
                "disks.type",
            ),
        ),
        span="groups",
    ),
    Kind(
        "public_ips",
        "public_ip",
        "public IP addresses of servers",
        named_by=("server", "group", "internal_ip"),
        servers="server_id",
        reading=Reading(
            each="servers",
            by=("server_id", "id"),
            only={"public_ip_addresses": None},
            identity=("server_id", "public_ip"),
            ignored=("public_ip",),
        ),
        span="groups",
    ),
    Kind(
        "firewall_policies",
        "firewall_policy",
        "firewall policy",
        named_by=("source", "destination"),
        addresses=("source", "destination"),
        left_out=("id",),
        required=("source", "destination"),
        span="addresses",
    ),
    Kind(
        "cross_data_center_firewall_policies",
        "cross_data_center_firewall_policy",
        "cross data center firewall policy",
        named_by=("source_cidr", "destination_data_center", "destination_cidr"),
        left_out=("id",),
        required=("source_cidr", "destination_data_center", "destination_cidr"),
    ),
    Kind(
        "shared_load_balancers",
        "shared_load_balancer",
        "shared load balancer",
        nodes=("pools", "nodes"),
        left_out=("id",),
        required=("name",),
        span="nodes",
    ),
    Kind("load_balancers", "load_balancer", "load balancer", left_out=("id",), required=("name",), span="nodes"),
    Kind(
        "load_balancer_pools",
        "load_balancer_pool",
        "load balancer pool",
        named_by=("load_balancer", "port"),
        references={"load_balancer": "load_balancers"},
        nodes=("nodes",),
        left_out=("id",),
        required=("port",),
        reading=Reading(each="load_balancers", within="pools"),
        span="load_balancers",
    ),
    Kind(
        "site_to_site_vpns",
        "site_to_site_vpn",
        "site-to-site VPN",
        named_by=("remote",),
        left_out=("id",),
        reading=replace(
            _ACCOUNT, unreadable=("ike.pre_shared_key",), ignored=("local.address", "local.location_description")
        ),
    ),
    Kind(
        "databases",
        "database",
        "database",
        left_out=("id",),
        required=("name",),
        reading=replace(_ACCOUNT, unreadable=("users", "destinations")),
    ),
    Kind("backup_policies", "backup_policy", "backup policy", left_out=("id",), required=("name",), reading=_ACCOUNT),
    Kind(
        "backup_server_policies",
        "backup_server_policy",
        "backup policy of servers",
        named_by=("policy", "server", "group"),
        references={"policy": "backup_policies"},
        servers="server_ids",
        reading=Reading(
            each="backup_policies",
            by=("policy", "id"),
            params={"status": ["ACTIVE", "PROVISIONING", "PENDING_INSTALL", "ERROR"]},
            renamed={"policy": "policy_name"},
        ),
        span="groups",
    ),
    Kind(
        "server_group_scheduled_activities",
        "server_group_scheduled_activity",
        "scheduled activity of server group",
        named_by=("group", "type", "begin_date"),
        references=_GROUP,
        left_out=("id",),
        required=("type", "begin_date"),
        reading=_EACH_GROUP,
        span="groups",
    ),
    Kind(
        "ips_agents",
        "ips_agent",
        "IPS agents of servers",
        named_by=("server", "group"),
        servers="server_ids",
        reading=_IPS_AGENT,
        span="groups",
    ),
    Kind(
        "ips_notifications",
        "ips_notification",
        "IPS notifications of servers",
        named_by=("server", "group"),
        servers="server_id",
        reading=replace(_IPS_AGENT, has=("destinations",)),
        span="groups",
    ),
    Kind(
        "webhooks",
        "webhook",
        "webhook",
        named_by=("events",),
        reading=replace(_ACCOUNT, has=("target_uris",), renamed={"events": "event"}, identity=("event",)),
    ),
    Kind(
        "log_forwardings",
        "log_forwarding",
        "log forwarding",
        named_by=(),
        reading=Reading(identity=("data_center",)),
    ),
)
BY_NAME: t.Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def item_options(kind: Kind, options: Options, nested: str) -> dict[str, dict[str, t.Any]]:
    """Return the options of an item from those of its module, with fleets in place of ids and addresses.

    options: an argument spec or documented options. nested: the key of suboptions in it: options or suboptions.
    """
    found = {name: dict(entry) for name, entry in options.items() if name not in (*kind.left_out, kind.servers)}
    for name in kind.required:
        found[name]["required"] = True
    if kind.servers:
        for added in (_FLEET, {} if "data_center" in found else _DATA_CENTER):
            found.update((name, _as(entry, nested)) for name, entry in added.items())
    return found


def _as(entry: t.Mapping[str, t.Any], nested: str) -> dict[str, t.Any]:
    """Return an added option as documentation or as an entry of an argument spec."""
    return (
        dict(entry) if nested == "suboptions" else {key: value for key, value in entry.items() if key != "description"}
    )
