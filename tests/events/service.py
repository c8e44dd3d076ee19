# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Messages, signed as the service signs them, and requests that post them."""

from __future__ import annotations

import base64
import copy
import json
import secrets
import socket
import ssl
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clc_simulator.core.contract import load_contract

CONTRACT = load_contract()
EVENTS = (
    "Account.Created", "Account.Deleted", "Account.Updated", "Alert.Notification", "Server.Created", "Server.Deleted",
    "Server.Updated", "User.Created", "User.Deleted", "User.Updated",
)  # fmt: skip
JSON_UTF8 = "application/json; charset=utf-8"


def message(event: str, **changes: Any) -> dict[str, Any]:
    """Return the contract's example of a message, with changes."""
    example: dict[str, Any] = copy.deepcopy(CONTRACT.notification(event).example)
    return {**example, **changes}


def make_paths() -> dict[str, str]:
    """Return a secret path for each event."""
    return {event: f"clc/{secrets.token_hex(24)}" for event in EVENTS}


def free_port() -> int:
    """Return a port of the loopback address on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def make_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return a new private key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass
class Key:
    """A key pair."""

    private: rsa.RSAPrivateKey = field(default_factory=make_key)

    @property
    def pem(self) -> str:
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, body: bytes) -> str:
        return base64.b64encode(self.private.sign(body, padding.PKCS1v15(), SHA1())).decode()


def post(
    port: int,
    path: str,
    body: bytes,
    signature: str | None,
    *,
    method: str = "POST",
    content_type: str = JSON_UTF8,
    headers: dict[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> tuple[int, str]:
    """Send a request; return status and text of the response."""
    connection: HTTPConnection = (
        HTTPSConnection("127.0.0.1", port, timeout=10, context=tls)
        if tls
        else HTTPConnection("127.0.0.1", port, timeout=10)
    )
    sent = {"Content-Type": content_type, **({"Tier3-RsaSha1": signature} if signature is not None else {})}
    try:
        connection.request(method, f"/{path}", body, {**sent, **(headers or {})})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def encode(body: dict[str, Any]) -> bytes:
    """Return a message as bytes."""
    return json.dumps(body).encode()
