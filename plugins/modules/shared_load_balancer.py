#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: shared load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: shared_load_balancer
short_description: Manage shared load balancers with their pools and nodes
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A shared load balancer is a public address in one data center. It has pools, one for a public port, and a pool has nodes.
  - One task can declare all of it, or with O(purge=false) only its own pools and nodes beside those of others.
  - The vendor calls this product deprecated; M(centurylink.cloud.load_balancer) manages its successor.
options:
  description:
    description:
      - Description. A new load balancer without one gets its name.
    type: str
  status:
    description:
      - Whether it takes requests. A new one is enabled.
    type: str
    choices: [enabled, disabled]
  pools:
    description:
      - Its pools. Without it they are left as they are.
    type: list
    elements: dict
    suboptions:
      port:
        description:
          - Public port, which is what a pool is known by.
        type: int
        required: true
        choices: [80, 443]
      method:
        description:
          - How a node is chosen. A new pool has V(roundRobin).
        type: str
        choices: [leastConnection, roundRobin]
      persistence:
        description:
          - With V(sticky) a client stays with its node. A new pool has V(standard), which is none.
        type: str
        choices: [standard, sticky]
      nodes:
        description:
          - The servers behind it. Without it they are left as they are.
        type: list
        elements: dict
        suboptions:
          ip_address:
            description:
              - Address of the node. Address and port are what a node is known by.
            type: str
            required: true
            aliases: [ipAddress]
          private_port:
            description:
              - Port on the node.
            type: int
            required: true
            aliases: [privatePort]
          status:
            description:
              - Whether it gets requests. A new node is enabled.
            type: str
            choices: [enabled, disabled]
          state:
            description:
              - Whether the pool shall have this node.
            type: str
            choices: [present, absent]
            default: present
      state:
        description:
          - Whether the load balancer shall have this pool.
        type: str
        choices: [present, absent]
        default: present
  purge:
    description:
      - Whether pools that O(pools) does not name are removed, and nodes that the list of nodes of a pool does not name.
      - With V(false) they stay. The nodes are then read again after the change, and the change is repeated where somebody else
        has undone it meanwhile, so that several can each manage nodes of their own in one pool.
    type: bool
    default: true
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.shared_load_balancer_info
  - module: centurylink.cloud.load_balancer
"""

EXAMPLES = r"""
- name: All of a load balancer
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    description: Public web tier
    pools:
      - port: 443
        method: leastConnection
        persistence: sticky
        nodes:
          - ip_address: 10.80.12.11
            private_port: 8443
          - ip_address: 10.80.12.12
            private_port: 8443

- name: One node more, the others stay
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    purge: false
    pools:
      - port: 443
        nodes:
          - ip_address: 10.80.12.13
            private_port: 8443

- name: That node does not get requests any more
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    purge: false
    pools:
      - port: 443
        nodes:
          - ip_address: 10.80.12.13
            private_port: 8443
            state: absent

- name: No pool on port 80
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    purge: false
    pools:
      - port: 80
        state: absent
"""

RETURN = r"""
shared_load_balancer:
  description: The load balancer as it is now, null where there is none.
  returned: always
  type: dict
  sample:
    id: 0c9d1f6e2b7a4d3f8e5c6a7b8d9e0f11
    name: web-front
    description: Public web tier
    data_center: WA1
    ip_address: 203.0.113.40
    status: enabled
    pools:
      - id: 5a1b2c3d4e5f60718293a4b5c6d7e8f9
        port: 443
        method: leastConnection
        persistence: sticky
        nodes:
          - ip_address: 10.80.12.11
            private_port: 8443
            status: enabled
"""

from ..module_utils.argument_specs.shared_load_balancer import ARGUMENTS
from ..module_utils.resources.load_balancer.shared_load_balancer import SharedLoadBalancer, check_pools
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(SharedLoadBalancer, ARGUMENTS, check=check_pools, waits=False, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
