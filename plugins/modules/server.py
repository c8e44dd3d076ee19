#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server
short_description: Manage servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - The platform builds a server's id from the data center, the account alias, a base name, and an unpredictable number.
    Therefore, servers are managed as a fleet, by O(name) and O(group), or individually, by O(server_ids).
  - The fleet consists of the servers directly in the group whose id is data center, account alias, O(name), and a number.
    Servers that are active or under construction count.
options:
  server_ids:
    description:
      - Ids of the servers, case-insensitive. Required unless O(name) is set.
      - With O(group), the servers are moved to the group, and archived servers are restored.
      - The task fails if a server does not exist or is being deleted, unless O(state=absent).
    type: list
    elements: str
  name:
    description:
      - Base name of the fleet, from V(1) to V(8) characters. The service appends a number.
      - Must be a base name of letters, digits, and dashes whose last character is not a digit.
      - Base name and account alias have at most 10 characters together. Required unless O(server_ids) is set.
    type: str
  group:
    description:
      - Group of the fleet, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name that is unique
        in the data center. Required with O(name).
      - With O(server_ids), the group to move the servers to.
    type: raw
  count:
    description:
      - Number of servers of the fleet, at least V(0).
        Missing servers are created together; for surplus servers see O(allow_removal).
      - If omitted, one server is created if the fleet is empty, and the number of servers is not changed otherwise.
    type: int
  allow_removal:
    description:
      - Whether to delete surplus servers, the newest first. If V(false), the task fails if there are surplus servers.
    type: bool
    default: false
  long_numbers:
    description:
      - Whether numbers of three and more digits are numbers of this fleet. An id such as C(WA1ACMEWEB101) is either number 101 of
        V(WEB), or number 01 of V(WEB1), and is therefore not deleted unless this is V(true).
      - Set it to V(true) for a fleet beyond number 100, if the group has no servers with a base name that is O(name) and a digit.
    type: bool
    default: false
  template:
    description:
      - Name of a template of the data center or of the account. Required to create a server, unless O(source_server) is set or
        O(type=bareMetal). Only used when the server is created.
    type: str
  source_server:
    description:
      - Id of a started server of the data center to clone, instead of O(template). Only used when the server is created.
    type: str
  source_server_password:
    description:
      - Password of the administrator of O(source_server), required to clone it. The clone has the same password unless
        O(administrator_password) is set.
    type: str
  managed_os:
    description:
      - Whether the provider should manage the operating system, which adds some minutes to the build.
      - Only used when the server is created.
    type: bool
  managed_backup:
    description:
      - Whether to add managed backup, which requires O(managed_os). Only used when the server is created.
    type: bool
  configuration_id:
    description:
      - Id of the configuration of a bare metal server. M(centurylink.cloud.data_center_info) returns the available ones.
      - Required for O(type=bareMetal). Only used when the server is created.
    type: str
  os_type:
    description:
      - Operating system of a bare metal server, such as V(redHat6_64Bit). Required for O(type=bareMetal).
      - Only used when the server is created.
    type: str
  packages:
    description:
      - Packages to run after the build. Only used when the server is created; M(centurylink.cloud.server_package) runs packages
        on existing servers.
    type: list
    elements: dict
    suboptions:
      package_id:
        description:
          - Id of the package.
        type: str
        required: true
      parameters:
        description:
          - Parameters of the package, as a map of names to strings. The values are never displayed.
        type: dict
  cpu:
    description:
      - Number of CPU cores, from V(1) to V(16). Required to create a server, unless O(type=bareMetal).
    type: int
  description:
    description:
      - Description of the servers. An empty string clears it. If omitted, it is not changed.
    type: str
  network:
    description:
      - Id or name of the network of the primary network adapter. If omitted, the service selects a network.
      - Only used when the server is created.
    type: str
  ip_address:
    description:
      - IP address of a single server in O(network). Defaults to the first free one. Only used when the server is created.
    type: str
  administrator_password:
    description:
      - Password of the administrator. If omitted, the service generates one for a new server.
      - >-
        Must be a password of at least 8 characters of three kinds out of upper case, lower case, digits, and symbols, without
        any of the characters " ' ; ^ & < > | \.
    type: str
  update_password:
    description:
      - V(on_create) uses O(administrator_password) for new servers only.
      - V(always) compares it with the password that the platform has stored, with one request per server, and updates it if it
        differs.
    type: str
    choices: [on_create, always]
    default: on_create
  maintenance:
    description:
      - Whether the servers should be in maintenance mode. If omitted, it is not changed.
    type: bool
  primary_dns:
    description:
      - IP address of the primary DNS server. Only used when the server is created.
    type: str
  secondary_dns:
    description:
      - IP address of the secondary DNS server. Only used when the server is created.
    type: str
  secondary_networks:
    description:
      - Networks of the servers in addition to their primary network, at most three. Other networks of a server are not changed.
      - A network adapter is identified by the network that contains its IP address.
    type: list
    elements: dict
    suboptions:
      network:
        description:
          - Id or name of a network of the data center.
        type: str
        required: true
      ip_address:
        description:
          - IP address of a single server in the network. Defaults to the first free one. Cannot be changed after creation.
        type: str
      state:
        description:
          - V(absent) removes the network adapter.
        type: str
        choices: [present, absent]
        default: present
  public_ip:
    description:
      - Public IP address to add to each server that has none.
      - Existing public IP addresses are not changed; use M(centurylink.cloud.public_ip) for them.
    type: dict
    suboptions:
      ports:
        description:
          - Ports to allow. Must not be empty.
        type: list
        elements: dict
        required: true
        suboptions:
          protocol:
            description:
              - Protocol of the port.
            type: str
            choices: [tcp, udp, icmp]
            default: tcp
          port:
            description:
              - Port, or the first port of a range, from V(0) to V(65535). Required for V(tcp) and V(udp).
            type: int
          port_to:
            description:
              - Last port of a range, from V(0) to V(65535). Defaults to O(public_ip.ports[].port).
            type: int
      source_restrictions:
        description:
          - Networks and IP addresses that may connect. Defaults to all.
          - Each must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
        type: list
        elements: str
      internal_ip:
        description:
          - Internal IP address that the public one is mapped to, either the primary one of the server, or a new one that the
            service assigns. A new one stays on the server after the public one is removed.
        type: str
        choices: [primary, new]
        default: primary
  alert_policies:
    description:
      - Ids or names of alert policies to apply to the servers. Other alert policies are kept unless O(alert_policies_purge=true).
    type: list
    elements: str
  alert_policies_purge:
    description:
      - Whether to remove all alert policies that are not in O(alert_policies).
    type: bool
    default: false
  vertical_autoscale_policy:
    description:
      - Id or name of the vertical autoscale policy of the servers. An empty string removes the policy.
    type: str
  anti_affinity_policy:
    description:
      - Id or name of the anti-affinity policy of the servers, which must be hyperscale servers. An empty string removes the
        policy.
    type: str
  type:
    description:
      - Type of the servers. V(bareMetal) requires O(configuration_id) and O(os_type). Only used when the server is created.
    type: str
    choices: [standard, hyperscale, bareMetal]
    default: standard
  storage_type:
    description:
      - Type of the storage. If omitted, the service selects it. Only used when the server is created.
    type: str
    choices: [standard, premium, hyperscale]
  ttl:
    description:
      - Date and time at which the service deletes the servers, in UTC unless it has an offset.
      - Must be a date and time, such as V(2030-05-19T02:00:00Z). It must be more than one hour in the future.
      - Only used when the server is created.
    type: str
  disks:
    description:
      - Disks in addition to those of the template.
      - On an existing server, an entry with O(disks[].id) is the disk with this id. An entry without it matches the disk with the
        same path, or else the first non-system disk of that size; if none matches, a disk is added.
      - Other disks are not changed. Disks cannot shrink.
    type: list
    elements: dict
    suboptions:
      id:
        description:
          - Id of an existing disk, such as V(0:3).
        type: str
      path:
        description:
          - Mount point or drive letter. Required for O(disks[].type=partitioned).
        type: str
      size_gb:
        description:
          - Size in GB, from V(1) to V(1024). Required for a new disk.
        type: int
      type:
        description:
          - Whether a new disk is partitioned and mounted. Defaults to V(partitioned) if O(disks[].path) is set, otherwise V(raw).
        type: str
        choices: [raw, partitioned]
      state:
        description:
          - V(absent) deletes the disk with this id and its data. Requires O(allow_data_loss=true).
        type: str
        choices: [present, absent]
        default: present
      partition_paths:
        description:
          - Returned by this module and ignored, so that a result can be used as a value.
        type: raw
  allow_data_loss:
    description:
      - Whether disks may be deleted.
    type: bool
    default: false
  force:
    description:
      - Whether to power off or reset the servers instead of shutting down or rebooting their operating systems, for
        O(state=stopped) and O(state=restarted).
    type: bool
    default: false
  state:
    description:
      - V(present) does not change the power state. With O(name), V(present), V(started), V(stopped), and V(paused) create missing
        servers.
      - V(absent) deletes the servers.
      - V(restarted) restarts the existing servers and is always a change.
      - V(archived) archives the active servers.
    type: str
    choices: [present, absent, started, stopped, paused, restarted, archived]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.custom_fields
  - centurylink.cloud.options.memory
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
seealso:
  - module: centurylink.cloud.server_info
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Create three web servers
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    count: 3
    template: RHEL-7-64-TEMPLATE
    cpu: 2
    memory_gb: 4
    custom_fields:
      Cost Center: CC-4711

