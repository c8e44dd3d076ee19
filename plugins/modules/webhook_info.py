#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read webhooks."""

from __future__ import annotations

DOCUMENTATION = r"""
module: webhook_info
short_description: Read which addresses are told of which events
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the events that the service can tell of, with the addresses that it posts them to.
options:
  events:
    description:
      - Names of the events to read; all of them without it.
    type: list
    elements: str
    aliases: [event]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.webhook
"""

EXAMPLES = r"""
- name: Who hears of new servers
  centurylink.cloud.webhook_info:
    event: Server.Created
"""

RETURN = r"""
webhooks:
  description: The events, in the service's order; empty where none has such a name. C(recursive) is null for an event
    without configuration.
  returned: success
  type: list
  elements: dict
  sample:
    - event: Server.Created
      recursive: true
      target_uris: [https://hooks.example.com/clc/servers]
"""

from ..module_utils.argument_specs.webhook_info import ARGUMENTS
from ..module_utils.resources.webhook.webhook import found_webhooks
from ..module_utils.running import InfoModule

MODULE = InfoModule("webhooks", found_webhooks, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
