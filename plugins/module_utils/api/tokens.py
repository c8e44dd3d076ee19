# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a rejected token says of itself.

A token is a JSON Web Token (docs/wire-notes.md): its middle part is JSON with the time at which it expires, `exp` in seconds of
Unix time, and the roles of its user. Nothing else of it is read, and none of it is ever shown.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
import time
import typing as t

from .errors import Unauthorized

_LOG_IN = "Log in again, or set username and password instead of token."


_READING_ROLES = frozenset({"AccountViewer"})


def _claims(token: str) -> dict[str, t.Any]:
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def expires_at(token: str) -> datetime.datetime | None:
    """Return the time in UTC at which a token expires, None if it does not say so."""
    try:
        return datetime.datetime.fromtimestamp(_claims(token)["exp"], datetime.UTC)
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None


def may_only_read(token: str) -> bool:
    """Return whether all roles of a token's user only allow reading; false if the token does not say which roles it has.

    The claim is the list of the login's roles; a single one may also be a string.
    """
    roles = _claims(token).get("role") or []
    names = {roles} if isinstance(roles, str) else {str(role) for role in roles}
    return bool(names) and names <= _READING_ROLES


def explain(error: Unauthorized, token: str, was_accepted: bool) -> None:
    """Say in the error of a rejected token whether it has expired. was_accepted: whether the service has accepted it before."""
    expires = expires_at(token)
    request = f"HTTP 401{error.cause.partition('HTTP 401')[2]}".removesuffix(")")
    if expires is not None and expires.timestamp() <= time.time():
        reason, help_text = f"the token expired at {expires:%Y-%m-%dT%H:%M:%SZ}", _LOG_IN
    elif was_accepted:
        reason, help_text = "the token is no longer valid", _LOG_IN
    else:
        reason = "the service does not accept the token"
        help_text = f"Check that token is the whole bearerToken of a login at this api_url. {_LOG_IN}"
    error.cause = f"{error.message.rstrip('.')}: {reason} ({request})" if error.message else f"{reason} ({request})"
    error.help_text = help_text
