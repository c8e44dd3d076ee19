# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts and their custom fields."""

from __future__ import annotations

from clc_simulator.operations import Call, Reply, operation


@operation("getAccount")
def get_account(call: Call) -> Reply:
    """Answer the account."""
    account = call.account
    assert account is not None
    view = {"accountAlias": account.id}
    if account.parent is not None:
        view["parentAlias"] = account.parent
    view |= {"businessName": account.business_name, **account.address, "status": "active"}
    return Reply({**view, "primaryDataCenter": account.primary_data_center, "isManaged": False})


@operation("listCustomFields")
def list_custom_fields(call: Call) -> Reply:
    """Answer the definitions of the account's custom fields."""
    assert call.account is not None
    return Reply(call.account.custom_fields)
