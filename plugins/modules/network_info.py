#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about networks of a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: network_info
short_description: Gather information about networks and their IP addresses
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns all networks of an account in a data center, or those with a specific id or name.
options:
  id:
    description:
      - Id of the network to return. Defaults to all networks.
    type: str
  name:
    description:
      - Name of the networks to return, case-sensitive. Defaults to all networks.
    type: str
  addresses:
    description:
      - Which IP addresses of the networks to include in C(ip_addresses), with one additional request per network.
      - Public IP addresses that are mapped to an address of the network are returned as claimed.
      - If omitted, no addresses are returned.
    type: str
    choices: [claimed, free, all]
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.network
"""

EXAMPLES = r"""
- name: List all networks
  centurylink.cloud.network_info:
    data_center: WA1

- name: List the IP addresses of a network that are in use
  centurylink.cloud.network_info:
    name: web-tier
    data_center: WA1
    addresses: claimed
"""

RETURN = r"""
networks:
  description: The networks, sorted by name. Empty if none matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: d892aa68bfcc8c928344b16103485a1c
      name: web-tier
      description: Web servers
      data_center: WA1
      cidr: 10.80.37.0/24
      gateway: 10.80.37.1
      netmask: 255.255.255.0
      type: private
      vlan: 237
      ip_addresses:
        - address: 10.80.37.12
          claimed: true
          primary: true
          server: WA1ACMEWEB01
          type: private
"""

from ..module_utils.argument_specs.network_info import ARGUMENTS
from ..module_utils.resources.network.network import gather_networks
from ..module_utils.running import InfoModule

MODULE = InfoModule("networks", gather_networks, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
