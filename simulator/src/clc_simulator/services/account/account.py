# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts and their custom fields."""

from __future__ import annotations

from clc_simulator.core.operations import HandlerResponse, RequestContext, operation


@operation("getAccount")
def get_account(request: RequestContext) -> HandlerResponse:
    """Return the account."""
    account = request.account
    assert account is not None
    view = {"accountAlias": account.id}
    if account.parent is not None:
        view["parentAlias"] = account.parent
    view |= {"businessName": account.business_name, **account.address, "status": "active"}
    return HandlerResponse({**view, "primaryDataCenter": account.primary_data_center, "isManaged": False})


@operation("listCustomFields")
def list_custom_fields(request: RequestContext) -> HandlerResponse:
    """Return the definitions of the account's custom fields."""
    assert request.account is not None
    return HandlerResponse(request.account.custom_fields)
