#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about webhooks."""

from __future__ import annotations

DOCUMENTATION = r"""
module: webhook_info
short_description: Gather information about webhooks
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the events of the service with the URLs that their messages are sent to.
options:
  events:
    description:
      - Names of the events to return. Defaults to all events.
    type: list
    elements: str
    aliases: [event]
    choices:
      - Account.Created
      - Account.Deleted
      - Account.Updated
      - Alert.Notification
      - Server.Created
      - Server.Deleted
      - Server.Updated
      - User.Created
      - User.Deleted
      - User.Updated
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.webhook
"""

EXAMPLES = r"""
- name: Read the targets of an event
  centurylink.cloud.webhook_info:
    event: Server.Created
"""

RETURN = r"""
# Generated from tools/returns/webhook.yml.
webhooks:
  description: The events, in the order of the service. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    event:
      description: Name of the event.
      returned: always
      type: str
      sample: Server.Created
    recursive:
      description: Whether the events of subaccounts are sent too. Null for an event without configuration.
      returned: always
      type: bool
      sample: true
    target_uris:
      description: The URLs that the events are sent to. A password in a URL is masked.
      returned: always
      type: list
      elements: str
      sample:
        - https://hooks.example.com/clc/servers
"""

from ..module_utils.argument_specs.webhook_info import ARGUMENTS
from ..module_utils.resources.webhook.webhook import gather_webhooks
from ..module_utils.running import InfoModule

MODULE = InfoModule("webhooks", gather_webhooks, ARGUMENTS, has_free_data=True)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
