# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What failures below HTTP mean: whether the service can have seen the request.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from .errors import AnswerLost, ClcError, ConfigurationError, NotSent


def transport_error(error: OSError, base: str, timeout: float) -> ClcError:
    """Tell failures before the request was sent (nothing happened) from lost answers (anything may have happened).

    The library's own texts are not passed on: they can quote headers.
    """
    from requests import exceptions as kinds

    if isinstance(error, kinds.SSLError):
        return NotSent(
            f"TLS with {base} failed ({_reason(error)})",
            remedy="Check the certificate; ca_path names an authority of your own.",
            final=True,
        )
    if isinstance(error, (kinds.ConnectTimeout, kinds.ProxyError)) or _never_connected(error):
        return NotSent(f"no connection to {base} ({_reason(error)})", remedy="Check the address and the network.")
    if isinstance(error, kinds.ReadTimeout):
        return AnswerLost(
            f"no answer from {base} within {timeout:g} s",
            remedy="The work may be done or not; timeout sets how long to wait.",
        )
    if isinstance(error, (kinds.ConnectionError, kinds.ChunkedEncodingError, kinds.ContentDecodingError)):
        return AnswerLost(
            f"the connection to {base} ended before the whole answer was there", remedy="The work may be done or not."
        )
    return ConfigurationError(
        f"the request to {base} could not be made ({type(error).__name__})",
        remedy="Check the connection options, ca_path among them.",
    )


def _chain(error: BaseException) -> t.Iterator[BaseException]:
    """Walk everything that an exception wraps, in whatever place the libraries put it."""
    waiting: list[t.Any] = [error]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            waiting += [*item.args, getattr(item, "reason", None), item.__cause__, item.__context__]


def _never_connected(error: BaseException) -> bool:
    """Say whether a connection error came before there was a connection. urllib3 is matched by name, as it may be vendored."""
    return any(
        type(item).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
        for item in _chain(error)
    )


def _reason(error: BaseException) -> str:
    """Name the cause at the bottom of a transport error in the system's words."""
    told = [item.strerror for item in _chain(error) if isinstance(item, OSError) and item.strerror]
    if told:
        return str(told[-1])
    return type(list(_chain(error))[-1]).__name__
