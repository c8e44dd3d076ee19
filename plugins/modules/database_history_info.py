#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read the history of databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_history_info
short_description: Read what was done to the databases of an account
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads what was done to the databases of an account, to those that are gone too, as far back as the service tells.
  - M(centurylink.cloud.database_info) gathers the history of one.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_info
"""

EXAMPLES = r"""
- name: Who did what
  centurylink.cloud.database_history_info:
"""

RETURN = r"""
database_history:
  description: What was done, newest first. What the service did by itself has a service account as its user.
  returned: success
  type: list
  elements: dict
  sample:
    - time: "2018-03-05T10:15:00Z"
      message: "shop-db: created."
      details: 2 CPU, 4GB RAM, 20GB storage
      user: ops.user
"""

from ..module_utils.resources.database.reports import history
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_history", history, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
