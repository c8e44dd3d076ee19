# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits that the contract documents for request bodies, and the options of the modules that carry them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.naming import snake_case_name

_CONTRACT = Path(__file__).parents[3] / "simulator" / "src" / "clc_simulator" / "openapi"
_KINDS = (
    "enum",
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
)
_ALTERNATIVES = ("oneOf", "anyOf", "allOf")
Json = dict[str, t.Any]
Options = dict[str, t.Any]

_NODE: Options = {"ip_address": "10.80.12.31", "private_port": 80}
_CHECK: Options = {"unhealthy_threshold": 2, "healthy_threshold": 2, "interval_seconds": 5, "target_port": 80}
_GROUP: Options = {"group": "Default Group", "data_center": "WA1"}
_DATABASE: Options = {
    "name": "lim",
    "users": [{"name": "lim", "password": "Str0ng-enough"}],
    "backup_time": {"hour": 1},
}
_DATABASE["destinations"] = [{"recipient": "a@example.com", "notification_types": ["CPU_UTILIZATION"]}]
_ALERT: Options = {
    "name": "lim",
    "recipients": ["a@example.com"],
    "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 5}],
}
_VPN: Options = {"data_center": "WA1", "local": {}, "remote": {"address": "198.51.100.4"}, "ike": {}, "ipsec": {}}
_SERVER: Options = {"name": "LIM", "disks": [{"size_gb": 1}], **_GROUP}
_IMPORT: Options = {
    "name": "LIM",
    "ovf_id": "OVF",
    "os_type": "redHat6_64Bit",
    "administrator_password": "x",
    "cpu": 1,
    "memory_gb": 1,
    **_GROUP,
}
_ACTIVITY: Options = {"type": "pause", "begin_date": "2030-05-19T02:00:00Z", **_GROUP}
_POLICY: Options = {"source": ["10.0.0.0/24"], "destination": ["10.0.1.0/24"], "ports": ["any"]}
_PUBLIC_IP: Options = {"server_id": "wa1demoweb01", "ports": [{"port": 80}]}
_POOL: Options = {"load_balancer": "lim", "port": 80, "health_check": {**_CHECK}}
_POOL["nodes"] = [{**_NODE, "health_check": {**_CHECK}}]
_SHARED: Options = {"name": "lim", "pools": [{"port": 80, "nodes": [{**_NODE}]}]}
_IPS: Options = {
    "server_id": "wa1demoweb01",
    "destinations": [{"type": "syslog", "syslog_settings": {"ip_address": "10.0.0.1", "facility": 16}}],
}
_NOTIFICATION: Options = {"database": "lim", "recipient": "a@example.com", "notification_types": ["CPU_UTILIZATION"]}
_BACKUP: Options = {"policy": "lim", "server_ids": ["wa1demoweb01"], "storage_region": "US EAST"}

