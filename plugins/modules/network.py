#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage networks of a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: network
short_description: Claim, rename, and release networks
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A network (VLAN) is claimed from a pool of the data center. The service chooses the network and its IP addresses.
  - If no network is named O(name), one is claimed and then renamed. A claim can take more than six minutes.
  - If the outcome of a claim is unknown, the task fails with an explanation. A claim is never repeated automatically.
  - With O(wait=false) the task cannot claim a network, since a network can be renamed only after its claim has finished.
options:
  id:
    description:
      - Id of an existing network. If set, O(name) renames the network.
    type: str
  name:
    description:
      - Name of the network, case-sensitive. Required to claim a network.
    type: str
  description:
    description:
      - Description of the network. An empty string clears it. If omitted, it is not changed.
      - The description of a newly claimed network is the name that the platform gave it.
    type: str
  state:
    description:
      - Whether the account should have the network. V(absent) releases it, which fails while servers have IP addresses in it.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.network_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Ensure that there is a network for the web servers
  centurylink.cloud.network:
    name: web-tier
    description: Web servers
    data_center: WA1
  register: web

- name: Rename the network
  centurylink.cloud.network:
    id: "{{ web.network.id }}"
    name: front
    data_center: WA1

- name: Release the network
  centurylink.cloud.network:
    name: front
    data_center: WA1
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/network.yml.
network:
  description: The network after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the network.
      returned: always
      type: str
      sample: ec6ff75a0ffd4504840dab343fe41077
    name:
      description: Name of the network.
      returned: always
      type: str
      sample: web
    description:
      description: Description of the network.
      returned: always
      type: str
      sample: Public web tier
    data_center:
      description: Code of the data center of the network.
      returned: always
      type: str
      sample: WA1
    cidr:
      description: Addresses of the network in CIDR notation.
      returned: always
      type: str
      sample: 10.80.12.0/24
    gateway:
      description: IP address of the gateway.
      returned: always
      type: str
      sample: 10.80.12.1
    netmask:
      description: Netmask of the network.
      returned: always
      type: str
      sample: 255.255.255.0
    type:
      description: Type of the network, usually V(private).
      returned: always
      type: str
      sample: private
    vlan:
      description: Number of the VLAN.
      returned: always
      type: int
      sample: 1012
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

from ..module_utils.argument_specs.network import ARGUMENTS
from ..module_utils.resources.network.network import Network, check
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(Network, ARGUMENTS, check=check, required_one_of=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
