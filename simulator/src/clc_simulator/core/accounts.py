# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts, users, tokens, and authorization.

Decisions:
  - A locked user gets the same 400 as a user with a wrong password. Only a reset unlocks. Tokens issued before stay valid.
    A correct password resets the count of failed logins.
  - 401 has the body that the contract declares, with the message of ASP.NET; no 401 is recorded.
  - The response is 404 if the account does not exist, and 403 if it is neither the user's account nor below it. A group or
    server of one account is not found (404) under the alias of another account.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

import orjson

from clc_simulator.core.clock import Seconds
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import UNAUTHORIZED, ApiError

TOKEN_SECONDS = 14 * 24 * 3600
"""Life of a token: exp - nbf of the recorded ones."""

LOCK_AFTER = 3
"""Wrong passwords that lock a user (notes of login)."""

ADMIN_ROLES = (
    "AccountAdmin", "AccountViewer", "BillingAdmin", "DNSManager", "NetworkAdmin", "SecurityAdmin", "ServerAdmin",
    "ServerOperator", "ServerScheduler",
)  # fmt: skip
"""Roles of an account administrator, as recorded."""

_WRITING_ROLES = frozenset(ADMIN_ROLES) - {"AccountViewer"}


@entity("accounts", indexes=("parent",))
@dataclass(frozen=True, slots=True)
class Account:
    """An account. id is its alias in upper case; address has the address properties of getAccount."""

    id: str
    parent: str | None = None
    business_name: str = ""
    address: dict[str, str] = field(default_factory=dict)
    primary_data_center: str = ""
    primary_dns: str = ""
    secondary_dns: str = ""
    custom_fields: list[dict[str, Any]] = field(default_factory=list)
    """Definitions as listCustomFields returns them."""
    limits: dict[str, int] = field(default_factory=dict)
    """Limits per data center: cpu, memoryGB, storageGB, and networks; without a key there is no limit."""


@entity("users")
@dataclass(frozen=True, slots=True)
class User:
    """A user of the control portal; id is the name, matched case-insensitively."""

    id: str
    password: str
    account: str
    location: str
    roles: list[str]
    failures: int = 0
    """Failed logins since the last successful login; LOCK_AFTER of them lock the user until a reset."""

    @property
    def may_write(self) -> bool:
        """Whether any role allows more than reading."""
        return bool(_WRITING_ROLES.intersection(self.roles))


@entity("tokenKeys")
@dataclass(frozen=True, slots=True)
class TokenKey:
    """The key that signs tokens (id is always "key"). A new secret invalidates all tokens."""

    id: str
    secret: str


def log_in(world: World, name: str, password: str) -> tuple[User, str] | None:
    """Log in and return the user and a new token; None for an unknown user, a wrong password, or a locked user.

    A wrong password is counted, which an exception would undo.
    """
    users = world[User]
    user = next((user for user in users if user.id.lower() == name.lower()), None)
    if user is None:
        return None
    if user.failures >= LOCK_AFTER or not hmac.compare_digest(user.password.encode(), password.encode()):
        users.update(user, failures=min(user.failures + 1, LOCK_AFTER))
        return None
    if user.failures:
        user = users.update(user, failures=0)
    return user, issue_token(world, user)


def issue_token(world: World, user: User) -> str:
    """Return a token for a user: a JWT with the recorded claims, of about the recorded length."""
    claims = {
        "iss": "urn:api-tier3",
        "aud": "urn:tier3-users",
        "nbf": int(world.now),
        "exp": int(world.now) + TOKEN_SECONDS,
        "unique_name": user.id,
        "urn:tier3:account-alias": user.account,
        "urn:tier3:location-alias": user.location,
        "role": user.roles,
    }
    unsigned = _encode(orjson.dumps({"typ": "JWT", "alg": "HS256"})) + "." + _encode(orjson.dumps(claims))
    return f"{unsigned}.{_sign(world, unsigned)}"


def revoke_all(world: World) -> None:
    """Invalidate all tokens that were issued so far."""
    world[TokenKey].add(TokenKey(id="key", secret=secrets.token_hex(16)))


class Authenticator:
    """Identifies the user of a token. Checked tokens are cached until their key changes."""

    def __init__(self) -> None:
        self._checked: dict[str, tuple[str, str, Seconds]] = {}

    def user(self, world: World, authorization: str | None) -> User:
        """Return the user of an Authorization header; the word Bearer matches case-insensitively.

        Raise ApiError (401) if there is no valid token.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ApiError(401, {"message": UNAUTHORIZED})
        secret = _secret(world)
        checked = self._checked.get(token)
        if checked is None or checked[0] != secret:
            checked = self._open(world, token, secret)
        if not world.now < checked[2]:
            raise ApiError(401, {"message": UNAUTHORIZED})
        user = world[User].get(checked[1])
        if user is None:
            raise ApiError(401, {"message": UNAUTHORIZED})
        return user

    def _open(self, world: World, token: str, secret: str) -> tuple[str, str, Seconds]:
        unsigned, _, signature = token.rpartition(".")
        if not hmac.compare_digest(_sign(world, unsigned).encode(), signature.encode()):
            raise ApiError(401, {"message": UNAUTHORIZED})
        claims = orjson.loads(base64.urlsafe_b64decode(unsigned.partition(".")[2] + "=="))
        if len(self._checked) > 1000:
            self._checked.clear()
        self._checked[token] = (secret, claims["unique_name"], float(claims["exp"]))
        return self._checked[token]


def account_for(world: World, user: User, alias: str) -> Account:
    """Return the account of an alias (case-insensitive), if it is the user's account or below it.

    Raise ApiError: 404 if no account has that alias, 403 if the user may not act for it.
    """
    account = world[Account].get(alias.upper())
    if account is None:
        raise ApiError(404, {"message": f"Account {alias} does not exist."})
    ancestor: Account | None = account
    while ancestor is not None:
        if ancestor.id == user.account:
            return account
        ancestor = world[Account].get(ancestor.parent) if ancestor.parent else None
    raise ApiError(403, {"message": f"You do not have access to account {account.id}."})


def _secret(world: World) -> str:
    key = world[TokenKey].get("key")
    if key is None:
        revoke_all(world)
        key = world[TokenKey]["key"]
    return key.secret


def _sign(world: World, unsigned: str) -> str:
    return _encode(hmac.new(_secret(world).encode(), unsigned.encode(), hashlib.sha256).digest())


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
