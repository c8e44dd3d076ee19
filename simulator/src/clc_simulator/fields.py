# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of what requests set: custom fields, passwords, lifetimes, patch operations."""

from __future__ import annotations

from typing import Any

from clc_simulator.accounts import Account
from clc_simulator.clock import Seconds, parse
from clc_simulator.problems import invalid

_CHECKBOX = ("true", "false")
_PASSWORD_LENGTH = 8
_PASSWORD_KINDS = 3
_PASSWORD_REFUSED = set("\"';^&<>|\\")
SHORTEST_LIFE: Seconds = 3600.0
"""A server's ttl must lie further ahead (two of the vendor's clients refuse less)."""


def custom_fields(account: Account, wanted: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return custom fields as they are stored, {id, value}. They are the whole set, so required ones must be there.

    A value of an option field is the name of the option; numbers become text (recorded). Raises Problem (400).
    """
    definitions = {item["id"]: item for item in account.custom_fields}
    stored = []
    for entry in wanted:
        definition = definitions.get(entry["id"])
        if definition is None:
            raise invalid("customFields", f"The custom field {entry['id']} does not exist.")
        value = str(entry["value"])
        if definition["type"] == "option" and value not in [option["name"] for option in definition["options"]]:
            raise invalid("customFields", f"The value {value} is not an option of {definition['name']}.")
        if definition["type"] == "checkbox" and value.lower() not in _CHECKBOX:
            raise invalid("customFields", f"The value of {definition['name']} must be true or false.")
        stored.append({"id": entry["id"], "value": value})
    given = {entry["id"] for entry in stored}
    for definition in definitions.values():
        if definition["isRequired"] and definition["id"] not in given:
            raise invalid("customFields", f"The custom field {definition['name']} is required.")
    return stored


def password(text: str, member: str) -> str:
    """Return a new password. Raises Problem (400) where it breaks the rules known (wire notes, section 3, Create)."""
    kinds = [str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum()]
    if len(text) < _PASSWORD_LENGTH or sum(any(map(kind, text)) for kind in kinds) < _PASSWORD_KINDS:
        raise invalid(
            member,
            "The password must have at least 8 characters of three kinds: upper case, lower case, digits, symbols.",
        )
    if _PASSWORD_REFUSED & set(text):
        raise invalid(member, "The password must not contain any of \" ' ; ^ & < > | \\")
    return text


def lifetime(text: str, now: Seconds) -> Seconds:
    """Return the moment of a ttl. Raises Problem (400) where it is not more than an hour ahead."""
    at = parse(text)
    if at - now <= SHORTEST_LIFE:
        raise invalid("ttl", "The ttl must be more than one hour in the future.")
    return at


def patch(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the members that a PATCH sets; the last operation on a member wins."""
    return {step["member"]: step["value"] for step in steps}
