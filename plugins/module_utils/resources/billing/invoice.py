# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invoices: the usage of an account in a month, read-only.

API behavior (groups.yaml, getInvoice): all amounts are estimates in dollars; the response omits empty properties. The optional
paying account is sent as pricingAccountAlias, as the SDKs do (recorded); the documentation has pricingAccount in an example.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import NotFound
from ...kit import problems
from ...kit.naming import to_snake_case, with_keys
from ...kit.task import Task

_KEYS = (
    "id",
    "account_alias",
    "pricing_account_alias",
    "parent_account_alias",
    "company_name",
    "address1",
    "address2",
    "city",
    "state_province",
    "postal_code",
    "billing_contact_email",
    "invoice_cc_email",
    "terms",
    "po_number",
    "invoice_date",
    "total_amount",
    "line_items",
)
_LINE = ("description", "service_location", "quantity", "unit_cost", "item_total", "item_details")


def gather_invoices(task: Task) -> list[dict[str, t.Any]]:
    """Return the invoice of a month, or an empty list if it does not exist. Sends one request."""
    year, month = int(task.option("year")), int(task.option("month"))
    for option, value, low, high in (("year", year, 1000, 9999), ("month", month, 1, 12)):
        if not low <= value <= high:
            raise problems.invalid_option(option, f"{value} is not between {low} and {high}")
    payer = task.option("pricing_account_alias")
    path = paths.INVOICE(task.account, year, month)
    try:
        body = task.client.get(path, params={"pricingAccountAlias": payer} if payer else None).body
    except NotFound:
        return []
    values = to_snake_case(body)
    lines = [
        {**with_keys(line, _LINE), "item_details": line.get("item_details") or []}
        for line in values.get("line_items") or []
    ]
    return [with_keys({**values, "line_items": lines}, _KEYS)]
