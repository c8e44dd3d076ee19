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
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.statistics
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

from ..module_utils.argument_specs.server_info import ARGUMENTS
from ..module_utils.resources.server.server_info import found_servers
from ..module_utils.running import InfoModule

MODULE = InfoModule(
    "servers",
    found_servers,
    ARGUMENTS,
    secret_if=[("gather", "credentials")],
    mutually_exclusive=[("server_ids", "group")],
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
