# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of what requests set: custom fields, passwords, times to live, PATCH operations.

Decisions:
  - Passwords need eight characters of three kinds and none of `" ' ; ^ & < > | \\`.
  - A checkbox accepts `true` or `false`, case-insensitive.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import Seconds, parse_timestamp
from clc_simulator.core.errors import validation_error

_CHECKBOX = ("true", "false")
_PASSWORD_LENGTH = 8
_PASSWORD_KINDS = 3
_PASSWORD_REFUSED = set("\"';^&<>|\\")
SHORTEST_LIFE: Seconds = 3600.0
"""A server's ttl must lie further ahead (two of the vendor's clients refuse less)."""


def parse_custom_fields(account: Account, requested: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return custom fields as they are stored, {id, value}. They are the whole set, so required ones must be there.

    A value of an option field is the name of the option; numbers become text (recorded). Raises ApiError (400).
    """
    definitions = {item["id"]: item for item in account.custom_fields}
    stored = []
    for entry in requested:
        definition = definitions.get(entry["id"])
        if definition is None:
            raise validation_error("customFields", f"The custom field {entry['id']} does not exist.")
        value = str(entry["value"])
        if definition["type"] == "option" and value not in [option["name"] for option in definition["options"]]:
            raise validation_error("customFields", f"The value {value} is not an option of {definition['name']}.")
        if definition["type"] == "checkbox" and value.lower() not in _CHECKBOX:
            raise validation_error("customFields", f"The value of {definition['name']} must be true or false.")
        stored.append({"id": entry["id"], "value": value})
    specified = {entry["id"] for entry in stored}
    for definition in definitions.values():
        if definition["isRequired"] and definition["id"] not in specified:
            raise validation_error("customFields", f"The custom field {definition['name']} is required.")
    return stored


def new_password(text: str, property_name: str) -> str:
    """Return a new password. Raises ApiError (400) if it breaks the rules known (docs/wire-notes.md, section 3, Create)."""
    kinds = [str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum()]
    if len(text) < _PASSWORD_LENGTH or sum(any(map(kind, text)) for kind in kinds) < _PASSWORD_KINDS:
        raise validation_error(
            property_name,
            "The password must have at least 8 characters of three kinds: upper case, lower case, digits, symbols.",
        )
    if _PASSWORD_REFUSED & set(text):
        raise validation_error(property_name, "The password must not contain any of \" ' ; ^ & < > | \\")
    return text


def expiry(text: str, now: Seconds) -> Seconds:
    """Return the time of a ttl, in seconds. Raises ApiError (400) if it is not more than an hour ahead."""
    expires = parse_timestamp(text)
    if expires - now <= SHORTEST_LIFE:
        raise validation_error("ttl", "The ttl must be more than one hour in the future.")
    return expires


def parse_patch(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the properties that a PATCH sets; the last operation on a property wins."""
    return {step["member"]: step["value"] for step in steps}
