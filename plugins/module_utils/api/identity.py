# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The user of a client, and a record of each of its requests.

Private to the collection: names and shapes may change in any release. Nothing here knows Ansible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import InvalidOptionError

# The password of a URL in a query, as targets of webhooks are sent; or its user, if there is no password.
_QUOTED_PASSWORD = re.compile(r"(%3A%2F%2F(?:(?:(?!%2F|%3A|%40)[^&])*%3A)?)(?:(?!%2F)[^&])*(%40)", re.IGNORECASE)
_TOKEN_SHAPE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Identity:
    """Who speaks: token and account, and of the user the home data center, name and roles if they are known."""

    token: str
    account_alias: str
    data_center: str | None = None
    user: str | None = None
    roles: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Identity(account_alias={self.account_alias!r}, data_center={self.data_center!r})"


@dataclass(frozen=True)
class Exchange:
    """One request and what came of it, for those who want to show it: seconds on the wire, outcome a status or an error's name."""

    method: str
    path: str
    outcome: str
    seconds: float

    def __str__(self) -> str:
        path = _QUOTED_PASSWORD.sub(r"\1********\2", self.path)
        return f"{self.method} {path}: {self.outcome} in {self.seconds:.3f} s"


def validate_token(token: str) -> str:
    """Return a token that is fit for a header, without the white space that files and secret stores leave at its ends.

    A header library quotes a bad value in its own error, past every mask; so the shape is checked before, and never shown.
    """
    trimmed = token.strip()
    if not _TOKEN_SHAPE.fullmatch(trimmed):
        raise InvalidOptionError(
            "token",
            "it is empty or contains white space, line breaks, or characters that a token cannot have",
            "Specify the bearerToken of a login response, without the word Bearer.",
        )
    return trimmed
