#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read anti-affinity policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: anti_affinity_policy_info
short_description: Gather information about anti-affinity policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the anti-affinity policies of the account and their servers.
  - The vendor withdrew anti-affinity policies in January 2020. The list is empty if the service does not support them.
options:
  data_center:
    description:
      - Code of the data center, case-insensitive. Defaults to the environment variable E(CLC_DATA_CENTER), then to all.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.policy_name_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.anti_affinity_policy
  - module: centurylink.cloud.server_info
"""

EXAMPLES = r"""
- name: Gather the anti-affinity policies of a data center
  centurylink.cloud.anti_affinity_policy_info:
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
anti_affinity_policies:
  description: The policies. Empty if none exists.
  returned: success
  type: list
  elements: dict
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

from ..module_utils.argument_specs.anti_affinity_policy_info import ARGUMENTS
from ..module_utils.resources.policy.anti_affinity_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("anti_affinity_policies", gather_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
