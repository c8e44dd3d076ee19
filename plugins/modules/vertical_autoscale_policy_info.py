#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read vertical autoscale policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: vertical_autoscale_policy_info
short_description: Gather information about vertical autoscale policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the vertical autoscale policies of the account, or those with a name. They add CPUs to a server under load.
  - They are created in the control portal. The API can read them and apply them to servers.
  - Scaling down restarts the server; times are in UTC, thresholds in percent.
extends_documentation_fragment:
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.policy_name_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server
  - module: centurylink.cloud.server_info
"""

EXAMPLES = r"""
- name: Gather all vertical autoscale policies
  centurylink.cloud.vertical_autoscale_policy_info:

- name: Gather the vertical autoscale policies with a name
  centurylink.cloud.vertical_autoscale_policy_info:
    name: Database scaling
"""

RETURN = r"""
# Generated from tools/returns/policy.yml.
vertical_autoscale_policies:
  description: The policies. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: bfe8c26b715568b9126bef73fecde3b5
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: Database scaling
    resource_type:
      description: The resource that is scaled, always V(cpu).
      returned: always
      type: str
      sample: cpu
    threshold_period_minutes:
      description: Number of minutes that the usage has to be beyond a threshold.
      returned: always
      type: int
      sample: 15
    scale_up_increment:
      description: Number of CPUs that are added at a time.
      returned: always
      type: int
      sample: 2
    range:
      description: Limits of the number of CPUs.
      returned: always
      type: dict
      contains:
        min:
          description: Lowest number of CPUs.
          returned: always
          type: int
          sample: 2
        max:
          description: Highest number of CPUs.
          returned: always
          type: int
          sample: 6
    scale_up_threshold:
      description: CPU usage in percent above which CPUs are added.
      returned: always
      type: int
      sample: 85
    scale_down_threshold:
      description: CPU usage in percent below which a CPU is removed.
      returned: always
      type: int
      sample: 15
    scale_down_window:
      description: Time of day, in UTC, at which CPUs may be removed, since that requires a reboot.
      returned: always
      type: dict
      contains:
        start:
          description: Start of the window, as hours and minutes (C(HH:MM)).
          returned: always
          type: str
          sample: 02:00
        end:
          description: End of the window, as hours and minutes (C(HH:MM)).
          returned: always
          type: str
          sample: 04:00
"""

from ..module_utils.argument_specs.vertical_autoscale_policy_info import ARGUMENTS
from ..module_utils.resources.policy.vertical_autoscale_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("vertical_autoscale_policies", gather_policies, ARGUMENTS, mutually_exclusive=[("id", "name")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
