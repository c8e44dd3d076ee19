# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event source, run as ansible-rulebook runs it, with HTTP on a loopback address."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http.client
import json
import runpy
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from service import EVENTS, Key, encode, free_port, make_key, make_paths, message, post

FILE = Path(__file__).parents[2] / "extensions" / "eda" / "plugins" / "event_source" / "webhook.py"
SOURCE = runpy.run_path(str(FILE))
PATHS = make_paths()
KEY, OTHER_KEY = Key(), Key()
VALID = {"port": 8443, "paths": PATHS, "accounts": ["ACME"], "public_key": KEY.pem}


class Source:
    """The source in a thread of its own. full: whether the rule engine takes no events."""

    def __init__(self, full: bool = False, **arguments: Any) -> None:
        self.port = free_port()
        self.events: list[dict[str, Any]] = []
        self.full = full
        self._arguments = {**VALID, "port": self.port, **arguments}
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread.start()
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.02)
        raise AssertionError("the source does not listen")

    async def put(self, event: dict[str, Any]) -> None:
        while self.full:
            await asyncio.sleep(0.02)
        self.events.append(event)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(SOURCE["main"](self, self._arguments))
        await asyncio.gather(self._task, return_exceptions=True)

    def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)

    def send(self, event: str, body: bytes, signature: str | None = None, **options: Any) -> int:
        """Post a body to the path of an event, signed with the key unless there is a signature."""
        return post(self.port, PATHS[event], body, signature or KEY.sign(body), **options)[0]


@pytest.fixture
def start() -> Iterator[Callable[..., Source]]:
    sources: list[Source] = []

    def new(**options: Any) -> Source:
        sources.append(Source(**options))
        return sources[-1]

    yield new
    for source in sources:
        source.stop()


CREATED = encode(message("Server.Created"))


@pytest.mark.parametrize("event", EVENTS)
def test_a_message_becomes_an_event(start: Callable[..., Source], event: str) -> None:
    source = start(accounts=["acme"])
    body = message(event)
    assert source.send(event, encode(body)) == 200
    (received,) = source.events
    assert (received.pop("type"), received.pop("account"), received.pop("body")) == (event, "ACME", body)
    server = {"server": "VA1ACMEWEB01"}
    group = {"data_center": "VA1", "group_id": "2a5c0b9662cf4fc8bf6180f139facdc0", "status": "active"}
    status = "Deleted" if event.endswith("Deleted") else "Active"
    rest = {
        "Server.Created": {**server, **group},
        "Server.Updated": {**server, **group},
        "Server.Deleted": server,
        "Alert.Notification": server,
    }
    others = {
        "Account": {"parent_account": "HQ", "status": status},
        "User": {"user": "ops.user@example.com", "status": status},
    }
    assert received == (rest.get(event) or others[event.partition(".")[0]])


def test_forged_signatures_are_rejected(start: Callable[..., Source]) -> None:
    source = start()
    valid = KEY.sign(CREATED)
    raw = base64.b64decode(valid)
    number = KEY.private.public_key().public_numbers().n
    forged = [
        OTHER_KEY.sign(CREATED),
        KEY.sign(CREATED + b" "),
        valid[:-8],
        "=" + valid,
        "",
        "AAAA",
        base64.b64encode(b"\x00" * 256).decode(),
        base64.b64encode(b"\x00" + raw).decode(),
        # The same number modulo the modulus, and a cube of a block with garbage behind the digest.
        base64.b64encode((int.from_bytes(raw, "big") + number).to_bytes(257, "big")).decode(),
    ]
    for signature in forged:
        assert post(source.port, PATHS["Server.Created"], CREATED, signature)[0] == 401
    assert post(source.port, PATHS["Server.Created"], CREATED, None)[0] == 401
    assert source.events == []


