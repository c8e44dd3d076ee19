# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check mode predicts on an account that has none of it, and every option that takes a value of a prediction."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.centurylink.cloud.plugins.module_utils.environment.kinds import BY_NAME, Kind

from .outcome_cases import Choice, Task
from .updates import FLEET, SERVER, UPDATES, VA1, WA1, Made, Options

CHECK = {"_ansible_check_mode": True}
SHOP: Options = {"group": "Shop", **WA1}


def create_of(name: str) -> Choice:
    """Return the options that create a resource of updates.py."""
    update = next(update for update in (*UPDATES, FLEET) if update.resource == name)
    return [options for module, options in update.before if module == update.module][-1]


def _first(made: Made) -> Options:
    server: Options = made["server"]["servers"][0]
    return server


def _with(options: Choice, **more: t.Any) -> t.Callable[[Made], Options]:
    return lambda made: {
        **(options(made) if callable(options) else options),
        **{name: value(made) if callable(value) else value for name, value in more.items()},
    }


# A play that a first run with --check may have, each task with what the ones before return.
PLAY: tuple[Task, ...] = (
    ("server_group", create_of("ServerGroup")),
    ("network", create_of("Network")),
    ("alert_policy", create_of("AlertPolicy")),
    ("anti_affinity_policy", create_of("AntiAffinityPolicy")),
    ("horizontal_autoscale_policy", create_of("HorizontalAutoscalePolicy")),
    ("server", _with({**SERVER, "count": 2}, group=lambda made: made["server_group"]["server_group"]["id"],
                     network=lambda made: made["network"]["network"]["id"])),
    ("server_snapshot", lambda made: {"server_ids": made["server"]["created_ids"]}),
    ("public_ip", lambda made: {"server_id": _first(made)["id"], "ports": [{"port": 443}]}),
    ("load_balancer", create_of("LoadBalancer")),
    ("load_balancer_pool", _with(create_of("LoadBalancerPool"),
                                 load_balancer=lambda made: made["load_balancer"]["load_balancer"]["id"],
                                 nodes=lambda made: [{"ip_address": server["ip_address"], "private_port": 8443}
                                                     for server in made["server"]["servers"]])),
    ("shared_load_balancer", create_of("SharedLoadBalancer")),
    ("database", _with(create_of("Database"), users=[{"name": "shop", "password": "Pa55word!long"}])),
    ("database_backup", lambda made: {"database": made["database"]["database"]["id"]}),
    ("database_notification", _with(create_of("DatabaseNotification"), database=lambda made: made["database"]["database"]["id"])),
    ("firewall_policy", lambda made: {
        "source": [server["ip_address"] for server in made["server"]["servers"]],
        "destination": [f"{_first(made)['ip_address']}/32"], "ports": ["tcp/443"], **WA1}),
    ("cross_data_center_firewall_policy", create_of("CrossDataCenterFirewallPolicy")),
    ("site_to_site_vpn", create_of("SiteToSiteVpn")),
    ("server_group_scheduled_activity", _with(create_of("ServerGroupScheduledActivity"),
                                              group=lambda made: made["server_group"]["server_group"]["id"])),
    ("backup_policy", create_of("BackupPolicy")),
    ("backup_server_policy", lambda made: {"policy": made["backup_policy"]["backup_policy"]["id"], "storage_region": "US EAST",
                                           "server_ids": made["server"]["created_ids"]}),
)  # fmt: skip


def values(made: Made) -> dict[str, t.Any]:
    """Return the values that tasks may refer to, by what they are."""
    server = _first(made)
    ids = {
        name: made[name][name]["id"]
        for name in made
        if isinstance(made[name].get(name), dict) and "id" in made[name][name]
    }
    return {
        **ids,
        "server": server["id"],
        "server_name": server["name"],
        "address": server["ip_address"],
        "public_address": made["public_ip"]["public_ip"]["public_ip"],
        "cidr": made["network"]["network"]["cidr"],
        "backup_server_policy": made["backup_server_policy"]["backup_server_policies"][0]["id"],
    }  # fmt: skip


