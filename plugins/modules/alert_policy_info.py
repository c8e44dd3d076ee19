#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read alert policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: alert_policy_info
short_description: Read alert policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the alert policies of the account, or those of a name.
  - Which servers have a policy is told by the servers alone.
extends_documentation_fragment:
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.policy_name_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.alert_policy
  - module: centurylink.cloud.server_info
"""

EXAMPLES = r"""
- name: All alert policies
  centurylink.cloud.alert_policy_info:

- name: Those of a name
  centurylink.cloud.alert_policy_info:
    name: Disk above 80 percent
"""

RETURN = r"""
alert_policies:
  description: The policies; empty where none is meant.
  returned: success
  type: list
  elements: dict
  sample:
    - id: bb43e451f9ab2845ad0f3d761f3d0201
      name: Disk above 80 percent
      recipients: [ops@example.com]
      actions:
        - action: email
          settings:
            recipients: [ops@example.com]
      triggers:
        - metric: disk
          duration: "00:05:00"
          threshold: 80.0
"""

from ..module_utils.argument_specs.alert_policy_info import ARGUMENTS
from ..module_utils.resources.policy.alert_policy import found_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("alert_policies", found_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
