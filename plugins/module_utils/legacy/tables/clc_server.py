# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION, SERVER_IDS, states

_DISK: dict[str, dict[str, t.Any]] = {
    "path": {"type": "str"},
    "sizeGB": {"type": "int"},
    "type": {"type": "str", "choices": ["raw", "partitioned"]},
}
_FIELD: dict[str, dict[str, t.Any]] = {"id": {"type": "str", "required": True}, "value": {"type": "str"}}
_PACKAGE: dict[str, dict[str, t.Any]] = {"packageId": {"type": "str", "required": True}, "parameters": {"type": "dict"}}

TABLE = Table(
    name="clc_server",
    title="Create, delete, start, and stop servers (legacy interface)",
    text=(
        "Creates servers in a group, or deletes, starts, and stops servers by their ids.",
        "For new playbooks use M(centurylink.cloud.server), whose O(centurylink.cloud.server#module:count) is the total "
        "number of servers.",
    ),
    new="centurylink.cloud.server",
    also=("centurylink.cloud.public_ip",),
    options=(
        LegacyOption(
            "name", "Base name of new servers. The service adds data center, account, and a number.", renamed_to="name"
        ),
        replace(
            SERVER_IDS,
            text="Ids of the servers for the states V(absent), V(started), and V(stopped), case-insensitive.",
            required=False,
            default=[],
        ),
        states(
            "V(present) creates servers. V(absent), V(started), and V(stopped) apply to O(server_ids).",
            "present",
            "absent",
            "started",
            "stopped",
        ),
        LegacyOption(
            "group",
            "Id, name, or description of the group for new servers, case-insensitive.",
            renamed_to="group",
            default="Default Group",
            note="In the new module, use a path such as V(Shop/Web). It does not accept a description, and names are "
            "case-sensitive.",
        ),
        LOCATION,
        LegacyOption(
            "count",
            "Number of servers to create on each run.",
            type="int",
            default=1,
            note="This is the number of additional servers. In the new module, count is the total number.",
        ),
        LegacyOption(
            "exact_count",
            "Desired number of started servers directly in O(count_group). Surplus servers are deleted, lowest ids first.",
            type="int",
            renamed_to="count",
            note="The new module counts the servers with a base name, and deletes servers only with allow_removal.",
        ),
        LegacyOption("min_count", "Minimum number of started servers in O(count_group).", type="int"),
        LegacyOption("max_count", "Maximum number of started servers in O(count_group).", type="int"),
        LegacyOption(
            "count_group", "Id, name, or description of the group in which servers are counted, case-insensitive."
        ),
        LegacyOption(
            "template",
            "Name of the template for new servers, or a part of it, case-insensitive.",
            renamed_to="template",
        ),
        LegacyOption("cpu", "Number of CPUs of new servers.", type="int", default=1, renamed_to="cpu"),
        LegacyOption("memory", "Memory of new servers, in GB.", type="int", default=1, renamed_to="memory_gb"),
        LegacyOption(
            "description",
            "Description of new servers. If it is omitted or empty, it is O(name).",
            renamed_to="description",
            rule="non_empty",
            note="In the new module, servers without description have none.",
        ),
        LegacyOption(
            "custom_fields",
            "Custom fields of new servers with id and value.",
            type="list",
            elements="dict",
            default=[],
            options=_FIELD,
            renamed_to="custom_fields",
            rule="fields",
        ),
        LegacyOption(
            "additional_disks",
            "Disks of new servers, in addition to those of the template.",
            type="list",
            elements="dict",
            default=[],
            options=_DISK,
            renamed_to="disks",
            rule="disks",
        ),
        LegacyOption(
            "network_id",
            "Id, name, or IP address range of the network of new servers. Defaults to the first network that is "
            "available for deployments.",
            renamed_to="network",
            rule="text",
        ),
        LegacyOption("ip_address", "Internal IP address of a new server.", renamed_to="ip_address"),
        LegacyOption("primary_dns", "IP address of the primary DNS server.", renamed_to="primary_dns"),
        LegacyOption("secondary_dns", "IP address of the secondary DNS server.", renamed_to="secondary_dns"),
        LegacyOption(
            "password",
            "Password of the administrator of new servers.",
            no_log=True,
            renamed_to="administrator_password",
        ),
        LegacyOption(
            "source_server_password",
            "Password of the source server of a clone. Has no effect, since this module creates servers only from templates.",
            no_log=True,
            renamed_to="source_server_password",
            note="The new module creates clones with source_server.",
        ),
        LegacyOption(
            "type",
            "Type of new servers.",
            default="standard",
            choices=("standard", "hyperscale", "bareMetal"),
            renamed_to="type",
        ),
        LegacyOption(
            "storage_type",
            "Storage type of new servers.",
            default="standard",
            choices=("standard", "premium", "hyperscale"),
            renamed_to="storage_type",
        ),
        LegacyOption(
            "configuration_id", "Id of the configuration of new bare metal servers.", renamed_to="configuration_id"
        ),
        LegacyOption(
            "os_type", "Operating system of new bare metal servers, or a part of its name.", renamed_to="os_type"
        ),
        LegacyOption(
            "managed_os",
            "Whether the provider should manage the operating system.",
            type="bool",
            default=False,
            renamed_to="managed_os",
            rule="only_true",
        ),
        LegacyOption(
            "ttl",
            "Number of seconds, more than 3600, after which the service deletes a new server.",
            type="int",
            renamed_to="ttl",
            rule="end_time",
        ),
        LegacyOption(
            "packages",
            "Packages to run on new servers after they have been built.",
            type="list",
            elements="dict",
            default=[],
            options=_PACKAGE,
            renamed_to="packages",
            rule="packages",
        ),
        LegacyOption("add_public_ip", "Whether to add a public IP address to new servers.", type="bool", default=False),
        LegacyOption(
            "public_ip_protocol",
            "Protocol of all ports of O(public_ip_ports).",
            default="TCP",
            choices=("TCP", "UDP", "ICMP"),
        ),
        LegacyOption(
            "public_ip_ports",
            "Ports to allow on the public IP address: numbers, ranges such as V(8000-8010), or dictionaries with "
            "C(port). Required with O(add_public_ip=true), except for ICMP.",
            type="list",
            elements="raw",
            default=[],
        ),
        LegacyOption(
            "anti_affinity_policy_id",
            "Id of the anti-affinity policy of new hyperscale servers.",
            renamed_to="anti_affinity_policy",
            rule="text",
        ),
        LegacyOption(
            "anti_affinity_policy_name",
            "Name of the anti-affinity policy of new hyperscale servers.",
            renamed_to="anti_affinity_policy",
            rule="text",
        ),
        LegacyOption(
            "alert_policy_id", "Id of the alert policy of new servers.", renamed_to="alert_policies", rule="as_list"
        ),
        LegacyOption(
            "alert_policy_name", "Name of the alert policy of new servers.", renamed_to="alert_policies", rule="as_list"
        ),
        LegacyOption(
            "cpu_autoscale_policy_id",
            "Id of the vertical autoscale policy of new servers.",
            renamed_to="vertical_autoscale_policy",
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
    examples="""\
- name: Ensure that five servers are started in the group
  centurylink.cloud.clc_server:
    name: WEB
    template: centos-6
    group: Default Group
    count_group: Default Group
    exact_count: 5
    location: WA1
  register: clc

- name: Create two more with a public IP address
  centurylink.cloud.clc_server:
    name: WEB
    template: centos-6
    cpu: 2
    memory: 4
    count: 2
    add_public_ip: true
    public_ip_ports: [80, 443]

- name: Stop the created servers
  centurylink.cloud.clc_server:
    server_ids: "{{ clc.server_ids }}"
    state: stopped
  when: clc.server_ids
""",
    idempotent="O(count) creates servers on each run.",
    differences=(
        "The password of the user is O(v2_api_passwd), since O(password) is the password of new servers. Therefore the module is "
        "not a member of the action group.",
        "O(exact_count), O(min_count), or O(max_count) without O(count_group) is an error.",
        "Servers under construction are counted, so two consecutive runs do not build twice. As in the original module, stopped "
        "servers are not counted; a warning lists them.",
        "If servers have to be created, O(group) and O(count_group) must be the same group; otherwise new servers would never be "
        "counted.",
        "V(absent) ignores servers that do not exist, and reports a change only if it deletes a server.",
        "O(alias) is the account of all requests, not only of the create.",
        "As in the original module, the service assigns a new internal IP address to each public IP address of O(add_public_ip). "
        "The new module maps the primary one unless O(centurylink.cloud.server#module:public_ip.internal_ip=new) is set.",
        "Public IP addresses allow only the ports of the task. The failure of one server does not affect the others.",
        "O(add_public_ip=true) or alert policies with O(wait=false) are an error before servers are created.",
        "All options of policies accept an id or a name. Alert policies are added after all servers have been built; if that "
        "fails, the task succeeds with a warning, as in the original module.",
        "A group, template, network, or policy that does not exist is an error that lists the available ones.",
    ),
)