# The module that sends an operation, with options that are valid, and the path of the option that is the whole body, if any.
MODULES: dict[str, tuple[str, Options, str]] = {
    "createServer": ("server", _SERVER, ""),
    "updateServer": ("server", _SERVER, ""),
    "convertServerToTemplate": ("server_template", {"server_id": "wa1demoweb01", "template_password": "x"}, ""),
    "importServer": ("server_import", _IMPORT, ""),
    "createServerSnapshots": ("server_snapshot", {"server_ids": ["wa1demoweb01"]}, ""),
    "createGroup": ("server_group", {"name": "lim"}, ""),
    "updateGroup": ("server_group", {"name": "lim"}, ""),
    "setGroupDefaults": ("server_group_default", _GROUP, ""),
    "setGroupHorizontalAutoscalePolicy": (
        "server_group_horizontal_autoscale_policy",
        {**_GROUP, "load_balancer_pool": {"id": "lim", "public_port": 80, "private_port": 80}},
        "",
    ),
    "createGroupScheduledActivity": ("server_group_scheduled_activity", _ACTIVITY, ""),
    "updateGroupScheduledActivity": ("server_group_scheduled_activity", _ACTIVITY, ""),
    "setIpsNotifications": ("ips_notification", _IPS, "destinations"),
    "createLbaasPool": ("load_balancer_pool", _POOL, ""),
    "updateLbaasPool": ("load_balancer_pool", _POOL, ""),
    "updateLogForwarding": ("log_forwarding", {"data_center": "WA1"}, ""),
    "updateNetwork": ("network", {"name": "lim"}, ""),
    "createFirewallPolicy": ("firewall_policy", _POLICY, ""),
    "updateFirewallPolicy": ("firewall_policy", _POLICY, ""),
    "addPublicIpAddress": ("public_ip", _PUBLIC_IP, ""),
    "updatePublicIpAddress": ("public_ip", _PUBLIC_IP, ""),
    "createAlertPolicy": ("alert_policy", _ALERT, ""),
    "updateAlertPolicy": ("alert_policy", _ALERT, ""),
    "createAntiAffinityPolicy": ("anti_affinity_policy", {"name": "lim"}, ""),
    "updateAntiAffinityPolicy": ("anti_affinity_policy", {"name": "lim"}, ""),
    "createRdbsSubscription": ("database", _DATABASE, ""),
    "updateRdbsSubscription": ("database", _DATABASE, ""),
    "createRdbsNotification": ("database_notification", _NOTIFICATION, ""),
    "updateRdbsNotification": ("database_notification", _NOTIFICATION, ""),
    "createSharedLoadBalancer": ("shared_load_balancer", _SHARED, ""),
    "updateSharedLoadBalancer": ("shared_load_balancer", _SHARED, ""),
    "createSharedLoadBalancerPool": ("shared_load_balancer", _SHARED, "pools"),
    "updateSharedLoadBalancerPool": ("shared_load_balancer", _SHARED, "pools"),
    "updateSharedLoadBalancerNodes": ("shared_load_balancer", _SHARED, "pools.nodes"),
    "createBackupPolicy": ("backup_policy", {"name": "lim"}, ""),
    "updateBackupPolicy": ("backup_policy", {"name": "lim"}, ""),
    "createBackupServerPolicy": ("backup_server_policy", _BACKUP, ""),
    "registerBackupAnywhereServer": ("backup_anywhere_server", {"name": "lim", "installer_dest": "/nowhere/lim"}, ""),
    "createSiteToSiteVpn": ("site_to_site_vpn", _VPN, ""),
    "updateSiteToSiteVpn": ("site_to_site_vpn", _VPN, ""),
    "setWebhook": ("webhook", {"events": ["Server.Created"]}, ""),
    "addWebhookTargetUri": ("webhook", {"events": ["Server.Created"]}, ""),
}
# Options with another name than the property in snake_case.
NAMES = {
    "additional_disks": "disks",
    "password": "administrator_password",
    "memory": "memory_gb",
    "snapshot_expiration_days": "expiration_days",
    "begin_date_utc": "begin_date",
    "expire_date_utc": "expire_date",
    "type_code": "type",
    "sys_log_settings": "syslog_settings",
    "internal_ip_address": "internal_ip",
    "lifetime": "lifetime_seconds",
}
OWN_NAMES = {
    ("database", "users.administrator_password"): "users.password",
    ("webhook", "target_uris.target_uri"): "target_uris",
    ("webhook", "target_uri"): "target_uris",
    ("database", "destinations.notifications"): "destinations.notification_types",
}
_SERVERS = (
    "the servers of the task; an empty list, as of a prediction, is rejected outside check mode (test_empty_names.py)"
)
_OWN = "the module sets it, or there is no request without it"
_SUPERSEDED = "superseded; no module sends it"
_NUMBER = "the contract's form of a number as text; the option is a number"
_SECRET = "marks a secret; there is no limit"
_LOOKED_UP = "looked up with what the service has, since the option is a name or a label too"
_BATCHES = (
    "archiveServers",
    "powerOnServers",
    "powerOffServers",
    "pauseServers",
    "rebootServers",
    "resetServers",
    "shutDownServers",
    "startServersMaintenance",
    "stopServersMaintenance",
    "setServersMaintenance",
)
# Limits that no option carries, with the reason: of a whole operation, of a property, or one limit of a property.
NO_OPTION: dict[str, str] = {
    **dict.fromkeys(_BATCHES, _SERVERS),
    **dict.fromkeys(
        (
            "createServerSnapshots serverIds",
            "executePackage servers",
            "applyPatches servers",
        ),
        _SERVERS,
    ),
    **dict.fromkeys(
        (
            "updateServer  minItems",
            "updateGroup  minItems",
            "patchBackupServerPolicy",
            "failoverRdbsSubscription",
            "restoreRdbsBackup",
            "verifyRdbsNotification type",
            "createRdbsSubscription destinations.destinationType",
            "createRdbsNotification destinationType",
            "updateRdbsNotification destinationType",
            "createAlertPolicy actions",
            "createAlertPolicy actions.action",
            "updateAlertPolicy actions",
            "updateAlertPolicy actions.action",
            "applyPatches package.parameters.patch.debug.mode",
            "applyPatches package.packageId",
            "updateBackupPolicy policyId",
            "updateLbaasPool id",
        ),
        _OWN,
    ),
    **dict.fromkeys(
        (
            "createLegacyRdbsSubscription",
            "updateLegacyRdbsSubscription",
            "createLegacyRdbsDestination",
            "updateLegacyRdbsDestination",
            "updateSiteToSiteVpn ike.diffieHelmanGroup",
        ),
        _SUPERSEDED,
    ),
    **dict.fromkeys(
        (
            "setGroupDefaults cpu pattern",
            "setGroupDefaults memoryGB pattern",
            "updateServer cpu pattern",
            "updateServer memory pattern",
            "updateServer disks.sizeGB pattern",
            "createGroupScheduledActivity expireCount pattern",
            "updateGroupScheduledActivity expireCount pattern",
            "createServerSnapshots snapshotExpirationDays pattern",
        ),
        _NUMBER,
    ),
    **dict.fromkeys(
        (
            "createSiteToSiteVpn ike.preSharedKey",
            "updateSiteToSiteVpn ike.preSharedKey",
            "verifyRdbsNotification token",
            "createBackupInstallerScript provisioningToken",
            "createRdbsSubscription users.password format",
        ),
        _SECRET,
    ),
    "createBackupServerPolicy": _LOOKED_UP,
    **dict.fromkeys(
        ("createGroup name", "updateGroup name"), "an empty name names nothing (test_empty_names.py), after the login"
    ),
    "createCrossDcFirewallPolicy enabled": "a boolean",
    "setIpsNotifications  minItems": "an empty list removes all destinations, for which the module sends another request",
}