# What an option takes, by the last part of its name. Options named id take the id of the module's own resource.
KINDS: dict[str, tuple[str, ...]] = {
    "server_id": ("server", "server_name"),
    "server_ids": ("server", "server_name"),
    "servers": ("server", "server_name"),
    "server": ("server", "server_name"),
    "source_server": ("server",),
    "group": ("server_group",),
    "parent": ("server_group",),
    "network": ("network",),
    "network_id": ("network",),
    "alert_policies": ("alert_policy",),
    "alert_policy_id": ("alert_policy",),
    "anti_affinity_policy": ("anti_affinity_policy",),
    "anti_affinity_policy_id": ("anti_affinity_policy",),
    "policy": ("backup_policy",),
    "policy_id": ("horizontal_autoscale_policy",),
    "load_balancer": ("load_balancer",),
    "load_balancer_pool.id": ("load_balancer_pool",),
    "database": ("database",),
    "to_database": ("database",),
    "server_policy_id": ("backup_server_policy",),
    "ip_address": ("address",),
    "internal_ip": ("address",),
    "public_ip": ("public_address",),
    "source": ("address", "public_address", "cidr"),
    "destination": ("address", "cidr"),
    "source_cidr": ("address", "cidr"),
    "destination_cidr": ("address", "cidr"),
    "source_restrictions": ("public_address",),
    "remote_address": ("address",),
    "address": ("public_address",),
    "remote_identity": ("public_address",),
    "subnets": ("cidr",),
    "primary_dns": ("address",),
    "secondary_dns": ("address",),
}  # fmt: skip
# Options that do not take what their name says, and why.
OTHERS: dict[tuple[str, str], str] = {
    ("server", "disks[].id"): "disks have no placeholders; a new one has no id",
    (
        "server_group_horizontal_autoscale_policy",
        "load_balancer_pool.public_ip",
    ): "what a result has, and no option reads",
    ("shared_load_balancer", "pools[].id"): "what a result has, and no option reads",
    ("server", "public_ip.internal_ip"): "has two choices",
    ("server", "public_ip"): "has options of its own",
    ("clc_meta", "id"): "of a service that no longer exists",
    ("site_to_site_vpn", "local.address"): "what a result has, and no option reads",
    ("server_patch_info", "execution_id"): "no prediction has one",
}

