# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task can want of a server, option by option: at creation, and of one that exists.

Facts (contract compute.yaml): a bare metal server wants configurationId and osType and ignores nearly everything else; a clone
wants the password of its source; cpu and memory are wanted for everything but bare metal; template, password, name servers,
lifetime and packages are used at creation and shown nowhere afterwards.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import ConfigurationError
from ...kit import compare
from ...kit.declaration import Entity, Field, body_of, member
from ...kit.lookup import listed
from ...kit.task import Task
from ..account import displayed_custom_fields, merged_custom_fields, network_id
from . import disks as server_disks
from . import policies as server_policies
from . import result as server_result
from .package import texts

BARE_METAL = "bareMetal"


def _package(run: t.Mapping[str, t.Any]) -> Entity:
    values = texts(run.get("parameters") or {})
    return {"packageId": str(run["package_id"]), **({"parameters": values} if values else {})}


FIELDS = (
    Field("name", create="name"),
    Field("group", create="groupId", update="groupId", read=member("groupId"), same=compare.caseless),
    Field("description", create="description", update="description", read=member("description"), same=compare.text),
    Field("template", create="sourceServerId"),
    Field("source_server_password", create="sourceServerPassword"),
    Field("managed_os", create="isManagedOS"),
    Field("managed_backup", create="isManagedBackup"),
    Field("configuration_id", create="configurationId"),
    Field("os_type", create="osType"),
    Field(
        "cpu", create="cpu", update="cpu", read=lambda one: server_result.details(one).get("cpu"), same=compare.number
    ),
    Field("memory_gb", create="memoryGB", update="memory", read=server_result.memory_gb, same=compare.number),
    Field("type", create="type"),
    Field("storage_type", create="storageType"),
    Field("network", create="networkId"),
    Field("ip_address", create="ipAddress"),
    Field("administrator_password", create="password"),
    Field("primary_dns", create="primaryDns"),
    Field("secondary_dns", create="secondaryDns"),
    Field("ttl", create="ttl"),
    Field("packages", create="packages", write=lambda runs: [_package(one) for one in runs]),
    Field("disks", create="additionalDisks", write=server_disks.additional),
    Field("vertical_autoscale_policy", create="cpuAutoscalePolicyId"),
    Field("anti_affinity_policy", create="antiAffinityPolicyId"),
    Field(
        "custom_fields",
        create="customFields",
        update="customFields",
        read=lambda one: server_result.details(one).get("customFields"),
        same=compare.values_by_id,
    ),
)
_BY_OPTION = {one.option: one for one in FIELDS}


def fields(*options: str) -> tuple[Field, ...]:
    """Return the fields of these options, for those who create servers in another way."""
    return tuple(_BY_OPTION[name] for name in options)


def wanted(task: Task, one: Field, group_id: str | None, server: Entity | None = None) -> t.Any:
    """Return the wanted value of a field in the service's terms, for a server or, without one, for a new one.

    group_id: the group that the task names. None where the task does not care.
    """
    value = task.option(one.option)
    if one.option == "group":
        return group_id
    if one.option == "template":
        return value if value is not None else task.option("source_server")
    if one.option == "custom_fields":
        return merged_custom_fields(task, (server_result.details(server).get("customFields") or []) if server else [])
    if value is None:
        return None
    if one.option == "network":
        return task.reference(lambda: network_id(task, task.data_center, value), None)
    if one.option in server_policies.AT_CREATION:
        return server_policies.id_of(task, one.option) or None
    return one.write(value)


def creation_body(task: Task, group_id: str | None) -> Entity:
    """Return the body of a create. Raises ConfigurationError where the service would want more for a server of this kind."""
    bare = task.option("type") == BARE_METAL
    needed = ("configuration_id", "os_type") if bare else ("template", "cpu", "memory_gb")
    lacking = [name for name in needed if wanted(task, _BY_OPTION[name], group_id) is None]
    if task.option("source_server") is not None and task.option("source_server_password") is None:
        lacking.append("source_server_password")
    if lacking:
        raise ConfigurationError(
            f"{listed(lacking)} not given",
            action="create",
            thing=f"servers '{task.option('name')}'",
            remedy=f"Give {listed(lacking)}; the service wants {'it' if len(lacking) == 1 else 'them'} for every new server"
            f"{' of this kind' if bare else ''}.",
        )
    return {"type": "standard", **body_of(FIELDS, lambda one: wanted(task, one, group_id))}


def foreseen(task: Task, body: Entity) -> Entity:
    """Return a new server as far as it can be known from the body that creates it; what the service chooses is null.

    A fleet is read from its group's listing, which leaves isManagedBackup out (contract groups.yaml); so does this.
    """
    memory = body.get("memoryGB")
    # By the options, since a policy that is yet to be made has no id that the body could have.
    autoscale, spread = (
        task.has_option(name) and task.option(name) for name in ("vertical_autoscale_policy", "anti_affinity_policy")
    )
    return {
        "id": None,
        "name": None,
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
            "customFields": displayed_custom_fields(task, body["customFields"]) if body.get("customFields") else [],
            "snapshots": [],
            "alertPolicies": [],
            "ipAddresses": [{"internal": body.get("ipAddress")}],
            "secondaryIPAddresses": [],
            **({"cpuAutoscalePolicy": {"id": body.get("cpuAutoscalePolicyId")}} if autoscale else {}),
            **({"antiAffinityPolicy": {"id": body.get("antiAffinityPolicyId")}} if spread else {}),
        },
    }
