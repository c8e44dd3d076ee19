#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage firewall policies between data centers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: cross_data_center_firewall_policy
short_description: Manage firewall policies between data centers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A policy allows a network of an account to reach a network of the same or another account in another data center.
  - The policy is identified by O(id), or by O(source_cidr), O(destination_account), O(destination_data_center), and
    O(destination_cidr) together, in any notation. Only O(enabled) can be changed after creation.
  - Policies that are equal in all properties count as one. If they differ, the task fails and lists their ids.
  - After each change, a policy is pending for some time. The task waits until it is active, and fails if its activation fails.
  - The service does not return a job for policies; with O(wait=false) the task returns the policy while it is pending.
options:
  source_cidr:
    description:
      - Network that the traffic comes from. Required without O(id).
      - Must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
    type: str
  destination_data_center:
    description:
      - Code of the data center that the traffic goes to. Required without O(id).
    type: str
    aliases: [destination_location]
  destination_cidr:
    description:
      - Network that the traffic goes to. Required without O(id).
      - Must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
    type: str
  enabled:
    description:
      - Whether the policy is enabled, the only property that can be changed after creation. Defaults to V(true) for a new policy.
      - If omitted, it is not changed.
    type: bool
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_source
  - centurylink.cloud.options.firewall_policy
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.cross_data_center_firewall_policy_info
  - module: centurylink.cloud.firewall_policy
"""

EXAMPLES = r"""
- name: Allow a network to reach another data center
  centurylink.cloud.cross_data_center_firewall_policy: &west_to_east
    data_center: WA1
    source_cidr: 10.80.37.0/24
    destination_data_center: VA1
    destination_cidr: 10.90.12.0/24

- name: Disable the policy
  centurylink.cloud.cross_data_center_firewall_policy:
    <<: *west_to_east
    enabled: false
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
cross_data_center_firewall_policy:
  description: The policy after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 91ab1b3c7d4e4f90b2a1c3d4e5f60718
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
      description: Alias of the account of the source network.
      returned: always
      type: str
      sample: ACME
    data_center:
      description: Code of the data center of the source network.
      returned: always
      type: str
      sample: WA1
    source_cidr:
      description: Source network in CIDR notation.
      returned: always
      type: str
      sample: 10.80.12.0/24
    destination_account:
      description: Alias of the account of the destination network.
      returned: always
      type: str
      sample: ACME
    destination_data_center:
      description: Code of the data center of the destination network.
      returned: always
      type: str
      sample: VA1
    destination_cidr:
      description: Destination network in CIDR notation.
      returned: always
      type: str
      sample: 10.81.12.0/24
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

from ..module_utils.argument_specs.cross_data_center_firewall_policy import ARGUMENTS
from ..module_utils.kit.lookup import validate_id
from ..module_utils.resources.firewall.cross_data_center_firewall_policy import CrossDataCenterFirewallPolicy
from ..module_utils.running import ResourceModule

IDENTITY = [("id", "source_cidr"), ("id", "destination_data_center"), ("id", "destination_cidr")]

MODULE = ResourceModule(CrossDataCenterFirewallPolicy, ARGUMENTS, check=validate_id, required_one_of=IDENTITY)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
