#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about LBaaS load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_info
short_description: Gather information about LBaaS load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the load balancers of a data center, or of all data centers, with their pools and nodes.
options:
  all_data_centers:
    description:
      - Whether to return the load balancers of all data centers. This uses a request that the vendor does not document.
    type: bool
    default: false
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.load_balancer
"""

EXAMPLES = r"""
- name: Get a load balancer by name
  centurylink.cloud.load_balancer_info:
    name: shop
    data_center: VA1
"""

RETURN = r"""
load_balancers:
  description: The load balancers, without deleted ones. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
      name: shop
      description: Shop front end
      data_center: VA1
      public_ip_address: 203.0.113.77
      status: active
      creation_time: 1537190400000
      pools:
        - id: b6b0b6e2-3c51-4b87-8f53-0f6b1f0a7d21
          port: 443
          load_balancing_method: leastconn
          persistence: source_ip
          idle_timeout_ms: 180000
          load_balancing_mode: tcp
          nodes:
            - ip_address: 10.80.12.21
              private_port: 8443
              status: enabled
              server_weight: null
              health_check: null
          force_https: false
          health_check: null
"""

from ..module_utils.argument_specs.load_balancer_info import ARGUMENTS
from ..module_utils.resources.load_balancer.load_balancer import gather_load_balancers
from ..module_utils.running import InfoModule

ALONE = [("name", "id"), ("id", "all_data_centers"), ("data_center", "all_data_centers")]

MODULE = InfoModule("load_balancers", gather_load_balancers, ARGUMENTS, mutually_exclusive=ALONE)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
