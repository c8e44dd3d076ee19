#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: firewall policies inside a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: firewall_policy
short_description: Manage firewall policies inside a data center
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A policy lets addresses of an account reach addresses of the same or another account in the same data center.
  - It is found by O(id), or by O(destination_account), O(source) and O(destination) together, in whatever order and form they are
    written. Copies that are equal in all properties count as one; of several that differ, the ones with the same O(ports) are
    taken, else the task fails and lists their ids.
  - A policy is pending for a while after each change. The task waits until it is active, and fails where it goes to error.
  - There is no job to ask for it; O(wait=false) returns the policy while it is pending.
options:
  source:
    description:
      - Addresses and networks that the traffic comes from. With O(id), the list that replaces the one before.
    type: list
    elements: str
  destination:
    description:
      - Addresses and networks that the traffic goes to. With O(id), the list that replaces the one before.
    type: list
    elements: str
  ports:
    description:
      - What may pass, as V(any), V(icmp), V(tcp/80) or V(udp/8000-8100), in any case. Needed for a new policy.
      - A list replaces the one before; without it the ports are left as they are.
    type: list
    elements: str
  enabled:
    description:
      - Whether the policy is in force. A new one is; without the option it is left as it is.
    type: bool
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.firewall_policy
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.firewall_policy_info
  - module: centurylink.cloud.cross_data_center_firewall_policy
  - module: centurylink.cloud.public_ip
"""

EXAMPLES = r"""
- name: Web servers may reach the databases
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    ports: [tcp/5432, icmp]

- name: Not for now
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    enabled: false

- name: Never again
  centurylink.cloud.firewall_policy:
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.12, 10.80.38.13]
    state: absent
"""

RETURN = r"""
firewall_policy:
  description: The policy as it is now, null where there is none. Of copies, one that works.
  returned: always
  type: dict
  sample:
    id: fd4501150bf8e28d3e14be535893b805
    status: active
    enabled: true
    source_account: ACME
    data_center: WA1
    source: [10.80.37.0/24]
    destination: [10.80.38.0/24, 10.80.39.5/32]
    destination_account: ACME
    ports: [icmp, tcp/443, tcp/8000-8100]
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

from ..module_utils.argument_specs.firewall_policy import ARGUMENTS
from ..module_utils.kit.lookup import refuse_no_id
from ..module_utils.resources.firewall.firewall_policy import FirewallPolicy
from ..module_utils.running import ResourceModule

IDENTITY = [("id", "source"), ("id", "destination")]

MODULE = ResourceModule(FirewallPolicy, ARGUMENTS, check=refuse_no_id, required_one_of=IDENTITY)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
