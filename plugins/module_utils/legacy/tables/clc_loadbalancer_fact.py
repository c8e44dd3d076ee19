# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer_fact: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION

TABLE = Table(
    name="clc_loadbalancer_fact",
    title="Gather information about a shared load balancer (legacy interface)",
    text=(
        "Returns a shared load balancer by its name.",
        "For new playbooks use M(centurylink.cloud.shared_load_balancer_info).",
    ),
    new="centurylink.cloud.shared_load_balancer_info",
    options=(
        LegacyOption("name", "Name of the load balancer.", required=True, renamed_to="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
    ),
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
        "A name of several load balancers is an error.",
        "O(alias) is optional and defaults to the account of the user.",
    ),
)
