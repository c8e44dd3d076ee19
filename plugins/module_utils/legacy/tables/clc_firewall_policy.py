# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_firewall_policy in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_firewall_policy",
    title="Firewall policies inside a data center, as the module of this name of the predecessors made them",
    text=(
        "Makes, changes and removes a firewall policy inside a data center.",
        "For new playbooks use M(centurylink.cloud.firewall_policy).",
    ),
    new="centurylink.cloud.firewall_policy",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        Old("firewall_policy_id", "Id of the policy.", becomes="id", rule="text"),
        Old(
            "source_account_alias",
            "Account that the policy is of.",
            required=True,
            told="In the new module it is account_alias.",
        ),
        Old(
            "destination_account_alias",
            "Account that the policy leads to; by default the same.",
            becomes="destination_account",
        ),
        Old(
            "source",
            "Addresses that the policy leads from.",
            type="list",
            elements="str",
            becomes="source",
            rule="names",
        ),
        Old(
            "destination",
            "Addresses that the policy leads to.",
            type="list",
            elements="str",
            becomes="destination",
            rule="names",
        ),
        Old(
            "ports",
            "Ports that are let through, such as V(any), V(icmp), V(TCP/80) or V(UDP/8000-8100).",
            type="list",
            elements="str",
            becomes="ports",
            rule="names",
        ),
        Old("enabled", "Whether the policy is in force.", type="bool", default=True, becomes="enabled"),
        states("Whether the policy is there.", "present", "absent"),
    ),
    returns={
        "firewall_policy_id": {
            "description": "Id of the policy; null in check mode where it would be made.",
            "type": "str",
            "sample": "fc36f1bfd47242e488a9c44346438c05",
        },
        "firewall_policy": {
            "description": "The policy; null for V(absent), and in check mode where it would be made.",
            "type": "dict",
            "sample": {
                "id": "fc36f1bfd47242e488a9c44346438c05",
                "status": "active",
                "enabled": True,
                "source": ["10.80.12.0/24"],
                "destination": ["10.80.13.0/24"],
                "destinationAccount": "acme",
                "ports": ["any"],
            },
        },
    },
    examples="""\
- name: A policy
  centurylink.cloud.clc_firewall_policy:
    source_account_alias: ACME
    location: WA1
    source: 10.80.12.0/24
    destination: 10.80.13.0/24
    ports: any
    destination_account_alias: ACME
""",
    differences=(
        "Without O(firewall_policy_id) a policy is known by the accounts and addresses that it connects; before, every run made "
        "one more.",
        "Lists are compared whatever their order, accounts whatever their case. What is left out is left as it is.",
        "O(enabled=false) holds at the creation too.",
        "A policy that the service could not set up is an error.",
        "V(absent) without O(firewall_policy_id) means the policy that connects the ends given.",
    ),
)
