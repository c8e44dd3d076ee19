#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read horizontal autoscale policies of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_horizontal_autoscale_policy_info
short_description: Gather information about the horizontal autoscale policy of a server group
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the horizontal autoscale policy of a group and its current state.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.groups
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group_horizontal_autoscale_policy
"""

EXAMPLES = r"""
- name: Gather the policy of a group
  centurylink.cloud.server_group_horizontal_autoscale_policy_info:
    group: Shop/Web
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_group_horizontal_autoscale_policies:
  description: The policies, one entry per matching group. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    group_id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    group_path:
      description: Path of the group from the root group.
      returned: always
      type: str
      sample: Shop/Web
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    policy_id:
      description: Id of the policy.
      returned: always
      type: str
      sample: f76fdc6c369aad6b68b75b48e99f73f2
    name:
      description: Name of the policy. Null if the service does not return it.
      returned: always
      type: str
      sample: Web scaling
    load_balancer:
      description: The shared load balancer whose pool gets the servers. Null if there is none.
      returned: always
      type: dict
      contains:
        id:
          description: Id of the shared load balancer.
          returned: always
          type: str
          sample: 89509dddc3ebffc5ccd8099ee02cab83
        name:
          description: Name of the shared load balancer. Null if the service does not return it.
          returned: always
          type: str
          sample: web-vip
        public_port:
          description: Port of the pool.
          returned: always
          type: int
          sample: 443
        private_port:
          description: Port of the servers.
          returned: always
          type: int
          sample: 8443
        public_ip:
          description: Public IP address of the shared load balancer. Null if the service does not return it.
          returned: always
          type: str
          sample: 203.0.113.17
    available_servers:
      description: Number of servers that the policy can start.
      returned: always
      type: int
      sample: 4
    target_size:
      description: Number of servers that should run.
      returned: always
      type: int
      sample: 2
    scale_direction:
      description: Direction of the current change, V(None) if nothing changes.
      returned: always
      type: str
      sample: None
    scale_resource_reason:
      description: Reason of the current change, V(None) if nothing changes.
      returned: always
      type: str
      sample: MinimumResourceCount
    timestamp:
      description: Time of these values in UTC, in ISO 8601 format.
      returned: always
      type: str
      sample: '2030-05-18T09:20:02Z'
"""

from ..module_utils.argument_specs.server_group_horizontal_autoscale_policy_info import ARGUMENTS
from ..module_utils.resources.server_group.horizontal_autoscale_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_group_horizontal_autoscale_policies", gather_policies, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
