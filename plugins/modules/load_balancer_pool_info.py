#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about pools of LBaaS load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_pool_info
short_description: Gather information about pools of LBaaS load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the pools of a load balancer with their nodes.
options:
  port:
    description:
      - Public port of a pool. Defaults to all pools.
    type: int
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer_of_pool
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.load_balancer_pool
"""

EXAMPLES = r"""
- name: Get all pools of a load balancer
  centurylink.cloud.load_balancer_pool_info:
    load_balancer: shop
    data_center: VA1
"""

RETURN = r"""
load_balancer_pools:
  description: The pools. Empty if none exists, or if the load balancer does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - load_balancer_id: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
      data_center: VA1
      id: b6b0b6e2-3c51-4b87-8f53-0f6b1f0a7d21
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

from ..module_utils.argument_specs.load_balancer_pool_info import ARGUMENTS
from ..module_utils.resources.load_balancer.pool import gather_pools
from ..module_utils.running import InfoModule

MODULE = InfoModule("load_balancer_pools", gather_pools, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
