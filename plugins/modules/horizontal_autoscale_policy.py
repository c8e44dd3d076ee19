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
  - A horizontal autoscale policy tells when servers of a group are started and stopped. It does nothing until a group has it,
    see M(centurylink.cloud.server_group_horizontal_autoscale_policy).
  - The vendor has never documented what such a policy consists of. This module passes on what it is given; read a policy that
    was made in the control portal to see what the service has.
options:
  properties:
    description:
      - What the policy consists of, under the service's own names.
      - Properties that are not named here keep their values. One that is null is removed.
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
- name: A policy
  centurylink.cloud.horizontal_autoscale_policy:
    name: Web scaling
    properties:
      targetSize: 3

- name: No policy
  centurylink.cloud.horizontal_autoscale_policy:
    name: Web scaling
    state: absent
"""

RETURN = r"""
horizontal_autoscale_policy:
  description: The policy, null where there is none. Its properties have the service's own names.
  returned: always
  type: dict
  sample:
    id: f76fdc6c369aad6b68b75b48e99f73f2
    name: Web scaling
    properties:
      targetSize: 3
"""

from ..module_utils.argument_specs.horizontal_autoscale_policy import ARGUMENTS
from ..module_utils.resources.policy.horizontal_autoscale_policy import HorizontalAutoscalePolicy, check
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    HorizontalAutoscalePolicy, ARGUMENTS, check=check, waits=False, required_one_of=[("id", "name")]
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
