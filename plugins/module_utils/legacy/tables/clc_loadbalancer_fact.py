# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer_fact in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import LOAD_BALANCER, LOCATION

TABLE = Table(
    name="clc_loadbalancer_fact",
    title="Read one shared load balancer, as the module of this name of the predecessors did",
    text=(
        "Reads one shared load balancer by its name.",
        "For new playbooks use M(centurylink.cloud.shared_load_balancer_info).",
    ),
    new="centurylink.cloud.shared_load_balancer_info",
    options=(
        Old("name", "Name of the load balancer.", required=True, becomes="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
    ),
    returns={
        "loadbalancer": {
            "description": "The load balancer with its pools and their nodes.",
            "type": "dict",
            "sample": LOAD_BALANCER,
        }
    },
    examples="""\
- name: Read a load balancer
  centurylink.cloud.clc_loadbalancer_fact:
    name: web-front
    alias: ACME
    location: WA1
  register: clc
""",
    waits=False,
    reads=True,
    differences=(
        "A name that stands for several load balancers is an error.",
        "O(alias) may be left out; it is then the account of the login.",
    ),
)
