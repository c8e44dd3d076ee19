# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client that is logged in by the login of the run; for plugins that run outside of tasks.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import os
import typing as t

from ansible import constants

from ..module_utils.api.client import Client
from ..module_utils.api.identity import Exchange
from ..module_utils.connection import has_user, identity_from, in_account, make_client
from . import option_sources
from .token_store import TokenStore

Params = t.Mapping[str, t.Any]


def connection_params(specified: Params) -> dict[str, t.Any]:
    """Return the connection options. specified: options that take precedence over the environment."""
    return option_sources.resolved(
        [option_sources.from_arguments(specified), option_sources.from_environment(os.environ)]
    )


def logged_in_client(params: Params, agent: str, observe: t.Callable[[Exchange], None]) -> Client:
    """Return a client with an identity: that of a token, or of the only login of the run through the token store."""
    client = make_client(params, agent, observe=observe)
    identity = identity_from(params)
    if identity is None and has_user(params):
        store = TokenStore(constants.DEFAULT_LOCAL_TMP)
        identity = store.identity(client, str(params["username"]), str(params["password"]))
        identity = in_account(identity, params.get("account_alias"))
    client.identity = identity
    return client
