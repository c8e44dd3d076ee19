#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: anti-affinity policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: anti_affinity_policy
short_description: Manage anti-affinity policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - An anti-affinity policy keeps its hyperscale servers on different hosts of a data center.
  - The vendor withdrew anti-affinity policies in January 2020, so a service may not support them.
  - Names of policies need not be unique in the service. This module fails if more than one policy of the data center has the
    name.
options:
  name:
    description:
      - Name of the policy, case-sensitive. Identifies the policy in its data center unless O(id) is set.
    type: str
  data_center:
    description:
      - Code of the data center, case-insensitive. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default
        data center of the user.
      - Cannot be changed after creation.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.options.policy
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.anti_affinity_policy_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Create a policy for databases
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1

- name: Delete the policy
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
anti_affinity_policy:
  description: The policy and its servers. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 3f79a8afba701070d26d7f79a73aff5c
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: Database spread
    data_center:
      description: Code of the data center of the policy.
      returned: always
      type: str
      sample: WA1
    server_ids:
      description: Ids of the servers with this policy, in lower case.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmedb01
"""

from ..module_utils.argument_specs.anti_affinity_policy import ARGUMENTS
from ..module_utils.resources.policy.anti_affinity_policy import AntiAffinityPolicy
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    AntiAffinityPolicy, ARGUMENTS, check=AntiAffinityPolicy.check, waits=False, required_one_of=[("id", "name")]
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
