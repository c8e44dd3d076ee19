# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Login."""

from __future__ import annotations

from clc_simulator.accounts import log_in
from clc_simulator.operations import Call, Reply, operation


@operation("login")
def login(call: Call) -> Reply:
    """Trade name and password for a token; 400 with the recorded message where they are wrong or the user locked."""
    user, token = log_in(call.world, call.body["username"], call.body["password"])
    return Reply(
        {
            "userName": user.id,
            "accountAlias": user.account,
            "locationAlias": user.location,
            "roles": user.roles,
            "bearerToken": token,
        }
    )
