#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read defaults of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_default_info
short_description: Read the values that new servers take from their group
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the values that new servers take from a group, those that the group inherits among them.
options:
  group:
    description:
      - The group, as an id, a path from the root such as V(Shop/Web), a list of names, or a name, which may mean several.
      - An empty list means the root group.
    type: raw
    required: true
  data_center:
    description:
      - Code of the data center; by default the home of the login.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group_default
"""

EXAMPLES = r"""
- name: What new servers of a group are like
  centurylink.cloud.server_group_default_info:
    group: Shop/Web
    data_center: WA1
"""

RETURN = r"""
server_group_defaults:
  description: The defaults of the group, one entry for each group that is meant; empty where there is none.
  returned: success
  type: list
  elements: dict
  sample:
    - group_id: 8a67639f74080f56c5aa328f676226e2
      group_path: Shop/Web
      data_center: WA1
      cpu:
        value: 2
        inherited: false
      memory_gb:
        value: 4
        inherited: false
      network_id:
        value: null
        inherited: false
      primary_dns:
        value: 172.17.1.26
        inherited: true
      secondary_dns:
        value: 172.17.1.27
        inherited: true
      template:
        value: CENTOS-6-64-TEMPLATE
        inherited: false
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.server_group_default import found_defaults

ARGUMENTS: Spec = {
    "group": {"type": "raw", "required": True},
    "data_center": {"type": "str", "aliases": ["location"]},
}


def main() -> None:
    """Run the module."""
    run_info("server_group_defaults", found_defaults, ARGUMENTS)


if __name__ == "__main__":
    main()
