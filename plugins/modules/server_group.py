#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group
short_description: Manage server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Server groups contain servers and other groups. Each data center has one root group; all other groups are below it.
  - A group is identified by its data center and its path from the root, or by its O(id).
options:
  name:
    description:
      - Name of the group, case-sensitive. Required unless O(id) is set. If O(id) is set, O(name) renames the group.
      - A name that contains a slash is accepted only if O(parent) is a list, since it is likely to be a path.
    type: str
  parent:
    description:
      - Parent group, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name that is unique in
        the data center.
      - Defaults to the root group, for O(state=absent) too. If O(id) is set, O(parent) moves the group.
    type: raw
  id:
    description:
      - Id of an existing group.
    type: str
  description:
    description:
      - Description of the group. An empty string clears it. If omitted, it is not changed.
    type: str
  force:
    description:
      - Whether O(state=absent) may delete a group that contains servers, directly or in its subgroups.
    type: bool
    default: false
  state:
    description:
      - V(absent) deletes the group with its subgroups and servers; see O(force).
      - V(archived) archives the group with its servers. V(present) with O(id) and O(parent) restores it.
    type: str
    choices: [present, absent, archived]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.custom_fields
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_group_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Create a group below the root group
  centurylink.cloud.server_group:
    name: Shop
    data_center: WA1
    description: Servers of the web shop

- name: Create a subgroup with a custom field
  centurylink.cloud.server_group:
    name: Web
    parent: Shop
    data_center: WA1
    custom_fields:
      Cost Center: CC-4711
  register: web

- name: Rename the group and move it to the root group
  centurylink.cloud.server_group:
    id: "{{ web.server_group.id }}"
    name: Web Tier
    parent: []
    data_center: WA1

- name: Delete the group with its subgroups and servers
  centurylink.cloud.server_group:
    name: Shop
    data_center: WA1
    state: absent
    force: true
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_group:
  description: The group after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    name:
      description: Name of the group.
      returned: always
      type: str
      sample: Web Tier
    path:
      description: Path of the group from the root group, with slashes between the names. Empty for the root group.
      returned: always
      type: str
      sample: Shop/Web Tier
    description:
      description: Description of the group.
      returned: always
      type: str
      sample: Web servers of the shop
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    parent_id:
      description: Id of the parent group. Null for the root group.
      returned: always
      type: str
      sample: 36a23e238e3b1c77fc4c011f1bd38f1f
    type:
      description: Type of the group. System groups have others than V(default).
      returned: always
      type: str
      sample: default
    status:
      description: Status of the group.
      returned: always
      type: str
      sample: active
    servers_count:
      description: Number of servers in the group and in its subgroups.
      returned: always
      type: int
      sample: 2
    custom_fields:
      description: The custom fields that have a value.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the field. M(centurylink.cloud.custom_field_info) returns the fields of the account.
          returned: always
          type: str
          sample: cdf83fd989e60f210402362d53c9efc6
        name:
          description: Name of the field.
          returned: always
          type: str
          sample: Stage
        value:
          description: Value of the field. Of a field with a list of choices, the number of the choice.
          returned: always
          type: str
          sample: '1'
        display_value:
          description: Value of the field as the portal shows it. Of a field with a list of choices, the text of
            the choice.
          returned: always
          type: str
          sample: Production
    change_info:
      description: Who created and changed the group, and when.
      returned: always
      type: dict
      contains:
        created_by:
          description: Name of the user who created it. Null if the service does not return it.
          returned: always
          type: str
          sample: deploy.acme
        created_date:
          description: Time of the creation in UTC, in ISO 8601 format. Null if the service does not return it.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
        modified_by:
          description: Name of the user who changed it last. Null if it was never changed.
          returned: always
          type: str
          sample: deploy.acme
        modified_date:
          description: Time of the last change in UTC, in ISO 8601 format. Null if it was never changed.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.server_group import ARGUMENTS
from ..module_utils.resources.server_group.server_group import ServerGroup
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerGroup, ARGUMENTS, check=ServerGroup.check, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
