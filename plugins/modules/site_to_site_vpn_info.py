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
# Generated from tools/returns/vpn.yml.
site_to_site_vpns:
  description: The VPNs, in the order of the service. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the VPN.
      returned: always
      type: str
      sample: 9C00BDDEA921670344D781378A8DF615
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
    data_center:
      description: Code of the data center of the local site.
      returned: always
      type: str
      sample: WA1
    local:
      description: The site in the data center.
      returned: always
      type: dict
      contains:
        address:
          description: Public IP address of the data center's end of the tunnel, which the service assigns.
          returned: always
          type: str
          sample: 203.0.113.9
        location_description:
          description: Name of the data center.
          returned: always
          type: str
          sample: WA1 - US West (Seattle)
        subnets:
          description: The networks in the data center, in CIDR notation.
          returned: always
          type: list
          elements: str
          sample:
            - 10.80.12.0/24
    remote:
      description: The other site.
      returned: always
      type: dict
      contains:
        site_name:
          description: Name of the site.
          returned: always
          type: str
          sample: Head office
        device_type:
          description: Type of the VPN device.
          returned: always
          type: str
          sample: Juniper SRX340
        address:
          description: Public IP address of the VPN device.
          returned: always
          type: str
          sample: 198.51.100.4
        subnets:
          description: The networks of the site, in CIDR notation.
          returned: always
          type: list
          elements: str
          sample:
            - 192.168.10.0/24
    ike:
      description: Phase 1, the exchange of keys. The pre-shared key is never returned.
      returned: always
      type: dict
      contains:
        encryption:
          description: Encryption algorithm.
          returned: always
          type: str
          choices:
            - aes128
            - aes192
            - aes256
            - tripleDES
          sample: aes256
        hashing:
          description: Hash algorithm.
          returned: always
          type: str
          choices:
            - sha1_96
            - sha1_256
            - md5
          sample: sha1_256
        diffie_hellman_group:
          description: Diffie-Hellman group.
          returned: always
          type: str
          choices:
            - group1
            - group2
            - group5
          sample: group5
        lifetime_seconds:
          description: Number of seconds after which new keys are negotiated.
          returned: always
          type: int
          sample: 28800
        mode:
          description: Mode of the exchange.
          returned: always
          type: str
          choices:
            - main
            - aggressive
          sample: main
        dead_peer_detection:
          description: Whether each end checks that the other one is alive.
          returned: always
          type: bool
          sample: true
        nat_traversal:
          description: Whether a device behind network address translation is supported.
          returned: always
          type: bool
          sample: true
        remote_identity:
          description: IP address with which the device identifies itself. Null without network address translation.
          returned: always
          type: str
          sample: 192.168.10.1
    ipsec:
      description: Phase 2, the encryption of the data.
      returned: always
      type: dict
      contains:
        encryption:
          description: Encryption algorithm.
          returned: always
          type: str
          choices:
            - aes128
            - aes192
            - aes256
            - tripleDES
          sample: aes256
        hashing:
          description: Hash algorithm.
          returned: always
          type: str
          choices:
            - sha1_96
            - sha1_256
            - md5
          sample: sha1_96
        protocol:
          description: IPsec protocol.
          returned: always
          type: str
          choices:
            - esp
            - ah
          sample: esp
        pfs:
          description: Diffie-Hellman group for perfect forward secrecy, or V(disabled).
          returned: always
          type: str
          choices:
            - disabled
            - group1
            - group2
            - group5
          sample: group5
        lifetime_seconds:
          description: Number of seconds after which new keys are negotiated.
          returned: always
          type: int
          sample: 3600
    change_info:
      description: Who created and changed the VPN, and when.
      returned: always
      type: dict
      contains:
        created_by:
          description: Name of the user who created it. Null if the service does not return it.
          returned: always
          type: str
          sample: deploy.acme
        created_date:
          description: Time of the creation in UTC, in ISO 8601 format. Null if the service does not return it.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
        modified_by:
          description: Name of the user who changed it last. Null if it was never changed.
          returned: always
          type: str
          sample: deploy.acme
        modified_date:
          description: Time of the last change in UTC, in ISO 8601 format. Null if it was never changed.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
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
