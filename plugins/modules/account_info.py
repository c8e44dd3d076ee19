#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read the account."""

from __future__ import annotations

DOCUMENTATION = r"""
module: account_info
short_description: Gather information about an account
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the account of O(account_alias), which defaults to the account of the user.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
"""

EXAMPLES = r"""
- name: Gather information about the account of the user
  centurylink.cloud.account_info:
"""

RETURN = r"""
# Generated from tools/returns/account.yml.
accounts:
  description: The account, as a list with one entry. Empty if it does not exist.
  returned: success
  type: list
  elements: dict
  contains:
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
    parent_alias:
      description: Alias of the parent account. Null if there is none.
      returned: always
      type: str
      sample: ACMX
    business_name:
      description: Name of the business.
      returned: always
      type: str
      sample: Acme Web Shop
    address_line1:
      description: First line of the address.
      returned: always
      type: str
      sample: 1 Example Street
    address_line2:
      description: Second line of the address. Null if there is none.
      returned: always
      type: str
      sample: Suite 200
    city:
      description: City of the address.
      returned: always
      type: str
      sample: Springfield
    state_province:
      description: State or province of the address.
      returned: always
      type: str
      sample: WA
    postal_code:
      description: Postal code of the address.
      returned: always
      type: str
      sample: '98000'
    country:
      description: Country of the address.
      returned: always
      type: str
      sample: USA
    telephone:
      description: Telephone number. Null if there is none.
      returned: always
      type: str
      sample: +1 555 0100
    status:
      description: Status of the account.
      returned: always
      type: str
      sample: active
    primary_data_center:
      description: Code of the primary data center.
      returned: always
      type: str
      sample: WA1
    is_managed:
      description: Whether the account has managed services.
      returned: always
      type: bool
      sample: false
"""

from ..module_utils.resources.account.account import gather_accounts
from ..module_utils.running import InfoModule

MODULE = InfoModule("accounts", gather_accounts, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
