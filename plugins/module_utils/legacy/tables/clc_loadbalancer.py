# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..table import Old, Table
from .shared import LOAD_BALANCER, LOCATION

_NODE: dict[str, dict[str, t.Any]] = {
    "ipAddress": {"type": "str", "required": True},
    "privatePort": {"type": "int", "required": True},
    "status": {"type": "str", "choices": ["enabled", "disabled"], "default": "enabled"},
}

TABLE = Table(
    name="clc_loadbalancer",
    title="Shared load balancers, as the module of this name of the predecessors made them",
    text=(
        "Makes and removes a shared load balancer, one pool of it, and nodes of that.",
        "For new playbooks use M(centurylink.cloud.shared_load_balancer), which takes all pools in one task.",
    ),
    new="centurylink.cloud.shared_load_balancer",
    options=(
        Old("name", "Name of the load balancer.", required=True, becomes="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
        Old(
            "description",
            "Description of the load balancer; that of a new one is its name unless given.",
            becomes="description",
        ),
        Old(
            "status",
            "Whether the load balancer works. V(disabled) is carried out at any time, V(enabled) at the creation alone, since it "
            "is what a task says that does not name it.",
            default="enabled",
            choices=("enabled", "disabled"),
            becomes="status",
            rule="disabled",
        ),
        Old(
            "port",
            "Port of the pool, the key by which it is known.",
            type="int",
            choices=(80, 443),
            becomes="pools",
            rule="pool",
        ),
        Old(
            "method",
            "How the pool spreads requests over its nodes.",
            choices=("leastConnection", "roundRobin"),
            becomes="pools",
            rule="pool",
        ),
        Old(
            "persistence",
            "Whether a client stays with one node.",
            choices=("standard", "sticky"),
            becomes="pools",
            rule="pool",
        ),
        Old(
            "nodes",
            "Nodes that the pool shall have, or for V(nodes_absent) shall not have; others stay.",
            type="list",
            elements="dict",
            default=[],
            options=_NODE,
            becomes="pools",
            rule="pool",
        ),
        Old(
            "state",
            "V(present) and V(absent) are of the load balancer. V(port_absent) takes the pool of O(port) away, "
            "V(nodes_present) and V(nodes_absent) add and take away O(nodes) of a pool that is there.",
            default="present",
            choices=("present", "absent", "port_absent", "nodes_present", "nodes_absent"),
            becomes="state",
            told="The state of a pool or node is its own in the new module, with O(purge=false).",
        ),
    ),
    states={"port_absent": "present", "nodes_present": "present", "nodes_absent": "present"},
    returns={
        "loadbalancer": {
            "description": "The load balancer with its pools and nodes; its name where there is none, and in check mode where it "
            "would be made.",
            "type": "dict",
            "sample": LOAD_BALANCER,
        }
    },
    examples="""\
- name: A load balancer with a pool
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

- name: One node more
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
        "O(port) works again; current Ansible refused it whatever its value.",
        "One run makes load balancer, pool and nodes.",
        "O(description), O(method) and O(persistence) of what exists are compared and changed.",
        "A node is known by address and port, and its status is compared. All nodes given count, not the last alone.",
        "Nodes that are not given stay, also where others are added; before, a change with V(present) took them away.",
        "V(nodes_present) without the load balancer or its pool is an error; before, it was success with a message.",
        "O(nodes) without O(port) are an error; before, nothing was done with them.",
        "A name that stands for several load balancers is an error; before, the last one was taken.",
        "The result is the load balancer whenever there is one, not after a creation alone.",
        "O(alias) may be left out; it is then the account of the login.",
    ),
)
