# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module data_center_info."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    LOGIN,
    ROOT_ID,
    data_center,
    documented,
    hex_id,
    recorded,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, TOKEN, Scripted

LIST = "/v2/datacenters/ALTD?groupLinks=true"
LOGIN_PATH = "/v2/authentication/login"
USER = {"username": "user.altd", "password": PASSWORD}
WEB, API = hex_id(0x12), hex_id(0x13)


def expects_login(api: Scripted, token: str = TOKEN) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": token}, token=None, body=USER)


# data_center_info


def test_data_centers_are_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, recorded("clc-knife/GET-v2-datacenters-alias.200"))
    results = run("data_center_info", {})["data_centers"]
    assert [result["id"] for result in results] == sorted(result["id"] for result in results)
    assert len(results) == len(recorded("clc-knife/GET-v2-datacenters-alias.200"))
    assert results[0] == {
        "id": "CA1",
        "name": "CA1 - Canada (Vancouver)",
        "root_group_id": None,  # recorded without groupLinks
        "root_group_name": None,
        "deployment_capabilities": None,
        "bare_metal_capabilities": None,
        "compute_limits": None,
        "network_limits": None,
    }


@pytest.mark.parametrize(
    ("code", "expected"), [("ca1", ["CA1"]), ("CA1", ["CA1"]), ("xx1", []), (None, ["CA1", "VA1"])]
)
def test_a_data_center_is_found_by_its_code(api: Scripted, run: Runner, code: str | None, expected: list[str]) -> None:
    api.expects("GET", LIST, [data_center("VA1"), data_center("CA1")])
    options = {"location": code} if code else {}
    results = run("data_center_info", options)["data_centers"]
    assert [result["id"] for result in results] == expected
    assert all(
        result["root_group_id"] == ROOT_ID and result["root_group_name"].endswith("Hardware") for result in results
    )


def test_additional_information_about_a_data_center(api: Scripted, run: Runner) -> None:
    capabilities = recorded("clc-knife/GET-v2-datacenters-alias-dc-deploymentCapabilities.200")
    api.expects("GET", LIST, [data_center("CA1")])
    base = "/v2/datacenters/altd/ca1"
    api.expects("GET", f"{base}/deploymentCapabilities", capabilities)
    api.expects("GET", f"{base}/computeLimits", {"cpu": {"value": 100, "inherited": False}})
    api.expects("GET", f"{base}/networkLimits", {"networks": {"value": 10, "inherited": True}})
    api.expects("GET", f"{base}/bareMetalCapabilities", NO_BODY, 404)
    gather = ["bare_metal_capabilities", "network_limits", "compute_limits", "deployment_capabilities"]
    result = run("data_center_info", {"data_center": "ca1", "gather": gather})["data_centers"][0]
    templates = result["deployment_capabilities"]["templates"]
    assert [template["name"] for template in templates] == [template["name"] for template in capabilities["templates"]]
    assert "storage_size_gb" in templates[0]
    assert result["compute_limits"] == {"cpu": {"value": 100, "inherited": False}}
    assert result["network_limits"] == {"networks": {"value": 10, "inherited": True}}
    assert result["bare_metal_capabilities"] is None


def test_bare_metal_capabilities(api: Scripted, run: Runner) -> None:
    body = documented("GET-api-ctl-io-v2-datacenters-accountAlias-dataCenter-bareMetalCapabilities")
    api.expects("GET", LIST, [data_center("CA1")])
    api.expects("GET", "/v2/datacenters/altd/ca1/bareMetalCapabilities", body)
    result = run("data_center_info", {"gather": ["bare_metal_capabilities"]})["data_centers"][0]
    assert [sku["id"] for sku in result["bare_metal_capabilities"]["skus"]] == [sku["id"] for sku in body["skus"]]
