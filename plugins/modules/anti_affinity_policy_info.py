#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read anti-affinity policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: anti_affinity_policy_info
short_description: Read anti-affinity policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the anti-affinity policies of the account with the servers that have them.
  - The vendor withdrew them in January 2020; a service that knows none of this any more has none.
options:
  data_center:
    description:
      - Code of a data center, in any case; by default the policies of all data centers are read.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.policy_name_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.anti_affinity_policy
  - module: centurylink.cloud.server_info
"""

EXAMPLES = r"""
- name: The anti-affinity policies of a data center
  centurylink.cloud.anti_affinity_policy_info:
    data_center: WA1
"""

RETURN = r"""
anti_affinity_policies:
  description: The policies; empty where none is meant.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3f79a8afba701070d26d7f79a73aff5c
      name: Database spread
      data_center: WA1
      server_ids: [wa1acmedb01]
"""

from ..module_utils.argument_specs.anti_affinity_policy_info import ARGUMENTS
from ..module_utils.resources.policy.anti_affinity_policy import found_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("anti_affinity_policies", found_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
