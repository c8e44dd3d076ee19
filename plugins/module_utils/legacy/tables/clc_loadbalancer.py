# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION

_NODE: dict[str, dict[str, t.Any]] = {
    "ipAddress": {"type": "str", "required": True},
    "privatePort": {"type": "int", "required": True},
    "status": {"type": "str", "choices": ["enabled", "disabled"], "default": "enabled"},
}

TABLE = Table(
    name="clc_loadbalancer",
    title="Manage a shared load balancer, its pool, and its nodes (legacy interface)",
    text=(
        "Creates and deletes a shared load balancer, one of its pools, and nodes of the pool.",
        "For new playbooks use M(centurylink.cloud.shared_load_balancer), which manages all pools in one task.",
    ),
    new="centurylink.cloud.shared_load_balancer",
    options=(
        LegacyOption("name", "Name of the load balancer.", required=True, renamed_to="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
        LegacyOption(
            "description",
            "Description of the load balancer. Defaults to O(name) for a new one.",
            renamed_to="description",
        ),
        LegacyOption(
            "status",
            "Status of the load balancer. V(disabled) is always applied, but V(enabled) only to a new one, since it is the default "
            "of tasks that do not set O(status).",
            default="enabled",
            choices=("enabled", "disabled"),
            renamed_to="status",
            rule="disabled",
        ),
        LegacyOption(
            "port",
            "Port of the pool, which identifies it.",
            type="int",
            choices=(80, 443),
            renamed_to="pools",
            rule="pool",
        ),
        LegacyOption(
            "method",
            "Load balancing method of the pool.",
            choices=("leastConnection", "roundRobin"),
            renamed_to="pools",
            rule="pool",
        ),
        LegacyOption(
            "persistence",
            "Whether requests of a client are sent to the same node.",
            choices=("standard", "sticky"),
            renamed_to="pools",
            rule="pool",
        ),
        LegacyOption(
            "nodes",
            "Nodes to add to the pool, or to remove with V(nodes_absent). Other nodes are kept.",
            type="list",
            elements="dict",
            default=[],
            options=_NODE,
            renamed_to="pools",
            rule="pool",
        ),
        LegacyOption(
            "state",
            "V(present) and V(absent) apply to the load balancer. V(port_absent) deletes the pool of O(port). "
            "V(nodes_present) and V(nodes_absent) add and remove O(nodes) of an existing pool.",
            default="present",
            choices=("present", "absent", "port_absent", "nodes_present", "nodes_absent"),
            renamed_to="state",
            note="In the new module, each pool and node has its own state, with O(purge=false).",
        ),
    ),
    states={"port_absent": "present", "nodes_present": "present", "nodes_absent": "present"},
    examples="""\
- name: Create a load balancer with a pool
  centurylink.cloud.clc_loadbalancer:
    name: web-front
    description: Public web tier
    alias: ACME
    location: WA1
    port: 443
    method: leastConnection
    persistence: sticky
    nodes:
      - ipAddress: 10.80.12.11
        privatePort: 8443

- name: Add a node
  centurylink.cloud.clc_loadbalancer:
    name: web-front
    alias: ACME
    location: WA1
    port: 443
    nodes:
      - ipAddress: 10.80.12.12
        privatePort: 8443
    state: nodes_present
""",
    waits=False,
    differences=(
        "O(port) works again; current versions of Ansible rejected each value.",
        "One run creates load balancer, pool, and nodes.",
        "O(description), O(method), and O(persistence) of an existing load balancer are compared and updated.",
        "IP address and port identify a node, and its status is compared. All nodes of the task are compared, not only "
        "the last one.",
        "Nodes that are not listed are kept; in the original module, an update with V(present) removed them.",
        "V(nodes_present) without an existing load balancer and pool is an error; the original module reported success.",
        "O(nodes) without O(port) are an error; the original module ignored them.",
        "A name of several load balancers is an error; the original module used the last one.",
        "The result contains the load balancer whenever it exists, not only after its creation.",
        "O(alias) is optional and defaults to the account of the user.",
    ),
)
