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
# Generated from tools/returns/network.yml.
networks:
  description: The networks, sorted by name. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the network.
      returned: always
      type: str
      sample: ec6ff75a0ffd4504840dab343fe41077
    name:
      description: Name of the network.
      returned: always
      type: str
      sample: web
    description:
      description: Description of the network.
      returned: always
      type: str
      sample: Public web tier
    data_center:
      description: Code of the data center of the network.
      returned: always
      type: str
      sample: WA1
    cidr:
      description: Addresses of the network in CIDR notation.
      returned: always
      type: str
      sample: 10.80.12.0/24
    gateway:
      description: IP address of the gateway.
      returned: always
      type: str
      sample: 10.80.12.1
    netmask:
      description: Netmask of the network.
      returned: always
      type: str
      sample: 255.255.255.0
    type:
      description: Type of the network, usually V(private).
      returned: always
      type: str
      sample: private
    vlan:
      description: Number of the VLAN.
      returned: always
      type: int
      sample: 1012
    ip_addresses:
      description: The IP addresses of the network that O(addresses) selects. Null if it is not specified.
      returned: always
      type: list
      elements: dict
      contains:
        address:
          description: The IP address.
          returned: always
          type: str
          sample: 10.80.12.12
        claimed:
          description: Whether the address is in use.
          returned: always
          type: bool
          sample: true
        primary:
          description: Whether it is the primary address of its server.
          returned: always
          type: bool
          sample: true
        server:
          description: Name of the server that has the address, in upper case. Null if no server has it.
          returned: always
          type: str
          sample: WA1ACMEWEB01
        type:
          description: Type of the address.
          returned: always
          type: str
          sample: private
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
