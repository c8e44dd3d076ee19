#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read horizontal autoscale policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: horizontal_autoscale_policy_info
short_description: Read horizontal autoscale policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the horizontal autoscale policies of the account, or those of a name.
  - Their properties come under the service's own names, since the vendor has never documented them.
options:
  id:
    description:
      - Id of one policy.
    type: str
  name:
    description:
      - Name of the policies to read, in exact case. Names may repeat. By default all policies are read.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.horizontal_autoscale_policy
  - module: centurylink.cloud.server_group_horizontal_autoscale_policy_info
"""

EXAMPLES = r"""
- name: All horizontal autoscale policies
  centurylink.cloud.horizontal_autoscale_policy_info:
"""

RETURN = r"""
horizontal_autoscale_policies:
  description: The policies; empty where none is meant.
  returned: success
  type: list
  elements: dict
  sample:
    - id: f76fdc6c369aad6b68b75b48e99f73f2
      name: Web scaling
      properties:
        targetSize: 3
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.horizontal_autoscale_policy import found_policies

ARGUMENTS: Spec = {
    "id": {"type": "str"},
    "name": {"type": "str"},
}


def main() -> None:
    """Run the module."""
    run_info("horizontal_autoscale_policies", found_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


if __name__ == "__main__":
    main()
