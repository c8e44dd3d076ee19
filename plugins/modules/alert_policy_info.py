#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read alert policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: alert_policy_info
short_description: Gather information about alert policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the alert policies of the account, or those with a name.
  - M(centurylink.cloud.server_info) returns the policies of each server; a policy does not list its servers.
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
- name: Gather all alert policies
  centurylink.cloud.alert_policy_info:

- name: Gather the alert policies with a name
  centurylink.cloud.alert_policy_info:
    name: Disk above 80 percent
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
alert_policies:
  description: The policies. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: bb43e451f9ab2845ad0f3d761f3d0201
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: Disk above 80 percent
    recipients:
      description: Email addresses of all actions, without duplicates.
      returned: always
      type: list
      elements: str
      sample:
        - ops@example.com
    actions:
      description: What the service does when a trigger fires.
      returned: always
      type: list
      elements: dict
      contains:
        action:
          description: What is done.
          returned: always
          type: str
          sample: email
        settings:
          description: Settings of the action.
          returned: always
          type: dict
          contains:
            recipients:
              description: Email addresses that receive the alert.
              returned: always
              type: list
              elements: str
              sample:
                - ops@example.com
    triggers:
      description: Conditions of an alert.
      returned: always
      type: list
      elements: dict
      contains:
        metric:
          description: The measured value.
          returned: always
          type: str
          choices:
            - cpu
            - memory
            - disk
          sample: disk
        duration:
          description: How long the value has to be above the threshold, as hours, minutes, and seconds (C(HH:MM:SS)).
          returned: always
          type: str
          choices:
            - 00:05:00
            - 00:10:00
            - 00:15:00
          sample: 00:05:00
        threshold:
          description: Threshold in percent.
          returned: always
          type: float
          sample: 80.0
"""

from ..module_utils.argument_specs.alert_policy_info import ARGUMENTS
from ..module_utils.resources.policy.alert_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("alert_policies", gather_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
