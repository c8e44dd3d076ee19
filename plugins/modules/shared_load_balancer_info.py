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
shared_load_balancers:
  description: The load balancers, without deleted ones. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0c9d1f6e2b7a4d3f8e5c6a7b8d9e0f11
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
