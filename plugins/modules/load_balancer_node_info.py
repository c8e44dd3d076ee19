#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the nodes of servers in pools of load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_node_info
short_description: Gather information about the nodes of servers in load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the nodes of servers in all pools of load balancers, both LBaaS and shared ones. Sends one request for each server, and
    one for each data center and kind.
  - The nodes of a server are those with one of its IP addresses, in load balancers of its data center.
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.options.load_balancer_nodes
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.load_balancer_node
"""

EXAMPLES = r"""
- name: Get all nodes of two servers
  centurylink.cloud.load_balancer_node_info:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
"""

RETURN = r"""
# Generated from tools/returns/load_balancer.yml.
load_balancer_nodes:
  description: The nodes of the servers, sorted by server id. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    kind:
      description: Kind of the load balancer.
      returned: always
      type: str
      choices:
        - load_balancer
        - shared_load_balancer
      sample: shared_load_balancer
    load_balancer_id:
      description: Id of the load balancer.
      returned: always
      type: str
      sample: 0c9d1f6e2b7a4d3f8e5c6a7b8d9e0f11
    load_balancer_name:
      description: Name of the load balancer.
      returned: always
      type: str
      sample: web-front
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    pool_id:
      description: Id of the pool.
      returned: always
      type: str
      sample: 5a1b2c3d4e5f60718293a4b5c6d7e8f9
    port:
      description: Public port of the pool.
      returned: always
      type: int
      sample: 443
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
      sample: enabled
"""

from ..module_utils.argument_specs.load_balancer_node_info import ARGUMENTS
from ..module_utils.resources.load_balancer.node import gather_nodes
from ..module_utils.running import InfoModule

MODULE = InfoModule("load_balancer_nodes", gather_nodes, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
