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
accounts:
  description: The account. Empty if it does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - account_alias: ACME
      parent_alias: ACMX
      business_name: Acme Web Shop
      address_line1: 1 Example Street
      address_line2: null
      city: Springfield
      state_province: WA
      postal_code: "98000"
      country: USA
      telephone: null
      status: active
      primary_data_center: WA1
      is_managed: false
"""

from ..module_utils.resources.account.account import gather_accounts
from ..module_utils.running import InfoModule

MODULE = InfoModule("accounts", gather_accounts, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
