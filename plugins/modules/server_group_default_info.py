#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read defaults of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_default_info
short_description: Gather the default values for new servers in a group
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the default values for new servers in a group, including inherited values.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.groups
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group_default
"""

EXAMPLES = r"""
- name: Gather the defaults of a group
  centurylink.cloud.server_group_default_info:
    group: Shop/Web
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_group_defaults:
  description: The defaults, one entry per matching group. Empty if none exists.
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

from ..module_utils.argument_specs.server_group_default_info import ARGUMENTS
from ..module_utils.resources.server_group.default import gather_defaults
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_group_defaults", gather_defaults, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
