#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the forwarding of network logs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: log_forwarding_info
short_description: Gather information about the forwarding of network logs
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the log server that the network logs of an account in a data center are forwarded to.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.log_forwarding
"""

EXAMPLES = r"""
- name: Read the log forwarding of a data center
  centurylink.cloud.log_forwarding_info:
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
log_forwardings:
  description: The setting of the data center, as a list with one entry. Empty while forwarding is disabled.
  returned: success
  type: list
  elements: dict
  contains:
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    remote_address:
      description: IP address of the server that receives the log of the firewall.
      returned: always
      type: str
      sample: 192.0.2.10
    protocol:
      description: Protocol of the messages.
      returned: always
      type: str
      choices:
        - tcp
        - udp
      sample: tcp
"""

from ..module_utils.argument_specs.log_forwarding_info import ARGUMENTS
from ..module_utils.resources.firewall.log_forwarding import gather_log_forwardings
from ..module_utils.running import InfoModule

MODULE = InfoModule("log_forwardings", gather_log_forwardings, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
