# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invoices: what an account used in one month. They can only be read.

Facts (contract groups.yaml, getInvoice): the figures are estimates in dollars; empty members are left out of the answer; the
optional account that pays is sent as pricingAccountAlias, as the SDKs do (recorded), the page's example calls it pricingAccount.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import ConfigurationError, NotFound
from ...kit.shape import filled, snaked
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


def found_invoices(task: Task) -> list[dict[str, t.Any]]:
    """Return the invoice of a month, or nothing where the service has none. One request."""
    year, month = int(task.option("year")), int(task.option("month"))
    if not (1000 <= year <= 9999 and 1 <= month <= 12):
        raise ConfigurationError(
            f"there is no month {month} of {year}",
            action="read",
            thing="the invoice",
            remedy="Give month from 1 to 12 and year with four digits.",
        )
    payer = task.option("pricing_account_alias")
    path = paths.INVOICE(task.account, year, month)
    try:
        body = task.client.get(path, params={"pricingAccountAlias": payer} if payer else None).body
    except NotFound:
        return []
    values = snaked(body)
    lines = [
        {**filled(line, _LINE), "item_details": line.get("item_details") or []}
        for line in values.get("line_items") or []
    ]
    return [filled({**values, "line_items": lines}, _KEYS)]
