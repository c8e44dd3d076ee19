#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage pools of LBaaS load balancers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_pool
short_description: Manage pools of LBaaS load balancers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deletes pools of load balancers of the load balancer service (LBaaS). A pool is a public port with its
    nodes, its load balancing method, and its health check.
  - A task can manage all nodes of a pool or, with O(purge=false), only some of them together with other clients.
options:
  port:
    description:
      - Public port, from V(23) to V(65534), which identifies the pool. Required to create a pool.
      - If O(id) is set, the port is changed to this value.
    type: int
  id:
    description:
      - Id of an existing pool. If no pool has this id, a pool with O(port) is created.
    type: str
  load_balancing_mode:
    description:
      - Whether to forward connections (V(tcp)) or requests (V(http)). Required to create a pool.
    type: str
    choices: [tcp, http]
  load_balancing_method:
    description:
      - Method that selects a node. Defaults to V(roundrobin) for a new pool.
    type: str
    choices: [leastconn, roundrobin, source, uri]
  persistence:
    description:
      - Whether a client keeps its node (V(source_ip)). Defaults to V(none) for a new pool.
    type: str
    choices: [none, source_ip]
  idle_timeout_ms:
    description:
      - Number of milliseconds after which an idle connection to a node is closed. Defaults to V(180000) for a new pool.
    type: int
  force_https:
    description:
      - Whether to redirect port 80 to port 443. Requires O(load_balancing_mode=tcp) and O(port=443). Defaults to V(false) for a
        new pool.
    type: bool
  health_check:
    description:
      - Health check of the nodes. Omitted suboptions keep their values.
      - V({}) removes the health check; the service then only checks whether it can connect.
    type: dict
    suboptions:
      unhealthy_threshold:
        description:
          - Number of consecutive failures after which a node receives no more traffic, from V(2) to V(10). Required for a new
            health check.
        type: int
      healthy_threshold:
        description:
          - Number of consecutive successes after which a node receives traffic again, from V(2) to V(10). Required for a new
            health check.
        type: int
      interval_seconds:
        description:
          - Number of seconds between checks, from V(5) to V(300). Required for a new health check.
        type: int
      target_port:
        description:
          - Port on the node to check, from V(1) to V(65535). Required for a new health check.
        type: int
      mode:
        description:
          - Protocol of the check. Defaults to V(TCP) for a new health check.
        type: str
        choices: [TCP, SSL, HTTP]
      http_method:
        description:
          - HTTP method of the request. Only used with C(mode=HTTP).
        type: str
      http_url:
        description:
          - URL of the request. Only used with C(mode=HTTP).
        type: str
  nodes:
    description:
      - Nodes of the pool. If omitted, they are not changed.
    type: list
    elements: dict
    suboptions:
      ip_address:
        description:
          - IP address of the node. IP address and port identify a node. Required without O(nodes[].server), O(nodes[].group), and
            O(nodes[].servers).
          - Must be an IPv4 address, such as V(10.80.12.31).
        type: str
        aliases: [ipAddress]
      server:
        description:
          - Id or name of a server, case-insensitive, or a server as M(centurylink.cloud.server) returns it. Its first private IP
            address is that of the node.
          - With O(nodes[].group), base name of a fleet. Each of its servers is a node.
        type: raw
      group:
        description:
          - Server group in O(data_center), as an id, a path, a unique name, or a list of names from the root. Without
            O(nodes[].server), each server directly in the group is a node.
        type: raw
      servers:
        description:
          - Servers, each of which is a node, as M(centurylink.cloud.server) and M(centurylink.cloud.server_info) return them, or
            as ids or names.
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
          - Whether the node receives traffic. Defaults to V(enabled) for a new node.
        type: str
        choices: [enabled, disabled]
      server_weight:
        description:
          - Weight of the node relative to the sum of all weights, from V(1) to V(256). Defaults to V(1) for a new node.
        type: int
      health_check:
        description:
          - Health check of this node, which replaces that of the pool. Omitted suboptions keep their values.
        type: dict
        suboptions:
          unhealthy_threshold:
            description:
              - Number of consecutive failures after which a node receives no more traffic, from V(2) to V(10). Required for a new
                health check.
            type: int
          healthy_threshold:
            description:
              - Number of consecutive successes after which a node receives traffic again, from V(2) to V(10). Required for a new
                health check.
            type: int
          interval_seconds:
            description:
              - Number of seconds between checks, from V(5) to V(300). Required for a new health check.
            type: int
          target_port:
            description:
              - Port on the node to check, from V(1) to V(65535). Required for a new health check.
            type: int
          mode:
            description:
              - Protocol of the check. Defaults to V(TCP) for a new health check.
            type: str
            choices: [TCP, SSL, HTTP]
          http_method:
            description:
              - HTTP method of the request. Only used with C(mode=HTTP).
            type: str
          http_url:
            description:
              - URL of the request. Only used with C(mode=HTTP).
            type: str
      state:
        description:
          - Whether the pool should have this node.
        type: str
        choices: [present, absent]
        default: present
  purge:
    description:
      - Whether to remove nodes that are not listed in O(nodes).
      - If V(false), they are kept. The nodes are then read again after the update, and the update is repeated if another client
        has reverted it, so that several clients can each manage some nodes of a pool. O(wait=false) skips this check.
    type: bool
    default: true
  state:
    description:
      - Whether the pool should exist.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.load_balancer_of_pool
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
notes:
  - A new pool cannot be read before its job has finished. After O(wait=false), do not run the task again before that.
