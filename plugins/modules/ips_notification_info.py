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
# Generated from tools/returns/security.yml.
ips_notifications:
  description: The destinations of the server, as a list with one entry. Empty if the server has no agent or does
    not exist.
  returned: success
  type: list
  elements: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    destinations:
      description: What receives the events. Empty if nothing does.
      returned: always
      type: list
      elements: dict
      contains:
        type:
          description: Type of the destination.
          returned: always
          type: str
          choices:
            - email
            - syslog
            - webhook
            - slack
          sample: email
        url:
          description: URL of a webhook or of Slack. A password in it is masked. Null for other types.
          returned: always
          type: str
          sample: https://hooks.example.com/ips
        email_address:
          description: Email address. Null unless C(type) is V(email).
          returned: always
          type: str
          sample: security@example.com
        syslog_settings:
          description: The syslog server. Null unless C(type) is V(syslog).
          returned: always
          type: dict
          contains:
            ip_address:
              description: IP address of the server.
              returned: always
              type: str
              sample: 198.51.100.20
            udp_port:
              description: UDP port of the server.
              returned: always
              type: int
              sample: 514
            facility:
              description: Number of the facility of the messages.
              returned: always
              type: int
              sample: 16
        interval_code:
          description: A value of the service that it does not document, or null.
          returned: always
          type: str
          sample: null
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
