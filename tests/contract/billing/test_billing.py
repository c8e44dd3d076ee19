# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Charges and invoices."""

from __future__ import annotations

from clc_simulator.core.clock import parse_timestamp
from simclient import ROOT, WEB, Client

GROUP = f"/v2/groups/DEMO/{WEB}"


def now(client: Client) -> float:
    return client.simulator.world.clock.now()


def test_billing(composed: Client) -> None:
    bill = composed.get(f"{GROUP}/billing").json()
    assert list(bill["groups"]) == sorted(bill["groups"])
    assert set(bill["groups"][WEB]["servers"]) >= {"wa1demoweb01", "wa1demoweb02"}
    charge = bill["groups"][WEB]["servers"]["wa1demoweb01"]
    assert charge["currentHour"] == round(2 * 0.01 + 4 * 0.015 + 57 * 0.0002, 4)
    archived = composed.get(f"/v2/groups/DEMO/{ROOT}/billing").json()["groups"]
    old = next(group["servers"]["wa1demoold01"] for group in archived.values() if "wa1demoold01" in group["servers"])
    assert old["archiveCost"] > 0
    assert composed.get("/v2/billing/DEMO/total").json()["total"]["monthlyEstimate"] > 0
    assert composed.get("/v2/billing/DEMO/serverPricing/WA1DEMOWEB01").json()["cpu"] == 0.01


def test_invoice(composed: Client) -> None:
    composed.advance(max(0.0, parse_timestamp("2030-03-15T00:00:00Z") - now(composed)))
    composed.login()
    invoice = composed.get("/v2/invoice/DEMO/2030/3?pricingAccountAlias=demo").json()
    assert invoice["invoiceDate"] == "2030-04-01T00:00:00Z"
    assert invoice["totalAmount"] == round(sum(line["itemTotal"] for line in invoice["lineItems"]), 2)
    assert any(line["description"] == "External IP Address (WA1)" for line in invoice["lineItems"])
    assert composed.get("/v2/invoice/DEMO/2031/1").status == 404
