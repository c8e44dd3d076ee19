# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of every module whose results together have every documented key, by the file of tools/returns that documents it.

The cases of `outcome_cases` create, change, and delete; here are the tasks that read what they have made, those of modules that
have no case, and those whose results have what is rare.
"""

from __future__ import annotations

import typing as t

from .outcome_cases import CASES, Task
from .updates import SERVER, UPDATES, VA1, WA1, Made, Options

# In the place of a module: time passes.
PAUSE = "pause"
Tasks = tuple[Task, ...]
_SERVER_IDS = {"server_ids": ["WA1DEMOWEB01", "WA1DEMOAPP01"]}
_WEB = {"server_id": "WA1DEMOWEB01"}
_NOT_WAITING = {"wait": False}
_SHOP, _GATHER_ALL = {"group": "Shop", **WA1}, {"statistics": {"type": "latest"}}
_PACKAGE = {"server_ids": ["WA1DEMOWEB01"], "package_id": "3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b"}
_HEALTH = {
    "unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 8080, "mode": "HTTP",
    "http_method": "GET", "http_url": "/health",
}  # fmt: skip


def _update(resource: str) -> Tasks:
    """Return the tasks that create and change a resource."""
    update = next(update for update in UPDATES if update.resource == resource)
    return (*update.before, (update.module, update.change))


def _case(resource: str, kind: str) -> Tasks:
    case = next(case for case in CASES if (case.resource, case.kind) == (resource, kind))
    return (*case.before, (case.module, case.options))


def _job(made: Made) -> Options:
    return {"ids": [made["server_snapshot"]["jobs"][0]["id"]]}


def _pool_of_servers(made: Made) -> Options:
    nodes = [{"ip_address": item["ip_address"], "private_port": 80} for item in made["server_info"]["servers"]]
    return {"load_balancer": "shop", "port": 80, "load_balancing_mode": "tcp", "nodes": nodes, **WA1}


def _bare_metal(made: Made) -> Options:
    data_center = made["data_center_info"]["data_centers"][0]
    skus = data_center["bare_metal_capabilities"]["skus"]
    available = next(sku["id"] for sku in skus if sku["availability"] != "none")
    where = {"name": "IRON", "group": "Office", **VA1}
    return {**where, "type": "bareMetal", "configuration_id": available, "os_type": "centOS6_64Bit"}


_ACCOUNT: tuple[Tasks, ...] = (
    (
        ("account_info", {"account_alias": "DEM2"}),
        ("login", {}),
        ("custom_field_info", {}),
        (
            "data_center_info",
            {"gather": ["deployment_capabilities", "bare_metal_capabilities", "compute_limits", "network_limits"]},
        ),
        ("server_snapshot", {**_SERVER_IDS, **_NOT_WAITING}),
        ("job_info", _job),
        ("job_info", lambda made: {**_job(made), "wait": True}),
        ("api", {"path": "/v2/datacenters/{account}/WA1"}),
        ("api", {"method": "POST", "path": "/v2/operations/{account}/servers/powerOff", "body": ["WA1DEMOAPP01"]}),
    ),
)
_SPREAD: Tasks = (
    ("anti_affinity_policy", {"name": "Spread", **WA1}),
    (
        "server",
        {
            **SERVER,
            "name": "HYP",
            "group": "Default Group",
            "type": "hyperscale",
            "anti_affinity_policy": "Spread",
            "count": 2,
        },
    ),
    ("anti_affinity_policy", {"name": "Spread", **WA1}),
)
_SERVERS: tuple[Tasks, ...] = (
    (
        *_update("PublicIp"),
        (
            "public_ip",
            lambda made: {
                "server_id": made["server"]["created_ids"][0],
                "ports": [{"port": 8080, "port_to": 8090}],
                "source_restrictions": ["198.51.100.0/24"],
            },
        ),
        ("public_ip_info", lambda made: {"server_id": made["server"]["created_ids"][0]}),
        (
            "server_info",
            {"gather": ["capabilities", "statistics", "credentials", "upcoming_scheduled_activities"], **_GATHER_ALL},
        ),
        ("server", {**SERVER, "state": "absent"}),
    ),
    (("server", {**SERVER, "group": "Default Group", "state": "stopped"}),),
    (
        (
            "alert_policy",
            {
                "name": "Load",
                "recipients": ["ops@example.com"],
                "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 95}],
            },
        ),
        ("network", {"name": "web", **WA1}),
        ("server_snapshot", {"server_ids": ["WA1DEMODB01"]}),
        (
            "server",
            {
                "server_ids": ["WA1DEMOWEB01"],
                "alert_policies": ["Load"],
                "vertical_autoscale_policy": "Web scaling",
                "custom_fields": {"Stage": "Production"},
                "disks": [{"size_gb": 20, "path": "/data"}],
                "secondary_networks": [{"network": "web"}],
            },
        ),
        ("server", {"server_ids": ["WA1DEMODB01"]}),
        ("server_info", {"server_ids": ["WA1DEMOWEB01"]}),
        ("data_center_info", {"gather": ["bare_metal_capabilities"], **VA1}),
        ("server", _bare_metal),
    ),
    _SPREAD,
    (
        ("server_snapshot", _SERVER_IDS),
        ("server_package", {**_PACKAGE, "parameters": {"ACME.Install.Edition": "standard"}}),
        ("server_import_info", WA1),
        (
            "server_import",
            {
                "name": "IMPX", "group": "Default Group", "ovf_id": "DEMO/LEGACY-APP", "os_type": "RedHat6_64Bit",
                "administrator_password": "Ex4mple-Root-Pw", "cpu": 1, "memory_gb": 1, **WA1,
            },
        ),
        ("server_template", {"server_id": "WA1DEMOJUMP01", "description": "X", "template_password": "Ex4mple-Root-Pw"}),
    ),
)  # fmt: skip
_GROUP_DETAILS: Task = (
    "server_group_info",
    {"gather": ["statistics", "defaults", "upcoming_scheduled_activities"], **_GATHER_ALL, **WA1},
)
_ACTIVITY = next(update for update in UPDATES if update.resource == "ServerGroupScheduledActivity").before[1][1]
_GROUPS: tuple[Tasks, ...] = (
    (
        *_update("ServerGroup"),
        ("network", {"name": "web", **WA1}),
        (
            "server_group_default",
            {"group": "Store", "cpu": 2, "memory_gb": 4, "template": "CENTOS-6-64-TEMPLATE", "network": "web", **WA1},
        ),
        ("server_group_default_info", {"group": "Store", **WA1}),
        _GROUP_DETAILS,
    ),
    (
        *_update("ServerGroupScheduledActivity"),
        (
            "server_group_scheduled_activity",
            {**t.cast(Options, _ACTIVITY), "type": "reboot", "expire": "afterCount", "expire_count": 3},
        ),
        (
            "server_group_scheduled_activity",
            {
                **t.cast(Options, _ACTIVITY),
                "type": "pause",
                "begin_date": "2027-01-01T00:00:00Z",
                "expire": "afterDate",
                "expire_date": "2041-01-01T00:00:00Z",
            },
        ),
        (PAUSE, {"days": 60}),
        ("server_group_scheduled_activity_info", _SHOP),
        _GROUP_DETAILS,
    ),
    (
        (
            "shared_load_balancer",
            {"name": "front", "pools": [{"port": 443, "nodes": []}], **WA1},
        ),
        ("server_group", {"name": "Shop", **WA1}),
        ("horizontal_autoscale_policy", {"name": "Scaling", "properties": {"targetSize": 3}}),
        (
            "server_group_horizontal_autoscale_policy",
            lambda made: {
                "policy_id": made["horizontal_autoscale_policy"]["horizontal_autoscale_policy"]["id"],
                "load_balancer_pool": {
                    "id": made["shared_load_balancer"]["shared_load_balancer"]["id"],
                    "public_port": 443,
                    "private_port": 8443,
                },
                **_SHOP,
            },
        ),
        ("server_group_horizontal_autoscale_policy_info", _SHOP),
    ),
)
_POOL = {
    "load_balancer": "shop", "port": 8080, "load_balancing_mode": "http", "health_check": _HEALTH,
    "nodes": [{"ip_address": "10.80.12.21", "private_port": 8443, "server_weight": 2, "health_check": _HEALTH}], **VA1,
}  # fmt: skip
_BALANCERS: tuple[Tasks, ...] = (
    (
        ("load_balancer", {"name": "shop", "description": "Old", **VA1}),
        ("load_balancer_pool", _POOL),
        ("load_balancer", {"name": "shop", **VA1}),
        ("load_balancer_info", VA1),
        ("load_balancer_pool_info", {"load_balancer": "shop", **VA1}),
    ),
    (*_update("SharedLoadBalancer"), ("shared_load_balancer_info", WA1)),
    (
        ("server_info", _SERVER_IDS),
        ("load_balancer", {"name": "shop", **WA1}),
        ("load_balancer_pool", _pool_of_servers),
        ("load_balancer_node", {**_SERVER_IDS, "state": "disabled"}),
        ("load_balancer_node_info", _SERVER_IDS),
    ),
)
_DATABASE = {"database": "shop-db", **VA1}
_DATABASES: tuple[Tasks, ...] = (
    (*_update("Database"), ("database_info", {"gather": ["billing", "certificate_file", "history", "notifications"]})),
    (*_update("DatabaseNotification"), ("database_notification_info", _DATABASE)),
    (
        ("database_billing_info", {}),
        ("database_history_info", {}),
        ("database_promotion_info", {}),
        ("database_data_center_info", {}),
        ("database_backup", _DATABASE),
        ("database_backup_info", _DATABASE),
        (
            "database_backup",
            lambda made: {
                **_DATABASE,
                "id": made["database_backup"]["database_backup"]["id"],
                "state": "restored",
                "to_database": "shop-db",
            },
        ),
        ("database_failover", _DATABASE),
    ),
)
_BACKUPS: tuple[Tasks, ...] = (
    (
        *_update("BackupPolicy"),
        ("backup_policy", {"name": "home", "backup_schedule": "0 0 2 * * ?"}),
        ("backup_policy_info", {}),
    ),
    (*_case("BackupAnywhereServer", "create"), ("backup_anywhere_server_info", {})),
    (
        *_case("BackupServerPolicies", "create"),
        ("backup_server_policy_info", _WEB),
        ("backup_data_center_info", {"gather": ["servers"]}),
        ("backup_os_type_info", {}),
        ("backup_region_info", {}),
        ("backup_restore_point_info", {**_WEB, "start_date": "2026-01-01", "end_date": "2030-01-01"}),
        ("backup_stored_data_info", {**_WEB, "date": "2026-12-01"}),
        ("backup_report", {"dest": "report.csv"}),
        *_case("BackupServerPolicies", "delete")[-1:],
        ("backup_server_policy_info", {"policy": "home"}),
    ),
)
_DESTINATIONS = [
    {"type": "email", "email_address": "security@example.com"},
    {"type": "syslog", "syslog_settings": {"ip_address": "10.80.12.9", "facility": 16}},
    {"type": "webhook", "url": "https://hooks.example.com/ips"},
]
_VPN = next(update for update in UPDATES if update.resource == "SiteToSiteVpn").before[0][1]
_FIREWALL = {
    "location": "WA1", "source_account_alias": "DEMO", "destination_account_alias": "DEMO", "source": ["10.80.12.0/24"],
    "destination": ["10.80.76.0/24"], "ports": ["any"],
}  # fmt: skip
_OLD_POOL = {
    "name": "lb", "location": "WA1", "port": 80, "nodes": [{"ipAddress": "10.80.12.3", "privatePort": 80}],
}  # fmt: skip
_OLD_SERVER = {
    "name": "LEGA", "template": "CENTOS-6", "group": "Default Group", "location": "WA1", "count": 1,
    "v2_api_passwd": "demo-password", "password": "Ex4mple-Root-Pw",
    "additional_disks": [{"path": "/data", "sizeGB": 10, "type": "partitioned"}],
    "custom_fields": [{"id": "cdf83fd989e60f210402362d53c9efc6", "value": "CC-1"}],
}  # fmt: skip
_OLD_ALERT = {
    "name": "load", "alert_recipients": ["ops@example.com"], "metric": "cpu", "duration": "00:05:00", "threshold": 80,
}  # fmt: skip
_LEGACY: tuple[Tasks, ...] = (
    (
        ("network", {"name": "web", **WA1}),
        (
            "server",
            {
                "server_ids": ["WA1DEMOWEB01"],
                "vertical_autoscale_policy": "Web scaling",
                "secondary_networks": [{"network": "web"}],
            },
        ),
        ("clc_server_fact", {"server_id": "WA1DEMOWEB01"}),
        ("server_group_info", {"group": "Shop", **WA1}),
        ("clc_group_fact", lambda made: {"group_id": made["server_group_info"]["server_groups"][0]["id"]}),
        *_SPREAD,
        ("clc_aa_policy", {"name": "Spread", "location": "WA1"}),
        ("clc_server_fact", lambda made: {"server_id": made["server"]["created_ids"][0]}),
        ("data_center_info", {"gather": ["bare_metal_capabilities"], **VA1}),
        ("server", _bare_metal),
        ("clc_server_fact", lambda made: {"server_id": made["server"]["created_ids"][0]}),
    ),
    (
        ("clc_group", {"name": "LEGG", "location": "WA1"}),
        ("clc_group_fact", lambda made: {"group_id": made["clc_group"]["group"]["id"]}),
        ("clc_group", {"name": "LEGG", "location": "WA1", "state": "absent"}),
        ("clc_aa_policy", {"name": "apart", "location": "WA1"}),
        ("clc_alert_policy", _OLD_ALERT),
        ("clc_blueprint_package", _PACKAGE),
        ("clc_firewall_policy", _FIREWALL),
        ("clc_network", {"location": "WA1", "name": "n", "description": "d"}),
        ("clc_network", {"location": "WA1", "name": "n", "description": "e"}),
        ("clc_network_fact", {"location": "WA1", "id": "n"}),
        ("clc_network_fact", {"location": "WA1"}),
        ("clc_publicip", {"server_ids": ["WA1DEMOAPP01"], "ports": [80]}),
        ("clc_modify_server", {"server_ids": ["WA1DEMOWEB01"], "alert_policy_name": "load", "cpu": 4}),
        ("clc_server_snapshot", {"server_ids": ["WA1DEMOWEB01"]}),
        ("clc_server_fact", {"server_id": "WA1DEMOWEB01", "credentials": True}),
        ("clc_server", _OLD_SERVER),
    ),
    (
        ("clc_loadbalancer", {**_OLD_POOL, "state": "present"}),
        ("clc_loadbalancer_fact", {"name": "lb", "location": "WA1"}),
        ("clc_loadbalancer", {"name": "lb", "location": "WA1", "state": "absent"}),
    ),
)


def scenarios(family: str, modules: t.Sequence[str]) -> tuple[Tasks, ...]:
    """Return lists of tasks of the modules of a family; each list runs in a world of its own.

    A family that SCENARIOS lacks has the cases of its modules, each of which is then read.
    """
    cases = [case for case in CASES if case.module in modules and case.kind != "delete"]
    read = [((*case.before, (case.module, case.options)), f"{case.module}_info") for case in cases]
    return SCENARIOS.get(family) or tuple((*tasks, *([(info, {})] if info in modules else [])) for tasks, info in read)


SCENARIOS: dict[str, tuple[Tasks, ...]] = {
    "account": _ACCOUNT,
    "server": _SERVERS,
    "server_group": _GROUPS,
    "network": ((*_update("Network"), ("network_info", {"addresses": "all", **WA1})),),
    "firewall": (
        (*_update("FirewallPolicy"), ("firewall_policy_info", WA1)),
        (*_update("CrossDataCenterFirewallPolicy"), ("cross_data_center_firewall_policy_info", WA1)),
        (*_update("LogForwarding"), ("log_forwarding_info", WA1)),
    ),
    "policy": (
        (*_update("AlertPolicy"), ("alert_policy_info", {})),
        (*_SPREAD, ("anti_affinity_policy_info", {})),
        (*_update("HorizontalAutoscalePolicy"), ("horizontal_autoscale_policy_info", {})),
        (("vertical_autoscale_policy_info", {}),),
    ),
    "load_balancer": _BALANCERS,
    "database": _DATABASES,
    "backup": _BACKUPS,
    "security": (
        (
            ("ips_agent", {"server_ids": ["WA1DEMOWEB01"]}),
            ("ips_notification", {**_WEB, "destinations": _DESTINATIONS}),
            ("ips_notification_info", _WEB),
        ),
    ),
    "patching": (
        (
            ("server_patch", {"server_ids": ["WA1DEMOJUMP01"]}),
            ("server_patch_info", {"server_id": "WA1DEMOJUMP01", "gather": ["patches"]}),
        ),
    ),
    "vpn": (
        (
            *_update("SiteToSiteVpn"),
            (
                "site_to_site_vpn",
                lambda made: {
                    "id": made["site_to_site_vpn"]["site_to_site_vpn"]["id"],
                    "ike": {"nat_traversal": True, "remote_identity": "192.168.71.1"},
                    **WA1,
                },
            ),
            ("site_to_site_vpn_info", WA1),
        ),
    ),
    "webhook": ((*_case("Webhook", "change"), ("webhook_info", {})),),
    "billing": (
        (
            ("billing_info", {}),
            ("billing_info", _SHOP),
            ("billing_info", {"server_ids": ["WA1DEMOWEB01"]}),
            ("invoice_info", {"year": 2026, "month": 10}),
            ("invoice_info", {"year": 2026, "month": 10, "account_alias": "DEM2"}),
        ),
    ),
    "environment": (
        (
            ("environment", {"server_groups": [{"name": "Shop"}, {"name": "Orders", "parent": "Shop"}], **WA1}),
            ("environment_info", {"data_centers": ["WA1"]}),
        ),
    ),
    "legacy": _LEGACY,
}
