#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage firewall policies within a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: firewall_policy
short_description: Manage firewall policies within a data center
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A policy allows addresses of an account to reach addresses of the same or another account in the same data center.
  - The policy is identified by O(id), or by O(destination_account), O(source), and O(destination) together, in any order and
    notation. Policies that are equal in all properties count as one. If policies differ, those with the same O(ports) are
    selected; otherwise the task fails and lists their ids.
  - After each change, a policy is pending for some time. The task waits until it is active, and fails if its activation fails.
  - The service does not return a job for policies; with O(wait=false) the task returns the policy while it is pending.
options:
  source:
    description:
      - IP addresses and networks that the traffic comes from. Required without O(id). Must not be empty.
      - Each must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
      - Instead of an address, an entry can refer to servers, for their first private IP addresses. It is then a server as
        M(centurylink.cloud.server) returns it, a list of them, or a map.
      - In a map, C(server) is the id or name of a server; C(server) and C(group) are the base name and the group of a fleet;
        C(group) alone stands for all servers directly in the group, and C(servers) is a list of servers.
      - With O(id), the list replaces the existing one. If omitted, it is not changed.
    type: list
    elements: raw
  destination:
    description:
      - IP addresses and networks that the traffic goes to. Required without O(id). Must not be empty.
      - Each must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
      - Instead of an address, an entry can refer to servers, for their first private IP addresses. It is then a server as
        M(centurylink.cloud.server) returns it, a list of them, or a map.
      - In a map, C(server) is the id or name of a server; C(server) and C(group) are the base name and the group of a fleet;
        C(group) alone stands for all servers directly in the group, and C(servers) is a list of servers.
      - With O(id), the list replaces the existing one. If omitted, it is not changed.
    type: list
    elements: raw
  ports:
    description:
      - Ports to allow, such as V(any), V(icmp), V(tcp/80), or V(udp/8000-8100), case-insensitive. Must not be empty.
      - Each must be a port specification, such as V(tcp/8000-8100).
      - Required to create a policy. If set, the list replaces the existing ports. If omitted, they are not changed.
    type: list
    elements: str
  enabled:
    description:
      - Whether the policy is enabled. Defaults to V(true) for a new policy. If omitted, it is not changed.
    type: bool
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.firewall_policy
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.firewall_policy_info
  - module: centurylink.cloud.cross_data_center_firewall_policy
  - module: centurylink.cloud.public_ip
"""

EXAMPLES = r"""
- name: Allow the web servers to reach the databases
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    ports: [tcp/5432, icmp]

- name: Allow a fleet to reach a database server
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source:
      - server: WEB
        group: Shop/Web
    destination:
      - server: WA1DEMODB01
    ports: [tcp/5432]

- name: Disable the policy
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    enabled: false

- name: Delete the policy
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
firewall_policy:
  description: The policy after the task. Null if it does not exist. If there are duplicates, an active one.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: f6b6a0c5e2d94a0d8d6e3b5a1c7f9e20
    status:
      description: Status of the policy.
      returned: always
      type: str
      choices:
        - active
        - error
        - pending
      sample: active
    enabled:
      description: Whether the policy is in effect.
      returned: always
      type: bool
      sample: true
    source_account:
      description: Alias of the account of the source networks.
      returned: always
      type: str
      sample: ACME
    data_center:
      description: Code of the data center of the source networks.
      returned: always
      type: str
      sample: WA1
    source:
      description: Source addresses in CIDR notation.
      returned: always
      type: list
      elements: str
      sample:
        - 10.80.12.0/24
    destination:
      description: Destination addresses in CIDR notation.
      returned: always
      type: list
      elements: str
      sample:
        - 10.80.76.0/24
    destination_account:
      description: Alias of the account of the destination networks.
      returned: always
      type: str
      sample: ACME
    ports:
      description: Allowed ports as the service writes them, such as V(any), V(icmp), or V(tcp/443).
      returned: always
      type: list
      elements: str
      sample:
        - tcp/443
        - icmp
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

from ..module_utils.argument_specs.firewall_policy import ARGUMENTS
from ..module_utils.resources.firewall.firewall_policy import FirewallPolicy, validate_policy
from ..module_utils.running import ResourceModule

IDENTITY = [("id", "source"), ("id", "destination")]

MODULE = ResourceModule(FirewallPolicy, ARGUMENTS, check=validate_policy, required_one_of=IDENTITY)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