_LEGACY_SERVER = {
    "name": "WEB",
    "group": "Default Group",
    "template": "CENTOS-6-64-TEMPLATE",
    "location": "WA1",
    "cpu": 1,
    "memory": 1,
}
_NAME = {"name": "Other"}
# Other options with which a module runs. Those of resources in updates.py are the ones that create it.
BASES: dict[str, Choice] = {
    **{update.module: create_of(update.resource) for update in UPDATES},
    "public_ip": {"server_id": "WA1DEMOWEB01", "ports": [{"port": 80}]},
    "server": {**SERVER, "group": "Default Group"},
    "server_group": {"name": "Other", **WA1},
    "database_backup": {"database": "shop-db", **VA1},
    "database_backup_info": {"database": "shop-db"},
    "database_failover": {"database": "shop-db", **VA1},
    "database_notification_info": {"database": "shop-db"},
    "backup_policy_info": {},
    "backup_report": {"report": "restore_points", "dest": "report.csv", "server_policy_id": "x", "start_date": "2026-01-01",
                      "end_date": "2026-01-02"},
    "backup_restore_point_info": {"server_id": "WA1DEMOWEB01", "start_date": "2026-01-01", "end_date": "2026-01-02"},
    "backup_server_policy": {"policy": "home", "server_ids": ["WA1DEMOWEB01"], "storage_region": "US EAST"},
    "backup_server_policy_info": {"policy": "home"},
    "backup_stored_data_info": {"server_id": "WA1DEMOWEB01", "date": "2026-01-01"},
    "billing_info": {},
    "ips_agent": {"server_ids": ["WA1DEMOWEB01"]},
    "load_balancer_node": {"server_ids": ["WA1DEMOWEB01"], "state": "disabled"},
    "load_balancer_node_info": {"server_ids": ["WA1DEMOWEB01"]},
    "ips_notification": {
        "server_id": "WA1DEMOWEB01",
        "destinations": [{"type": "syslog", "syslog_settings": {"ip_address": "10.80.12.9", "facility": 16, "udp_port": 514}}],
    },
    "ips_notification_info": {"server_id": "WA1DEMOWEB01"},
    "load_balancer_pool_info": {"load_balancer": "shop", **VA1},
    "public_ip_info": {"server_id": "WA1DEMOWEB01"},
    "server_group_default_info": {"group": "Default Group", **WA1},
    "server_group_info": WA1,
    "server_group_horizontal_autoscale_policy": {
        "group": "Default Group", "policy_id": "f76fdc6c369aad6b68b75b48e99f73f2", **WA1,
        "load_balancer_pool": {"id": "89509dddc3ebffc5ccd8099ee02cab83", "public_port": 443, "private_port": 8443},
    },
    "server_group_scheduled_activity_info": {"group": "Default Group", **WA1},
    "server_group_horizontal_autoscale_policy_info": {"group": "Default Group", **WA1},
    "server_import": {
        "name": "WEB", "group": "Default Group", "ovf_id": "DEMO/LEGACY-APP", "os_type": "redHat6_64Bit", "cpu": 1, "memory_gb": 1,
        "administrator_password": "Pa55word!long", **WA1,
    },
    "server_info": {},
    "server_package": {"server_ids": ["WA1DEMOWEB01"], "package_id": "77abb844-579d-478d-3955-c69ab4a7ba1a"},
    "server_patch": {"server_ids": ["WA1DEMOWEB01"]},
    "server_patch_info": {"server_id": "WA1DEMOWEB01"},
    "server_snapshot": {"server_ids": ["WA1DEMOWEB01"]},
    "server_template": {"server_id": "WA1DEMOWEB01", "visibility": "private", "template_password": "Pa55word!long"},
    "clc_alert_policy": {"name": "Other", "alert_recipients": ["ops@example.com"], "metric": "cpu", "duration": "00:05:00",
                         "threshold": 80},
    "clc_blueprint_package": {"server_ids": ["WA1DEMOWEB01"], "package_id": "77abb844-579d-478d-3955-c69ab4a7ba1a"},
    "clc_firewall_policy": {
        "location": "WA1", "source_account_alias": "DEMO", "destination_account_alias": "DEMO", "source": ["10.80.12.0/24"],
        "destination": ["10.80.76.0/24"], "ports": ["tcp/443"],
    },
    "clc_group": {"name": "Other", "parent": "Default Group", "location": "WA1"},
    "clc_group_fact": {"group_id": "x"},
    "clc_loadbalancer": {
        "name": "front", "location": "WA1", "port": 443, "state": "present",
        "nodes": [{"ipAddress": "10.80.12.11", "privatePort": 443}],
    },
    "clc_modify_server": {"server_ids": ["WA1DEMOWEB01"], "cpu": 2},
    "clc_network": {"name": "other", "location": "WA1"},
    "clc_network_fact": {"location": "WA1", "id": "x"},
    "clc_publicip": {"server_ids": ["WA1DEMODB01"], "ports": [443]},
    "clc_server": {**_LEGACY_SERVER, "password": "Pa55word!long", "v2_api_passwd": "demo-password"},
    "clc_server_fact": {"server_id": "WA1DEMOWEB01"},
    "clc_server_snapshot": {"server_ids": ["WA1DEMOWEB01"]},
}  # fmt: skip
_FLEET: Options = {"server": "WEB", "group": "Shop/Web"}
# Other items of the module environment that items need, by their list.
_NEEDED: dict[str, Options] = {
    "load_balancer_pools": {"load_balancers": [{"name": "shop", **VA1}]},
    "backup_server_policies": {"backup_policies": [create_of("BackupPolicy")]},
    "ips_notifications": {"ips_agents": [_FLEET]},
}


