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
# Generated from tools/returns/load_balancer.yml.
load_balancer:
  description: The load balancer after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the load balancer.
      returned: always
      type: str
      sample: 7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10
    name:
      description: Name of the load balancer.
      returned: always
      type: str
      sample: shop
    description:
      description: Description of the load balancer.
      returned: always
      type: str
      sample: Shop front end
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: VA1
    public_ip_address:
      description: Public IP address. Null until the service has assigned it.
      returned: always
      type: str
      sample: 203.0.113.77
    status:
      description: Status of the load balancer. It is V(creating) until the load balancer has been created.
      returned: always
      type: str
      choices:
        - active
        - deleted
        - creating
        - failed
      sample: active
    creation_time:
      description: Time of the creation, in milliseconds since 1970.
      returned: always
      type: int
      sample: 1537190400000
    pools:
      description: The pools, one for each public port.
      returned: always
      type: list
      elements: dict
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
