# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to the control paths of a running simulator, with the standard library only."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

_PREFIX = "/_simulator/"
_REQUEST_SECONDS = 30.0
"""How long a response may take: the longest, a reset with a large fleet, takes a few seconds."""
_PAUSE_SECONDS = 0.1
"""Pause between two attempts to reach a server that is not ready."""
_READY_SECONDS = 2.0
"""How long one attempt to reach a server may take."""


class ControlError(Exception):
    """A control path could not be reached, or its response is an error. str() has the request and the cause."""


class NotReady(Exception):
    """No simulator responded in time. str() has the URL and the last cause."""


class Control:
    """The control paths of the simulator at a URL, with or without the path `/v2`.

    Raise ValueError if the URL is not an address with http or https.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.netloc or not parts.hostname:
            raise ValueError(f"Invalid value for URL: {url} is not an http or https address.")
        self.url = f"{parts.scheme}://{parts.netloc}"
        """Scheme, host, and port."""
        self._secure, self._address = parts.scheme == "https", parts.netloc

    def send(self, method: str, path: str, body: Any = None, *, timeout: float = _REQUEST_SECONDS) -> Any:
        """Send a request to a control path (without `/_simulator/`) and return the JSON of the response, or None.

        body: JSON values. timeout: seconds. Raise ControlError if there is no response, or if it is an error.
        """
        request = f"{method} {self.url}{_PREFIX}{path}"
        connection = self._connection(timeout)
        try:
            connection.request(method, _PREFIX + path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise ControlError(f"Cannot send {request}: {error or type(error).__name__}.") from error
        finally:
            connection.close()
        value = _parse(content)
        if not 200 <= response.status < 300:
            message = value.get("message") if isinstance(value, dict) else None
            raise ControlError(f"Cannot send {request}: status {response.status}: {message or 'not a simulator'}")
        return value

    def wait_until_ready(self, timeout: float) -> str:
        """Wait until the simulator responds and return its version.

        timeout: seconds. Raise NotReady if it does not respond in time.
        """
        deadline = time.monotonic() + timeout
        while True:
            try:
                value = self.send("GET", "version", timeout=_READY_SECONDS)
                if isinstance(value, dict) and "version" in value:
                    return str(value["version"])
                cause = "The response is not one of a simulator."
            except ControlError as error:
                cause = str(error)
            if time.monotonic() + _PAUSE_SECONDS > deadline:
                raise NotReady(f"No simulator responded at {self.url} within {timeout:g} seconds. {cause}")
            time.sleep(_PAUSE_SECONDS)

    def _connection(self, timeout: float) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._address, timeout=timeout)
        # Control paths need no credentials, and the certificate is often one that was made for a test.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection(self._address, timeout=timeout, context=context)


def _parse(content: bytes) -> Any:
    """Return the JSON values of a body; None if it is empty or not JSON."""
    try:
        return json.loads(content) if content.strip() else None
    except ValueError:
        return None
