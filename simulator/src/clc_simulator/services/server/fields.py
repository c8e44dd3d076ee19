# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validates properties of requests: custom fields, passwords, ttl, and PATCH operations.

Decisions:
  - Passwords must have eight characters of three kinds, and none of `" ' ; ^ & < > | \\`.
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
_PASSWORD_FORBIDDEN = set("\"';^&<>|\\")
MINIMUM_TTL: Seconds = 3600.0
"""Minimum ttl of a server, as two of the vendor's clients require."""


def parse_custom_fields(account: Account, requested: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return custom fields as {id, value}. They replace all values, so required fields must be set.

    The value of an option field is the name of the option; numbers are converted to strings (recorded). Raise ApiError (400).
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


def new_password(password: str, property_name: str) -> str:
    """Return a new password. Raise ApiError (400) if it violates the known rules (docs/wire-notes.md, section 3, Create)."""
    kinds = [str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum()]
    if len(password) < _PASSWORD_LENGTH or sum(any(map(kind, password)) for kind in kinds) < _PASSWORD_KINDS:
        raise validation_error(
            property_name,
            "The password must have at least 8 characters of three kinds: upper case, lower case, digits, symbols.",
        )
    if _PASSWORD_FORBIDDEN & set(password):
        raise validation_error(property_name, "The password must not contain any of \" ' ; ^ & < > | \\")
    return password


def expiry(ttl: str, now: Seconds) -> Seconds:
    """Return the time of a ttl, in seconds. Raise ApiError (400) if it is not more than an hour ahead."""
    expires = parse_timestamp(ttl)
    if expires - now <= MINIMUM_TTL:
        raise validation_error("ttl", "The ttl must be more than one hour in the future.")
    return expires


def parse_patch(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the properties that a PATCH sets; the last operation on a property takes precedence."""
    return {step["member"]: step["value"] for step in steps}
