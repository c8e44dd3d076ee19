# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Event source for ansible-rulebook: messages that the service posts to the targets of webhooks.

Facts about the messages are in simulator/src/clc_simulator/openapi/webhooks.yaml; docs/events.md
describes the use.

ansible-rulebook runs this file by its path, so it imports nothing else of the collection.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import logging
import re
import ssl
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DOCUMENTATION = r"""
---
short_description: Receive the messages of CenturyLink Cloud webhooks
description:
  - An ansible-rulebook event source that receives the messages that the service posts to the
    targets of webhooks. The module centurylink.cloud.webhook sets the targets.
  - A message is rejected, and does not become an event, unless it was sent to the path of an event,
    has the content type C(application/json), is signed with the key of the service, has the
    properties of that event, belongs to one of the accounts, and differs from all messages of the
    last minutes.
  - The signature covers the body only. It covers neither the path, which alone names the event,
    nor a date and time, and the key is the same for all accounts. Keep the paths secret, serve
    TLS, and let playbooks read the current state from the API.
  - An event has the keys C(type) (such as V(Server.Created)), C(account) (the account alias) and
    C(body) (the message). Events of servers and alerts have C(server) (the name in upper case);
    V(Server.Created) and V(Server.Updated) also have C(data_center), C(group_id) and C(status).
    Events of accounts have C(parent_account) and C(status), those of users have C(user) and
    C(status).
  - Values in C(body) that Ansible would evaluate as templates are null, since ansible-rulebook
    passes events to playbooks as extra variables. All other keys have validated values.
options:
  host:
    description:
      - Host name or IP address to listen on. Without O(certfile), it must be a loopback address,
        unless O(allow_http=true).
    type: str
    default: "127.0.0.1"
  port:
    description:
      - TCP port to listen on, from V(1) to V(65535).
    type: int
    required: true
  paths:
    description:
      - For each event to receive, the path of its target. The last segment of a path is a secret
        of at least 32 letters, digits, C(-) or C(_), such as the output of C(openssl rand -hex 24),
        and differs for each event.
    type: dict
    required: true
  accounts:
    description:
      - Aliases of the accounts whose events are accepted. An event of an account is
        also accepted if its parent account is listed.
    type: list
    elements: str
    required: true
  public_key:
    description:
      - RSA public key of the service in PEM format. Either O(public_key) or O(public_key_path) is
        required.
    type: str
  public_key_path:
    description:
      - File that contains the RSA public key of the service in PEM format.
    type: str
  certfile:
    description:
      - File that contains the certificate chain for TLS in PEM format. The service requires a
        certificate that is signed by a public CA.
    type: str
  keyfile:
    description:
      - File that contains the private key of O(certfile). Defaults to O(certfile).
    type: str
  password:
    description:
      - Passphrase of the private key.
    type: str
  allow_http:
    description:
      - Whether to allow addresses other than loopback addresses without TLS, behind a proxy that
        terminates TLS.
    type: bool
    default: false
  max_body_bytes:
    description:
      - Maximum size of a message, from V(1024) to V(10485760).
    type: int
    default: 262144
  replay_window:
    description:
      - Seconds during which a message is rejected if its body equals that of an accepted message,
        whatever its path, from V(0) to V(86400). V(0) accepts all.
    type: int
    default: 300
  queue_timeout:
    description:
      - Seconds to wait until the rule engine takes an event, from V(1) to V(3600). After that the
        event is lost, since the service sends a message only once.
    type: int
    default: 60
"""

EXAMPLES = r"""
- name: Servers
  hosts: localhost
  sources:
    - centurylink.cloud.webhook:
        host: 0.0.0.0
        port: 8443
        certfile: /etc/pki/tls/certs/hooks.example.com.pem
        keyfile: /etc/pki/tls/private/hooks.example.com.pem
        public_key_path: /etc/clc/webhooks.pem
        accounts: [ACME]
        paths: "{{ clc_webhook_paths }}"
  rules:
    - name: A server was created
      condition: event.type == "Server.Created" and event.data_center == "WA1"
      action:
        run_playbook:
          name: centurylink.cloud.server_tier
"""

