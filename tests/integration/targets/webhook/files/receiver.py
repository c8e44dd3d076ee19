# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A receiver of webhooks.

`receiver.py receive DIRECTORY` serves: its port is in DIRECTORY/port, a line for each message in DIRECTORY/messages.
`receiver.py verify DIRECTORY` checks their signatures with DIRECTORY/key.pem and prints their paths and bodies.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key

DIRECTORY = Path(sys.argv[2])


class Handler(BaseHTTPRequestHandler):
    """Keeps what is posted: path, signature, and the bytes of the body, before they are read as JSON."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        message = {
            "path": self.path,
            "signature": self.headers["Tier3-RsaSha1"],
            "body": base64.b64encode(body).decode(),
        }
        with (DIRECTORY / "messages").open("a", encoding="utf-8") as messages:
            messages.write(f"{json.dumps(message)}\n")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


def receive() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    (DIRECTORY / "pid").write_text(str(os.getpid()), encoding="utf-8")
    (DIRECTORY / "port").write_text(f"port {server.server_port}\n", encoding="utf-8")
    server.serve_forever()


def verify() -> None:
    key = load_pem_public_key((DIRECTORY / "key.pem").read_bytes())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("the key is not an RSA key")
    messages = []
    for line in (DIRECTORY / "messages").read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        body = base64.b64decode(message["body"])
        key.verify(base64.b64decode(message["signature"]), body, padding.PKCS1v15(), SHA1())
        messages.append({"path": message["path"], "body": json.loads(body)})
    sys.stdout.write(json.dumps(messages))


if __name__ == "__main__":
    {"receive": receive, "verify": verify}[sys.argv[1]]()
