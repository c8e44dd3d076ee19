#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage notification destinations of an IPS agent."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ips_notification
short_description: Manage notification destinations of an IPS agent
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Sets or removes all notification destinations of a server's intrusion prevention (IPS) agent. Sends one request.
  - The service cannot update a single destination, so destinations that are not in O(destinations) are removed.
options:
  server_id:
    description:
      - Id of the server, case-insensitive. The server must have the agent.
    type: str
    required: true
    aliases: [server]
  destinations:
    description:
      - All destinations, in any order. Required with O(state=present).
      - The list replaces the existing destinations; an empty list removes all of them.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - Type of the destination. Each type requires one of the other suboptions and does not allow the rest.
        type: str
        choices: [email, slack, syslog, webhook]
        required: true
      email_address:
        description:
          - Email address. Required with O(destinations[].type=email).
        type: str
      url:
        description:
          - URL of the webhook. Required with O(destinations[].type=webhook) and O(destinations[].type=slack).
        type: str
      syslog_settings:
        description:
          - Syslog server. Required with O(destinations[].type=syslog).
        type: dict
        suboptions:
          ip_address:
            description:
              - IP address of the syslog server.
            type: str
            required: true
          udp_port:
            description:
              - UDP port of the syslog server, from V(1) to V(65535).
            type: int
            default: 514
          facility:
            description:
              - Syslog facility of the events.
            type: int
            choices: [16, 17, 18, 19, 20, 21, 22, 23]
            required: true
      interval_code:
        description:
          - Returned by this module and ignored, so that a result can be used as a value.
        type: raw
  state:
    description:
      - V(present) sets O(destinations); V(absent) removes all destinations.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.ips_notification_info
  - module: centurylink.cloud.ips_agent
"""

EXAMPLES = r"""
- name: Send events to an email address and a syslog server
  centurylink.cloud.ips_notification:
    server_id: WA1ACMEWEB01
    destinations:
      - type: email
        email_address: security@example.com
      - type: syslog
        syslog_settings:
          ip_address: 198.51.100.20
          udp_port: 514
          facility: 16

- name: Remove all destinations
  centurylink.cloud.ips_notification:
    server_id: WA1ACMEWEB01
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/security.yml.
ips_notification:
  description: The destinations of the server after the task.
  returned: always
  type: dict
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

from ..module_utils.argument_specs.ips_notification import ARGUMENTS
from ..module_utils.resources.security.ips_notification import IpsNotification
from ..module_utils.running import ResourceModule

DESTINATION = {
    "required_if": [
        ("type", "email", ["email_address"]),
        ("type", "slack", ["url"]),
        ("type", "syslog", ["syslog_settings"]),
        ("type", "webhook", ["url"]),
    ],
    "mutually_exclusive": [["email_address", "url", "syslog_settings"]],
}

MODULE = ResourceModule(
    IpsNotification,
    ARGUMENTS,
    waits=False,
    required_if=[("state", "present", ["destinations"])],
    suboption_rules={"destinations": DESTINATION},
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
