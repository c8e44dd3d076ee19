#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: webhooks."""

from __future__ import annotations

DOCUMENTATION = r"""
module: webhook
short_description: Set which addresses are told of which events
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - When an event happens, the service posts a signed message to each target of the event, once.
  - The targets are set for one event or for several at once. A message does not say which event it is of; a target of its own for
    each event, such as V(https://hooks.example.com/server/created), tells them apart.
  - What is left out is left as it is.
options:
  events:
    description:
      - The events that the other options are meant for.
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
      - Addresses that get the messages, in any order. They have to be https, with a certificate that an authority has signed; http
        is allowed to loopback addresses, where the simulator sends to.
      - With O(state=absent) the targets to remove; without any, all targets of the events are removed.
    type: list
    elements: str
    aliases: [target_uri]
  purge:
    description:
      - Whether targets that O(target_uris) does not name are removed. Used with O(state=present) and O(target_uris) alone; an
        empty list then removes all.
      - Without it targets are added one by one, so that what others add at the same time is not lost.
    type: bool
    default: true
  recursive:
    description:
      - Whether events of sub-accounts count too; not in a new configuration that leaves it out.
    type: bool
  state:
    description:
      - Whether the targets shall be there.
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
- name: One address hears of servers that come and go, in sub-accounts too
  centurylink.cloud.webhook:
    events: [Server.Created, Server.Deleted]
    target_uris: [https://hooks.example.com/clc/servers]
    recursive: true

- name: Another one besides
  centurylink.cloud.webhook:
    event: Server.Created
    target_uris: [https://audit.example.net/clc]
    purge: false

- name: Not that one any more
  centurylink.cloud.webhook:
    event: Server.Created
    target_uris: [https://audit.example.net/clc]
    state: absent

- name: Nobody hears of servers any more
  centurylink.cloud.webhook:
    events: [Server.Created, Server.Deleted]
    state: absent
"""

RETURN = r"""
webhooks:
  description: The events of the task as they are now, in its order. C(recursive) is null for an event without
    configuration.
  returned: always
  type: list
  elements: dict
  sample:
    - event: Server.Created
      recursive: true
      target_uris: [https://hooks.example.com/clc/servers]
    - event: Server.Deleted
      recursive: null
      target_uris: []
"""

from ..module_utils.argument_specs.webhook import ARGUMENTS
from ..module_utils.resources.webhook.webhook import Webhook, refuse_plain
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(Webhook, ARGUMENTS, check=refuse_plain, waits=False)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
