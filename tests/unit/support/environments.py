# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An environment of all kinds, for tests of the module `environment`."""

from __future__ import annotations

import copy
import typing as t
from collections import Counter

if t.TYPE_CHECKING:
    from .modules import Outcome
    from .simulated import SimulatedService

Data = dict[str, t.Any]
_WEB = {"server": "WEB", "group": "Shop/Web"}
_DB = {"server": "DB", "group": "Shop/Data"}
_SERVER = {"template": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memory_gb": 1, "administrator_password": "Pa55word!long"}
SHOP: Data = {
    "data_center": "WA1",
    "server_groups": [
        {"name": "Data", "parent": "Shop"},
        {"name": "Web", "parent": "Shop", "description": "Web servers"},
        {"name": "Shop", "description": "Everything of the web shop"},
    ],
    "networks": [{"name": "shop", "description": "Everything of the web shop"}],
    "server_group_defaults": [{"group": "Shop/Web", "cpu": 2, "memory_gb": 4}],
    "alert_policies": [
        {
            "name": "Disk above 80",
            "recipients": ["ops@example.com"],
            "triggers": [{"metric": "disk", "duration": "00:05:00", "threshold": 80}],
        }
    ],
    "anti_affinity_policies": [{"name": "web-apart"}],
    "horizontal_autoscale_policies": [{"name": "web-scaling", "properties": {"scaleOutCount": 2}}],
    "servers": [
        {"name": "WEB", "group": "Shop/Web", "count": 3, "allow_removal": True, "state": "started", "type": "hyperscale", **_SERVER,
         "alert_policies": ["Disk above 80"], "anti_affinity_policy": "web-apart"},
        {"name": "DB", "group": "Shop/Data", "count": 1, "disks": [{"path": "/data", "size_gb": 20}], "network": "shop", **_SERVER},
    ],
    "public_ips": [{**_WEB, "ports": [{"port": 443}]}],
    "firewall_policies": [{"source": [_WEB], "destination": [_DB], "ports": ["tcp/5432"]}],
    "cross_data_center_firewall_policies": [
        {"source_cidr": "10.80.12.0/24", "destination_data_center": "VA1", "destination_cidr": "10.90.1.0/24", "enabled": True}
    ],
    "shared_load_balancers": [
        {"name": "web-front", "pools": [{"port": 443, "method": "leastConnection", "persistence": "sticky",
                                        "nodes": [{**_WEB, "private_port": 8443}]}]}
    ],
    "site_to_site_vpns": [
        {
            "local": {"subnets": ["10.80.12.0/24"]},
            "remote": {"site_name": "Office", "device_type": "SRX340", "address": "198.51.100.4", "subnets": ["192.168.10.0/24"]},
            "ike": {
                "encryption": "aes256", "hashing": "sha1_256", "diffie_hellman_group": "group5", "pre_shared_key": "k3y-of-office",
                "lifetime_seconds": 28800, "mode": "main", "dead_peer_detection": True,
            },
            "ipsec": {"encryption": "aes256", "hashing": "sha1_96", "protocol": "esp", "pfs": "group5", "lifetime_seconds": 3600},
        }
    ],
    "databases": [
        {"name": "shop-db", "data_center": "VA1", "cpu": 1, "memory_gb": 1, "storage_gb": 20, "backup_retention_days": 7,
         "backup_time": {"hour": 2, "minute": 30}, "users": [{"name": "shop", "password": "Pa55word!db"}]}
    ],
    "load_balancers": [{"name": "shop", "data_center": "VA1"}],
    "load_balancer_pools": [
        {"load_balancer": "shop", "data_center": "VA1", "port": 443, "load_balancing_mode": "tcp",
         "nodes": [{"ip_address": "10.80.12.21", "private_port": 8443}]}
    ],
    "backup_policies": [{"name": "home", "os_type": "Linux", "paths": ["/home"], "retention_days": 14,
                         "backup_interval_hours": 12}],
    "backup_server_policies": [{**_DB, "policy": "home", "storage_region": "US EAST"}],
    "server_group_scheduled_activities": [
        {"group": "Shop", "type": "createsnapshot", "begin_date": "2040-05-17T20:00:00Z", "repeat": "weekly"}
    ],
    "ips_agents": [_WEB],
    "ips_notifications": [{**_WEB, "destinations": [{"type": "email", "email_address": "security@example.com"}]}],
    "webhooks": [{"events": ["Server.Created"], "target_uris": ["https://hooks.example.com/clc/created"]}],
    "log_forwardings": [{"remote_address": "192.0.2.10", "protocol": "tcp"}],
}  # fmt: skip
# How many resources this describes, each server of a fleet by itself.
RESOURCES = 31


def shop(**changes: t.Any) -> Data:
    """Return the data, with other values for some of its keys."""
    return {**copy.deepcopy(SHOP), **changes}


def hundred() -> Data:
    """Return data that describes RESOURCES and 80 more, of four kinds."""
    data, numbers = shop(), range(20)
    web = {"server": "WEB", "group": "Shop/Web"}
    data["server_groups"] += [{"name": f"Group {number}", "parent": "Shop/Web"} for number in numbers]
    data["alert_policies"] += [{**data["alert_policies"][0], "name": f"Policy {number}"} for number in numbers]
    data["anti_affinity_policies"] += [{"name": f"Apart {number}"} for number in numbers]
    data["firewall_policies"] += [
        {"source": [f"192.0.{number}.0/24"], "destination": [web], "ports": ["tcp/443"]} for number in numbers
    ]
    return data


def manage(service: SimulatedService, data: t.Mapping[str, t.Any], **settings: bool) -> Outcome:
    """Run the module `environment`, which has to succeed."""
    outcome = service.run("environment", data, **settings)
    assert not outcome.failed, outcome.msg
    return outcome


def sums(outcome: Outcome) -> dict[str, int]:
    """Return the counts of a summary, of all kinds together."""
    found: Counter[str] = Counter()
    for counts in outcome["summary"].values():
        found.update(counts)
    return dict(found)


def actions(outcome: Outcome) -> dict[tuple[str, str], str]:
    """Return what a plan does to each item, by kind and name."""
    return {(item["kind"], item["name"]): item["action"] for item in outcome["plan"]}
