# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From connection options to a client that knows who speaks; for modules, the action plugin and the inventory plugin alike.

Private to the collection: names and shapes may change in any release. Nothing here knows Ansible.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .api import paths
from .api.client import Client
from .api.connections import Connections
from .api.endpoints import Endpoints
from .api.errors import InvalidOptionError
from .api.identity import Exchange, Identity, validate_token
from .options import SERVICE_OF

Params = t.Mapping[str, t.Any]


def endpoints_from(params: Params) -> Endpoints:
    """Return the validated base URLs from the options."""
    return Endpoints.make({service: params.get(option) for option, service in SERVICE_OF.items()})


def has_user(params: Params) -> bool:
    """Return whether the options contain a user name and a password."""
    return bool(params.get("username") and params.get("password"))


def unverified(params: Params) -> bool:
    """Return whether the API is reached over TLS whose certificate is not verified."""
    return params.get("validate_certs") is False and endpoints_from(params).of("api").startswith("https:")


def make_client(
    params: Params,
    agent: str,
    *,
    observe: t.Callable[[Exchange], None] | None = None,
    renew: t.Callable[[Identity], Identity] | None = None,
    connections: Connections | None = None,
    most_seconds: float | None = None,
) -> Client:
    """Return a client that is not logged in. Raises InvalidOptionError for invalid options.

    most_seconds: upper limit for the option timeout, such as the timeout of the task; None for no limit.
    """
    if params.get("account_alias"):
        paths.check(params["account_alias"], "accountAlias")
    verify: bool | str = params.get("validate_certs") is not False
    if verify and params.get("ca_path"):
        verify = str(params["ca_path"])
    timeout = params.get("timeout")
    seconds = 60.0 if timeout is None else float(timeout)
    return Client(
        endpoints_from(params),
        user_agent=agent,
        verify=verify,
        timeout=min(seconds, most_seconds) if most_seconds else seconds,
        renew=renew,
        observe=observe,
        connections=connections,
    )


def identity_from(params: Params) -> Identity | None:
    """Return the identity of the option token, which requires account_alias; None if there is no token."""
    if not params.get("token"):
        return None
    if not params.get("account_alias"):
        raise InvalidOptionError(
            "token",
            "it requires account_alias",
            "Specify account_alias (or CLC_ACCT_ALIAS).",
        )
    return Identity(validate_token(str(params["token"])), str(params["account_alias"]).upper())


def in_account(identity: Identity, alias: str | None) -> Identity:
    """Return the identity for another account of the same user, if an alias is specified."""
    return replace(identity, account_alias=str(alias or identity.account_alias).upper())
