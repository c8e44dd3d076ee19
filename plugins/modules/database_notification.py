#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: notifications of databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_notification
short_description: Have addresses told of high use of databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Adds, changes and removes the addresses that are told by email of high use of a database.
  - A recipient has to confirm by a link or token in an email before messages come.
  - A notification is found by O(id), or by O(recipient), whose case does not count. Several of one recipient are an error.
options:
  id:
    description:
      - Id of a notification that is there; needed to change its recipient.
    type: int
  recipient:
    description:
      - Email address.
    type: str
  notification_types:
    description:
      - Kinds of use. Needed for a new notification. A list replaces the one before; without it the kinds are left as they are.
    type: list
    elements: str
    choices: [CPU_UTILIZATION, STORAGE_UTILIZATION]
  verification_token:
    description:
      - Token that the recipient got by email. It confirms a notification that is not verified yet, and is not used otherwise.
    type: str
  state:
    description:
      - Whether the address shall be told.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.database_notification_info
  - module: centurylink.cloud.database
"""

EXAMPLES = r"""
- name: Tell somebody
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    recipient: dba@example.com
    notification_types: [CPU_UTILIZATION, STORAGE_UTILIZATION]

- name: Confirm the address
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    recipient: dba@example.com
    verification_token: "{{ token_from_email }}"

- name: Tell somebody else in the place of the first one
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    id: 42
    recipient: ops@example.com
"""

RETURN = r"""
database_notification:
  description: The notification as it is now, null where there is none.
  returned: always
  type: dict
  sample:
    id: 42
    database_id: 1201
    recipient: dba@example.com
    notification_types:
      - CPU_UTILIZATION
      - STORAGE_UTILIZATION
    verified: false
"""

from ..module_utils.argument_specs.database_notification import ARGUMENTS
from ..module_utils.resources.database.notification import DatabaseNotification
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(DatabaseNotification, ARGUMENTS, waits=False, required_one_of=[("recipient", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
