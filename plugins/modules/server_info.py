#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_info
short_description: Read servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads servers by id, of a group, or of a whole data center.
options:
  server_ids:
    description:
      - Exactly these servers, in any case. One that does not exist is left out.
    type: list
    elements: str
  group:
    description:
      - Group of the servers, as an id, a path from the root such as V(Default Group/Web), a list of names, or a name.
    type: raw
  recursive:
    description:
      - Whether to add the servers of the groups below O(group).
    type: bool
    default: false
  data_center:
    description:
      - Code of the data center; by default the home of the login.
    type: str
    aliases: [location]
  name:
    description:
      - Base name; keeps the servers whose id is data center, alias, this name and a number.
    type: str
  status:
    description:
      - Keeps the servers in one of these statuses, such as V(active), V(underConstruction) or V(archived).
    type: list
    elements: str
  power_state:
    description:
      - Keeps the servers in one of these power states.
    type: list
    elements: str
    choices: [started, stopped, paused]
  custom_fields:
    description:
      - Keeps the servers that have all of these custom field values, by the field's name or id.
    type: dict
  gather:
    description:
      - What to read besides, one request for each server and entry. Only active servers have it.
      - With V(credentials) the result holds passwords and is never shown.
    type: list
    elements: str
    choices: [capabilities, statistics, credentials, upcoming_scheduled_activities]
    default: []
  statistics:
    description:
      - Which figures V(statistics) in O(gather) means.
    type: dict
    suboptions:
      type:
        description:
          - The latest ones, or a window of hours or minutes.
        type: str
        choices: [latest, hourly, realtime]
        default: latest
      start:
        description:
          - Begin of the window in UTC, as V(2026-05-17T07:00:00Z); within the last 14 days, for V(realtime) the last 4 hours.
        type: str
      end:
        description:
          - End of the window in UTC; now by default.
        type: str
      interval_minutes:
        description:
          - Length of a sample in minutes, at least 60 for V(hourly) and 5 for V(realtime).
        type: int
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Everything in and below a group
  centurylink.cloud.server_info:
    group: Shop
    recursive: true
    data_center: WA1

- name: The administrator's password of a server
  centurylink.cloud.server_info:
    server_ids: [WA1ACMEWEB01]
    gather: [credentials]
  register: admin

- name: Two servers
  centurylink.cloud.server_info:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
"""

RETURN = r"""
servers:
  description: The servers, sorted by id; empty where there is none.
  returned: success
  type: list
  elements: dict
  sample:
    - id: wa1acmeweb01
      name: WA1ACMEWEB01
      description: ""
      data_center: WA1
      group_id: 8a67639f74080f56c5aa328f676226e2
      status: active
      power_state: started
      cpu: 2
      memory_gb: 4
      ip_address: 10.80.12.40
      public_ip_addresses: []
      capabilities: null
      statistics: null
      credentials: null
      upcoming_scheduled_activities: null
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.gathering import STATISTICS
from ..module_utils.resources.server_reading import found_servers

ARGUMENTS: Spec = {
    "server_ids": {"type": "list", "elements": "str"},
    "group": {"type": "raw"},
    "recursive": {"type": "bool", "default": False},
    "data_center": {"type": "str", "aliases": ["location"]},
    "name": {"type": "str"},
    "status": {"type": "list", "elements": "str"},
    "custom_fields": {"type": "dict"},
    "gather": {
        "type": "list",
        "elements": "str",
        "choices": ["capabilities", "statistics", "credentials", "upcoming_scheduled_activities"],
        "default": [],
    },
    "statistics": {"type": "dict", "options": STATISTICS},
    "power_state": {"type": "list", "elements": "str", "choices": ["started", "stopped", "paused"]},
}


def main() -> None:
    """Run the module."""
    run_info("servers", found_servers, ARGUMENTS, mutually_exclusive=[("server_ids", "group")])


if __name__ == "__main__":
    main()
