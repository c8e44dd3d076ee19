# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_publicip: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import SERVER_IDS, states

TABLE = Table(
    name="clc_publicip",
    title="Add and remove public IP addresses of servers (legacy interface)",
    text=(
        "Adds a public IP address to each server that has none, or removes all public IP addresses of servers.",
        "For new playbooks use M(centurylink.cloud.public_ip), which manages an address with its ports and sources.",
    ),
    new="centurylink.cloud.public_ip",
    options=(
        replace(SERVER_IDS, note="The new module manages one server, server_id; use a loop for a list."),
        LegacyOption(
            "ports",
            "Ports to allow, including ranges such as V(8000-8010). Required for V(present).",
            type="list",
            elements="str",
            renamed_to="ports",
            rule="ports",
        ),
        LegacyOption("protocol", "Protocol of all ports.", default="TCP", choices=("TCP", "UDP", "ICMP")),
        LegacyOption(
            "source_restrictions",
            "Networks in CIDR notation that are allowed. Defaults to all.",
            type="list",
            elements="str",
            renamed_to="source_restrictions",
            rule="names",
        ),
        states("Whether the servers should have public IP addresses.", "present", "absent"),
    ),
    examples="""\
- name: Add a public IP address to two servers
  centurylink.cloud.clc_publicip:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    protocol: TCP
    ports: [80, 443]
""",
    differences=(
        "Only the ports of the task are allowed; one of the original modules also allowed ping.",
        "As in the original module, ports and sources of an existing address are not changed. The new module compares them.",
        "As in the original modules, the service assigns a new internal IP address to each public IP address. It stays on the "
        "server after V(absent). The new module maps the primary one unless its option C(internal_ip) is V(new).",
        "A request that fails is an error.",
        "All servers are processed in parallel.",
    ),
)
