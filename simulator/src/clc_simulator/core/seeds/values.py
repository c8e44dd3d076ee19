# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that multiple parts of a seed need: reproducible ids and custom fields."""

from __future__ import annotations

import hashlib
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.seeds.errors import SeedError

Json = dict[str, Any]


def stable_id(*parts: object) -> str:
    """Return an id of 32 hexadecimal digits, which is the same for the same parts."""
    return hashlib.md5("/".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()


def field_values(account: Account, spec: Json) -> list[dict[str, str]]:
    """Return the custom fields of a group or server of the seed as {id, value}; its keys are names or ids.

    Raise SeedError if the account has no such field.
    """
    if "custom_fields" not in spec:
        return []
    ids = {field["name"]: field["id"] for field in account.custom_fields}
    values = []
    for name, value in spec.get("custom_fields", {}).items():
        key = ids.get(name, name)
        if key not in ids.values():
            raise SeedError(f"custom_fields: account {account.id} has no field {name}")
        values.append({"id": key, "value": str(value).lower() if isinstance(value, bool) else str(value)})
    return values
