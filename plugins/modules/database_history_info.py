#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather the change history of databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_history_info
short_description: Gather the change history of databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the changes of all databases of an account, including deleted ones, as far back as the service keeps them.
  - M(centurylink.cloud.database_info) gathers the history of a single database.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_info
"""

EXAMPLES = r"""
- name: Get the change history of all databases
  centurylink.cloud.database_history_info:
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_history:
  description: The changes of all databases of the account, newest first.
  returned: success
  type: list
  elements: dict
  contains:
    time:
      description: Time of the change in UTC, in ISO 8601 format.
      returned: always
      type: str
      sample: '2026-11-28T12:00:02Z'
    message:
      description: What was changed.
      returned: always
      type: str
      sample: 'shop-db: modified.'
    details:
      description: Details of the change.
      returned: always
      type: str
      sample: 2 CPU, 4GB RAM, 20GB storage
    user:
      description: Name of the user. For changes by the service itself, a service account.
      returned: always
      type: str
      sample: deploy.acme
"""

from ..module_utils.resources.database.reports import history
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_history", history, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
