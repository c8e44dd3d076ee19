#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: alert policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: alert_policy
short_description: Manage alert policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - An alert policy sends mail when a server exceeds a threshold for some time. It does nothing until a server has it.
  - Names of policies may repeat in the service. This module takes a name for one policy, and fails where several have it.
options:
  recipients:
    description:
      - Mail addresses, in any order and case. Required for a new policy.
    type: list
    elements: str
    aliases: [alert_recipients]
  triggers:
    description:
      - What the mail is sent for, in any order. Required for a new policy; all that there shall be, where given.
      - No service is known to have had more than one for a policy.
    type: list
    elements: dict
    suboptions:
      metric:
        description:
          - What is measured.
        type: str
        choices: [cpu, memory, disk]
        required: true
      duration:
        description:
          - How long the threshold has to be reached, 5, 10 or 15 minutes, as V(hh:mm:ss) or as a number of minutes.
        type: str
        required: true
      threshold:
        description:
          - Percentage from 5 to 95 in steps of 5. The alert is for values that equal it, too.
        type: float
        required: true
extends_documentation_fragment:
  - centurylink.cloud.options.policy
  - centurylink.cloud.options.policy_name
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.alert_policy_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Mail when a disk fills up
  centurylink.cloud.alert_policy:
    name: Disk above 80 percent
    recipients:
      - ops@example.com
    triggers:
      - metric: disk
        duration: "00:05:00"
        threshold: 80
  register: made

- name: Another name for it
  centurylink.cloud.alert_policy:
    id: "{{ made.alert_policy.id }}"
    name: Disk filling up

- name: No more mail
  centurylink.cloud.alert_policy:
    name: Disk filling up
    state: absent
"""

RETURN = r"""
alert_policy:
  description: The policy, null where there is none. The recipients are those of all its actions.
  returned: always
  type: dict
  sample:
    id: bb43e451f9ab2845ad0f3d761f3d0201
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

from ..module_utils.argument_specs.alert_policy import ARGUMENTS
from ..module_utils.resources.policy.alert_policy import AlertPolicy, check
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(AlertPolicy, ARGUMENTS, check=check, waits=False, required_one_of=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
