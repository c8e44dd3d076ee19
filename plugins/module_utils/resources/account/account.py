# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account and the custom fields that it defines. Both are read-only.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...api.errors import NotFound
from ...kit.naming import to_snake_case, with_keys
from ...kit.task import Task
from . import custom_field

# Names that the vendor's Python client lists (compute.yaml); the service omits properties that an account does not have.
KEYS = (
    "account_alias",
    "parent_alias",
    "business_name",
    "address_line1",
    "address_line2",
    "city",
    "state_province",
    "postal_code",
    "country",
    "telephone",
    "status",
    "primary_data_center",
    "is_managed",
)


def gather_accounts(task: Task) -> list[dict[str, t.Any]]:
    """Return the account of the task; empty if it does not exist."""
    try:
        account = tree.account(task.client, task.account)
    except NotFound:
        return []
    return [with_keys(to_snake_case(account), KEYS)] if account else []


def gather_custom_fields(task: Task) -> list[dict[str, t.Any]]:
    """Return the custom fields that the account defines, or those with a name."""
    name = task.option("name")
    fields = custom_field.definitions(task)
    return [to_snake_case(field) for field in fields if name is None or field["name"] == name]
