#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: defaults of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_default
short_description: Set the default values for new servers in a group
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Sets the values that new servers of a group have unless they are created with other values.
  - Only the specified options are compared and updated. A default that the group inherits is not updated if it has the desired
    value already.
  - This module cannot clear a default, since the API does not document how.
options:
  cpu:
    description:
      - Number of CPU cores, from V(1) to V(16).
    type: int
  network:
    description:
      - Id or name of a network of the data center.
    type: str
  template:
    description:
      - Name of a template of the data center.
    type: str
  state:
    description:
      - V(present) is the only state, since defaults cannot be cleared.
    type: str
    choices: [present]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.group
  - centurylink.cloud.options.memory
  - centurylink.cloud.options.name_servers
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_group_default_info
  - module: centurylink.cloud.server_group
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Set defaults for new web servers
  centurylink.cloud.server_group_default:
    group: Shop/Web
    data_center: WA1
    cpu: 2
    memory_gb: 4
    template: CENTOS-6-64-TEMPLATE
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_group_default:
  description: All defaults of the group after the task.
  returned: always
  type: dict
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
      sample: Shop/Web Tier
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    cpu:
      description: Number of CPUs.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: int
          sample: 2
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: false
    memory_gb:
      description: Memory in GB.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: int
          sample: 2
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: false
    network_id:
      description: Id of the network.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: str
          sample: 172.17.1.26
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: true
    primary_dns:
      description: IP address of the primary DNS server.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: str
          sample: 172.17.1.26
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: true
    secondary_dns:
      description: IP address of the secondary DNS server.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: str
          sample: 172.17.1.26
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: true
    template:
      description: Name of the template.
      returned: always
      type: dict
      contains:
        value:
          description: The value. Null if neither the group nor a parent group sets it.
          returned: always
          type: str
          sample: 172.17.1.26
        inherited:
          description: Whether the value comes from a parent group.
          returned: always
          type: bool
          sample: true
"""

from ..module_utils.argument_specs.server_group_default import ARGUMENTS
from ..module_utils.resources.server_group.default import ServerGroupDefault
from ..module_utils.running import ResourceModule

DEFAULTS = ("cpu", "memory_gb", "network", "primary_dns", "secondary_dns", "template")

MODULE = ResourceModule(ServerGroupDefault, ARGUMENTS, waits=False, required_one_of=[DEFAULTS])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
