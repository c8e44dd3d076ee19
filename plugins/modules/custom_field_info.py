#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read custom fields."""

from __future__ import annotations

DOCUMENTATION = r"""
module: custom_field_info
short_description: Gather information about the custom fields of an account
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Custom fields of servers and groups are defined in the control portal. This module returns their names, types, and options.
options:
  name:
    description:
      - Name of the field, case-sensitive. Defaults to all fields.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
"""

EXAMPLES = r"""
- name: Gather the options of a field
  centurylink.cloud.custom_field_info:
    name: Stage
"""

RETURN = r"""
# Generated from tools/returns/account.yml.
custom_fields:
  description: The fields, sorted by name. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the field.
      returned: always
      type: str
      sample: 2e4f6a8c0b1d3f5e7a9c8b6d4e2f0a1c
    name:
      description: Name of the field.
      returned: always
      type: str
      sample: Stage
    is_required:
      description: Whether each server and group needs a value.
      returned: always
      type: bool
      sample: false
    type:
      description: Type of the field.
      returned: always
      type: str
      choices:
        - text
        - checkbox
        - option
      sample: option
    options:
      description: The choices of a field with the type V(option). Empty for other types.
      returned: always
      type: list
      elements: dict
      contains:
        name:
          description: Number of the choice, which is the value that the service stores.
          returned: always
          type: str
          sample: '1'
        value:
          description: Text of the choice.
          returned: always
          type: str
          sample: Production
"""

from ..module_utils.argument_specs.custom_field_info import ARGUMENTS
from ..module_utils.resources.account.account import gather_custom_fields
from ..module_utils.running import InfoModule

MODULE = InfoModule("custom_fields", gather_custom_fields, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
