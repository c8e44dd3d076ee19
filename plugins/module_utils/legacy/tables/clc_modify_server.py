# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_modify_server: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import SERVER_IDS

TABLE = Table(
    name="clc_modify_server",
    title="Change the size, policies, and networks of servers (legacy interface)",
    text=(
        "Changes CPU count, memory, policies, and secondary networks of existing servers.",
        "For new playbooks use M(centurylink.cloud.server).",
    ),
    new="centurylink.cloud.server",
    options=(
        SERVER_IDS,
        LegacyOption("cpu", "Number of CPUs.", type="int", renamed_to="cpu"),
        LegacyOption("memory", "Amount of memory in GB.", type="int", renamed_to="memory_gb"),
        LegacyOption(
            "state",
            "V(present) adds policies and networks to the servers, V(absent) removes them. Servers are never deleted.",
            default="present",
            choices=("present", "absent"),
            note="In the new module, use the complete list with O(alert_policies_purge=true), and an empty anti_affinity_policy",
        ),
        LegacyOption(
            "anti_affinity_policy_id",
            "Id of an anti-affinity policy.",
            renamed_to="anti_affinity_policy",
            rule="text",
        ),
        LegacyOption(
            "anti_affinity_policy_name",
            "Name of an anti-affinity policy.",
            renamed_to="anti_affinity_policy",
            rule="text",
        ),
        LegacyOption("alert_policy_id", "Id of an alert policy.", renamed_to="alert_policies", rule="as_list"),
        LegacyOption("alert_policy_name", "Name of an alert policy.", renamed_to="alert_policies", rule="as_list"),
        LegacyOption(
            "additional_network",
            "Id, name, or IP address range of a secondary network. V(present) adds an adapter on it to each server, "
            "V(absent) removes it.",
            renamed_to="secondary_networks",
            rule="adapter",
        ),
        LegacyOption(
            "location", "Data center of O(additional_network). Not used, since the data center of the servers is used."
        ),
    ),
    exclusive=(
        ("anti_affinity_policy_id", "anti_affinity_policy_name"),
        ("alert_policy_id", "alert_policy_name"),
    ),
    examples="""\
- name: Increase CPUs and memory
  centurylink.cloud.clc_modify_server:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    cpu: 4
    memory: 8

- name: Add an alert policy
  centurylink.cloud.clc_modify_server:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    alert_policy_name: Web under load

- name: Add an anti-affinity policy to servers of the type hyperscale
  centurylink.cloud.clc_modify_server:
    server_ids: [WA1ACMEHYP01, WA1ACMEHYP02]
    anti_affinity_policy_name: Web apart
""",
    differences=(
        "Sizes are compared as numbers, so a second run reports no change.",
        "The anti-affinity policy of a server is read only if the task sets one.",
        "V(absent) removes only the policies of the task; a policy that does not exist is an error.",
        "A server that does not exist is an error that names it.",
        "O(additional_network) is resolved in the data center of the servers. Adding an existing adapter and removing a missing "
        "one are not changes, and a failed job is an error.",
    ),
)
