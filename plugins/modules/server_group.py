#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group
short_description: Create, change, move and remove server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Server groups are the folders that servers are in. Each data center has one root group; all others are below it.
  - A group is identified by its data center and its path from the root, or by its O(id).
options:
  name:
    description:
      - Name of the group. Required unless O(id) is given; together with O(id) it renames the group.
    type: str
  parent:
    description:
      - The group above, as an id, a path from the root such as V(Default Group/Web), a list of names, or a name found once.
      - Without it the root group is meant, for O(state=absent) too. Together with O(id) it moves the group.
    type: raw
  id:
    description:
      - Id of the group.
    type: str
  description:
    description:
      - Description of the group. An empty text empties it.
    type: str
  force:
    description:
      - Whether O(state=absent) may take servers in or below the group with it.
    type: bool
    default: false
  state:
    description:
      - Whether the group shall be there.
      - V(archived) archives it with its servers. V(present) with O(id) and O(parent) restores it.
    type: str
    choices: [present, absent, archived]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.custom_fields
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_group_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: A group below the root
  centurylink.cloud.server_group:
    name: Shop
    data_center: WA1
    description: Everything of the web shop

- name: A group below it, with a custom field
  centurylink.cloud.server_group:
    name: Web
    parent: Shop
    data_center: WA1
    custom_fields:
      Cost Center: CC-4711

- name: Rename it and move it to the root
  centurylink.cloud.server_group:
    id: 8a67639f74080f56c5aa328f676226e2
    name: Web Tier
    parent: []
    data_center: WA1

- name: Remove the whole shop with its servers
  centurylink.cloud.server_group:
    name: Shop
    data_center: WA1
    state: absent
    force: true
"""

RETURN = r"""
server_group:
  description: The group as it is now, null where there is none.
  returned: always
  type: dict
  sample:
    id: 8a67639f74080f56c5aa328f676226e2
    name: Web
    path: Shop/Web
    description: ""
    data_center: WA1
    parent_id: 36a23e238e3b1c77fc4c011f1bd38f1f
    type: default
    status: active
    servers_count: 2
    custom_fields:
      - id: cdf83fd989e60f210402362d53c9efc6
        name: Cost Center
        value: CC-4711
        display_value: CC-4711
    change_info:
      created_by: deploy.acme
      created_date: "2026-03-01T08:00:11Z"
      modified_by: deploy.acme
      modified_date: "2026-03-01T08:00:11Z"
# Generated: what every module that waits returns.
jobs:
  description:
    - What was queued. M(centurylink.cloud.job_info) can ask or wait for the jobs of the services C(api) and C(lbaas).
    - 'The service C(rdbs) has no jobs: an entry of it stands for a database, whose status M(centurylink.cloud.database_info)
      tells.'
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      things:
        - wa1acmeweb01
pending:
  description: What is still to be done once the jobs have ended; a second run does it.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.server_group import ARGUMENTS
from ..module_utils.kit.lookup import refuse_no_id
from ..module_utils.resources.server_group.server_group import ServerGroup
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerGroup, ARGUMENTS, check=refuse_no_id, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
