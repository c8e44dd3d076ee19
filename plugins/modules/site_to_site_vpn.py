#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: site-to-site VPNs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: site_to_site_vpn
short_description: Create, change and remove site-to-site VPNs
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A VPN ties subnets of a data center to subnets behind a device of your own, with IKE (phase 1) and IPsec (phase 2).
  - It is known by its O(id), or by O(data_center) and the address of the device; where several match, O(id) has to say which.
  - What is left out is left as it is. A new VPN needs all options of O(local), O(remote), O(ike) and O(ipsec) but
    O(ike.dead_peer_detection), O(ike.nat_traversal) and O(ike.remote_identity).
  - The service wants remote subnets to be private (RFC 1918), and a network and a server of the account in the data center.
options:
  id:
    description:
      - Id of a VPN, in any case. The service chooses the ids of new ones.
    type: str
  data_center:
    description:
      - Code of the data center; by default the home of the login. It cannot change.
    type: str
    aliases: [location]
  local:
    description:
      - The end in the data center. The service chooses its address.
    type: dict
    suboptions:
      subnets:
        description:
          - Subnets in CIDR notation, in any order. A list replaces the one before.
        type: list
        elements: str
  remote:
    description:
      - The end at your own site.
    type: dict
    suboptions:
      site_name:
        description:
          - Name of the site.
        type: str
      device_type:
        description:
          - What kind of device it is, in words.
        type: str
      address:
        description:
          - Public IPv4 address of the device. It can be changed where O(id) is given.
        type: str
      subnets:
        description:
          - Subnets in CIDR notation, in any order. A list replaces the one before.
        type: list
        elements: str
  ike:
    description:
      - Phase 1.
    type: dict
    suboptions:
      encryption:
        description:
          - Encryption.
        type: str
        choices: [aes128, aes192, aes256, tripleDES]
      hashing:
        description:
          - Hashing.
        type: str
        choices: [sha1_96, sha1_256, md5]
      diffie_hellman_group:
        description:
          - Diffie-Hellman group.
        type: str
        choices: [group1, group2, group5]
      pre_shared_key:
        description:
          - The secret that both ends share. It is never shown; O(update_secret) says when it is set.
        type: str
      lifetime_seconds:
        description:
          - Lifetime in seconds.
        type: int
        choices: [3600, 28800, 86400]
      mode:
        description:
          - Mode.
        type: str
        choices: [main, aggressive]
      dead_peer_detection:
        description:
          - Whether to detect a dead peer; off in a new VPN that leaves it out.
        type: bool
      nat_traversal:
        description:
          - Whether the device is behind NAT; off in a new VPN that leaves it out. It needs O(ike.remote_identity).
        type: bool
      remote_identity:
        description:
          - Private IPv4 address by which the device identifies itself, with O(ike.nat_traversal) only. An empty text is none.
        type: str
  ipsec:
    description:
      - Phase 2.
    type: dict
    suboptions:
      encryption:
        description:
          - Encryption.
        type: str
        choices: [aes128, aes192, aes256, tripleDES]
      hashing:
        description:
          - Hashing.
        type: str
        choices: [sha1_96, sha1_256, md5]
      protocol:
        description:
          - Protocol.
        type: str
        choices: [esp, ah]
      pfs:
        description:
          - Group of perfect forward secrecy.
        type: str
        choices: [disabled, group1, group2, group5]
      lifetime_seconds:
        description:
          - Lifetime in seconds.
        type: int
        choices: [3600, 28800, 86400]
  update_secret:
    description:
      - V(on_create) sets O(ike.pre_shared_key) of new VPNs only. V(always) sets it on every run, which is a change each time,
        since the service does not show it.
    type: str
    choices: [on_create, always]
    default: on_create
extends_documentation_fragment:
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
notes:
  - The service queues changes and removals without saying where to ask for them. With O(wait=true) the module reads the VPN until
    it shows the change; RV(jobs) is always empty.
seealso:
  - module: centurylink.cloud.site_to_site_vpn_info
"""

EXAMPLES = r"""
- name: Tie the office to the web servers
  centurylink.cloud.site_to_site_vpn:
    data_center: WA1
    local:
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
      pre_shared_key: "{{ vault_office_key }}"
      lifetime_seconds: 28800
      mode: main
      dead_peer_detection: true
    ipsec:
      encryption: aes256
      hashing: sha1_96
      protocol: esp
      pfs: group5
      lifetime_seconds: 3600
  register: office

- name: Let another subnet of the office in, the rest stays
  centurylink.cloud.site_to_site_vpn:
    data_center: WA1
    remote:
      address: 198.51.100.4
      subnets: [192.168.10.0/24, 192.168.20.0/24]

- name: Set a new key
  centurylink.cloud.site_to_site_vpn:
    id: "{{ office.site_to_site_vpn.id }}"
    ike:
      pre_shared_key: "{{ vault_new_office_key }}"
    update_secret: always

- name: Take it down
  centurylink.cloud.site_to_site_vpn:
    id: "{{ office.site_to_site_vpn.id }}"
    state: absent
"""

RETURN = r"""
site_to_site_vpn:
  description: The VPN as it is now, null where there is none. The pre-shared key is never in it.
  returned: always
  type: dict
  sample:
    id: 9C00BDDEA921670344D781378A8DF615
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
# Generated: what every module that waits returns.
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      things:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.site_to_site_vpn import ARGUMENTS
from ..module_utils.resources.vpn.site_to_site_vpn import SiteToSiteVpn, check
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(SiteToSiteVpn, ARGUMENTS, check=check)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
