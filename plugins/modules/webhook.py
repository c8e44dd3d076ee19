#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage webhooks."""

from __future__ import annotations

DOCUMENTATION = r"""
module: webhook
short_description: Manage webhooks
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - When an event occurs, the service posts a signed message to each target of the event, once.
  - A task sets the targets of one or more events. A message does not name its event; use a separate target for each event, such as
    V(https://hooks.example.com/server/created), to distinguish them.
  - Omitted options are not changed.
options:
  events:
    description:
      - Names of the events to manage.
    type: list
    elements: str
    required: true
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
  target_uris:
    description:
      - URLs that the messages are sent to, in any order. Must be https with a certificate that is signed by a CA; http is only
        allowed for loopback addresses. The password of a URL (V(https://user:password@hooks.example.com/clc)) is masked in results
        and messages; so is a user without a password.
      - With O(state=absent), the targets to remove. If omitted, all targets of the events are removed.
    type: list
    elements: str
    aliases: [target_uri]
  purge:
    description:
      - Whether to remove targets that are not in O(target_uris). Only used with O(state=present) and O(target_uris); an empty
        list then removes all targets.
      - If V(false), targets are added one at a time, which keeps targets that other clients add at the same time.
    type: bool
    default: true
  recursive:
    description:
      - Whether to include events of sub-accounts. Defaults to V(false) for a new configuration. If omitted, it is not changed.
    type: bool
  state:
    description:
      - Whether the targets should exist.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.webhook_info
"""

EXAMPLES = r"""
- name: Send events of servers to a URL, including those of sub-accounts
  centurylink.cloud.webhook:
    events: [Server.Created, Server.Deleted]
    target_uris: [https://hooks.example.com/clc/servers]
    recursive: true

- name: Add another target
  centurylink.cloud.webhook:
    event: Server.Created
    target_uris: [https://audit.example.net/clc]
    purge: false

- name: Remove a target
  centurylink.cloud.webhook:
    event: Server.Created
    target_uris: [https://audit.example.net/clc]
    state: absent

- name: Remove all targets
  centurylink.cloud.webhook:
    events: [Server.Created, Server.Deleted]
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/webhook.yml.
webhooks:
  description: The events of the task after the task, in its order.
  returned: always
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

from ..module_utils.argument_specs.webhook import ARGUMENTS
from ..module_utils.resources.webhook.webhook import Webhook, validate_targets
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(Webhook, ARGUMENTS, check=validate_targets, waits=False, has_free_data=True)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
