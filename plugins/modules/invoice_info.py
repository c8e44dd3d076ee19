#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather invoices."""

from __future__ import annotations

DOCUMENTATION = r"""
module: invoice_info
short_description: Gather the invoice of an account for a month
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the invoice of an account for a month. Its amounts are estimates in US dollars, not a bill.
options:
  year:
    description:
      - Year of the usage, with four digits.
    type: int
    required: true
  month:
    description:
      - Month of the usage, from V(1) to V(12).
    type: int
    required: true
  pricing_account_alias:
    description:
      - Alias of the paying account. If omitted, the service chooses it.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.billing_info
"""

EXAMPLES = r"""
- name: Read the invoice of May
  centurylink.cloud.invoice_info:
    year: 2018
    month: 5
  register: may

- name: Print the charges of each data center
  ansible.builtin.debug:
    msg: "{{ item.0 }}: {{ item.1 | map(attribute='item_total') | sum | round(2) }}"
  loop: "{{ may.invoices[0].line_items | groupby('service_location') }}"
"""

RETURN = r"""
invoices:
  description: A list with the invoice. Empty if the service has no invoice for the month.
  returned: success
  type: list
  elements: dict
  sample:
    - id: ACME5B7F01C2
      account_alias: ACME
      pricing_account_alias: ACME
      parent_account_alias: ROOT
      company_name: Example Company
      address1: 1 Example Street
      address2: null
      city: Springfield
      state_province: WA
      postal_code: "98000"
      billing_contact_email: billing@example.com
      invoice_cc_email: ""
      terms: Net 30
      po_number: null
      invoice_date: "2018-06-01T00:00:00Z"
      total_amount: 83.7
      line_items:
        - description: "Server Group: Web Tier - WA1"
          service_location: WA1
          quantity: 1
          unit_cost: 48.24
          item_total: 48.24
          item_details:
            - description: WA1ACMEWEB01
              cost: 48.24
        - description: External IP Address (WA1)
          service_location: WA1
          quantity: 2
          unit_cost: 17.73
          item_total: 35.46
          item_details: []
"""

from ..module_utils.argument_specs.invoice_info import ARGUMENTS
from ..module_utils.resources.billing.invoice import gather_invoices
from ..module_utils.running import InfoModule

MODULE = InfoModule("invoices", gather_invoices, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
