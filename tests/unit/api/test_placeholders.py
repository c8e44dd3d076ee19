# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Placeholders of predictions."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api import placeholders

SERVER = placeholders.text("WA1DEMOWEB 1", ("DEMO", "WA1", "server", "WEB", 1))
NUMBER = placeholders.number(("DEMO", "database", "shop-db"))


def test_same_identity_has_same_placeholder() -> None:
    assert placeholders.text("WA1DEMOWEB 1", ("DEMO", "WA1", "server", "WEB", 1)) == SERVER
    assert placeholders.text("WA1DEMOWEB 1", ("DEMO", "WA1", "server", "WEB", 2)) != SERVER
    assert placeholders.number(("DEMO", "database", "shop-db")) == NUMBER


@pytest.mark.parametrize(
    "value", [SERVER, SERVER.upper(), NUMBER, str(NUMBER), placeholders.of_part(SERVER, "ip-address")]
)
def test_placeholder_is_recognized(value: str | int) -> None:
    assert placeholders.is_placeholder(value)
    assert placeholders.find({"nodes": [{"ip_address": value}]}) == str(value)


@pytest.mark.parametrize(
    "value", ["wa1demoweb01", "web.example.invalid", "predicted.invalid", -1, 12, 1741914451868, True, None]
)
def test_other_values_are_not_placeholders(value: object) -> None:
    assert not placeholders.is_placeholder(value)
    assert placeholders.find([value]) is None


def test_placeholder_within_text_is_found() -> None:
    assert placeholders.find(f"{SERVER}/32") == SERVER
    assert placeholders.find(f"database {NUMBER}") == str(NUMBER)


def test_placeholder_is_described_by_its_readable_part() -> None:
    address = placeholders.of_part(SERVER, "ip-address")
    assert (
        placeholders.described(f"from {address} to 10.0.0.1")
        == "from ip-address of wa1demoweb-1 (not created yet) to 10.0.0.1"
    )
    assert placeholders.described(f"back up database {NUMBER}") == "back up database (not created yet)"
    assert placeholders.described("delete server wa1demoweb01") == "delete server wa1demoweb01"
