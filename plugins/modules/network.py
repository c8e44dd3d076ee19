#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: networks of a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: network
short_description: Claim, name and release networks
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A network (VLAN) is claimed from a pool of the data center. Which one comes, and with which addresses, cannot be chosen.
  - A network that is not there by O(name) is claimed first and then given its name; a claim was seen to take six minutes.
  - Where a claim was sent and nothing is known of its end, the task fails and says so. Nothing is ever claimed twice by itself.
  - With O(wait=false) nothing is claimed, since what was claimed could not be named.
options:
  id:
    description:
      - Id of a network that is there already; with it O(name) is what the network shall be called.
    type: str
  name:
    description:
      - Name of the network, in its exact case. Needed to claim one.
    type: str
  description:
    description:
      - Description of the network. An empty one is cleared; without it the description is left as it is.
      - A claimed network comes with its first name as description.
    type: str
  state:
    description:
      - Whether the account shall hold the network. One in which servers have addresses cannot be released.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.network_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: A network for the web servers
  centurylink.cloud.network:
    name: web-tier
    description: Web servers
    data_center: WA1
  register: web

- name: Call it something else
  centurylink.cloud.network:
    id: "{{ web.network.id }}"
    name: front
    data_center: WA1

- name: Give it back
  centurylink.cloud.network:
    name: front
    data_center: WA1
    state: absent
"""

RETURN = r"""
network:
  description: The network as it is now, null where there is none.
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
      things:
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
