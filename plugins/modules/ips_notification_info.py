#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about notification destinations of an IPS agent."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ips_notification_info
short_description: Gather information about notification destinations of an IPS agent
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the notification destinations of a server's intrusion prevention (IPS) agent. Sends one request.
extends_documentation_fragment:
  - centurylink.cloud.options.server_id
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.ips_notification
"""

EXAMPLES = r"""
- name: Get the notification destinations of a server
  centurylink.cloud.ips_notification_info:
    server_id: WA1ACMEWEB01
"""

RETURN = r"""
ips_notifications:
  description: The destinations of the server, as a list with one entry. Empty if the server has no agent or does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - server_id: wa1acmeweb01
      destinations:
        - type: email
          url: null
          email_address: security@example.com
          syslog_settings: null
          interval_code: null
"""

from ..module_utils.argument_specs.ips_notification_info import ARGUMENTS
from ..module_utils.resources.security.ips_notification import gather_notifications
from ..module_utils.running import InfoModule

MODULE = InfoModule("ips_notifications", gather_notifications, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
