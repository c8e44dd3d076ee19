# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A little service on a loopback socket, and a proxy to it: for whole runs of ansible-playbook."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
import typing as t
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .made import LOGIN, data_center
from .modules import PASSWORD
from .wire import TOKEN

SLOW_SECONDS = 2.5
Sent = tuple[str, str, str]  # method, path, and token or user


@dataclass
class Seen:
    """What the service has seen. expire_at: number of the read before which it forgets all tokens."""

    sent: list[Sent] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)
    connects: list[str] = field(default_factory=list)
    reads: int = 0
    expire_at: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(BaseHTTPRequestHandler):
    """Logs users in (the part of the name after the dot is the account) and lists data centers of the account in the path.

    LATE has none when asked for the first time. Limits of a data center take their time when asked for the first time.
    """

    protocol_version = "HTTP/1.1"
    seen: t.ClassVar[Seen]
    tls: t.ClassVar[ssl.SSLContext]

    def do_CONNECT(self) -> None:
        self.seen.connects.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.close_connection = False  # although Python before 3.12 asks in HTTP/1.0
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        user = str(body["username"])
        with self.seen.lock:
            self.seen.logins.append(user)
            token = f"{TOKEN}-{len(self.seen.logins)}"
            self.seen.tokens[token] = user
        self._note(user)
        if body["password"] != PASSWORD:
            return self._respond(400, {"message": "No such pair."})
        account = user.rpartition(".")[2].upper()
        return self._respond(200, {**LOGIN, "userName": user, "accountAlias": account, "bearerToken": token})

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with self.seen.lock:
            self.seen.reads += 1
            if self.seen.reads == self.seen.expire_at:
                self.seen.tokens.clear()
            user = self.seen.tokens.get(token)
        self._note(user or "no user")
        if user is None:
            return self._respond(401, {"message": "Unauthorized"})
        first = sum(path == self.path for _method, path, _user in self.seen.sent) == 1
        if "Limits" in self.path and first:
            time.sleep(SLOW_SECONDS)
        if self.path.startswith("/v2/datacenters/") and self.path.count("/") == 3:
            late = "/LATE" in self.path and first
            return self._respond(200, [] if late else [{**data_center(), "name": "{{ 7*7 }}"}])
        return self._respond(200, {"path": self.path})

    def _note(self, user: str) -> None:
        with self.seen.lock:
            self.seen.sent.append((self.command, self.path, user))
            self.seen.cookies += self.headers.get_all("Cookie") or []

    def _respond(self, status: int, body: t.Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Set-Cookie", "session=kept; Path=/")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *_arguments: t.Any) -> None:
        pass


@contextlib.contextmanager
def serving(certificate: Path, expire_at: int | None = None) -> t.Iterator[tuple[Seen, str]]:
    """Serve for the block; returns what is seen, and the address, which is that of the proxy too."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    handler = type("Handler", (_Handler,), {"seen": Seen(expire_at=expire_at), "tls": context})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield handler.seen, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
