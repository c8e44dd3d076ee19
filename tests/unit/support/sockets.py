# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server on a real loopback socket that misbehaves as told, for what cannot be played above the socket."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import typing as t

# What is sent back to a request: bytes as they are, or None to close the connection without a word.
Reply = bytes | None


class Rogue:
    """Responds to each request on a connection of its own with the next reply; the last one again and again."""

    def __init__(self, replies: t.Sequence[Reply], tls: ssl.SSLContext | None = None, hold: bool = False) -> None:
        self.requests: list[bytes] = []
        self._replies, self._tls, self._hold = list(replies), tls, hold
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    @contextlib.contextmanager
    def running(self) -> t.Iterator[Rogue]:
        self._thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self._thread.join()
            self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _address = self._listener.accept()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(2.0)
                    self._respond(connection)

    def _respond(self, plain: socket.socket) -> None:
        connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
        request = _read(connection)
        if not request:
            return
        self.requests.append(request)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if reply is not None:
            connection.sendall(reply)
        if self._hold:
            self._over.wait(5.0)
        connection.close()


def _read(connection: socket.socket) -> bytes:
    """Read a request with its body."""
    found = b""
    while b"\r\n\r\n" not in found:
        more = connection.recv(65536)
        if not more:
            return found
        found += more
        if found[:1] == b"\x16":  # a TLS handshake, where plain HTTP was expected
            return found
    head, _blank, body = found.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if b"content-length" in line), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def http(body: bytes, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """Return the bytes of a response. length: a Content-Length that is not the body's."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def free_port() -> int:
    """Return a port on which no server listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
