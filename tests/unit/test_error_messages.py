# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of the service name the option, the available values, and what to do: real modules against the simulator."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import GROUP, SERVER, Options


@pytest.fixture
def service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> t.Iterator[SimulatedService]:
    simulated = SimulatedService(clock, Runner(None, clock, capsys, monkeypatch, tmp_path))
    with serving(simulated):
        yield simulated


def test_a_wrong_template(service: SimulatedService) -> None:
    service.run("server_group", GROUP)
    message = service.run("server", {**SERVER, "template": "UBUNTU-99-TEMPLATE"}).msg
    assert "(template: The source server UBUNTU-99-TEMPLATE is neither" in message
    assert "sourceServerId" not in message
    result = service.run("data_center_info", {"data_center": "WA1", "gather": ["deployment_capabilities"]})
    templates = [template["name"] for template in result["data_centers"][0]["deployment_capabilities"]["templates"]]
    assert f"Available templates in WA1: {', '.join(sorted(templates)[:20])}" in message


def test_a_wrong_source_server(service: SimulatedService) -> None:
    service.run("server_group", GROUP)
    copied = {name: value for name, value in SERVER.items() if name != "template"}
    message = service.run("server", {**copied, "source_server": "WA1DEMONO01", "source_server_password": "x"}).msg
    assert "(source_server: The source server WA1DEMONO01" in message
    assert "Available templates" not in message


def test_a_wrong_value_of_a_custom_field(service: SimulatedService) -> None:
    fields = service.run("custom_field_info", {})["custom_fields"]
    field = next(field for field in fields if field["type"] == "checkbox")
    message = service.run("server_group", {**GROUP, "custom_fields": {field["name"]: "maybe"}}).msg
    assert f"(custom_fields: The value of {field['name']} must be true or false." in message


def test_an_update_names_its_options(service: SimulatedService) -> None:
    service.run("server_group", GROUP)
    (server_id,) = service.run("server", SERVER)["created_ids"]
    message = service.run("server", {"server_ids": [server_id], "cpu": 99, "memory_gb": 2}).msg
    assert message == "Invalid value for cpu: 99 is not from 1 to 16. Specify a number from 1 to 16."


@pytest.mark.parametrize("module", ["server_group", "server"])
def test_a_create_at_which_the_service_fails(service: SimulatedService, module: str) -> None:
    service.run("server_group", GROUP)
    operation = {"server_group": "createGroup", "server": "createServer"}[module]
    service.fault({"operation": operation, "status": 500, "count": 1})
    message = service.run(module, SERVER if module == "server" else {**GROUP, "name": "New"}).msg
    assert "HTTP 500" in message
    assert message.endswith("Run the task again later; if it fails again, check the values of its options.")


SERVER_ID = {"server_id": "wa1demoweb01"}
FILTERS: list[tuple[str, Options, str]] = [
    ("server_info", {"data_center": "WA1", "custom_fields": {"Stagee": "x"}}, "no custom field 'Stagee'"),
    ("server_info", {"data_center": "WA1", "status": ["actve"]}, "value of status must be one or more of: active, "),
    ("backup_server_policy_info", {**SERVER_ID, "storage_region": "nope"}, "no storage region 'nope'"),
    (
        "backup_stored_data_info",
        {**SERVER_ID, "storage_region": "nope", "date": "2026-01-01"},
        "no storage region 'nope'",
    ),
    (
        "backup_restore_point_info",
        {**SERVER_ID, "storage_region": "nope", "start_date": "2026-01-01", "end_date": "2026-01-02"},
        "no storage region 'nope'",
    ),
    *(
        (module, {"data_center": "XX1"}, "no data center 'XX1'. Available data centers: ")
        for module in (
            "anti_affinity_policy_info",
            "cross_data_center_firewall_policy_info",
            "database_info",
            "firewall_policy_info",
            "load_balancer_info",
            "log_forwarding_info",
            "network_info",
            "server_group_info",
            "server_import_info",
            "server_info",
            "shared_load_balancer_info",
            "site_to_site_vpn_info",
        )
    ),
]


@pytest.mark.parametrize(("module", "options", "message"), FILTERS)
def test_a_filter_with_an_unknown_value(service: SimulatedService, module: str, options: Options, message: str) -> None:
    outcome = service.run(module, options)
    assert message in outcome.msg
    # What there is follows, whichever way it is introduced.
    assert outcome.msg.partition(message)[2].strip(" .") or message.endswith(": active, ")


def test_a_filter_that_matches_nothing_returns_an_empty_list(service: SimulatedService) -> None:
    assert service.run("anti_affinity_policy_info", {"data_center": "WA1"})["anti_affinity_policies"] == []
    assert (
        service.run("server_info", {"data_center": "WA1", "custom_fields": {"Stage": "Production"}, "name": "NO"})[
            "servers"
        ]
        == []
    )
