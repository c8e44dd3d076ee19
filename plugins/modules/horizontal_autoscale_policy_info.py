#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read horizontal autoscale policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: horizontal_autoscale_policy_info
short_description: Gather information about horizontal autoscale policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the horizontal autoscale policies of the account, or those with a name.
  - Their properties have the names of the API, since the vendor has not documented them.
extends_documentation_fragment:
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.policy_name_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.horizontal_autoscale_policy
  - module: centurylink.cloud.server_group_horizontal_autoscale_policy_info
"""

EXAMPLES = r"""
- name: Gather all horizontal autoscale policies
  centurylink.cloud.horizontal_autoscale_policy_info:
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
horizontal_autoscale_policies:
  description: The policies. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 1e7ed8dc2ea74f5ea8e1d6a4a0b2c3d4
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: Web scaling
    properties:
      description: All other properties of the policy, under the names of the API.
      returned: always
      type: dict
      sample:
        targetSize: 3
"""

from ..module_utils.argument_specs.horizontal_autoscale_policy_info import ARGUMENTS
from ..module_utils.resources.policy.horizontal_autoscale_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("horizontal_autoscale_policies", gather_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
