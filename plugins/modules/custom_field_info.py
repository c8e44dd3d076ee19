#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read custom fields."""

from __future__ import annotations

DOCUMENTATION = r"""
module: custom_field_info
short_description: Read the custom fields that an account defines
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Custom fields of servers and groups are defined in the control portal. This module reads their names, types and options.
options:
  name:
    description:
      - Name of one field; without it all of them are read.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
"""

EXAMPLES = r"""
- name: Which stages there are
  centurylink.cloud.custom_field_info:
    name: Stage
"""

RETURN = r"""
custom_fields:
  description: The fields, sorted by name; empty where there is none.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2e4f6a8c0b1d3f5e7a9c8b6d4e2f0a1c
      name: Stage
      is_required: false
      type: option
      options:
        - name: "0"
          value: Development
"""

from ..module_utils.argument_specs.custom_field_info import ARGUMENTS
from ..module_utils.resources.account.account import found_custom_fields
from ..module_utils.running import InfoModule

MODULE = InfoModule("custom_fields", found_custom_fields, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
