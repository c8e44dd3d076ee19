#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read data centers of the database service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_data_center_info
short_description: Read data centers of the database service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the data centers of the relational database service, which is not offered in all of them.
options:
  data_center:
    description:
      - Code of one data center; without it all of them are read.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database
  - module: centurylink.cloud.data_center_info
"""

EXAMPLES = r"""
- name: Where databases can be made
  centurylink.cloud.database_data_center_info:
  register: centers

- name: Their codes
  ansible.builtin.debug:
    msg: "{{ centers.database_data_centers | selectattr('active') | map(attribute='id') }}"
"""

RETURN = r"""
database_data_centers:
  description: The data centers by code, with whether they take new databases; empty where there is none of that code.
  returned: success
  type: list
  elements: dict
  sample:
    - id: VA1
      name: VA1 - US East (Sterling)
      active: true
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.database_reports import found_data_centers

ARGUMENTS: Spec = {
    "data_center": {"type": "str", "aliases": ["location"]},
}


def main() -> None:
    """Run the module."""
    run_info("database_data_centers", found_data_centers, ARGUMENTS)


if __name__ == "__main__":
    main()
