# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..table import Old, Table
from .shared import GROUP, LOCATION, SERVER, SERVER_IDS, states

_DISK: dict[str, dict[str, t.Any]] = {
    "path": {"type": "str"},
    "sizeGB": {"type": "int"},
    "type": {"type": "str", "choices": ["raw", "partitioned"]},
}
_FIELD: dict[str, dict[str, t.Any]] = {"id": {"type": "str", "required": True}, "value": {"type": "str"}}
_PACKAGE: dict[str, dict[str, t.Any]] = {"packageId": {"type": "str", "required": True}, "parameters": {"type": "dict"}}

TABLE = Table(
    name="clc_server",
    title="Servers, as the module of this name of the predecessors made them",
    text=(
        "Makes servers in a group, or removes, starts and stops servers by their ids.",
        "For new playbooks use M(centurylink.cloud.server), whose O(centurylink.cloud.server#module:count) says how many "
        "servers there are to be.",
    ),
    new="centurylink.cloud.server",
    also=("centurylink.cloud.public_ip",),
    options=(
        Old("name", "Base name of new servers; the service adds data center, account and a number.", becomes="name"),
        replace(
            SERVER_IDS,
            text="Ids of the servers for the states V(absent), V(started) and V(stopped), in any case.",
            required=False,
            default=[],
        ),
        states(
            "What is to be. V(present) makes servers, the others are for O(server_ids).",
            "present",
            "absent",
            "started",
            "stopped",
        ),
        Old(
            "group",
            "Group for new servers: its id, name or description, ignoring case.",
            becomes="group",
            default="Default Group",
            told="Give a path such as V(Shop/Web) to the new module; it takes no description and keeps to the case.",
        ),
        LOCATION,
        Old(
            "count",
            "How many servers to make, on every run.",
            type="int",
            default=1,
            told="It says how many more. The new module's count says how many in all.",
        ),
        Old(
            "exact_count",
            "How many started servers there are to be directly in O(count_group). Too many are removed, lowest ids first.",
            type="int",
            becomes="count",
            told="The new module counts the servers of one base name, and removes only with allow_removal.",
        ),
        Old("min_count", "The least number of started servers in O(count_group).", type="int"),
        Old("max_count", "The most started servers in O(count_group).", type="int"),
        Old("count_group", "Group in which servers are counted; its id, name or description, ignoring case."),
        Old("template", "Name of the template for new servers, or a part of it, ignoring case.", becomes="template"),
        Old("cpu", "Cores of new servers.", type="int", default=1, becomes="cpu"),
        Old("memory", "Memory of new servers, in GB.", type="int", default=1, becomes="memory_gb"),
        Old("description", "Description of new servers.", becomes="description"),
        Old(
            "custom_fields",
            "Values of custom fields of new servers, by the field's id.",
            type="list",
            elements="dict",
            default=[],
            options=_FIELD,
            becomes="custom_fields",
            rule="fields",
        ),
        Old(
            "additional_disks",
            "Disks of new servers besides those of the template.",
            type="list",
            elements="dict",
            default=[],
            options=_DISK,
            becomes="disks",
            rule="disks",
        ),
        Old(
            "network_id",
            "Network of new servers, by id, name or range; the first to deploy on where it is left out, empty or false.",
            becomes="network",
            rule="text",
        ),
        Old("ip_address", "Internal address of a new server.", becomes="ip_address"),
        Old("primary_dns", "Address of the first name server.", becomes="primary_dns"),
        Old("secondary_dns", "Address of the second name server.", becomes="secondary_dns"),
        Old("password", "Administrator's password of new servers.", no_log=True, becomes="administrator_password"),
        Old(
            "source_server_password",
            "Password of the source of a clone. Only templates are made servers of.",
            no_log=True,
            becomes="source_server_password",
            told="The new module makes clones, by source_server.",
        ),
        Old(
            "type",
            "Kind of new servers.",
            default="standard",
            choices=("standard", "hyperscale", "bareMetal"),
            becomes="type",
        ),
        Old(
            "storage_type",
            "Storage of new servers.",
            default="standard",
            choices=("standard", "premium", "hyperscale"),
            becomes="storage_type",
        ),
        Old("configuration_id", "Configuration of new bare metal servers.", becomes="configuration_id"),
        Old("os_type", "Operating system of new bare metal servers, or a part of its name.", becomes="os_type"),
        Old(
            "managed_os",
            "Whether the provider shall manage the operating system.",
            type="bool",
            default=False,
            becomes="managed_os",
            rule="yes",
        ),
        Old("ttl", "Seconds after which the service deletes a new server.", type="int", becomes="ttl", rule="moment"),
        Old(
            "packages",
            "Packages to run after the build.",
            type="list",
            elements="dict",
            default=[],
            options=_PACKAGE,
            becomes="packages",
            rule="packages",
        ),
        Old("add_public_ip", "Whether new servers get a public address.", type="bool", default=False),
        Old(
            "public_ip_protocol",
            "Protocol of all ports of O(public_ip_ports).",
            default="TCP",
            choices=("TCP", "UDP", "ICMP"),
        ),
        Old(
            "public_ip_ports",
            "Ports that the public address lets in: numbers, ranges such as V(8000-8010), or maps with C(port).",
            type="list",
            elements="raw",
            default=[],
        ),
        Old(
            "anti_affinity_policy_id",
            "Id of the anti-affinity policy of new hyperscale servers.",
            becomes="anti_affinity_policy",
            rule="text",
        ),
        Old(
            "anti_affinity_policy_name",
            "Name of the anti-affinity policy of new hyperscale servers.",
            becomes="anti_affinity_policy",
            rule="text",
        ),
        Old("alert_policy_id", "Id of the alert policy of new servers.", becomes="alert_policies", rule="listed"),
        Old("alert_policy_name", "Name of the alert policy of new servers.", becomes="alert_policies", rule="listed"),
        Old(
            "cpu_autoscale_policy_id",
            "Id of the vertical autoscale policy of new servers.",
            becomes="vertical_autoscale_policy",
            rule="text",
        ),
    ),
    exclusive=(
        ("exact_count", "count"),
        ("exact_count", "state"),
        ("min_count", "exact_count"),
        ("min_count", "count"),
        ("min_count", "state"),
        ("max_count", "exact_count"),
        ("max_count", "count"),
        ("max_count", "state"),
        ("anti_affinity_policy_id", "anti_affinity_policy_name"),
        ("alert_policy_id", "alert_policy_name"),
    ),
    returns={
        "server_ids": {
            "description": "Ids of the servers that this run has made or removed; every one given for V(started) and V(stopped).",
            "type": "list",
            "elements": "str",
            "sample": ["wa1acmeweb01"],
        },
        "partially_created_server_ids": {
            "description": "Ids of the servers that this run has made without the public address or alert policy asked for.",
            "type": "list",
            "elements": "str",
            "sample": [],
        },
        "servers": {
            "description": "The servers that this run has made, or every server given for V(started) and V(stopped).",
            "type": "list",
            "elements": "dict",
            "sample": [SERVER],
        },
        "group": {
            "description": "The group O(group) after the run with its servers' ids; null without waiting and for other states.",
            "type": "dict",
            "sample": {**GROUP, "servers": ["wa1acmeweb01"]},
        },
    },
    examples="""\
- name: Five servers run in the group
  centurylink.cloud.clc_server:
    name: WEB
    template: centos-6
    group: Default Group
    count_group: Default Group
    exact_count: 5
    location: WA1
  register: clc

- name: Two more, with a public address
  centurylink.cloud.clc_server:
    name: WEB
    template: centos-6
    cpu: 2
    memory: 4
    count: 2
    add_public_ip: true
    public_ip_ports: [80, 443]

- name: Stop what was made
  centurylink.cloud.clc_server:
    server_ids: "{{ clc.server_ids }}"
    state: stopped
""",
    idempotent="O(count) makes servers on every run.",
    differences=(
        "The login's password is the option O(v2_api_passwd) here, since O(password) is the server's. The module is therefore no "
        "member of the action group.",
        "O(exact_count=0) without O(count_group) deletes nothing; a count without O(count_group) is an error.",
        "Servers under construction are counted, so two runs in a row do not build twice. Stopped ones are not counted, as "
        "before; a warning names them.",
        "Where servers are to be made, O(group) and O(count_group) have to be the same group: made in one and counted in the "
        "other they would be made on every run.",
        "V(absent) is content where a server is gone already, and is changed only where it removed one.",
        "O(alias) is the account for all of the task, not for the create alone.",
        "Public addresses open the ports given and nothing else; where one is refused the other servers still get theirs.",
        "O(add_public_ip=true) and alert policies together with O(wait=false) are an error before anything is made.",
        "A policy is an id or a name in all of these options. Alert policies are put on once all servers are built; where that "
        "fails the task succeeds with a warning, as before.",
        "A group, template, network or policy that does not exist is an error that lists what there is.",
    ),
)
