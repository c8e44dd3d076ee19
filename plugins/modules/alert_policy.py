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
  - An alert policy sends email when a server reaches a threshold for some time. It has no effect until it is applied to a server.
  - Names of policies need not be unique in the service. This module fails if more than one policy has the name.
options:
  recipients:
    description:
      - Email addresses, case-insensitive and in any order. Required to create a policy. If set, the list replaces the existing one.
    type: list
    elements: str
    aliases: [alert_recipients]
  triggers:
    description:
      - Conditions that trigger the alert, in any order. Required to create a policy. If set, the list replaces the existing one.
      - Must not be empty. Policies with more than one trigger have never been observed.
    type: list
    elements: dict
    suboptions:
      metric:
        description:
          - Metric that is measured.
        type: str
        choices: [cpu, memory, disk]
        required: true
      duration:
        description:
          - How long the threshold must be reached, as V(hh:mm:ss) or as a number of minutes.
          - Must be a duration of 5, 10, or 15 minutes, such as V(00:05:00).
        type: str
        required: true
      threshold:
        description:
          - Percentage from V(5) to V(95) in steps of V(5). A value that equals it triggers the alert, too.
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
- name: Send email when a disk fills up
  centurylink.cloud.alert_policy:
    name: Disk above 80 percent
    recipients:
      - ops@example.com
    triggers:
      - metric: disk
        duration: "00:05:00"
        threshold: 80
  register: created

- name: Rename the policy
  centurylink.cloud.alert_policy:
    id: "{{ created.alert_policy.id }}"
    name: Disk filling up

- name: Delete the policy
  centurylink.cloud.alert_policy:
    name: Disk filling up
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
alert_policy:
  description: The policy after the task. Null if it does not exist.
  returned: always
  type: dict
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

from ..module_utils.argument_specs.alert_policy import ARGUMENTS
from ..module_utils.resources.policy.alert_policy import AlertPolicy
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(AlertPolicy, ARGUMENTS, check=AlertPolicy.check, waits=False, required_one_of=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
