#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about promotions of the database service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_promotion_info
short_description: Gather information about promotions of the database service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the promotions of an account in the relational database service.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_billing_info
"""

EXAMPLES = r"""
- name: Get the promotions of the account
  centurylink.cloud.database_promotion_info:
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_promotions:
  description: The promotions, sorted by code.
  returned: success
  type: list
  elements: dict
  contains:
    code:
      description: Code of the promotion.
      returned: always
      type: str
      sample: SPRING_2026
    id:
      description: Id of the promotion. Null if the service does not return it.
      returned: always
      type: str
      sample: '17'
"""

from ..module_utils.resources.database.reports import gather_promotions
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_promotions", gather_promotions, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
