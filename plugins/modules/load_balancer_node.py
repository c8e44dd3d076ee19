#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: enable and disable the nodes of servers in all pools of load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_node
short_description: Enable and disable the nodes of servers in load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Takes servers out of all pools of load balancers, for example for maintenance, and back in. A disabled node receives no
    traffic, and stays in its pool with its ports and settings, so nothing has to be remembered. Other nodes are not changed.
  - The nodes of a server are those with one of its IP addresses, in load balancers of its data center, both LBaaS and shared ones.
    A server without nodes is not an error.
  - A task reads the nodes again after each update, and repeats the update if another client has reverted it.
options:
  minimum_enabled:
    description:
      - Number of enabled nodes that each pool must keep. If a pool would have fewer, the task fails before it changes a node.
      - Only used with O(state=disabled). Nodes that do not respond count as enabled, since the API does not return their health.
    type: int
    default: 0
  state:
    description:
      - Whether the nodes should receive traffic.
    type: str
    choices: [enabled, disabled]
    required: true
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.options.load_balancer_nodes
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
notes:
  - Tasks of one run change the nodes of an account one after the other.
seealso:
  - module: centurylink.cloud.load_balancer_node_info
  - module: centurylink.cloud.load_balancer_pool
  - module: centurylink.cloud.shared_load_balancer
"""

EXAMPLES = r"""
- name: Take a server out of all pools, unless a pool would have no other node
  centurylink.cloud.load_balancer_node:
    server_ids: [WA1ACMEWEB01]
    minimum_enabled: 1
    state: disabled

- name: Take it back in, but not in the pool 8080 of the load balancer shop
  centurylink.cloud.load_balancer_node:
    server_ids: [WA1ACMEWEB01]
    exclude:
      - load_balancer: shop
        port: 8080
    state: enabled
"""

RETURN = r"""
# Generated from tools/returns/load_balancer.yml.
load_balancer_nodes:
  description: The nodes of the servers after the task, sorted by server id.
  returned: always
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
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.load_balancer_node import ARGUMENTS
from ..module_utils.resources.load_balancer.node import LoadBalancerNodes
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(LoadBalancerNodes, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
