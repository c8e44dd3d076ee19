#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage site-to-site VPNs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: site_to_site_vpn
short_description: Manage site-to-site VPNs
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A VPN connects subnets of a data center with subnets behind a remote device, using IKE (phase 1) and IPsec (phase 2).
  - The VPN is identified by O(id), or by O(data_center) and O(remote.address). If several VPNs match, O(id) is required.
  - Omitted options are not changed. All options of O(local), O(remote), O(ike), and O(ipsec) are required to create a VPN, except
    O(ike.dead_peer_detection), O(ike.nat_traversal), and O(ike.remote_identity).
  - The service requires private remote subnets (RFC 1918), and a network and a server of the account in the data center.
options:
  id:
    description:
      - Id of an existing VPN, case-insensitive. If set, O(remote.address) changes the address.
    type: str
  data_center:
    description:
      - Code of the data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the
        user. Cannot be changed after creation.
    type: str
    aliases: [location]
  local:
    description:
      - Endpoint in the data center. The service assigns its address.
    type: dict
    suboptions:
      subnets:
        description:
          - Subnets, in any order. If set, the list replaces the existing one. Must not be empty.
          - Each must be an IPv4 network in CIDR notation, such as V(10.80.12.0/24).
        type: list
        elements: str
      address:
        description:
          - Returned by this module and ignored, so that a result can be used as a value.
        type: raw
      location_description:
        description:
          - Returned by this module and ignored, so that a result can be used as a value.
        type: raw
  remote:
    description:
      - Endpoint at the remote site.
    type: dict
    suboptions:
      site_name:
        description:
          - Name of the site.
        type: str
      device_type:
        description:
          - Vendor and model of the device, as free text.
        type: str
      address:
        description:
          - Public address of the device. Required without O(id).
          - Must be an IPv4 address, such as V(10.80.12.31).
        type: str
      subnets:
        description:
          - Subnets, in any order. If set, the list replaces the existing one. Must not be empty.
          - Each must be an IPv4 network in CIDR notation, such as V(10.80.12.0/24).
        type: list
        elements: str
  ike:
    description:
      - Parameters of IKE (phase 1).
    type: dict
    suboptions:
      encryption:
        description:
          - Encryption algorithm.
        type: str
        choices: [aes128, aes192, aes256, tripleDES]
      hashing:
        description:
          - Hash algorithm.
        type: str
        choices: [sha1_96, sha1_256, md5]
      diffie_hellman_group:
        description:
          - Diffie-Hellman group.
        type: str
        choices: [group1, group2, group5]
      pre_shared_key:
        description:
          - Secret that both endpoints share. It is never returned; O(update_secret) defines when it is set.
        type: str
      lifetime_seconds:
        description:
          - Lifetime of the security association, in seconds.
        type: int
        choices: [3600, 28800, 86400]
      mode:
        description:
          - Mode of the key exchange.
        type: str
        choices: [main, aggressive]
      dead_peer_detection:
        description:
          - Whether to detect a dead peer. Defaults to V(false) for a new VPN.
        type: bool
      nat_traversal:
        description:
          - Whether the device is behind NAT. Defaults to V(false) for a new VPN. V(true) requires O(ike.remote_identity).
        type: bool
      remote_identity:
        description:
          - Private IPv4 address that identifies the device. Only valid with O(ike.nat_traversal=true). An empty string removes it.
        type: str
  ipsec:
    description:
      - Parameters of IPsec (phase 2).
    type: dict
    suboptions:
      encryption:
        description:
          - Encryption algorithm.
        type: str
        choices: [aes128, aes192, aes256, tripleDES]
      hashing:
        description:
          - Hash algorithm.
        type: str
        choices: [sha1_96, sha1_256, md5]
      protocol:
        description:
          - IPsec protocol.
        type: str
        choices: [esp, ah]
      pfs:
        description:
          - Diffie-Hellman group for perfect forward secrecy.
        type: str
        choices: [disabled, group1, group2, group5]
      lifetime_seconds:
        description:
          - Lifetime of the security association, in seconds.
        type: int
        choices: [3600, 28800, 86400]
  update_secret:
    description:
      - When to set O(ike.pre_shared_key). V(on_create) sets it only for a new VPN. V(always) sets it on every run, which is always
        reported as a change, since the service does not return the key.
    type: str
    choices: [on_create, always]
    default: on_create
extends_documentation_fragment:
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
notes:
  - The service queues updates and deletions, but the API cannot return their status. With O(wait=true) the module reads the VPN
    until it has the new values; RV(jobs) is always empty.
seealso:
  - module: centurylink.cloud.site_to_site_vpn_info
"""

EXAMPLES = r"""
- name: Connect the office with the web servers
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

- name: Add another subnet of the office
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

- name: Delete the VPN
  centurylink.cloud.site_to_site_vpn:
    id: "{{ office.site_to_site_vpn.id }}"
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/vpn.yml.
site_to_site_vpn:
  description: The VPN after the task, without the pre-shared key. Null if it does not exist.
  returned: always
  type: dict
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
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
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
