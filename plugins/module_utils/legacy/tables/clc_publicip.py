# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_publicip in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import SERVER_IDS, states

TABLE = Table(
    name="clc_publicip",
    title="Public addresses of servers, as the module of this name of the predecessors made them",
    text=(
        "Gives a public address to each server that has none, or takes all addresses from servers.",
        "For new playbooks use M(centurylink.cloud.public_ip), which looks after one address with its ports and sources.",
    ),
    new="centurylink.cloud.public_ip",
    options=(
        replace(SERVER_IDS, told="The new module has server_id, one server; put the list into a loop."),
        Old(
            "ports",
            "Ports to let in, needed for V(present); ranges such as V(8000-8010) as well.",
            type="list",
            elements="str",
            becomes="ports",
            rule="ports",
        ),
        Old("protocol", "Protocol of all ports.", default="TCP", choices=("TCP", "UDP", "ICMP")),
        Old(
            "source_restrictions",
            "Networks that alone are let in.",
            type="list",
            elements="str",
            becomes="source_restrictions",
            rule="names",
        ),
        states("Whether the servers have public addresses.", "present", "absent"),
    ),
    returns={
        "server_ids": {
            "description": "Ids of the servers that were changed.",
            "type": "list",
            "elements": "str",
            "sample": ["wa1acmeweb01"],
        }
    },
    examples="""\
- name: A public address for two servers
  centurylink.cloud.clc_publicip:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    protocol: TCP
    ports: [80, 443]
""",
    differences=(
        "The ports given are opened and nothing else; one predecessor opened ping as well.",
        "Ports and sources of an address that exists are left as they are, as before. The new module compares them.",
        "A request that fails is an error.",
        "All servers are worked on at once.",
    ),
)
