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
  - An anti-affinity policy keeps the hyperscale servers that have it on different hosts of a data center.
  - The vendor withdrew them in January 2020; a service may know none of this any more.
  - Names of policies may repeat in the service. This module takes a name for one policy of a data center, and fails where
    several have it.
options:
  name:
    description:
      - Name of the policy, in exact case. It identifies the policy in its data center where O(id) is not given.
    type: str
  data_center:
    description:
      - Code of the data center, in any case; by default the home of the login. It cannot be changed.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.options.policy
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.anti_affinity_policy_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Databases on different hosts
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1

- name: Wherever they are
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1
    state: absent
"""

RETURN = r"""
anti_affinity_policy:
  description: The policy and the servers that have it, null where there is none.
  returned: always
  type: dict
  sample:
    id: 3f79a8afba701070d26d7f79a73aff5c
    name: Database spread
    data_center: WA1
    server_ids: [wa1acmedb01]
"""

from ..module_utils.argument_specs.anti_affinity_policy import ARGUMENTS
from ..module_utils.resources.policy._shared import check
from ..module_utils.resources.policy.anti_affinity_policy import AntiAffinityPolicy
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(AntiAffinityPolicy, ARGUMENTS, check=check, waits=False, required_one_of=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