def test_a_block_with_anything_but_the_digest_is_rejected(start: Callable[..., Source]) -> None:
    """A verifier that parses the block accepts these, of which the first is Bleichenbacher's for small exponents."""
    source, numbers = start(), KEY.private.private_numbers()
    prefix = bytes.fromhex("3021300906052b0e03021a05000414")
    digest = hashlib.sha1(CREATED).digest()
    padded = b"\x00\x01" + b"\xff" * 8 + b"\x00" + prefix + digest
    blocks = [padded + b"\x00" * (256 - len(padded)), b"\x00\x02" + b"\xff" * 218 + b"\x00" + prefix + digest]
    for block in blocks:
        signed = pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(256, "big")
        assert source.send("Server.Created", CREATED, base64.b64encode(signed).decode()) == 401
    assert source.events == []


def test_a_replay_is_rejected_on_any_path(start: Callable[..., Source]) -> None:
    source = start()
    assert source.send("Server.Created", CREATED) == 200
    assert source.send("Server.Created", CREATED) == 409
    assert source.send("Server.Updated", CREATED) == 409
    assert source.send("Server.Updated", encode(message("Server.Updated", description="Other"))) == 200
    assert [event["type"] for event in source.events] == ["Server.Created", "Server.Updated"]


def test_an_equal_message_is_accepted_after_the_window(start: Callable[..., Source]) -> None:
    source = start(replay_window=1)
    deleted = encode(message("Server.Deleted"))
    assert [source.send("Server.Deleted", deleted) for _attempt in range(2)] == [200, 409]
    time.sleep(1.1)
    assert source.send("Server.Deleted", deleted) == 200


@pytest.mark.parametrize("event", EVENTS)
def test_a_body_on_the_path_of_another_event_is_rejected(start: Callable[..., Source], event: str) -> None:
    source = start()
    family = event.partition(".")[0]
    for other in EVENTS:
        is_alike = other.partition(".")[0] == family and "Server.Deleted" not in (event, other)
        if other != event and not is_alike:
            assert source.send(other, encode(message(event))) == 400, other
    assert source.events == []


def test_messages_of_other_accounts_are_rejected(start: Callable[..., Source]) -> None:
    source = start(accounts="HQ, DEMO")
    assert source.send("Server.Created", CREATED) == 403
    assert source.send("Account.Created", encode(message("Account.Created"))) == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"\xff", b'{"accountAlias": NaN}', b"[" * 100_000, b'{"accountAlias": "\\ud800", "name": "X"}',
     encode({"accountAlias": "ACME", "name": "X", "more": 1}), encode({"accountAlias": "ACME", "name": "{{ x }}"}),
     encode({"accountAlias": ["ACME"], "name": "X"}), encode({"name": "X"})],
)  # fmt: skip
def test_bodies_that_are_not_messages_are_rejected(start: Callable[..., Source], body: bytes) -> None:
    source = start()
    assert source.send("Server.Deleted", body) == 400
    assert source.events == []


def test_values_that_ansible_would_evaluate_are_null(start: Callable[..., Source]) -> None:
    source = start()
    fields = [{"id": 1, "name": "{{ name }}", "value": "#jinja2: x", "displayValue": "a { b }", "{{ key }}": 1}]
    details = {**message("Server.Created")["details"], "customFields": fields}
    body = message("Server.Created", description="{{ lookup('pipe', 'id') }}", osType="x {% y", details=details)
    assert source.send("Server.Created", encode(body)) == 200
    received = source.events[0]["body"]
    assert (received["description"], received["osType"]) == (None, None)
    assert received["details"]["customFields"] == [{"id": 1, "name": None, "value": None, "displayValue": "a { b }"}]


def test_sizes_content_types_methods_and_paths(start: Callable[..., Source]) -> None:
    source = start(max_body_bytes=8192)
    large = encode(message("Server.Created", description="x" * 9000))
    assert source.send("Server.Created", large) == 413
    chunks = iter([large[:4000], large[4000:]])
    assert source.send("Server.Created", chunks, KEY.sign(large)) == 413  # type: ignore[arg-type]
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"):
        assert source.send("Server.Created", CREATED, content_type=content_type) == 415
    assert source.send("Server.Created", CREATED, headers={"Content-Encoding": "gzip"}) == 415
    assert source.send("Server.Created", CREATED, method="GET") == 405
    for path in ("", "clc", "Server.Created", PATHS["Server.Created"][:-1], PATHS["Server.Created"] + "/"):
        assert post(source.port, path, CREATED, KEY.sign(CREATED))[0] == 404
    assert source.events == []