def _kind_of(module: str, option: str) -> Kind | None:
    """Return the kind of the item of the module environment that has an option; None for the other modules."""
    return BY_NAME.get(option.partition("[")[0]) if module == "environment" else None


def base_of(module: str, option: str, made: Made) -> Options:
    """Return the other options of a task that has a value as an option, without those that exclude it."""
    kind = _kind_of(module, option)
    base = BASES.get(kind.module if kind else module, {})
    options = copy.deepcopy(base(made) if callable(base) else base)
    for name in EXCLUDED.get(_key(module, option), ()):
        _remove(options, name)
    return {**_NEEDED.get(kind.name, {}), kind.name: [_item(kind, options)], **WA1} if kind else options


def is_other(module: str, option: str) -> bool:
    """Return whether an option does not take what its name says."""
    kind = _kind_of(module, option)
    # The name of a fleet is written by the user.
    return _key(module, option) in OTHERS or (kind is not None and bool(kind.servers) and option.endswith("].server"))


def _remove(options: Options, path: str) -> None:
    """Remove an option or suboption, of the first entry of a list."""
    first, dot, rest = path.partition(".")
    if not dot:
        options.pop(first, None)
    elif options.get(first.removesuffix("[]")):
        below = options[first.removesuffix("[]")]
        _remove(below[0] if first.endswith("[]") else below, rest)


def required_of(module: str, option: str) -> Options:
    """Return the options that an option requires, with their paths."""
    kind, found = _kind_of(module, option), REQUIRED.get(_key(module, option), {})
    return {f"{kind.name}[].{name}": value for name, value in found.items()} if kind else found


def _key(module: str, option: str) -> tuple[str, str]:
    kind = _kind_of(module, option)
    return (kind.module, option.partition(".")[2]) if kind else (module, option)


def _item(kind: Kind, options: Options) -> Options:
    """Return an item with the options of its module."""
    fleet = _FLEET if kind.servers else {}
    return {**{name: value for name, value in options.items() if name not in (*kind.left_out, kind.servers)}, **fleet}


# Options that exclude the one that takes the value.
EXCLUDED = {("clc_alert_policy", "id"): ("name",), ("server", "server_ids"): ("name", "count", "template", "group"),
            ("server", "source_server"): ("template",),
            ("backup_server_policy_info", "server_id"): ("policy",),
            **{("load_balancer_pool", f"nodes[].{name}"): ("nodes[].ip_address",) for name in ("server", "servers", "group")},
            **{("shared_load_balancer", f"pools[].nodes[].{name}"): ("pools[].nodes[].ip_address",)
               for name in ("server", "servers", "group")}}  # fmt: skip
# Options that the one that takes the value requires.
REQUIRED: dict[tuple[str, str], Options] = {
    ("server", "source_server"): {"source_server_password": "Pa55word!long"},
    ("server", "server_ids"): {"cpu": 2},
    ("server", "public_ip.source_restrictions"): {"public_ip": {"ports": [{"port": 80}]}},
    ("database_backup", "id"): {"state": "restored"},
    ("server", "secondary_networks[].ip_address"): {"secondary_networks": [{"network": "vlan_301_10.82.12"}]},
    ("load_balancer_pool", "nodes[].group"): {"nodes[].server": "WEB"},
    ("shared_load_balancer", "pools[].nodes[].group"): {"pools[].nodes[].server": "WEB"},
    ("site_to_site_vpn", "ike.remote_identity"): {"ike.nat_traversal": True},
}
