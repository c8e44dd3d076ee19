# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An update of each resource that has one: what has to be there before, and what is changed, in several properties."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

Options = dict[str, t.Any]
Result = dict[str, t.Any]
# Results of the preparation, by module.
Made = dict[str, Result]
WA1, VA1 = {"data_center": "WA1"}, {"data_center": "VA1"}


@dataclass(frozen=True)
class Update:
    """One update. resource: name of its class. before: tasks that prepare it, the last one creates it.

    change: the options of the update, of those and the results of the tasks before. writes: how many requests it needs.
    """

    resource: str
    module: str
    before: tuple[tuple[str, Options | t.Callable[[Made], Options]], ...]
    change: Options | t.Callable[[Made], Options]
    writes: int = 1
    volatile: frozenset[str] = field(default=frozenset({"change_info"}))

    def __str__(self) -> str:
        return self.resource


def _with(options: Options, **more: t.Any) -> Options:
    return {**options, **more}


GROUP = {"name": "Shop", "description": "Old", **WA1}
_DATABASE = {
    "name": "shop-db", "cpu": 1, "memory_gb": 1, "storage_gb": 20, "backup_retention_days": 7,
    "backup_time": {"hour": 2, "minute": 30}, **VA1,
}  # fmt: skip
_BACKUP = {
    "name": "home", "os_type": "Linux", "paths": ["/home", "/etc"], "excluded_directory_paths": ["/home/tmp"],
    "retention_days": 14, "backup_interval_hours": 12,
}  # fmt: skip
_ALERT = {
    "name": "Disk", "recipients": ["ops@example.com"],
    "triggers": [{"metric": "disk", "duration": "00:05:00", "threshold": 80}],
}  # fmt: skip
SERVER = {
    "name": "WEB", "group": "Shop", "template": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memory_gb": 1,
    "administrator_password": "Pa55word!long", **WA1,
}  # fmt: skip
_ACTIVITY = {
    "group": "Shop", "type": "shutdown", "begin_date": "2040-05-18T20:00:00Z", "time_zone_offset": "-07:00",
    "repeat": "customWeekly", "custom_weekly_days": ["fri", "mon"], **WA1,
}  # fmt: skip
_VPN = {
    "local": {"subnets": ["10.80.12.0/24"]},
    "remote": {"site_name": "Office", "device_type": "SRX340", "address": "198.51.100.4", "subnets": ["192.168.10.0/24"]},
    "ike": {
        "encryption": "aes256", "hashing": "sha1_256", "diffie_hellman_group": "group5", "pre_shared_key": "k3y-of-office",
        "lifetime_seconds": 28800, "mode": "main", "dead_peer_detection": True,
    },
    "ipsec": {"encryption": "aes256", "hashing": "sha1_96", "protocol": "esp", "pfs": "group5", "lifetime_seconds": 3600},
    **WA1,
}  # fmt: skip
_LOAD_BALANCER = {"name": "shop", "description": "Old", **VA1}
_POOL = {
    "load_balancer": "shop", "port": 443, "load_balancing_mode": "tcp", "load_balancing_method": "leastconn",
    "persistence": "source_ip", "nodes": [{"ip_address": "10.80.12.21", "private_port": 8443}], **VA1,
}  # fmt: skip
_SHARED = {
    "name": "front", "description": "Old",
    "pools": [{"port": 443, "method": "leastConnection", "persistence": "sticky",
               "nodes": [{"ip_address": "10.80.12.11", "private_port": 8443}]}], **WA1,
}  # fmt: skip


def _id_of(module: str) -> t.Callable[[Made], str]:
    return lambda made: str(made[module][module]["id"])


def _server(made: Made) -> str:
    return str(made["server"]["created_ids"][0])