- name: Scale the web servers down to two
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    count: 2
    allow_removal: true
  register: web

- name: Change the memory of the first server
  centurylink.cloud.server:
    server_ids: ["{{ web.servers[0].id }}"]
    memory_gb: 8

- name: Stop the servers
  centurylink.cloud.server:
    server_ids: "{{ web.servers | map(attribute='id') }}"
    state: stopped

- name: Delete the fleet
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
servers:
  description: The servers of the fleet, or those of O(server_ids), sorted by id.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id of the server, in lower case. In check mode, a placeholder for a server that does not exist
        yet.
      returned: always
      type: str
      sample: wa1acmeweb01
    name:
      description: Name of the server, in upper case. In check mode, a placeholder for a server that does not exist
        yet.
      returned: always
      type: str
      sample: WA1ACMEWEB01
    display_name:
      description: Name of the server for people. Null if the service does not return it, as in a list of servers.
      returned: always
      type: str
      sample: Web server 1
    description:
      description: Description of the server.
      returned: always
      type: str
      sample: First web server
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    group_id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    status:
      description: Status of the server, such as V(active), V(archived), V(underConstruction), V(queuedForDelete),
        or V(queuedForRestore).
      returned: always
      type: str
      sample: active
    power_state:
      description: Power state, such as V(started), V(stopped), or V(paused). Null while the server is under construction,
        as are all properties that say so.
      returned: always
      type: str
      sample: started
    in_maintenance_mode:
      description: Whether the server is in maintenance mode. Null while the server is under construction.
      returned: always
      type: bool
      sample: false
    cpu:
      description: Number of CPUs. Null while the server is under construction.
      returned: always
      type: int
      sample: 2
    memory_gb:
      description: Memory in GB. Null while the server is under construction.
      returned: always
      type: float
      sample: 4
    storage_gb:
      description: Size of all disks in GB. Null while the server is under construction.
      returned: always
      type: int
      sample: 17
    type:
      description: Type of the server, such as V(standard), V(hyperscale), or V(bareMetal).
      returned: always
      type: str
      sample: standard
    storage_type:
      description: Type of the storage, such as V(standard), V(premium), or V(hyperscale).
      returned: always
      type: str
      sample: standard
    os:
      description: Operating system, under its short name.
      returned: always
      type: str
      sample: debian7_64Bit
    os_type:
      description: Name of the operating system.
      returned: always
      type: str
      sample: Debian 7 64-bit
    host_name:
      description: Host name that the operating system reports. May be empty. Null while the server is under construction.
      returned: always
      type: str
      sample: wa1acmeweb01
    ip_address:
      description: Primary internal IP address. Null while the server is under construction.
      returned: always
      type: str
      sample: 10.80.12.40
    ip_addresses:
      description: The IP addresses of the primary network. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        internal:
          description: Internal IP address.
          returned: if there is one
          type: str
          sample: 10.80.12.40
        public:
          description: Public IP address of the internal one.
          returned: if there is one
          type: str
          sample: 203.0.113.10
    secondary_ip_addresses:
      description: The IP addresses of secondary networks. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        internal:
          description: Internal IP address.
          returned: if there is one
          type: str
          sample: 10.80.13.12
        public:
          description: Public IP address of the internal one.
          returned: if there is one
          type: str
          sample: 203.0.113.11
    public_ip_addresses:
      description: The public IP addresses. Null while the server is under construction.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.10
    disks:
      description: The disks. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the disk.
          returned: always
          type: str
          sample: 0:1
        size_gb:
          description: Size in GB.
          returned: always
          type: int
          sample: 16
        partition_paths:
          description: Paths of the partitions. Empty if the service does not return them.
          returned: always
          type: list
          elements: str
          sample:
            - /data
    partitions:
      description: The partitions, as the operating system reports them. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        size_gb:
          description: Size in GB.
          returned: always
          type: float
          sample: 15.748
        path:
          description: Path of the partition.
          returned: always
          type: str
          sample: /
    snapshots:
      description: The snapshots. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the snapshot.
          returned: always
          type: str
          sample: '3'
        name:
          description: Name of the snapshot, the time at which it was created in UTC.
          returned: always
          type: str
          sample: 2026-02-11.14:05:09
    custom_fields:
      description: The custom fields that have a value. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the field. M(centurylink.cloud.custom_field_info) returns the fields of the account.
          returned: always
          type: str
          sample: cdf83fd989e60f210402362d53c9efc6
        name:
          description: Name of the field.
          returned: always
          type: str
          sample: Stage
        value:
          description: Value of the field. Of a field with a list of choices, the number of the choice.
          returned: always
          type: str
          sample: '1'
        display_value:
          description: Value of the field as the portal shows it. Of a field with a list of choices, the text of
            the choice.
          returned: always
          type: str
          sample: Production
    alert_policies:
      description: The alert policies. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: bb43e451f9ab2845ad0f3d761f3d0201
        name:
          description: Name of the policy.
          returned: always
          type: str
          sample: Disk above 80 percent
    anti_affinity_policy:
      description: The anti-affinity policy. Null if the server has none.
      returned: always
      type: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: 3f79a8afba701070d26d7f79a73aff5c
        name:
          description: Name of the policy.
          returned: always
          type: str
          sample: Database spread
    cpu_autoscale_policy:
      description: The vertical autoscale policy. Null if the server has none. The service does not return its name.
      returned: always
      type: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: bfe8c26b715568b9126bef73fecde3b5
    processor_description:
      description: The processor of a bare metal server. Null for others.
      returned: always
      type: str
      sample: Intel(R) Xeon(R) CPU E3-1271 v3 @ 3.60GHz
    storage_description:
      description: The disks of a bare metal server. Null for others.
      returned: always
      type: str
      sample: 2x 1TB 7200 RPM
    is_template:
      description: Whether the server is a template.
      returned: always
      type: bool
      sample: false
    is_managed_os:
      description: Whether the operating system is managed by the service.
      returned: always
      type: bool
      sample: false
    is_managed_backup:
      description: Whether backups are managed by the service.
      returned: always
      type: bool
      sample: false
    uuid:
      description: Id under which the service created the server. Null if the service does not return it.
      returned: always
      type: str
      sample: 71e1460014a3e7146b960a1ba328acc1
    change_info:
      description: Who created and changed the server, and when.
      returned: always
      type: dict
      contains:
        created_by:
          description: Name of the user who created it. Null if the service does not return it.
          returned: always
          type: str
          sample: deploy.acme
        created_date:
          description: Time of the creation in UTC, in ISO 8601 format. Null if the service does not return it.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
        modified_by:
          description: Name of the user who changed it last. Null if it was never changed.
          returned: always
          type: str
          sample: deploy.acme
        modified_date:
          description: Time of the last change in UTC, in ISO 8601 format. Null if it was never changed.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
created_ids:
  description: Ids of the servers that this run has created. In check mode, a placeholder for each of them.
  returned: always
  type: list
  elements: str
  sample:
    - wa1acmeweb01
changed_ids:
  description: Ids of the servers that this run has changed, including their power state.
  returned: always
  type: list
  elements: str
  sample:
    - wa1acmeweb02
removed_ids:
  description: Ids of the servers that this run has deleted.
  returned: always
  type: list
  elements: str
  sample:
    - wa1acmeweb03
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.server import ARGUMENTS
from ..module_utils.options import PORT_RULES
from ..module_utils.resources.server.selection import check_options
from ..module_utils.resources.server.server import Servers
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    Servers,
    ARGUMENTS,
    check=check_options,
    mutually_exclusive=[("server_ids", "name"), ("server_ids", "count"), ("template", "source_server")],
    required_one_of=[("server_ids", "name")],
    required_by={"name": ["group"]},
    suboption_rules={
        # A size can match more than one disk, so that each run would delete another one.
        "disks": {"required_if": [("state", "absent", ("id",))]},
        "public_ip.ports": PORT_RULES,
    },
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
