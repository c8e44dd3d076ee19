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
  id:
    description:
      - Id of the policy. With it O(name) is the name that the policy shall have.
      - A policy of that id has to be there, since the service chooses the ids.
    type: str
  name:
    description:
      - Name of the policy, in exact case. It identifies the policy where O(id) is not given.
    type: str
  properties:
    description:
      - What the policy consists of, under the service's own names.
      - Properties that are not named here keep their values. One that is null is removed.
    type: dict
  state:
    description:
      - Whether the policy shall be there.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
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

from ..module_utils.module import Spec, run_resource
from ..module_utils.resources.horizontal_autoscale_policy import HorizontalAutoscalePolicy, check

ARGUMENTS: Spec = {
    "id": {"type": "str"},
    "name": {"type": "str"},
    "properties": {"type": "dict"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
}


def main() -> None:
    """Run the module."""
    run_resource(HorizontalAutoscalePolicy, ARGUMENTS, check=check, waits=False, required_one_of=[("id", "name")])


if __name__ == "__main__":
    main()
