#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage LBaaS load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer
short_description: Manage LBaaS load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deletes load balancers of the load balancer service (LBaaS). A load balancer is a public IP address in a
    data center. Use M(centurylink.cloud.load_balancer_pool) to manage its pools.
  - The service has its own base URL, O(lbaas_url).
options:
  description:
    description:
      - Description of the load balancer. An empty string clears it. If omitted, it is not changed.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
notes:
  - The service does not list a load balancer before its creation has finished. After O(wait=false), do not run a task with its
    O(name) before the job has finished, since it would create another load balancer. Tasks with its O(id), which the result
    contains immediately, fail until then.
seealso:
  - module: centurylink.cloud.load_balancer_info
  - module: centurylink.cloud.load_balancer_pool
  - module: centurylink.cloud.shared_load_balancer
"""

EXAMPLES = r"""
- name: Create a load balancer
  centurylink.cloud.load_balancer:
    name: shop
    data_center: VA1
    description: Shop front end
  register: shop

- name: Rename the load balancer
  centurylink.cloud.load_balancer:
    id: "{{ shop.load_balancer.id }}"
    name: shop-front
    data_center: VA1
"""

RETURN = r"""
load_balancer:
  description: The load balancer after the task. Null if it does not exist. With O(wait=false), the status of a new load balancer
    is C(creating).
  returned: always
  type: dict
  sample:
    id: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
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

from ..module_utils.argument_specs.load_balancer import ARGUMENTS
from ..module_utils.kit.lookup import validate_id
from ..module_utils.resources.load_balancer.load_balancer import LoadBalancer
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(LoadBalancer, ARGUMENTS, check=validate_id, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
