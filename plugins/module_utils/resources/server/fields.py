# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of a server: the options for new servers, and those that can be updated.

API behavior (compute.yaml): a bare metal server requires configurationId and osType and ignores nearly everything else; a clone
requires the password of its source; cpu and memory are required for everything but bare metal; template, password, DNS servers,
ttl, and packages are used at creation only and cannot be read back.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...kit import compare, problems
from ...kit.predicted import new_id, part_of, reference
from ...kit.resource import Entity, Field, body_of, names_of, plain_field
from ...kit.task import Task
from ..account import display_custom_fields, merge_custom_fields, network_id
from . import disks as server_disks
from . import policies as server_policies
from . import result as server_result
from ._shared import ADDRESS
from .package import parameters_to_api

BARE_METAL = "bareMetal"


def _package(package: t.Mapping[str, t.Any]) -> Entity:
    parameters = parameters_to_api(package.get("parameters") or {})
    return {"packageId": str(package["package_id"]), **({"parameters": parameters} if parameters else {})}


FIELDS = (
    Field("name", create="name"),
    plain_field("group", "groupId", matches=compare.case_insensitive),
    plain_field("description", matches=compare.string),
    Field("template", create="sourceServerId"),
    Field("source_server_password", create="sourceServerPassword"),
    Field("managed_os", create="isManagedOS"),
    Field("managed_backup", create="isManagedBackup"),
    Field("configuration_id", create="configurationId"),
    Field("os_type", create="osType"),
    Field(
        "cpu",
        create="cpu",
        update="cpu",
        getter=lambda server: server_result.details(server).get("cpu"),
        matches=compare.number,
    ),
    Field("memory_gb", create="memoryGB", update="memory", getter=server_result.memory_gb, matches=compare.number),
    Field("type", create="type"),
    Field("storage_type", create="storageType"),
    Field("network", create="networkId"),
    Field("ip_address", create="ipAddress"),
    Field("administrator_password", create="password"),
    Field("primary_dns", create="primaryDns"),
    Field("secondary_dns", create="secondaryDns"),
    Field("ttl", create="ttl"),
    Field("packages", create="packages", write=lambda packages: [_package(package) for package in packages]),
    Field("disks", create="additionalDisks", write=server_disks.additional),
    Field("vertical_autoscale_policy", create="cpuAutoscalePolicyId"),
    Field("anti_affinity_policy", create="antiAffinityPolicyId"),
    Field(
        "custom_fields",
        create="customFields",
        update="customFields",
        getter=lambda server: server_result.details(server).get("customFields"),
        matches=compare.values_by_id,
    ),
)
# Options by the names of their properties in requests.
NAMES = names_of(FIELDS)
_BY_OPTION = {field.option: field for field in FIELDS}


def fields(*options: str) -> tuple[Field, ...]:
    """Return the fields of these options, for other ways to create servers."""
    return tuple(_BY_OPTION[name] for name in options)


def desired_value(task: Task, field: Field, group_id: str | None, server: Entity | None = None) -> t.Any:
    """Return the desired value of a field as the API has it; None if the task does not specify it.

    group_id: the id of the option group. server: the existing server; None for a new one.
    """
    value = task.option(field.option)
    if field.option == "group":
        return group_id
    if field.option == "template":
        return value if value is not None else task.option("source_server")
    if field.option == "custom_fields":
        return merge_custom_fields(task, (server_result.details(server).get("customFields") or []) if server else [])
    if value is None:
        return None
    if field.option == "network":
        missing = reference(task, "network", value)
        return task.resolve_reference(lambda: network_id(task, task.data_center, value), missing)
    if field.option in server_policies.AT_CREATION:
        return server_policies.id_of(task, field.option) or None
    return field.write(value)


def creation_body(task: Task, group_id: str | None) -> Entity:
    """Return the body of a create. Raises InvalidTaskError if an option is missing that this type of server requires."""
    is_bare_metal = task.option("type") == BARE_METAL
    required = ("configuration_id", "os_type") if is_bare_metal else ("template", "cpu", "memory_gb")
    missing = [name for name in required if desired_value(task, _BY_OPTION[name], group_id) is None]
    if task.option("source_server") is not None and task.option("source_server_password") is None:
        missing.append("source_server_password")
    if missing:
        kind = "new bare metal server" if is_bare_metal else "new server"
        raise problems.missing_options(
            f"servers '{task.option('name')}'",
            missing,
            hint=f"The service requires {'it' if len(missing) == 1 else 'them'} for every {kind}.",
        )
    return {"type": "standard", **body_of(FIELDS, lambda field: desired_value(task, field, group_id))}


def predicted(task: Task, body: Entity, number: int) -> Entity:
    """Return a new server as predicted from the body that creates it, with placeholders for its id, name, and address.

    number: its number among the servers that the task creates.

    A fleet is read from the listing of its group, which omits isManagedBackup (groups.yaml), so a prediction does too.
    """
    memory = body.get("memoryGB")
    autoscale, anti_affinity = body.get("cpuAutoscalePolicyId"), body.get("antiAffinityPolicyId")
    name, group = task.option("name"), repr(task.option("group"))
    server_id = new_id(task, f"{task.data_center}{task.account}{name} {number}", "server", name, group, number)
    return {
        "id": server_id,
        "name": server_id.upper(),
        "isNew": True,
        "description": body.get("description"),
        "groupId": body.get("groupId"),
        "locationId": task.data_center,
        "status": "active",
        "type": body["type"],
        "storageType": body.get("storageType"),
        "isManagedOS": body.get("isManagedOS"),
        "details": {
            "cpu": body.get("cpu"),
            "memoryMB": None if memory is None else memory * 1024,
            "powerState": "started",
            "inMaintenanceMode": False,
            "customFields": display_custom_fields(task, body["customFields"]) if body.get("customFields") else [],
            "snapshots": [],
            "alertPolicies": [],
            "ipAddresses": [{"internal": body.get("ipAddress") or part_of(server_id, ADDRESS)}],
            "secondaryIPAddresses": [],
            **({"cpuAutoscalePolicy": {"id": autoscale}} if autoscale else {}),
            **({"antiAffinityPolicy": {"id": anti_affinity}} if anti_affinity else {}),
        },
    }
