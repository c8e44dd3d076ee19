# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules account_info and custom_field_info."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    CUSTOM_FIELDS,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

# account_info, custom_field_info


def test_the_account_is_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/accounts/ALTD", {"accountAlias": "ALTD", "primaryDataCenter": "VA1", "addressLine1": "x"})
    results = run("account_info", {})["accounts"]
    assert [{key: value for key, value in field.items() if value is not None} for field in results] == [
        {"account_alias": "ALTD", "primary_data_center": "VA1", "address_line1": "x"}
    ]


def test_an_unknown_account(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/accounts/ALTD", NO_BODY, 404)
    assert run("account_info", {})["accounts"] == []


FIELD_NAMES = [(None, ["Color", "Cost Center", "Production"]), ("Color", ["Color"]), ("x", [])]


@pytest.mark.parametrize(("name", "expected"), FIELD_NAMES)
def test_custom_fields_are_read(api: Scripted, run: Runner, name: str | None, expected: list[str]) -> None:
    api.expects("GET", "/v2/accounts/ALTD/customFields", CUSTOM_FIELDS)
    fields = run("custom_field_info", {"name": name} if name else {})["custom_fields"]
    assert [field["name"] for field in fields] == expected
    assert all(set(field) == {"id", "name", "is_required", "type", "options"} for field in fields)
