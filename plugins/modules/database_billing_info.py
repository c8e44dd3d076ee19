#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather billing information about databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_billing_info
short_description: Gather billing information about the databases of an account
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the total charges of all databases of an account. M(centurylink.cloud.database_info) gathers those of a single
    database.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_info
"""

EXAMPLES = r"""
- name: Get the charges of all databases
  centurylink.cloud.database_billing_info:
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_billing:
  description: The charges of all databases of the account, as a list with one entry.
  returned: success
  type: list
  elements: dict
  contains:
    monthly_estimate:
      description: Estimated cost of the month in US dollars.
      returned: always
      type: float
      sample: 339.84
    month_to_date:
      description: Cost of the month so far in US dollars.
      returned: always
      type: float
      sample: 12.19
    current_hour:
      description: Cost of the current hour in US dollars.
      returned: always
      type: float
      sample: 0.47
    product_code:
      description: Code of the product. Null if the service does not return it.
      returned: always
      type: str
      sample: MYSQL
    metadata:
      description: Further properties, under the names of the API.
      returned: always
      type: dict
      sample: {}
"""

from ..module_utils.resources.database.reports import gather_billing
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_billing", gather_billing, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
