#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage shared load balancers with their pools and nodes."""

from __future__ import annotations

DOCUMENTATION = r"""
module: shared_load_balancer
short_description: Manage shared load balancers with their pools and nodes
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deletes shared load balancers. A shared load balancer is a public IP address in a data center. It has a
    pool for each public port, and each pool has nodes.
  - A task can manage all pools and nodes or, with O(purge=false), only some of them together with other clients.
  - The vendor has deprecated this product. M(centurylink.cloud.load_balancer) manages its successor.
options:
  description:
    description:
      - Description of the load balancer. Defaults to O(name) for a new load balancer. If omitted, it is not changed.
    type: str
  status:
    description:
      - Whether the load balancer accepts requests. Defaults to V(enabled) for a new load balancer.
    type: str
    choices: [enabled, disabled]
  pools:
    description:
      - Pools of the load balancer. If omitted, they are not changed.
    type: list
    elements: dict
    suboptions:
      port:
        description:
          - Public port, which identifies the pool.
        type: int
        required: true
        choices: [80, 443]
      method:
        description:
          - Method that selects a node. Defaults to V(roundRobin) for a new pool.
        type: str
        choices: [leastConnection, roundRobin]
      persistence:
        description:
          - Whether a client keeps its node (V(sticky)) or not (V(standard)). Defaults to V(standard) for a new pool.
        type: str
        choices: [standard, sticky]
      nodes:
        description:
          - Nodes of the pool. If omitted, they are not changed.
        type: list
        elements: dict
        suboptions:
          ip_address:
            description:
              - IP address of the node. IP address and port identify a node. Required without O(pools[].nodes[].server),
                O(pools[].nodes[].group), and O(pools[].nodes[].servers).
              - Must be an IPv4 address, such as V(10.80.12.31).
            type: str
            aliases: [ipAddress]
          server:
            description:
              - Id or name of a server, case-insensitive, or a server as M(centurylink.cloud.server) returns it. Its first
                private IP address is that of the node.
              - With O(pools[].nodes[].group), base name of a fleet. Each of its servers is a node.
            type: raw
          group:
            description:
              - Server group in O(data_center), as an id, a path, a unique name, or a list of names from the root. Without
                O(pools[].nodes[].server), each server directly in the group is a node.
            type: raw
          servers:
            description:
              - Servers, each of which is a node, as M(centurylink.cloud.server) and M(centurylink.cloud.server_info) return
                them, or as ids or names.
            type: list
            elements: raw
          private_port:
            description:
              - Port on the node, from V(1) to V(65535).
            type: int
            required: true
            aliases: [privatePort, port]
          status:
            description:
              - Whether the node receives requests. Defaults to V(enabled) for a new node.
            type: str
            choices: [enabled, disabled]
          state:
            description:
              - Whether the pool should have this node.
            type: str
            choices: [present, absent]
            default: present
      state:
        description:
          - Whether the load balancer should have this pool.
        type: str
        choices: [present, absent]
        default: present
      id:
        description:
          - Returned by this module and ignored, so that a result can be used as a value.
        type: raw
  purge:
    description:
      - Whether to delete pools that are not listed in O(pools), and to remove nodes that are not listed in O(pools[].nodes).
      - If V(false), they are kept. The nodes are then read again after the update, and the update is repeated if another client
        has reverted it, so that several clients can each manage some nodes of a pool.
    type: bool
    default: true
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.shared_load_balancer_info
  - module: centurylink.cloud.load_balancer
"""

EXAMPLES = r"""
- name: Create a load balancer with all its pools and nodes
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

- name: Add a node and keep the others
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    purge: false
    pools:
      - port: 443
        nodes:
          - ip_address: 10.80.12.13
            private_port: 8443

- name: Remove the node
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

- name: Get the web servers
  centurylink.cloud.server_info:
    data_center: WA1
    group: Shop/Web
  register: web

- name: Distribute requests to them, and to another server
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    pools:
      - port: 80
        nodes:
          - servers: "{{ web.servers }}"
            port: 8080
          - server: WA1DEMOAPP01
            port: 8080

- name: Delete the pool on port 80
  centurylink.cloud.shared_load_balancer:
    name: web-front
    data_center: WA1
    purge: false
    pools:
      - port: 80
        state: absent
"""

RETURN = r"""
# Generated from tools/returns/load_balancer.yml.
shared_load_balancer:
  description: The load balancer after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the load balancer.
      returned: always
      type: str
      sample: 0c9d1f6e2b7a4d3f8e5c6a7b8d9e0f11
    name:
      description: Name of the load balancer.
      returned: always
      type: str
      sample: web-front
    description:
      description: Description of the load balancer.
      returned: always
      type: str
      sample: Public web tier
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    ip_address:
      description: Public IP address.
      returned: always
      type: str
      sample: 203.0.113.40
    status:
      description: Status of the load balancer.
      returned: always
      type: str
      choices:
        - enabled
        - disabled
        - deleted
      sample: enabled
    pools:
      description: The pools, one for each port.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the pool.
          returned: always
          type: str
          sample: 5a1b2c3d4e5f60718293a4b5c6d7e8f9
        port:
          description: Public port.
          returned: always
          type: int
          sample: 443
        method:
          description: How the node of a new connection is chosen.
          returned: always
          type: str
          choices:
            - leastConnection
            - roundRobin
          sample: leastConnection
        persistence:
          description: Whether a client stays with its node (V(sticky)).
          returned: always
          type: str
          choices:
            - standard
            - sticky
          sample: sticky
        nodes:
          description: The nodes that connections are distributed to.
          returned: always
          type: list
          elements: dict
          contains:
            ip_address:
              description: IP address of the node.
              returned: always
              type: str
              sample: 10.80.12.11
            private_port:
              description: The port of the node.
              returned: always
              type: int
              sample: 8443
            status:
              description: Status of the node. A disabled one gets no traffic.
              returned: always
              type: str
              choices:
                - enabled
                - disabled
                - deleted
              sample: enabled
"""

from ..module_utils.argument_specs.shared_load_balancer import ARGUMENTS
from ..module_utils.resources.load_balancer.shared_load_balancer import SharedLoadBalancer, validate_pools
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    SharedLoadBalancer, ARGUMENTS, check=validate_pools, waits=False, required_one_of=[("name", "id")]
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