Json = dict[str, Any]

logger = logging.getLogger(__name__)

SIGNATURE_HEADER = "Tier3-RsaSha1"
READ_TIMEOUT = 10.0
"""Seconds that a body may take to arrive."""
SHUTDOWN_TIMEOUT = 2.0
LOWEST_KEY_BITS = 2048
"""Bits of the service's own key."""
LEAST_DIFFERENT_CHARACTERS = 8
"""Different characters that a secret has: any 32 random hexadecimal digits do."""


class ArgumentError(ValueError):
    """The arguments of the source are not valid; str() has a sentence or more for each."""


class MessageError(Exception):
    """The message is not one of its event."""


def _invalid(cause: str) -> NoReturn:
    raise ValueError(cause)


def _reject(cause: str) -> NoReturn:
    raise MessageError(cause)


# Arguments


class PublicKey(NamedTuple):
    """An RSA public key."""

    modulus: int
    exponent: int

    def verifies(self, body: bytes, signature: str) -> bool:
        """Return whether a base64 signature (RSASSA-PKCS1-v1_5 with SHA-1) is that of a body."""
        size = (self.modulus.bit_length() + 7) // 8
        try:
            signed = base64.b64decode(signature, validate=True)
        except ValueError:
            return False
        number = int.from_bytes(signed, "big")
        if len(signed) != size or number >= self.modulus:
            return False
        # SHA-1 is what the service signs with; the flag makes it available where it is disabled.
        digest = _SHA1_PREFIX + hashlib.sha1(body, usedforsecurity=False).digest()
        # The complete block is compared: parsing it would accept forged ones.
        block = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
        opened = pow(number, self.exponent, self.modulus).to_bytes(size, "big")
        return hmac.compare_digest(opened, block)


_SHA1_PREFIX = bytes.fromhex("3021300906052b0e03021a05000414")
_RSA = bytes.fromhex("06092a864886f70d010101")
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----")
_SEQUENCE, _INTEGER, _BIT_STRING, _LONG = 0x30, 0x02, 0x03, 0x80


