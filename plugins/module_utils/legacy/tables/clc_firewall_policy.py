# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_firewall_policy: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_firewall_policy",
    title="Manage firewall policies within a data center (legacy interface)",
    text=(
        "Creates, updates, and deletes a firewall policy within a data center.",
        "For new playbooks use M(centurylink.cloud.firewall_policy).",
    ),
    new="centurylink.cloud.firewall_policy",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        LegacyOption("firewall_policy_id", "Id of an existing policy.", renamed_to="id", rule="text"),
        LegacyOption(
            "source_account_alias",
            "Alias of the account of the policy.",
            required=True,
            note="Use account_alias of the new module.",
        ),
        LegacyOption(
            "destination_account_alias",
            "Alias of the account that the traffic goes to. Defaults to O(source_account_alias).",
            renamed_to="destination_account",
        ),
        LegacyOption(
            "source",
            "IP addresses and networks that the traffic comes from.",
            type="list",
            elements="str",
            renamed_to="source",
            rule="names",
        ),
        LegacyOption(
            "destination",
            "IP addresses and networks that the traffic goes to.",
            type="list",
            elements="str",
            renamed_to="destination",
            rule="names",
        ),
        LegacyOption(
            "ports",
            "Ports to allow, such as V(any), V(icmp), V(TCP/80), or V(UDP/8000-8100).",
            type="list",
            elements="str",
            renamed_to="ports",
            rule="names",
        ),
        LegacyOption("enabled", "Whether the policy is enabled.", type="bool", default=True, renamed_to="enabled"),
        states("Whether the policy should exist.", "present", "absent"),
    ),
    examples="""\
- name: Allow traffic between two networks
  centurylink.cloud.clc_firewall_policy:
    source_account_alias: ACME
    location: WA1
    source: 10.80.12.0/24
    destination: 10.80.13.0/24
    ports: any
    destination_account_alias: ACME
""",
    differences=(
        "Without O(firewall_policy_id), the accounts and addresses identify the policy; the original module created one more on "
        "each run.",
        "Lists are compared in any order, accounts case-insensitive. Omitted options are not changed.",
        "O(enabled=false) is supported for a new policy.",
        "A policy whose activation failed is an error.",
        "V(absent) without O(firewall_policy_id) deletes the policy with these accounts and addresses.",
    ),
)
