#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about shared load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: shared_load_balancer_info
short_description: Gather information about shared load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the shared load balancers of a data center with their pools and nodes.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.shared_load_balancer
"""

EXAMPLES = r"""
- name: Get a load balancer by name
  centurylink.cloud.shared_load_balancer_info:
    name: web-front
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/load_balancer.yml.
shared_load_balancers:
  description: The load balancers, without deleted ones. Empty if none exists.
  returned: success
  type: list
  elements: dict
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

from ..module_utils.argument_specs.shared_load_balancer_info import ARGUMENTS
from ..module_utils.resources.load_balancer.shared_load_balancer import gather_shared_load_balancers
from ..module_utils.running import InfoModule

MODULE = InfoModule(
    "shared_load_balancers", gather_shared_load_balancers, ARGUMENTS, mutually_exclusive=[("name", "id")]
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