def _element(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """Return the content of the first DER element of data, and what follows the element."""
    length, start = data[1], 2
    if length >= _LONG:
        start += length - _LONG
        length = int.from_bytes(data[2:start], "big")
    content = data[start : start + length]
    if data[0] != tag or len(content) != length:
        raise ValueError
    return content, data[start + length :]


def read_public_key(pem: str) -> PublicKey:
    """Return the key of a PEM text. Raise ValueError with the cause if it has none."""
    found = _PEM.search(pem)
    if found is None:
        _invalid("it has no PUBLIC KEY in PEM format")
    try:
        info, _rest = _element(base64.b64decode("".join(found[1].split())), _SEQUENCE)
        algorithm, info = _element(info, _SEQUENCE)
        bits, _rest = _element(info, _BIT_STRING)
        numbers, _rest = _element(bits[1:], _SEQUENCE)
        modulus, numbers = _element(numbers, _INTEGER)
        exponent, _rest = _element(numbers, _INTEGER)
    except (ValueError, IndexError):
        algorithm = modulus = exponent = b""
    if not algorithm.startswith(_RSA):
        _invalid("it is not an RSA public key")
    key = PublicKey(int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"))
    if key.modulus.bit_length() < LOWEST_KEY_BITS:
        _invalid(f"the key has {key.modulus.bit_length()} bits, fewer than {LOWEST_KEY_BITS}")
    return key


class Settings(NamedTuple):
    """The validated arguments."""

    host: str
    port: int
    paths: dict[str, str]
    """Events by path; a path has no slash at its beginning."""
    accounts: frozenset[str]
    public_key: PublicKey
    certfile: ssl.SSLContext | None
    """The settings of TLS; None for HTTP."""
    max_body_bytes: int
    replay_window: int
    queue_timeout: int


def _text(value: object) -> str:
    if not isinstance(value, str):
        _invalid("it is not a string")
    return value


def _boolean(value: object) -> bool:
    """Return a boolean; variables of the environment are strings."""
    names = {"true": True, "yes": True, "false": False, "no": False}
    found = names.get(str(value).lower())
    if found is None:
        _invalid("it is not true or false")
    return found


def _number(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        digits = re.fullmatch(r"[0-9]{1,9}", "" if isinstance(value, bool) else str(value))
        if digits is None or not low <= int(digits[0]) <= high:
            _invalid(f"it is not an integer from {low} to {high}")
        return int(digits[0])

    return read


def _accounts(value: object) -> frozenset[str]:
    aliases = value.split(",") if isinstance(value, str) else value
    if not isinstance(aliases, list) or not all(
        _ALIAS.fullmatch(str(alias).strip()) for alias in aliases
    ):
        _invalid("it is not a list of account aliases")
    return frozenset(str(alias).strip().upper() for alias in aliases)


def _events(value: object) -> dict[str, str]:
    """Return the events by path. No message contains a path: they are secret."""
    if not isinstance(value, dict):
        _invalid("it is not a map from events to paths")
    events: dict[str, str] = {}
    for event, path in value.items():
        if event not in _READERS:
            _invalid(f"{event} is not an event. Events: {', '.join(_READERS)}")
        found = _PATH.fullmatch(path) if isinstance(path, str) else None
        if found is None or len(set(found[2])) < LEAST_DIFFERENT_CHARACTERS:
            _invalid(f"the path of {event} can be guessed or is not a path. {_PATH_HELP}")
        if any(other.rpartition("/")[2] == found[2] for other in events):
            _invalid(f"{event} has the same secret as another event")
        events[found[1]] = event
    return events


_PATH_HELP = (
    "Its last segment must be a secret of at least 32 letters, digits, - or _, "
    "such as the output of openssl rand -hex 24"
)
_HTTP_HELP = "Behind a proxy that terminates TLS, set allow_http to true"
_REQUIRED = object()
_ARGUMENTS: dict[str, tuple[Callable[[object], Any], object]] = {
    "host": (_text, "127.0.0.1"),
    "port": (_number(1, 65535), _REQUIRED),
    "paths": (_events, _REQUIRED),
    "accounts": (_accounts, _REQUIRED),
    "public_key": (lambda value: read_public_key(_text(value)), None),
    "public_key_path": (lambda value: read_public_key(Path(_text(value)).read_text("utf-8")), None),
    "certfile": (_text, None),
    "keyfile": (_text, None),
    "password": (_text, None),
    "allow_http": (_boolean, False),
    "max_body_bytes": (_number(1024, 10 * 1024 * 1024), 262144),
    "replay_window": (_number(0, 86400), 300),
    "queue_timeout": (_number(1, 3600), 60),
}
"""How the value of each argument is read, and its default."""
_ENGINE_ARGUMENTS = {"eda_feedback_queue"}
"""What ansible-rulebook adds."""


def read_arguments(args: Json) -> Settings:
    """Return the settings of a source. Raise ArgumentError with all causes."""
    problems = [
        f"Invalid value for {name}: it is not an argument. Arguments: {', '.join(_ARGUMENTS)}."
        for name in args
        if name not in _ARGUMENTS and name not in _ENGINE_ARGUMENTS
    ]
    values: Json = {}

    def read(name: str, reader: Callable[[], Any]) -> None:
        try:
            values[name] = reader()
        except (ValueError, OSError) as error:
            problems.append(f"Invalid value for {name}: {error}.")

    for name, (reader, default) in _ARGUMENTS.items():
        value = args.get(name)
        if value in (None, "", [], {}):
            if default is _REQUIRED:
                problems.append(f"Invalid value for {name}: it is required.")
            values[name] = default
        else:
            read(name, lambda reader=reader, value=value: reader(value))  # type: ignore[misc]
    if not problems:
        read("public_key", lambda: _one_key(values["public_key"], values["public_key_path"]))
        read("certfile", lambda: _tls_of(values))
    if problems:
        raise ArgumentError(" ".join(problems))
    return Settings(**{name: values[name] for name in Settings._fields})


def _one_key(key: PublicKey | None, key_of_file: PublicKey | None) -> PublicKey:
    found = key or key_of_file
    if found is None or (key and key_of_file):
        _invalid("exactly one of public_key and public_key_path is required")
    return found


def _tls_of(values: Json) -> ssl.SSLContext | None:
    """Return the settings of TLS, or None for HTTP."""
    certfile, keyfile, host = values["certfile"], values["keyfile"], values["host"]
    if certfile is None:
        if keyfile or values["password"]:
            _invalid("keyfile and password require it")
        if not values["allow_http"] and not _is_loopback(host):
            _invalid(f"it is required, since {host} is not a loopback address. {_HTTP_HELP}")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # Without a string, OpenSSL would ask for the passphrase of an encrypted key.
        context.load_cert_chain(certfile, keyfile, values["password"] or "")
    except OSError as error:
        _invalid(f"{certfile} with the key in {keyfile or certfile} cannot be loaded: {error}")
    return context


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# Messages

_PATH = re.compile(r"/?((?:[A-Za-z0-9._~-]+/)*([A-Za-z0-9_-]{32,}))")
_ALIAS = re.compile(r"[A-Za-z0-9]{1,10}")
_SERVER = re.compile(r"[A-Za-z0-9-]{1,40}")
_GROUP = re.compile(r"[0-9A-Fa-f]{32}")
_WORD = re.compile(r"[A-Za-z0-9]{1,40}")
_USER = re.compile(r"[\w.@+-]{1,128}")
_TEMPLATE = re.compile(r"\A#jinja2:|\{[{%#]")
"""What Ansible evaluates in a string."""

_SERVER_KEYS = (
    "id", "name", "groupId", "isTemplate", "locationId", "osType", "status", "details", "type",
    "storageType", "changeInfo", "links",
)  # fmt: skip
_USER_KEYS = ("uri", "accountUri", "userName", "emailAddress", "firstName", "lastName", "status")


def _require(message: Json, *keys: str) -> None:
    missing = [key for key in keys if key not in message]
    if missing:
        _reject(f"it has no {', '.join(missing)}")


def _value(message: Json, key: str, pattern: re.Pattern[str]) -> str:
    """Return a property that has to match a pattern."""
    value = message.get(key)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        _reject(f"{key} is missing or not valid")
    return value


def _account(message: Json) -> str:
    return _value(message, "accountAlias", _ALIAS).upper()


def _server(message: Json) -> Json:
    """Return the values of Server.Created and Server.Updated, with the account of the links."""
    _require(message, *_SERVER_KEYS)
    name = _value(message, "name", _SERVER).upper()
    links = message["links"] if isinstance(message["links"], list) else []
    hrefs = {link.get("rel"): str(link.get("href")) for link in links if isinstance(link, dict)}
    alias = hrefs.get("account", "").rpartition("/")[2]
    own = f"/v2/servers/{alias}/{name}".upper()
    if (
        not _ALIAS.fullmatch(alias)
        or hrefs.get("self", "").upper() != own
        or str(message["id"]).upper() != name
    ):
        _reject("id, name and links are not those of a server")
    return {
        "account": alias.upper(),
        "server": name,
        "data_center": _value(message, "locationId", _WORD).upper(),
        "group_id": _value(message, "groupId", _GROUP).lower(),
        "status": _value(message, "status", _WORD),
    }


def _deleted_server(message: Json) -> Json:
    if message.keys() != {"accountAlias", "name"}:
        _reject("it has other properties than accountAlias and name")
    return {"account": _account(message), "server": _value(message, "name", _SERVER).upper()}


def _alert(message: Json) -> Json:
    triggers = message.get("triggers")
    if not isinstance(triggers, list) or not all(isinstance(trigger, dict) for trigger in triggers):
        _reject("triggers is missing or not valid")
    for trigger in triggers:
        _value(trigger, "metric", _WORD)
        _value(trigger, "state", _WORD)
    return {"account": _account(message), "server": _value(message, "serverName", _SERVER).upper()}


def _account_values(message: Json) -> Json:
    _require(message, "businessName", "links")
    parent = _value(message, "parentAlias", _ALIAS).upper() if message.get("parentAlias") else None
    return {
        "account": _account(message),
        "parent_account": parent,
        "status": _value(message, "status", _WORD),
    }


def _user(message: Json) -> Json:
    _require(message, *_USER_KEYS)
    alias = _account(message)
    if str(message["accountUri"]).upper() != f"/v2/accounts/{alias}".upper():
        _reject("accountUri is not that of accountAlias")
    return {
        "account": alias,
        "user": _value(message, "userName", _USER),
        "status": _value(message, "status", _WORD),
    }


_READERS: dict[str, Callable[[Json], Json]] = {
    "Account.Created": _account_values,
    "Account.Deleted": _account_values,
    "Account.Updated": _account_values,
    "Alert.Notification": _alert,
    "Server.Created": _server,
    "Server.Deleted": _deleted_server,
    "Server.Updated": _server,
    "User.Created": _user,
    "User.Deleted": _user,
    "User.Updated": _user,
}
"""For each event, what validates a message and returns the values of the event."""


def read_event(event: str, body: bytes) -> Json:
    """Return the event of a message. Raise MessageError if the body is not one of that event."""
    try:
        message = json.loads(body.decode("utf-8"))
        # Numbers and characters that are not valid in JSON, which Python reads.
        json.dumps(message, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        _reject("it is not a JSON object")
    return {"type": event, **_READERS[event](message), "body": without_templates(message)}


def without_templates(value: object) -> object:
    """Return JSON with null in place of strings that Ansible would evaluate, without such keys.

    Descriptions are written by any user of the account, and ansible-rulebook passes events to
    playbooks as extra variables, whose strings are templates.
    """
    if isinstance(value, str):
        return None if _TEMPLATE.search(value) else value
    if isinstance(value, list):
        return [without_templates(item) for item in value]
    if isinstance(value, dict):
        return {
            key: without_templates(item) for key, item in value.items() if not _TEMPLATE.search(key)
        }
    return value


# Requests


class Receiver:
    """Validates messages and passes their events to the rule engine."""

    def __init__(self, settings: Settings, queue: asyncio.Queue[Any]) -> None:
        """Begin without messages."""
        self._settings = settings
        self._queue = queue
        self._accepted: dict[bytes, float] = {}
        """When messages were accepted, by digest of the body; oldest first."""

    async def expect(self, request: web.Request) -> None:
        """Reject a request by its headers, or ask for its body (Expect: 100-continue)."""
        self._event_of(request)
        if request.headers["Expect"].lower() != "100-continue":
            raise web.HTTPExpectationFailed
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    async def receive(self, request: web.Request) -> web.Response:
        """Respond with 200 once the rule engine has taken the event of a message."""
        name = self._event_of(request)
        body = await self._body_of(request)
        if not self._settings.public_key.verifies(body, request.headers[SIGNATURE_HEADER]):
            raise web.HTTPUnauthorized(text="The signature is not that of the body.")
        try:
            event = read_event(name, body)
        except MessageError as error:
            raise web.HTTPBadRequest(text=f"The message is not one of {name}: {error}.") from None
        if not {event["account"], event.get("parent_account")} & self._settings.accounts:
            raise web.HTTPForbidden(
                text=f"Events of the account {event['account']} are not accepted.",
            )
        await self._pass_on(event, hashlib.sha256(body).digest())
        return web.Response()

    def _event_of(self, request: web.Request) -> str:
        """Return the event of a request. Raise HTTPException if its headers are not valid."""
        path = request.path.removeprefix("/").encode("utf-8", "replace")
        matches = [
            event
            for known, event in self._settings.paths.items()
            if hmac.compare_digest(path, known.encode())
        ]
        if not matches:
            raise web.HTTPNotFound
        if request.method != "POST":
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        is_plain = request.headers.get("Content-Encoding", "identity") == "identity"
        is_utf8 = (request.charset or "utf-8").lower() == "utf-8"
        if request.content_type != "application/json" or not is_utf8 or not is_plain:
            raise web.HTTPUnsupportedMediaType(text="The content type is not application/json.")
        self._check_size(request.content_length or 0)
        if SIGNATURE_HEADER not in request.headers:
            raise web.HTTPUnauthorized(text=f"The header {SIGNATURE_HEADER} is missing.")
        return matches[0]

    def _check_size(self, size: int) -> None:
        if size > self._settings.max_body_bytes:
            raise web.HTTPRequestEntityTooLarge(self._settings.max_body_bytes, size)

    async def _body_of(self, request: web.Request) -> bytes:
        """Return the body as it was sent; the signature covers these bytes."""
        body = bytearray()
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                async for chunk in request.content.iter_any():
                    body += chunk
                    self._check_size(len(body))
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="The body did not arrive in time.") from None
        return bytes(body)

    async def _pass_on(self, event: Json, digest: bytes) -> None:
        """Pass an event to the rule engine, unless its message was accepted within the window."""
        now = time.monotonic()
        for accepted in list(self._expired(now)):
            del self._accepted[accepted]
        if digest in self._accepted:
            raise web.HTTPConflict(text="An equal message was accepted before.")
        self._accepted[digest] = now
        try:
            async with asyncio.timeout(self._settings.queue_timeout):
                await self._queue.put(event)
        except TimeoutError:
            self._accepted.pop(digest, None)
            raise web.HTTPServiceUnavailable(
                text=f"{event['type']} was lost: the rule engine is busy.",
            ) from None

    def _expired(self, now: float) -> Iterator[bytes]:
        for digest, accepted in self._accepted.items():
            if now - accepted < self._settings.replay_window:
                return
            yield digest


async def log_rejection(request: web.Request, response: web.StreamResponse) -> None:
    """Log why a message was rejected, without its path.

    Requests to other paths are not logged, since anyone can send them.
    """
    is_error = response.status >= web.HTTPBadRequest.status_code
    if is_error and response.status != web.HTTPNotFound.status_code:
        cause = response.text if isinstance(response, web.Response) else response.reason
        logger.warning(
            "Rejected a request from %s with status %s: %s",
            request.remote,
            response.status,
            cause,
        )


async def main(queue: asyncio.Queue[Any], args: Json) -> None:
    """Receive messages until cancelled. Raise ArgumentError if the arguments are not valid."""
    settings = read_arguments(args)
    receiver = Receiver(settings, queue)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.receive, expect_handler=receiver.expect)
    app.on_response_prepare.append(log_rejection)
    # The access log would contain the paths.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, ssl_context=settings.certfile)
        try:
            await site.start()
        except OSError as error:
            msg = f"Cannot listen on {settings.host} port {settings.port}: {error}."
            raise ArgumentError(msg) from error
        logger.info(
            "Listening on %s port %s for %s",
            settings.host,
            settings.port,
            ", ".join(settings.paths.values()),
        )
        await asyncio.Future()
    finally:
        await runner.cleanup()