@dataclass(frozen=True)
class Limit:
    """A limit of a property in the body of an operation. path: names of properties with dots, without the marks of lists."""

    operation: str
    path: str
    kind: str
    value: t.Any
    is_list: bool


def limits() -> t.Iterator[Limit]:
    """Yield each limit of a request body, once."""
    files = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_CONTRACT.glob("*.yaml"))}
    seen = set()
    for name, document in files.items():
        for item in (document.get("paths") or {}).values():
            for method, operation in item.items():
                if method in ("post", "put", "patch", "delete") and "requestBody" in operation:
                    for limit in _of_operation(files, name, operation):
                        if repr(limit) not in seen:
                            seen.add(repr(limit))
                            yield limit


def _of_operation(files: Json, name: str, operation: Json) -> t.Iterator[Limit]:
    body, name = _resolved(files, name, operation["requestBody"])
    for content in body["content"].values():
        for path, schema in _walk(files, name, content["schema"], (), ()):
            for kind in _KINDS:
                if kind in schema:
                    plain = ".".join(part for part in path if part != "[]")
                    is_list = schema.get("type") == "array" or path[-1:] == ("[]",)
                    yield Limit(operation["operationId"], plain, kind, schema[kind], is_list)


def _resolved(files: Json, name: str, node: Json) -> tuple[Json, str]:
    while "$ref" in node:
        file, _hash, pointer = node["$ref"].partition("#")
        name = file.rpartition("/")[2] or name
        node = files[name]
        for part in pointer.strip("/").split("/"):
            node = node[part.replace("~1", "/")]
    return node, name


def _walk(
    files: Json, name: str, schema: Json, path: tuple[str, ...], above: tuple[int, ...]
) -> t.Iterator[tuple[tuple[str, ...], Json]]:
    schema, name = _resolved(files, name, schema)
    if id(schema) in above:
        return
    above = (*above, id(schema))
    properties = schema.get("properties") or {}
    member = (properties.get("member") or {}).get("const")
    if member:  # an operation of a patch: its value is the property
        yield from _walk(files, name, properties["value"], (*path, member), above)
        return
    yield path, schema
    for key, own in properties.items():
        yield from _walk(files, name, own, (*path, key), above)
    if isinstance(schema.get("items"), dict):
        yield from _walk(files, name, schema["items"], (*path, "[]"), above)
    for kind in _ALTERNATIVES:
        for own in schema.get(kind) or []:
            yield from _walk(files, name, own, path, above)


def option_of(limit: Limit) -> str:
    """Return the path of the option that carries the property of a limit, by the names of the service."""
    module, _options, prefix = MODULES[limit.operation]
    parts = [snake_case_name(part) for part in limit.path.split(".") if part]
    path = ".".join([prefix] * bool(prefix) + [NAMES.get(part, part) for part in parts])
    return OWN_NAMES.get((module, path), path)
