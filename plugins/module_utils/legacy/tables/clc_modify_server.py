# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_modify_server in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import SERVER, SERVER_IDS

TABLE = Table(
    name="clc_modify_server",
    title="Size, policies and networks of servers, as the module of this name of the predecessors changed them",
    text=(
        "Changes cores, memory, policies and further networks of servers that exist.",
        "For new playbooks use M(centurylink.cloud.server).",
    ),
    new="centurylink.cloud.server",
    options=(
        SERVER_IDS,
        Old("cpu", "Cores.", type="int", becomes="cpu"),
        Old("memory", "Memory in GB.", type="int", becomes="memory_gb"),
        Old(
            "state",
            "V(present) gives servers what is named, V(absent) takes policies and networks from them; it never removes servers.",
            default="present",
            choices=("present", "absent"),
            told="In the new module a list that O(alert_policies_purge=true) makes complete, and an empty anti_affinity_policy",
        ),
        Old(
            "anti_affinity_policy_id",
            "Id of an anti-affinity policy.",
            becomes="anti_affinity_policy",
            rule="text",
        ),
        Old(
            "anti_affinity_policy_name",
            "Name of an anti-affinity policy.",
            becomes="anti_affinity_policy",
            rule="text",
        ),
        Old("alert_policy_id", "Id of an alert policy.", becomes="alert_policies", rule="listed"),
        Old("alert_policy_name", "Name of an alert policy.", becomes="alert_policies", rule="listed"),
        Old(
            "additional_network",
            "Id, name or range of a further network: V(present) adds an adapter in it to each server, V(absent) removes that.",
            becomes="secondary_networks",
            rule="adapter",
        ),
        Old("location", "Data center of O(additional_network); it is not looked at, since the servers tell theirs."),
    ),
    exclusive=(
        ("anti_affinity_policy_id", "anti_affinity_policy_name"),
        ("alert_policy_id", "alert_policy_name"),
    ),
    returns={
        "server_ids": {
            "description": "Ids of the servers that were changed.",
            "type": "list",
            "elements": "str",
            "sample": ["wa1acmeweb01"],
        },
        "servers": {
            "description": "The servers that were changed, as they are now.",
            "type": "list",
            "elements": "dict",
            "sample": [SERVER],
        },
    },
    examples="""\
- name: More cores and memory
  centurylink.cloud.clc_modify_server:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    cpu: 4
    memory: 8

- name: Tell of their load, and keep them apart
  centurylink.cloud.clc_modify_server:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    alert_policy_name: Web under load
    anti_affinity_policy_name: Web apart
""",
    differences=(
        "Sizes are compared as numbers, so a second run changes nothing.",
        "The anti-affinity policy of a server is no longer read where nothing is said of it.",
        "V(absent) takes off the policies that are named and leaves others; a policy that does not exist is an error.",
        "A server that does not exist is an error that names it.",
        "O(additional_network) is looked up in the servers' own data center. An adapter that is there is no change, one that is "
        "gone neither, and a failed one is an error.",
    ),
)
