#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about data centers of the database service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_data_center_info
short_description: Gather information about data centers of the database service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the data centers in which the relational database service is available.
extends_documentation_fragment:
  - centurylink.cloud.options.all_data_centers
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database
  - module: centurylink.cloud.data_center_info
"""

EXAMPLES = r"""
- name: Get the data centers of the database service
  centurylink.cloud.database_data_center_info:
  register: result

- name: Show the codes of those that accept new databases
  ansible.builtin.debug:
    msg: "{{ result.database_data_centers | selectattr('active') | map(attribute='id') }}"
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_data_centers:
  description: The data centers, sorted by code. Empty if O(data_center) does not exist.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Code of the data center.
      returned: always
      type: str
      sample: VA1
    name:
      description: Name of the data center.
      returned: always
      type: str
      sample: VA1 - US East (Sterling)
    active:
      description: Whether it accepts new databases.
      returned: always
      type: bool
      sample: true
"""

from ..module_utils.argument_specs.database_data_center_info import ARGUMENTS
from ..module_utils.resources.database.reports import gather_data_centers
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_data_centers", gather_data_centers, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
