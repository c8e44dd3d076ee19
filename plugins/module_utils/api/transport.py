# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors below HTTP: whether the service can have received the request.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from .endpoints import option_of, variable_of
from .errors import LOST, ClcError, ConnectionFailed, InvalidTaskError, ResponseLost


def transport_error(error: OSError, base: str, timeout: float, service: str) -> ClcError:
    """Map a transport error: the request was not sent, or its outcome is unknown. service: the service at the base URL.

    The text of the HTTP library is not used, since it can contain headers.
    """
    from requests import exceptions as kinds

    if isinstance(error, kinds.SSLError):
        return ConnectionFailed(
            f"TLS with {base} failed ({_reason(error)})",
            help_text="Check the certificate; ca_path sets a certificate authority.",
            final=True,
        )
    if isinstance(error, (kinds.ConnectTimeout, kinds.ProxyError)) or _never_connected(error):
        return ConnectionFailed(
            f"no connection to {base} ({_reason(error)})",
            help_text=f"Check {option_of(service)} (or {variable_of(service)}) and the network.",
        )
    if isinstance(error, kinds.ReadTimeout):
        return ResponseLost(
            f"no response from {base} within {timeout:g} s",
            help_text=f"{LOST} The option timeout sets how long to wait for a response.",
        )
    if isinstance(error, (kinds.ConnectionError, kinds.ChunkedEncodingError, kinds.ContentDecodingError)):
        return ResponseLost(f"the connection to {base} ended before the response was complete", help_text=LOST)
    return InvalidTaskError(
        f"the request to {base} could not be made ({type(error).__name__})",
        help_text="Check the connection options, including ca_path.",
    )


def _chain(error: BaseException) -> t.Iterator[BaseException]:
    """Yield an exception and all exceptions that it wraps, wherever the libraries keep them."""
    pending: list[t.Any] = [error]
    seen: set[int] = set()
    while pending:
        item = pending.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            pending += [*item.args, getattr(item, "reason", None), item.__cause__, item.__context__]


def _never_connected(error: BaseException) -> bool:
    """Return whether no connection was made. Exceptions of urllib3 are matched by name, since it may be vendored."""
    return any(
        type(item).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
        for item in _chain(error)
    )


def _reason(error: BaseException) -> str:
    """Return the operating system's text for the root cause of a transport error, otherwise the name of its class."""
    messages = [item.strerror for item in _chain(error) if isinstance(item, OSError) and item.strerror]
    if messages:
        return str(messages[-1])
    return type(list(_chain(error))[-1]).__name__