UPDATES: tuple[Update, ...] = (
    Update(
        "PublicIp",
        "public_ip",
        (
            ("server_group", GROUP),
            ("server", SERVER),
            (
                "public_ip",
                lambda made: {"server_id": _server(made), "ports": [{"port": 80}], "source_restrictions": []},
            ),
        ),
        lambda made: {
            "server_id": _server(made),
            "ports": [{"port": 443}, {"port": 8080}],
            "source_restrictions": ["198.51.100.0/24"],
        },
    ),
    Update(
        "Database",
        "database",
        (("database", _DATABASE),),
        _with(_DATABASE, cpu=2, memory_gb=4, storage_gb=40, backup_retention_days=14),
    ),
    Update(
        "DatabaseNotification",
        "database_notification",
        (
            ("database", _DATABASE),
            (
                "database_notification",
                {"database": "shop-db", "recipient": "a@example.com", "notification_types": ["CPU_UTILIZATION"], **VA1},
            ),
        ),
        lambda made: {
            "database": "shop-db",
            "id": _id_of("database_notification")(made),
            "recipient": "b@example.com",
            "notification_types": ["STORAGE_UTILIZATION"],
            **VA1,
        },
    ),
    Update(
        "ServerGroup",
        "server_group",
        (("server_group", GROUP),),
        lambda made: {"id": _id_of("server_group")(made), "name": "Store", "description": "New", **WA1},
    ),
    Update(
        "ServerGroupDefault",
        "server_group_default",
        (("server_group", GROUP), ("server_group_default", {"group": "Shop", "cpu": 1, "memory_gb": 1, **WA1})),
        {"group": "Shop", "cpu": 2, "memory_gb": 4, "template": "CENTOS-6-64-TEMPLATE", **WA1},
    ),
    Update(
        "ServerGroupScheduledActivity",
        "server_group_scheduled_activity",
        (("server_group", GROUP), ("server_group_scheduled_activity", _ACTIVITY)),
        lambda made: _with(
            _ACTIVITY,
            id=_id_of("server_group_scheduled_activity")(made),
            begin_date="2040-06-18T22:00:00Z",
            custom_weekly_days=["tue"],
            status="off",
        ),
        # The service calculates the next occurrence; no task asks for one, so that nothing waits for it.
        volatile=frozenset({"change_info", "next_occurrence_date"}),
    ),
    Update(
        "ServerGroupHorizontalAutoscalePolicy",
        "server_group_horizontal_autoscale_policy",
        (
            ("server_group", GROUP),
            ("horizontal_autoscale_policy", {"name": "Scaling", "properties": {"targetSize": 3}}),
            (
                "server_group_horizontal_autoscale_policy",
                lambda made: {
                    "group": "Shop",
                    "policy_id": _id_of("horizontal_autoscale_policy")(made),
                    "load_balancer_pool": {
                        "id": "89509dddc3ebffc5ccd8099ee02cab83",
                        "public_port": 443,
                        "private_port": 8443,
                    },
                    **WA1,
                },
            ),
            ("horizontal_autoscale_policy", {"name": "Other scaling", "properties": {"targetSize": 4}}),
        ),
        lambda made: {
            "group": "Shop",
            "policy_id": _id_of("horizontal_autoscale_policy")(made),
            "load_balancer_pool": {"id": "89509dddc3ebffc5ccd8099ee02cab84", "public_port": 80, "private_port": 8080},
            **WA1,
        },
    ),
    Update(
        "BackupPolicy",
        "backup_policy",
        (("backup_policy", _BACKUP),),
        _with(_BACKUP, paths=["/srv"], excluded_directory_paths=["/srv/tmp"], backup_interval_hours=24),
    ),
    Update(
        "LogForwarding",
        "log_forwarding",
        (("log_forwarding", {"remote_address": "192.0.2.10", "protocol": "tcp", **WA1}),),
        {"remote_address": "192.0.2.11", "protocol": "udp", **WA1},
    ),
    Update(
        "LoadBalancer",
        "load_balancer",
        (("load_balancer", _LOAD_BALANCER),),
        lambda made: {"id": _id_of("load_balancer")(made), "name": "front", "description": "New", **VA1},
    ),
    Update(
        "LoadBalancerPool",
        "load_balancer_pool",
        (("load_balancer", _LOAD_BALANCER), ("load_balancer_pool", _POOL)),
        _with(
            _POOL,
            load_balancing_method="roundrobin",
            persistence="none",
            nodes=[
                {"ip_address": "10.80.12.22", "private_port": 8443},
                {"ip_address": "10.80.12.23", "private_port": 8443},
            ],
        ),
    ),
    Update(
        "SharedLoadBalancer",
        "shared_load_balancer",
        (("shared_load_balancer", _SHARED),),
        {
            "name": "front",
            "description": "New",
            "pools": [
                {
                    "port": 443,
                    "method": "roundRobin",
                    "persistence": "standard",
                    "nodes": [{"ip_address": "10.80.12.12", "private_port": 8443}],
                }
            ],
            **WA1,
        },
        writes=3,  # the load balancer, its pool, the nodes of that
    ),
    Update(
        "SiteToSiteVpn",
        "site_to_site_vpn",
        (("site_to_site_vpn", _VPN),),
        lambda made: {
            "id": _id_of("site_to_site_vpn")(made),
            "local": {"subnets": ["10.80.13.0/24"]},
            "remote": {"site_name": "New office", "subnets": ["192.168.20.0/24"]},
            "ipsec": {"lifetime_seconds": 28800},
            **WA1,
        },
    ),
    Update(
        "HorizontalAutoscalePolicy",
        "horizontal_autoscale_policy",
        (("horizontal_autoscale_policy", {"name": "Scaling", "properties": {"targetSize": 3, "cooldown": 5}}),),
        lambda made: {
            "id": _id_of("horizontal_autoscale_policy")(made),
            "name": "New scaling",
            "properties": {"targetSize": 4, "cooldown": 6},
        },
    ),
    Update(
        "AntiAffinityPolicy",
        "anti_affinity_policy",
        (("anti_affinity_policy", {"name": "Spread", **WA1}),),
        lambda made: {"id": _id_of("anti_affinity_policy")(made), "name": "New spread", **WA1},
    ),
    Update(
        "AlertPolicy",
        "alert_policy",
        (("alert_policy", _ALERT),),
        lambda made: {
            "id": _id_of("alert_policy")(made),
            "name": "Disk and CPU",
            "recipients": ["ops@example.com", "dba@example.com"],
            "triggers": [{"metric": "cpu", "duration": "00:10:00", "threshold": 90}],
        },
    ),
    Update(
        "Network",
        "network",
        (("network", {"name": "web", "description": "Old", **WA1}),),
        lambda made: {"id": _id_of("network")(made), "name": "front", "description": "New", **WA1},
    ),
    Update(
        "FirewallPolicy",
        "firewall_policy",
        (
            (
                "firewall_policy",
                {"source": ["10.80.12.0/24"], "destination": ["10.80.76.0/24"], "ports": ["tcp/443"], **WA1},
            ),
        ),
        {
            "source": ["10.80.12.0/24"],
            "destination": ["10.80.76.0/24"],
            "ports": ["tcp/80", "icmp"],
            "enabled": False,
            **WA1,
        },
    ),
    Update(
        "CrossDataCenterFirewallPolicy",
        "cross_data_center_firewall_policy",
        (
            (
                "cross_data_center_firewall_policy",
                {
                    "source_cidr": "10.80.12.0/24",
                    "destination_data_center": "VA1",
                    "destination_cidr": "10.81.12.0/24",
                    **WA1,
                },
            ),
        ),
        {
            "source_cidr": "10.80.12.0/24",
            "destination_data_center": "VA1",
            "destination_cidr": "10.81.12.0/24",
            "enabled": False,
            **WA1,
        },
    ),
)

# Servers are not a declared resource, but their steps have keys.
FLEET = Update(
    "Servers",
    "server",
    (("server_group", GROUP), ("server", {**SERVER, "count": 3})),
    {**SERVER, "count": 3, "cpu": 2, "memory_gb": 2, "description": "New", "state": "stopped"},
    writes=4,
)