def test_a_full_queue_delays_the_response_and_then_the_event_is_lost(start: Callable[..., Source]) -> None:
    source = start(full=True, queue_timeout=1)
    began = time.monotonic()
    assert source.send("Server.Created", CREATED) == 503
    assert time.monotonic() - began >= 1
    # It was not accepted, so it may be sent again.
    threading.Timer(0.3, lambda: setattr(source, "full", False)).start()
    assert source.send("Server.Created", CREATED) == 200
    assert len(source.events) == 1


def _expect(source: Source, path: str, body: bytes) -> tuple[bytes, bytes]:
    """Send headers, then the body if asked for; return the first line of each response."""
    head = (
        f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Tier3-RsaSha1: {KEY.sign(body)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", source.port), 5) as connection:
        connection.sendall(head.encode())
        first = connection.recv(1000)
        if b" 100 " not in first:
            return first.splitlines()[0], b""
        connection.sendall(body)
        return first.splitlines()[0], connection.recv(1000).splitlines()[0]


def test_expect_100_continue(start: Callable[..., Source]) -> None:
    source = start(max_body_bytes=8192)
    assert _expect(source, PATHS["Server.Created"], CREATED) == (b"HTTP/1.1 100 Continue", b"HTTP/1.1 200 OK")
    assert _expect(source, "guessed", CREATED)[0].startswith(b"HTTP/1.1 404")
    assert _expect(source, PATHS["Server.Created"], b"x" * 9000)[0].startswith(b"HTTP/1.1 413")
    assert source.send("Server.Created", CREATED, headers={"Expect": "200-ok"}) == 417
    assert len(source.events) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    directory = tmp_path_factory.mktemp("tls")
    certfile, keyfile = directory / "cert.pem", directory / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    output = ["subjectAltName=IP:127.0.0.1", "-passout", "pass:secret", "-out", str(certfile), "-keyout", str(keyfile)]
    subprocess.run([*command, *output], check=True, capture_output=True)
    return certfile, keyfile


def test_tls(start: Callable[..., Source], certificate: tuple[Path, Path]) -> None:
    certfile, keyfile = map(str, certificate)
    source = start(certfile=certfile, keyfile=keyfile, password="secret", host="0.0.0.0")
    assert source.send("Server.Created", CREATED, tls=ssl.create_default_context(cafile=certfile)) == 200
    with pytest.raises((OSError, http.client.HTTPException)):
        source.send("Server.Created", CREATED)


INVALID: dict[str, tuple[dict[str, Any], str]] = {
    "unknown": ({"token": "x"}, "Invalid value for token: it is not an argument. Arguments: host, port"),
    "no port": ({"port": None}, "Invalid value for port: it is required."),
    "port": ({"port": 70000}, "Invalid value for port: it is not an integer from 1 to 65535."),
    "port as boolean": ({"port": True}, "Invalid value for port: it is not an integer"),
    "no paths": ({"paths": {}}, "Invalid value for paths: it is required."),
    "paths as list": ({"paths": ["x"]}, "Invalid value for paths: it is not a map from events to paths."),
    "event": ({"paths": {"Server.Moved": "x"}}, "Invalid value for paths: Server.Moved is not an event. Events: Acc"),
    "guessable": ({"paths": {"Server.Created": "clc/created"}}, "the path of Server.Created can be guessed"),
    "one letter": ({"paths": {"Server.Created": "a" * 40}}, "the path of Server.Created can be guessed"),
    "same secret": (
        {"paths": {"Server.Created": f"a/{PATHS['User.Created'][4:]}", "Server.Deleted": PATHS["User.Created"]}},
        "Server.Deleted has the same secret as another event",
    ),
    "accounts": ({"accounts": ["AC ME"]}, "Invalid value for accounts: it is not a list of account aliases."),
    "no key": ({"public_key": None}, "exactly one of public_key and public_key_path is required"),
    "key": ({"public_key": "x"}, "Invalid value for public_key: it has no PUBLIC KEY in PEM format."),
    "broken key": (
        {"public_key": "-----BEGIN PUBLIC KEY-----\nMAAA\n-----END PUBLIC KEY-----"},
        "Invalid value for public_key: it is not an RSA public key.",
    ),
    "short key": ({"public_key": Key(make_key(1024)).pem}, "the key has 1024 bits, fewer than 2048"),
    "no file": ({"public_key": None, "public_key_path": "/no/key"}, "Invalid value for public_key_path: [Errno 2]"),
    "http": ({"host": "0.0.0.0"}, "Invalid value for certfile: it is required, since 0.0.0.0 is not a loopback"),
    "key without certificate": ({"keyfile": "x"}, "keyfile and password require it"),
    "certificate": (
        {"certfile": "/no/cert"},
        "Invalid value for certfile: /no/cert with the key in /no/cert cannot be",
    ),
    "boolean": ({"allow_http": "perhaps"}, "Invalid value for allow_http: it is not true or false."),
    "number": ({"replay_window": -1}, "Invalid value for replay_window: it is not an integer from 0 to 86400."),
}


@pytest.mark.parametrize(("arguments", "expected"), INVALID.values(), ids=INVALID)
def test_invalid_arguments(arguments: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValueError, match="Invalid value for") as raised:
        SOURCE["read_arguments"]({**VALID, **arguments})
    assert expected in str(raised.value)
    assert not any(path in str(raised.value) for path in PATHS.values())


def test_all_invalid_arguments_are_reported_together() -> None:
    with pytest.raises(ValueError, match=r"for port.* for replay_window") as raised:
        SOURCE["read_arguments"]({**VALID, "port": "x", "replay_window": "x"})
    assert str(raised.value).count("Invalid value") == 2


def test_an_encrypted_key_without_its_passphrase_is_an_error_and_no_question(certificate: tuple[Path, Path]) -> None:
    certfile, keyfile = map(str, certificate)
    with pytest.raises(ValueError, match="Invalid value for certfile"):
        SOURCE["read_arguments"]({**VALID, "certfile": certfile, "keyfile": keyfile})


def test_a_port_in_use_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        arguments = {**VALID, "port": listener.getsockname()[1]}
        with pytest.raises(ValueError, match=r"^Cannot listen on 127\.0\.0\.1 port \d+: "):
            asyncio.run(SOURCE["main"](asyncio.Queue(), arguments))


def test_strings_of_variables_are_accepted() -> None:
    settings = SOURCE["read_arguments"](
        {**VALID, "port": "8443", "allow_http": "yes", "host": "0.0.0.0", "certfile": ""}
    )
    assert (settings.port, settings.certfile, settings.replay_window) == (8443, None, 300)


def test_documentation_schema_and_arguments_agree() -> None:
    options = yaml.safe_load(SOURCE["DOCUMENTATION"])["options"]
    schema = json.loads((FILE.parent / "schemas" / "webhook.json").read_text(encoding="utf-8"))
    types = {"str": "string", "int": "integer", "dict": "object", "list": "array", "bool": "boolean"}
    assert list(options) == list(schema["properties"]) == list(SOURCE["_ARGUMENTS"])
    assert [name for name in options if options[name].get("required")] == schema["required"]
    for name, option in options.items():
        described, default = schema["properties"][name], SOURCE["_ARGUMENTS"][name][1]
        assert types[option["type"]] == described["type"]
        assert option.get("default") == described.get("default")
        assert option.get("default") == default or option.get("required")
    yaml.safe_load(SOURCE["EXAMPLES"])
