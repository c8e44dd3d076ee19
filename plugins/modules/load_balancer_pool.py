#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: pools of load balancers as a service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_pool
short_description: Manage pools of load balancers as a service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A pool is a public port of a load balancer, with the nodes behind it, how they are chosen and how they are tested.
  - One task can declare all of a pool, or with O(purge=false) only its own nodes beside those of others.
options:
  port:
    description:
      - Public port, which is what a pool is known by.
      - With O(id) it is the new port.
    type: int
  id:
    description:
      - Id of a pool that is there.
    type: str
  load_balancing_mode:
    description:
      - Whether connections (V(tcp)) or requests (V(http)) are passed on. Needed for a new pool.
    type: str
    choices: [tcp, http]
  load_balancing_method:
    description:
      - How a node is chosen. A new pool has V(roundrobin).
    type: str
    choices: [leastconn, roundrobin, source, uri]
  persistence:
    description:
      - With V(source_ip) a client stays with its node. A new pool has V(none).
    type: str
    choices: [none, source_ip]
  idle_timeout_ms:
    description:
      - Milliseconds after which an idle connection to a node ends. A new pool has V(180000).
    type: int
  force_https:
    description:
      - Whether port 80 leads to port 443. Goes with O(load_balancing_mode=tcp) and O(port=443).
    type: bool
  health_check:
    description:
      - How nodes are tested. What is not given stays as it is; V({}) removes the test, and the service then opens a connection.
    type: dict
    suboptions:
      unhealthy_threshold:
        description:
          - Failures in a row after which a node gets nothing more, from V(2) to V(10). Needed for a new test.
        type: int
      healthy_threshold:
        description:
          - Successes in a row after which it is used again, from V(2) to V(10). Needed for a new test.
        type: int
      interval_seconds:
        description:
          - Seconds between tests, from V(5) to V(300). Needed for a new test.
        type: int
      target_port:
        description:
          - Port on the node. Needed for a new test.
        type: int
      mode:
        description:
          - What is tried. A new test has V(TCP).
        type: str
        choices: [TCP, SSL, HTTP]
      http_method:
        description:
          - Verb of the request, with V(HTTP) only.
        type: str
      http_url:
        description:
          - Address of the request, with V(HTTP) only.
        type: str
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
          - Whether it gets anything. A new node is enabled.
        type: str
        choices: [enabled, disabled]
      server_weight:
        description:
          - Its share, from V(1) to V(256), relative to the sum of all. A new node has V(1).
        type: int
      health_check:
        description:
          - A test of its own, in the place of the pool's.
        type: dict
        suboptions:
          unhealthy_threshold:
            description:
              - Failures in a row after which a node gets nothing more, from V(2) to V(10). Needed for a new test.
            type: int
          healthy_threshold:
            description:
              - Successes in a row after which it is used again, from V(2) to V(10). Needed for a new test.
            type: int
          interval_seconds:
            description:
              - Seconds between tests, from V(5) to V(300). Needed for a new test.
            type: int
          target_port:
            description:
              - Port on the node. Needed for a new test.
            type: int
          mode:
            description:
              - What is tried. A new test has V(TCP).
            type: str
            choices: [TCP, SSL, HTTP]
          http_method:
            description:
              - Verb of the request, with V(HTTP) only.
            type: str
          http_url:
            description:
              - Address of the request, with V(HTTP) only.
            type: str
      state:
        description:
          - Whether the pool shall have this node.
        type: str
        choices: [present, absent]
        default: present
  purge:
    description:
      - Whether nodes that O(nodes) does not name are removed.
      - With V(false) they stay. The nodes are then read again after the change, and the change is repeated where somebody else
        has undone it meanwhile, so that several can each manage nodes of their own in one pool. With O(wait=false) nobody
        looks again.
    type: bool
    default: true
  state:
    description:
      - Whether the load balancer shall have the pool.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer_of_pool
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
notes:
  - A new pool cannot be read before it is ready. After O(wait=false) the task must not be run again before the job has ended.
seealso:
  - module: centurylink.cloud.load_balancer_pool_info
  - module: centurylink.cloud.load_balancer
"""

EXAMPLES = r"""
- name: All of a pool
  centurylink.cloud.load_balancer_pool:
    load_balancer: shop
    data_center: VA1
    port: 443
    load_balancing_mode: tcp
    load_balancing_method: leastconn
    persistence: source_ip
    health_check:
      unhealthy_threshold: 3
      healthy_threshold: 2
      interval_seconds: 30
      target_port: 8443
    nodes:
      - ip_address: 10.80.12.21
        private_port: 8443
      - ip_address: 10.80.12.22
        private_port: 8443

- name: One node less, the others stay
  centurylink.cloud.load_balancer_pool:
    load_balancer: shop
    data_center: VA1
    port: 443
    purge: false
    nodes:
      - ip_address: 10.80.12.22
        private_port: 8443
        state: absent
"""

RETURN = r"""
load_balancer_pool:
  description: The pool as it is now, null where there is none.
  returned: always
  type: dict
  sample:
    load_balancer_id: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
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
    health_check:
      unhealthy_threshold: 3
      healthy_threshold: 2
      interval_seconds: 30
      target_port: 8443
      mode: TCP
      http_method: null
      http_url: null
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

from ..module_utils.argument_specs.load_balancer_pool import ARGUMENTS
from ..module_utils.resources.load_balancer.pool import LoadBalancerPool, check_pool
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(LoadBalancerPool, ARGUMENTS, check=check_pool, required_one_of=[("port", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
