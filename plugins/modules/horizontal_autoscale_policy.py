#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: horizontal autoscale policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: horizontal_autoscale_policy
short_description: Manage horizontal autoscale policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A horizontal autoscale policy specifies when servers of a group are started and stopped. It has no effect until
    M(centurylink.cloud.server_group_horizontal_autoscale_policy) applies it to a group.
  - The vendor has not documented the properties of such a policy. This module passes them through; for the available properties
    see the result of M(centurylink.cloud.horizontal_autoscale_policy_info) for a policy that was created in the control portal.
options:
  properties:
    description:
      - Properties of the policy, under the names of the API.
      - Omitted properties keep their values. A null value removes the property.
    type: dict
extends_documentation_fragment:
  - centurylink.cloud.options.policy
  - centurylink.cloud.options.policy_name
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.horizontal_autoscale_policy_info
  - module: centurylink.cloud.server_group_horizontal_autoscale_policy
"""

EXAMPLES = r"""
- name: Create a policy
  centurylink.cloud.horizontal_autoscale_policy:
    name: Web scaling
    properties:
      targetSize: 3

- name: Delete the policy
  centurylink.cloud.horizontal_autoscale_policy:
    name: Web scaling
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
horizontal_autoscale_policy:
  description: The policy after the task. Null if it does not exist.
  returned: always
  type: dict
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

from ..module_utils.argument_specs.horizontal_autoscale_policy import ARGUMENTS
from ..module_utils.resources.policy.horizontal_autoscale_policy import HorizontalAutoscalePolicy
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    HorizontalAutoscalePolicy,
    ARGUMENTS,
    check=HorizontalAutoscalePolicy.check,
    waits=False,
    required_one_of=[("id", "name")],
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
