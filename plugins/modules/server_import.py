#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers made from uploaded images."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_import
short_description: Import a server from an uploaded OVF image
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates a server from an OVF image that was uploaded to the account's directory of a data center. The API cannot upload images.
  - If the group already has a server with this base name, nothing is imported and the server is not changed.
options:
  name:
    description:
      - Base name of the server, from V(1) to V(7) characters. The service appends a number.
      - Must be a base name of letters, digits, and dashes whose last character is not a digit.
      - Base name and account alias have at most 10 characters together.
    type: str
    required: true
  group:
    description:
      - Group of the server, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name that is unique
        in the data center.
    type: raw
    required: true
  ovf_id:
    description:
      - Id of the image, such as V(ACME/LEGACY-APP). M(centurylink.cloud.server_import_info) returns the available images.
    type: str
    required: true
  os_type:
    description:
      - Operating system of the image, such as V(RedHat6_64Bit), case-insensitive. Must be one of C(importable_os_types) of the
        data center.
    type: str
    required: true
  administrator_password:
    description:
      - Password of the administrator in the image. The import fails if it differs.
    type: str
    required: true
  cpu:
    description:
      - Number of CPU cores, from V(1) to V(16). The server is resized if the image has another number.
    type: int
    required: true
  memory_gb:
    description:
      - Memory in GB, from V(1) to V(128). The server is resized if the image has another size.
    type: int
    required: true
    aliases: [memory]
  description:
    description:
      - Description of the server.
    type: str
  custom_fields:
    description:
      - Values of custom fields by name or id.
    type: dict
  network:
    description:
      - Id or name of the network of the primary network adapter. If omitted, the service selects a network.
    type: str
  type:
    description:
      - Type of the server.
    type: str
    choices: [standard, hyperscale]
    default: standard
  storage_type:
    description:
      - Type of the storage. If omitted, the service selects it.
    type: str
    choices: [standard, premium, hyperscale]
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.name_servers
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
seealso:
  - module: centurylink.cloud.server_import_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Import a server
  centurylink.cloud.server_import:
    name: LEGACY
    group: Shop/App
    data_center: WA1
    ovf_id: ACME/LEGACY-APP
    os_type: RedHat6_64Bit
    administrator_password: "{{ vault_legacy_password }}"
    cpu: 2
    memory_gb: 4
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
servers:
  description: The servers with this base name in the group, as M(centurylink.cloud.server) returns them.
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
  description: Id of the server that this run has imported. In check mode, a placeholder.
  returned: always
  type: list
  elements: str
  sample:
    - wa1acmelegacy01
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

from ..module_utils.argument_specs.server_import import ARGUMENTS
from ..module_utils.resources.server.server_import import ServerImport
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerImport, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
