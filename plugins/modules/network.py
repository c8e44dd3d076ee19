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
network:
  description: The network after the task. Null if it does not exist.
  returned: always
  type: dict
  sample:
    id: d892aa68bfcc8c928344b16103485a1c
    name: web-tier
    description: Web servers
    data_center: WA1
    cidr: 10.80.37.0/24
    gateway: 10.80.37.1
    netmask: 255.255.255.0
    type: private
    vlan: 237
# Generated: what every module that waits returns.
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      targets:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
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
