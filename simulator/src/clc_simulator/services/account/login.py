# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Login."""

from __future__ import annotations

from clc_simulator.core.accounts import TokenKey, User, log_in
from clc_simulator.core.errors import BAD_LOGIN
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation


@operation("login", writes=(User, TokenKey))
def login(request: RequestContext) -> HandlerResponse:
    """Return a token for a user name and a password; if the login fails, 400 with the recorded message.

    The service does not distinguish an unknown user, a wrong password, and a locked user.
    """
    result = log_in(request.world, request.body["username"], request.body["password"])
    if result is None:
        return HandlerResponse({"message": BAD_LOGIN}, 400)
    user, token = result
    return HandlerResponse(
        {
            "userName": user.id,
            "accountAlias": user.account,
            "locationAlias": user.location,
            "roles": user.roles,
            "bearerToken": token,
        }
    )
