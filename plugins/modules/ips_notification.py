#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: where the events of intrusion prevention go."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ips_notification
short_description: Set where the events of a server's IPS agent are sent
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Sets all destinations of the events of a server's intrusion prevention (IPS) agent in one request.
  - The service knows no single destination, so what is not in O(destinations) is removed.
options:
  server_id:
    description:
      - Id of the server, in any case. It has to have the agent.
    type: str
    required: true
    aliases: [server]
  destinations:
    description:
      - All destinations, in any order. An empty list removes them all.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - Kind of the destination. Each kind needs one of the options below and takes no other.
        type: str
        choices: [email, slack, syslog, webhook]
        required: true
      email_address:
        description:
          - Address of an O(destinations[].type=email).
        type: str
      url:
        description:
          - Address of a O(destinations[].type=webhook) or of a channel's hook of O(destinations[].type=slack).
        type: str
      syslog_settings:
        description:
          - Server of a O(destinations[].type=syslog).
        type: dict
        suboptions:
          ip_address:
            description:
              - Address of the syslog server.
            type: str
            required: true
          udp_port:
            description:
              - Port of the syslog server.
            type: int
            default: 514
          facility:
            description:
              - Facility that the events are sent under.
            type: int
            choices: [16, 17, 18, 19, 20, 21, 22, 23]
            required: true
  state:
    description:
      - V(present) sets the destinations, which have to be given then; V(absent) removes them all.
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
- name: Tell people and a log server
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

- name: Tell nobody
  centurylink.cloud.ips_notification:
    server_id: WA1ACMEWEB01
    state: absent
"""

RETURN = r"""
ips_notification:
  description:
    - The destinations as they are now; empty where there are none.
    - C(interval_code) is the service's own, undocumented word and null where it shows none.
  returned: always
  type: dict
  sample:
    server_id: wa1acmeweb01
    destinations:
      - type: email
        url: null
        email_address: security@example.com
        syslog_settings: null
        interval_code: null
      - type: syslog
        url: null
        email_address: null
        syslog_settings:
          ip_address: 198.51.100.20
          udp_port: 514
          facility: 16
        interval_code: null
"""

from ..module_utils.argument_specs.ips_notification import ARGUMENTS
from ..module_utils.resources.security.ips_notification import IpsNotification, check_destinations
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
    check=check_destinations,
    waits=False,
    required_if=[("state", "present", ["destinations"])],
    suboption_rules={"destinations": DESTINATION},
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
