# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules server_import and server_import_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    ALIAS,
    Entity,
    data_center,
    documented,
    group,
    hex_id,
    queued,
    recorded,
    root,
    server,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    DATA_CENTER_PATH,
    detailed,
    expects_jobs,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

APP = hex_id(0x12)
UUID = hex_id(0xF1)
NAME = "va1altdimp01"
IMPORT, IMAGES = f"/v2/vmImport/{ALIAS}", "/v2/vmImport/altd/va1/available"
CAPABILITIES = "/v2/datacenters/altd/va1/deploymentCapabilities"
AVAILABLE = documented("GET-api-ctl-io-v2-vmImport-accountAlias-locationId-available")
OVF = "ALIAS/CUSTOM-OVF-IMPORT"
DESIRED: dict[str, t.Any] = {
    "name": "IMP",
    "group": "App",
    "ovf_id": OVF,
    "os_type": "redHat6_64Bit",
    "administrator_password": PASSWORD,
    "cpu": 2,
    "memory_gb": 4,
}
BODY = {
    "name": "IMP",
    "groupId": APP,
    "cpu": 2,
    "memoryGB": 4,
    "type": "standard",
    "password": PASSWORD,
    "ovfId": OVF,
    "ovfOsType": "RedHat6_64Bit",
}


def imported(**members: t.Any) -> Entity:
    return server(NAME, uuid=UUID, groupId=APP, **members)


def expects_group(api: Scripted, *servers: Entity) -> None:
    expects_tree(api, root(group("App", APP)))
    api.expects("GET", detailed(APP), group("App", APP, servers=servers))


def expects_choices(api: Scripted) -> None:
    """Expect the two requests for what can be imported."""
    api.expects("GET", IMAGES, AVAILABLE)
    api.expects("GET", CAPABILITIES, recorded("clc-knife/GET-v2-datacenters-alias-dc-deploymentCapabilities.200"))


def test_a_server_is_imported_in_the_data_centers_spelling(api: Scripted, run: Runner) -> None:
    expects_group(api)
    expects_choices(api)
    api.expects("POST", IMPORT, queued("imp", "va1-1", UUID), 202, body=BODY)
    expects_jobs(api, "va1-1", statuses=["notStarted", "succeeded"])
    api.expects("GET", detailed(APP), group("App", APP, servers=[imported()]))
    outcome = run("server_import", DESIRED)
    assert outcome.changed
    assert outcome["created_ids"] == [NAME]
    assert [server["id"] for server in outcome["servers"]] == [NAME]


def test_an_existing_server_is_not_changed(api: Scripted, run: Runner) -> None:
    expects_group(api, imported(description="another"), server("va1altdimport01", groupId=APP))
    outcome = run("server_import", {**DESIRED, "description": "wanted"})
    assert not outcome.changed
    assert ([server["id"] for server in outcome["servers"]], outcome["created_ids"]) == ([NAME], [])


def test_an_import_is_predicted(api: Scripted, run: Runner) -> None:
    expects_group(api)
    expects_choices(api)
    outcome = run("server_import", DESIRED, check=True)
    assert (outcome.changed, outcome["created_ids"]) == (True, [PLACEHOLDER])
    assert (outcome["servers"][0]["cpu"], outcome["servers"][0]["memory_gb"]) == (2, 4)


def test_after_a_lost_response_nothing_is_imported_twice(api: Scripted, run: Runner) -> None:
    expects_group(api)
    expects_choices(api)
    api.expects("POST", IMPORT, raises=requests.exceptions.ReadTimeout(), body=BODY)
    api.expects("GET", detailed(APP), group("App", APP, servers=[imported()]))
    api.expects("GET", detailed(APP), group("App", APP, servers=[imported()]))
    outcome = run("server_import", DESIRED)
    assert (outcome.changed, outcome["created_ids"]) == (True, [NAME])


def test_an_unknown_image(api: Scripted, run: Runner) -> None:
    expects_group(api)
    api.expects("GET", IMAGES, AVAILABLE)
    outcome = run("server_import", {**DESIRED, "ovf_id": "ALIAS/NONE"})
    assert "there is no uploaded image 'ALIAS/NONE' in VA1" in outcome.msg
    assert f"There are: {OVF}, {OVF}-2." in outcome.msg


def test_an_operating_system_that_cannot_be_imported(api: Scripted, run: Runner) -> None:
    expects_group(api)
    expects_choices(api)
    outcome = run("server_import", {**DESIRED, "os_type": "plan9"})
    assert "Invalid value for os_type: 'plan9' cannot be imported in VA1. Available: RedHat6_64Bit, " in outcome.msg


def test_an_invalid_base_name_is_rejected_before_anything_is_read(api: Scripted, run: Runner) -> None:
    assert "'IMP1' is not a base name" in run("server_import", {**DESIRED, "name": "IMP1"}).msg
    assert not api.made


LIST = f"/v2/datacenters/{ALIAS}?groupLinks=true"


@pytest.mark.parametrize(
    ("ovf_id", "expected"), [(None, [OVF, f"{OVF}-2"]), (f"{OVF}-2", [f"{OVF}-2"]), ("ALIAS/NO", [])]
)
def test_images_are_read(api: Scripted, run: Runner, ovf_id: str | None, expected: list[str]) -> None:
    api.expects("GET", DATA_CENTER_PATH, data_center("VA1"))
    api.expects("GET", IMAGES, list(reversed(AVAILABLE)))
    options = {"ovf_id": ovf_id} if ovf_id else {}
    result = run("server_import_info", {"location": "va1", **options})["server_imports"]
    assert [image["id"] for image in result] == expected
    if ovf_id is None:
        assert result[1] == {
            "id": f"{OVF}-2",
            "name": "CUSTOM-OVF-IMPORT-2",
            "data_center": "VA1",
            "cpu": 2,
            "memory_gb": 4,
            "storage_gb": 60,
        }


def test_memory_that_is_not_an_integer_of_gb(api: Scripted, run: Runner) -> None:
    api.expects("GET", DATA_CENTER_PATH, data_center("VA1"))
    api.expects("GET", IMAGES, [{**AVAILABLE[0], "memorySizeMB": 1536}])
    assert run("server_import_info", {})["server_imports"][0]["memory_gb"] == 1.5


def test_an_unknown_data_center_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/datacenters/{ALIAS}/XX1?groupLinks=true", NO_BODY, 404)
    api.expects("GET", LIST, [data_center("VA1")])
    assert "no data center 'XX1'. Available data centers: VA1." in run("server_import_info", {"data_center": "XX1"}).msg
