#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server
short_description: Create, change, power, archive and remove servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A server's id is made by the platform from the data center, the account alias, a base name and a number that nobody can
    predict. So servers are managed as a fleet, by O(name) and O(group), or one by one, by O(server_ids).
  - The fleet is the servers directly in the group whose id is data center, alias, O(name) and a number. Servers that are active
    or under construction count.
options:
  server_ids:
    description:
      - Exactly these servers, in any case. Together with O(group) it moves them, and restores those that are archived.
      - One that is not there or is being deleted is an error, unless O(state=absent).
    type: list
    elements: str
  name:
    description:
      - Base name of the fleet; letters, digits and dashes, and no digit at its end.
    type: str
  group:
    description:
      - Group of the fleet, as an id, a path from the root such as V(Default Group/Web), a list of names, or a name found once.
      - Together with O(server_ids) the group that they shall be in.
    type: raw
  count:
    description:
      - How many servers there should be. Missing ones are created together.
      - Without it one is created where there is none, and any other number is left as it is.
    type: int
  allow_removal:
    description:
      - Whether surplus servers may be removed, the newest first. Without it a surplus is an error.
    type: bool
    default: false
  template:
    description:
      - Name of a template of the data center, one of your own among them. Used at creation only, since it cannot be read back.
    type: str
  source_server:
    description:
      - Id of a running server of the data center to clone, instead of O(template). Used at creation only.
    type: str
  source_server_password:
    description:
      - Password of the administrator of O(source_server). A clone has it too, where O(administrator_password) is not given.
    type: str
  managed_os:
    description:
      - Whether the provider shall manage the operating system. The build takes some minutes more. Used at creation only.
    type: bool
  managed_backup:
    description:
      - Whether to add managed backup; goes with O(managed_os) only. Used at creation only.
    type: bool
  configuration_id:
    description:
      - Configuration of a bare metal server; M(centurylink.cloud.data_center_info) lists them. Used at creation only.
    type: str
  os_type:
    description:
      - Operating system of a bare metal server, such as V(redHat6_64Bit). Used at creation only.
    type: str
  packages:
    description:
      - Packages to run after the build. Used at creation only; M(centurylink.cloud.server_package) runs one at any time.
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
          - Values by the package's own names. They are never shown.
        type: dict
  cpu:
    description:
      - Number of cores.
    type: int
  description:
    description:
      - Description of the servers. An empty text empties it.
    type: str
  network:
    description:
      - Id or name of the network of the primary adapter. Used at creation only.
    type: str
  ip_address:
    description:
      - Address in that network, for a single server. Used at creation only.
    type: str
  administrator_password:
    description:
      - Password of the administrator; made up by the service where it is missing.
    type: str
  update_password:
    description:
      - V(on_create) uses O(administrator_password) for new servers only. V(always) compares it with the one that the platform has
        stored, one request for each server, and changes it where it differs.
    type: str
    choices: [on_create, always]
    default: on_create
  maintenance:
    description:
      - Whether the servers shall be in maintenance mode; left as it is without it.
    type: bool
  primary_dns:
    description:
      - Address of the first name server. Used at creation only.
    type: str
  secondary_dns:
    description:
      - Address of the second name server. Used at creation only.
    type: str
  secondary_networks:
    description:
      - Networks that the servers have an adapter in beside their primary one; three at most.
      - Networks that are not named are left alone. An adapter is known by the network that its address lies in.
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
          - Address in that network, for a single server; the first free one by default. It cannot be changed later.
        type: str
      state:
        description:
          - V(absent) removes the adapter.
        type: str
        choices: [present, absent]
        default: present
  public_ip:
    description:
      - Gives a public address to each server that has none, mapped to its primary address.
      - What an address that is there lets in is left alone; M(centurylink.cloud.public_ip) manages it.
    type: dict
    suboptions:
      ports:
        description:
          - What to let in.
        type: list
        elements: dict
        required: true
        suboptions:
          protocol:
            description:
              - Protocol.
            type: str
            choices: [tcp, udp, icmp]
            default: tcp
          port:
            description:
              - Port, or the first one of a range; not for V(icmp).
            type: int
          port_to:
            description:
              - Last port of a range.
            type: int
      source_restrictions:
        description:
          - Networks from which to let in, such as V(203.0.113.0/24); everyone by default.
        type: list
        elements: str
  alert_policies:
    description:
      - Alert policies that the servers shall have, by id or name. Others stay, unless O(alert_policies_purge) is set.
    type: list
    elements: str
  alert_policies_purge:
    description:
      - Whether to take off all alert policies that O(alert_policies) does not name.
    type: bool
    default: false
  vertical_autoscale_policy:
    description:
      - Vertical autoscale policy of the servers, by id or name. An empty text takes off the one they have.
    type: str
  anti_affinity_policy:
    description:
      - Anti-affinity policy of the data center for the servers, by id or name; the service has it for hyperscale servers only.
      - An empty text takes off the one they have.
    type: str
  type:
    description:
      - Kind of server. V(bareMetal) wants O(configuration_id) and O(os_type). Used at creation only.
    type: str
    choices: [standard, hyperscale, bareMetal]
    default: standard
  storage_type:
    description:
      - Kind of storage. Used at creation only.
    type: str
    choices: [standard, premium, hyperscale]
  ttl:
    description:
      - When the service shall delete the servers by itself, as V(2026-12-31T18:00:00Z), more than an hour ahead.
      - Used at creation only.
    type: str
  disks:
    description:
      - Disks on top of those of the template.
      - On a server that exists, one with O(disks[].id) is that disk. One without is the disk that shows its path, else the first
        of its size that is not the system's, else it is added. Disks that are not named are left alone. No disk ever shrinks.
    type: list
    elements: dict
    suboptions:
      id:
        description:
          - Id of a disk that exists, such as V(0:3).
        type: str
      path:
        description:
          - Mount point or drive letter; needed for a partitioned disk.
        type: str
      size_gb:
        description:
          - Size in GB; needed for a new disk.
        type: int
      type:
        description:
          - Whether a new disk is partitioned and mounted; by default where it has a path.
        type: str
        choices: [raw, partitioned]
      state:
        description:
          - V(absent) removes the disk of that id with its data, where O(allow_data_loss) is set.
        type: str
        choices: [present, absent]
        default: present
  allow_data_loss:
    description:
      - Whether disks may be removed.
    type: bool
    default: false
  force:
    description:
      - Cut the power instead of asking the system, for O(state=stopped) and O(state=restarted).
    type: bool
    default: false
  state:
    description:
      - V(present) leaves the power alone. With O(name), V(present), V(started), V(stopped) and V(paused) create what is missing.
      - V(restarted) restarts those that exist and is always a change.
      - V(archived) leaves no active server of the fleet.
    type: str
    choices: [present, absent, started, stopped, paused, restarted, archived]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.custom_fields
  - centurylink.cloud.options.memory
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_info
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Three web servers
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
  register: web

