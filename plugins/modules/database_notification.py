#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage the recipients of database alerts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_notification
short_description: Manage the recipients of database alerts
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deletes notifications, each of which sends alerts about high usage of a database to an email address.
  - The recipient must confirm the email address with a link or token from an email before alerts are sent.
  - A notification is identified by O(id), or by O(recipient). A recipient of several notifications is an error.
options:
  id:
    description:
      - Id of an existing notification. Required to change its recipient.
    type: int
  recipient:
    description:
      - Email address of the recipient, case-insensitive. Required to create a notification.
    type: str
  notification_types:
    description:
      - Types of usage to send alerts for. Must not be empty. Required to create a notification.
      - If set, the list replaces the existing types. If omitted, they are not changed.
    type: list
    elements: str
    choices: [CPU_UTILIZATION, STORAGE_UTILIZATION]
  verification_token:
    description:
      - Token that the recipient received by email. Only used if the notification exists and is not verified.
    type: str
  state:
    description:
      - Whether the notification should exist.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
seealso:
  - module: centurylink.cloud.database_notification_info
  - module: centurylink.cloud.database
"""

EXAMPLES = r"""
- name: Send alerts to an email address
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    recipient: dba@example.com
    notification_types: [CPU_UTILIZATION, STORAGE_UTILIZATION]

- name: Confirm the email address
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    recipient: dba@example.com
    verification_token: "{{ token_from_email }}"
  vars:
    token_from_email: 3f9a1c

- name: Change the recipient
  centurylink.cloud.database_notification:
    database: shop-db
    data_center: VA1
    id: 42
    recipient: ops@example.com
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_notification:
  description: The notification after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the notification.
      returned: always
      type: int
      sample: 42
    database_id:
      description: Id of the database.
      returned: always
      type: int
      sample: 1201
    recipient:
      description: Email address of the recipient.
      returned: always
      type: str
      sample: dba@example.com
    notification_types:
      description: What the recipient is notified of.
      returned: always
      type: list
      elements: str
      sample:
        - CPU_UTILIZATION
    verified:
      description: Whether the recipient has confirmed the address.
      returned: always
      type: bool
      sample: true
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
