#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the recipients of database alerts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_notification_info
short_description: Gather information about the recipients of database alerts
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the notifications of a database, each with the email address that receives alerts about high usage.
extends_documentation_fragment:
  - centurylink.cloud.options.any_data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_notification
  - module: centurylink.cloud.database_info
"""

EXAMPLES = r"""
- name: Get the recipients of alerts
  centurylink.cloud.database_notification_info:
    database: shop-db
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_notifications:
  description: The notifications of the database, sorted by recipient. Empty if none exists.
  returned: success
  type: list
  elements: dict
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

from ..module_utils.argument_specs.database_notification_info import ARGUMENTS
from ..module_utils.resources.database.notification import gather_notifications
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_notifications", gather_notifications, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