- name: Two are enough
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    count: 2
    allow_removal: true

- name: More memory for one of them
  centurylink.cloud.server:
    server_ids: [WA1ACMEWEB01]
    memory_gb: 8

- name: Switch them off
  centurylink.cloud.server:
    server_ids: "{{ web.servers | map(attribute='id') }}"
    state: stopped

- name: Remove the fleet
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    state: absent
"""

RETURN = r"""
servers:
  description: The servers of the fleet, or those of O(server_ids), as they are now, sorted by id.
  returned: always
  type: list
  elements: dict
  sample:
    - id: wa1acmeweb01
      name: WA1ACMEWEB01
      description: ""
      data_center: WA1
      group_id: 8a67639f74080f56c5aa328f676226e2
      status: active
      power_state: started
      cpu: 2
      memory_gb: 4
      ip_address: 10.80.12.40
      public_ip_addresses: []
created_ids:
  description: Ids of the servers that this run has created; null for each in check mode.
  returned: always
  type: list
  elements: str
  sample: [wa1acmeweb01]
changed_ids:
  description: Ids of the servers that this run has changed or powered.
  returned: always
  type: list
  elements: str
  sample: []
removed_ids:
  description: Ids of the servers that this run has removed.
  returned: always
  type: list
  elements: str
  sample: []
# Generated: what every module that waits returns.
jobs:
  description:
    - What was queued. M(centurylink.cloud.job_info) can ask or wait for the jobs of the services C(api) and C(lbaas).
    - 'The service C(rdbs) has no jobs: an entry of it stands for a database, whose status M(centurylink.cloud.database_info)
      tells.'
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      things:
        - wa1acmeweb01
pending:
  description: What is still to be done once the jobs have ended; a second run does it.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
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
        # A size says what shall be there; of disks to remove there could be several, and each run would take one.
        "disks": {"required_if": [("state", "absent", ("id",))]},
        "public_ip.ports": PORT_RULES,
    },
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
