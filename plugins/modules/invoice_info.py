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
# Generated from tools/returns/billing.yml.
invoices:
  description: A list with the invoice. Empty if the service has no invoice for the month.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the invoice.
      returned: always
      type: str
      sample: ACME5B7F01C2
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
    pricing_account_alias:
      description: Alias of the account that is billed.
      returned: always
      type: str
      sample: ACME
    parent_account_alias:
      description: Alias of the parent account.
      returned: always
      type: str
      sample: ROOT
    company_name:
      description: Name of the company.
      returned: always
      type: str
      sample: Example Company
    address1:
      description: First line of the address.
      returned: always
      type: str
      sample: 1 Example Street
    address2:
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
    billing_contact_email:
      description: Email address of the contact for bills.
      returned: always
      type: str
      sample: billing@example.com
    invoice_cc_email:
      description: Email address that receives a copy. May be empty.
      returned: always
      type: str
      sample: accounts@example.com
    terms:
      description: Terms of payment.
      returned: always
      type: str
      sample: Net 30
    po_number:
      description: Number of the purchase order. Null if there is none.
      returned: always
      type: str
      sample: PO-2018-117
    invoice_date:
      description: Date of the invoice in UTC, in ISO 8601 format.
      returned: always
      type: str
      sample: '2018-06-01T00:00:00Z'
    total_amount:
      description: Total in US dollars.
      returned: always
      type: float
      sample: 83.7
    line_items:
      description: The lines of the invoice.
      returned: always
      type: list
      elements: dict
      contains:
        description:
          description: What is billed.
          returned: always
          type: str
          sample: 'Server Group: Web Tier - WA1'
        service_location:
          description: Code of the data center.
          returned: always
          type: str
          sample: WA1
        quantity:
          description: Number of units.
          returned: always
          type: int
          sample: 1
        unit_cost:
          description: Cost of one unit in US dollars.
          returned: always
          type: float
          sample: 48.24
        item_total:
          description: Cost of the line in US dollars.
          returned: always
          type: float
          sample: 48.24
        item_details:
          description: Parts of the line, such as the servers of a group. May be empty.
          returned: always
          type: list
          elements: dict
          contains:
            description:
              description: What is billed.
              returned: always
              type: str
              sample: WA1ACMEWEB01
            cost:
              description: Cost in US dollars.
              returned: always
              type: float
              sample: 48.24
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
