# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account itself, and the custom fields that it defines. Both can only be read.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...api.errors import NotFound
from ...kit.shape import filled, snaked
from ...kit.task import Task
from . import custom_field

# Names that the vendor's Python client lists (contract compute.yaml); what an account does not have is left out by the service.
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


def found_accounts(task: Task) -> list[dict[str, t.Any]]:
    """Return the account that is meant, or nothing where the service does not know it."""
    try:
        found = tree.account(task.client, task.account)
    except NotFound:
        return []
    return [filled(snaked(found), KEYS)] if found else []


def found_custom_fields(task: Task) -> list[dict[str, t.Any]]:
    """Return the custom fields that the account defines, or those of a name."""
    wanted = task.option("name")
    fields = custom_field.definitions(task)
    return [snaked(one) for one in fields if wanted is None or one["name"] == wanted]