seealso:
  - module: centurylink.cloud.load_balancer_pool_info
  - module: centurylink.cloud.load_balancer
"""

EXAMPLES = r"""
- name: Create a pool with all its nodes
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

- name: Remove a node and keep the others
  centurylink.cloud.load_balancer_pool:
    load_balancer: shop
    data_center: VA1
    port: 443
    purge: false
    nodes:
      - ip_address: 10.80.12.22
        private_port: 8443
        state: absent

- name: Use all servers of a fleet, whatever their number
  centurylink.cloud.load_balancer_pool:
    load_balancer: shop
    data_center: VA1
    port: 80
    load_balancing_mode: tcp
    nodes:
      - server: WEB
        group: Shop/Web
        port: 8080
"""

RETURN = r"""
# Generated from tools/returns/load_balancer.yml.
load_balancer_pool:
  description: The pool after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the pool.
      returned: always
      type: str
      sample: b6b0b6e2-3c51-4b87-8f53-0f6b1f0a7d21
    port:
      description: Public port.
      returned: always
      type: int
      sample: 443
    load_balancing_method:
      description: How the node of a new connection is chosen.
      returned: always
      type: str
      choices:
        - leastconn
        - roundrobin
        - source
        - uri
      sample: leastconn
    persistence:
      description: Whether a client stays with its node.
      returned: always
      type: str
      choices:
        - none
        - source_ip
      sample: source_ip
    idle_timeout_ms:
      description: Number of milliseconds after which an idle connection ends.
      returned: always
      type: int
      sample: 180000
    load_balancing_mode:
      description: Whether connections (V(tcp)) or requests (V(http)) are distributed.
      returned: always
      type: str
      choices:
        - tcp
        - http
      sample: tcp
    nodes:
      description: The nodes that requests are distributed to.
      returned: always
      type: list
      elements: dict
      contains:
        ip_address:
          description: IP address of the node.
          returned: always
          type: str
          sample: 10.80.12.21
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
        server_weight:
          description: Share of the load, relative to the sum of all weights. Null for the default of the service.
          returned: always
          type: int
          sample: 10
        health_check:
          description: Check of this node. Null for the check of the pool.
          returned: always
          type: dict
          contains:
            unhealthy_threshold:
              description: Number of failures in a row after which a node gets no more traffic.
              returned: always
              type: int
              sample: 3
            healthy_threshold:
              description: Number of successes in a row after which a node gets traffic again.
              returned: always
              type: int
              sample: 2
            interval_seconds:
              description: Number of seconds between two checks.
              returned: always
              type: int
              sample: 30
            target_port:
              description: The port of the node that is checked.
              returned: always
              type: int
              sample: 8443
            mode:
              description: Protocol of the check.
              returned: always
              type: str
              choices:
                - TCP
                - SSL
                - HTTP
              sample: HTTP
            http_method:
              description: HTTP method of the check. Null unless C(mode) is V(HTTP).
              returned: always
              type: str
              sample: GET
            http_url:
              description: URL of the check. Null unless C(mode) is V(HTTP).
              returned: always
              type: str
              sample: /health
    force_https:
      description: Whether requests to port 80 are redirected to this pool.
      returned: always
      type: bool
      sample: false
    health_check:
      description: Check of all nodes that have none of their own. Null for the default of the service.
      returned: always
      type: dict
      contains:
        unhealthy_threshold:
          description: Number of failures in a row after which a node gets no more traffic.
          returned: always
          type: int
          sample: 3
        healthy_threshold:
          description: Number of successes in a row after which a node gets traffic again.
          returned: always
          type: int
          sample: 2
        interval_seconds:
          description: Number of seconds between two checks.
          returned: always
          type: int
          sample: 30
        target_port:
          description: The port of the node that is checked.
          returned: always
          type: int
          sample: 8443
        mode:
          description: Protocol of the check.
          returned: always
          type: str
          choices:
            - TCP
            - SSL
            - HTTP
          sample: HTTP
        http_method:
          description: HTTP method of the check. Null unless C(mode) is V(HTTP).
          returned: always
          type: str
          sample: GET
        http_url:
          description: URL of the check. Null unless C(mode) is V(HTTP).
          returned: always
          type: str
          sample: /health
    load_balancer_id:
      description: Id of the load balancer.
      returned: always
      type: str
      sample: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: VA1
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

from ..module_utils.argument_specs.load_balancer_pool import ARGUMENTS
from ..module_utils.resources.load_balancer.pool import LoadBalancerPool, validate_pool
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(LoadBalancerPool, ARGUMENTS, check=validate_pool, required_one_of=[("port", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
