# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules billing_info and invoice_info."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, group, hex_id, root
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

WEB = hex_id(1)
CHARGES: Entity = documented("GET-api-ctl-io-v2-groups-accountAlias-groupId-billing")
INVOICE: Entity = documented("mended/GET-api-ctl-io-v2-invoice-accountAlias-year-month")
KEYS = {
    "scope",
    "account_alias",
    "date",
    "data_center",
    "group_id",
    "group_path",
    "server_id",
    "total",
    "groups",
    "unit_prices",
}


def test_charges_of_a_group_are_keyed_by_id_and_summed(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Web", WEB)))
    api.expects("GET", f"/v2/groups/altd/{WEB}/billing", CHARGES)
    (result,) = run("billing_info", {"group": "Web"})["billing"]
    assert set(result) == KEYS
    assert (result["scope"], result["group_id"], result["group_path"], result["unit_prices"]) == (
        "group",
        WEB,
        "Web",
        None,
    )
    assert list(result["groups"]) == list(CHARGES["groups"])
    servers = [server for group in CHARGES["groups"].values() for server in group["servers"].items()]
    charges = {key: server for group in result["groups"].values() for key, server in group["servers"].items()}
    assert list(charges) == [key for key, _charges in servers]
    assert [entry["month_to_date"] for entry in charges.values()] == [entry["monthToDate"] for _key, entry in servers]
    assert result["total"]["monthly_estimate"] == pytest.approx(
        sum(entry["monthlyEstimate"] for _key, entry in servers)
    )
    assert result["total"]["one_time_charges"] is None


def test_an_unknown_group_returns_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Web", WEB)))
    assert run("billing_info", {"group": "Nowhere"})["billing"] == []


def test_the_total_of_the_account(api: Scripted, run: Runner) -> None:
    total = {"templateCost": 0.0, "archiveCost": 1.2, "monthlyEstimate": 120.5, "monthToDate": 66.4}
    api.expects(
        "GET", "/v2/billing/ALTD/total", {"date": "2018-05-18T09:01:12Z", "accountAlias": "ALTD", "total": total}
    )
    (result,) = run("billing_info", {})["billing"]
    assert set(result) == KEYS
    assert (result["scope"], result["account_alias"], result["groups"]) == ("account", "ALTD", None)
    assert result["total"] == {
        "template_cost": 0.0,
        "archive_cost": 1.2,
        "monthly_estimate": 120.5,
        "month_to_date": 66.4,
        "current_hour": None,
        "one_time_charges": None,
    }
    api.expects("GET", "/v2/billing/ALTD/total", NO_BODY, 404)
    assert run("billing_info", {})["billing"] == []


def test_unit_prices_of_servers_take_one_request_each(api: Scripted, run: Runner) -> None:
    prices = {"cpu": 0.01, "memoryGB": 0.015, "storageGB": 0.0002, "managedOS": 0.0}
    with api.in_any_order():
        api.expects("GET", "/v2/billing/ALTD/serverPricing/va1altdweb01", prices)
        api.expects("GET", "/v2/billing/ALTD/serverPricing/va1altdweb02", NO_BODY, 404)
    names = ["VA1ALTDWEB01", "va1altdweb01", "VA1ALTDWEB02"]
    (result,) = run("billing_info", {"server_ids": names})["billing"]
    assert set(result) == KEYS
    assert (result["server_id"], result["total"]) == ("va1altdweb01", None)
    assert result["unit_prices"] == {"cpu": 0.01, "memory_gb": 0.015, "storage_gb": 0.0002, "managed_os": 0.0}
    assert run("billing_info", {"server_ids": []})["billing"] == []
    assert run("billing_info", {"server_id": "x", "group": "y"}).failed


def test_an_invoice_has_every_key(api: Scripted, run: Runner) -> None:
    api.expects(
        "GET", "/v2/invoice/ALTD/2015/7", {name: value for name, value in INVOICE.items() if name != "address2"}
    )
    (result,) = run("invoice_info", {"year": 2015, "month": 7})["invoices"]
    assert (result["id"], result["invoice_cc_email"], result["address2"]) == ("ALIAS69849A66", "", None)
    assert [line["item_total"] for line in result["line_items"]] == [153.93, 29.76, 45]
    assert result["line_items"][0]["item_details"] == [{"description": "VA1ALIASJMB01", "cost": 153.93}]
    assert len(result) == len(INVOICE)


def test_the_paying_account_is_sent_as_the_sdks_do(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/invoice/ALTD/2015/7?pricingAccountAlias=HQ", INVOICE)
    assert run("invoice_info", {"year": 2015, "month": 7, "pricing_account_alias": "HQ"})["invoices"]


def test_a_month_without_invoice(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/invoice/ALTD/2099/1", {"message": "There is none."}, 404)
    assert run("invoice_info", {"year": 2099, "month": 1})["invoices"] == []


@pytest.mark.parametrize("options", [{"year": 2015, "month": 13}, {"year": 15, "month": 7}, {"year": 2015, "month": 0}])
def test_an_invalid_month_is_rejected_before_a_request(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    assert "is not " in run("invoice_info", options).msg
    assert api.made == []
