# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of the output of ansible-inventory can be held against a golden one."""

from __future__ import annotations

import json
import typing as t


def plain(value: t.Any) -> t.Any:
    """Return a value without the marks that ansible-inventory puts on strings that must not be rendered as templates."""
    if isinstance(value, dict):
        return (
            value["__ansible_unsafe"]
            if set(value) == {"__ansible_unsafe"}
            else {key: plain(item) for key, item in value.items()}
        )
    return [plain(item) for item in value] if isinstance(value, list) else value


def listing(text: str) -> dict[str, t.Any]:
    """Return the inventory that ansible-inventory --list printed, without what says how it is written."""
    inventory: dict[str, t.Any] = plain(json.loads(text))
    inventory["_meta"].pop("profile", None)
    return inventory


def lasting(inventory: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return an inventory without the dates of servers under construction, whose age the seed counts from now."""
    for variables in inventory["_meta"]["hostvars"].values():
        if variables.get("clc_status") == "underConstruction":
            variables["clc_change_info"] = None
        if "clc_data" in variables and variables["clc_data"]["status"] == "underConstruction":
            variables["clc_data"]["changeInfo"] = None
    return inventory


class FilterModule:
    """The plugin's entry."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters by name."""
        return {"listing": listing, "lasting": lasting}
