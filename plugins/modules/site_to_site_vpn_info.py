#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about site-to-site VPNs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: site_to_site_vpn_info
short_description: Gather information about site-to-site VPNs
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the site-to-site VPNs of an account, without their pre-shared keys.
options:
  id:
    description:
      - Id of the VPN to return, case-insensitive. Defaults to all VPNs.
    type: str
  data_center:
    description:
      - Code of the data center whose VPNs are returned. Defaults to the environment variable E(CLC_DATA_CENTER), then to all data
        centers.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.site_to_site_vpn
"""

EXAMPLES = r"""
- name: List the VPNs of a data center
  centurylink.cloud.site_to_site_vpn_info:
    data_center: WA1
"""

RETURN = r"""
site_to_site_vpns:
  description: The VPNs, in the order of the service. Empty if none matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 9C00BDDEA921670344D781378A8DF615
      account_alias: ACME
      data_center: WA1
      local:
        address: 203.0.113.9
        location_description: WA1 - US West (Seattle)
        subnets: [10.80.12.0/24]
      remote:
        site_name: Head office
        device_type: Juniper SRX340
        address: 198.51.100.4
        subnets: [192.168.10.0/24]
      ike:
        encryption: aes256
        hashing: sha1_256
        diffie_hellman_group: group5
        lifetime_seconds: 28800
        mode: main
        dead_peer_detection: true
        nat_traversal: false
        remote_identity: null
      ipsec:
        encryption: aes256
        hashing: sha1_96
        protocol: esp
        pfs: group5
        lifetime_seconds: 3600
      change_info:
        created_by: ops.user
        created_date: "2018-03-05T10:15:00Z"
        modified_by: ops.user
        modified_date: "2018-03-05T10:15:00Z"
"""

from ..module_utils.argument_specs.site_to_site_vpn_info import ARGUMENTS
from ..module_utils.resources.vpn.site_to_site_vpn import gather_vpns
from ..module_utils.running import InfoModule

MODULE = InfoModule("site_to_site_vpns", gather_vpns, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
