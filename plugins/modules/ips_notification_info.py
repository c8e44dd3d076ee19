#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read where the events of intrusion prevention go."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ips_notification_info
short_description: Read where the events of a server's IPS agent are sent
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the destinations of the events of a server's intrusion prevention (IPS) agent, with one request.
options:
  server_id:
    description:
      - Id of the server, in any case.
    type: str
    required: true
    aliases: [server]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.ips_notification
"""

EXAMPLES = r"""
- name: Who is told
  centurylink.cloud.ips_notification_info:
    server_id: WA1ACMEWEB01
"""

RETURN = r"""
ips_notifications:
  description: The destinations of the server, as one entry; an empty list where it has no agent or is not there.
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

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.ips_notification import found_notifications

ARGUMENTS: Spec = {"server_id": {"type": "str", "required": True, "aliases": ["server"]}}


def main() -> None:
    """Run the module."""
    run_info("ips_notifications", found_notifications, ARGUMENTS)


if __name__ == "__main__":
    main()
