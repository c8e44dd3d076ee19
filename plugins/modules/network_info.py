#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read networks of a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: network_info
short_description: Read networks and their addresses
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the networks that an account holds in a data center, all of them or those of an id or a name.
options:
  id:
    description:
      - Id of one network.
    type: str
  name:
    description:
      - Name of networks, in its exact case.
    type: str
  addresses:
    description:
      - Which addresses of the networks to read besides, one request for each network; without it none.
      - Public addresses that are mapped to one of the network count as claimed.
    type: str
    choices: [claimed, free, all]
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.network
"""

EXAMPLES = r"""
- name: All networks
  centurylink.cloud.network_info:
    data_center: WA1

- name: Who uses one
  centurylink.cloud.network_info:
    name: web-tier
    data_center: WA1
    addresses: claimed
"""

RETURN = r"""
networks:
  description: The networks, sorted by name; empty where there is none of that id or name.
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
from ..module_utils.resources.network.network import found_networks
from ..module_utils.running import InfoModule

MODULE = InfoModule("networks", found_networks, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
