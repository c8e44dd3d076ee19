# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client on a real loopback socket: which failures mean that nothing was sent, and which that anything may have happened."""

from __future__ import annotations

import json
import ssl
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.endpoints import Endpoints
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import (
    ConnectionFailed,
    InvalidTaskError,
    ResponseLost,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Exchange, Identity
from ansible_collections.centurylink.cloud.tests.unit.support.certificates import make_certificate
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.sockets import Reply, Rogue, free_port, http
from ansible_collections.centurylink.cloud.tests.unit.support.wire import TOKEN

PATH = "/v2/groups/ALTD/a1"
GOOD = http(json.dumps({"id": "a1"}).encode())


def client_of(address: str, verify: bool | str = True, timeout: float = 5.0) -> tuple[Client, list[Exchange]]:
    seen: list[Exchange] = []
    client = Client(
        Endpoints.make({"api": address}), user_agent="test", verify=verify, timeout=timeout, observe=seen.append
    )
    client.identity = Identity(TOKEN, "ALTD")
    return client, seen


def test_what_goes_over_the_wire(clock: Clock) -> None:
    with Rogue([GOOD]).running() as service:
        client, _seen = client_of(f"{service.address}/v2")
        assert client.post(PATH, {"name": "x"}).body == {"id": "a1"}
    head, _blank, body = service.requests[0].decode().partition("\r\n\r\n")
    lines = head.split("\r\n")
    assert lines[0] == f"POST {PATH} HTTP/1.1"
    assert {f"Authorization: Bearer {TOKEN}", "Content-Type: application/json", "Accept: application/json"} <= set(
        lines
    )
    assert json.loads(body) == {"name": "x"}


def test_refused_connections_are_tried_again_by_any_method(clock: Clock) -> None:
    client, seen = client_of(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ConnectionFailed, match="Connection refused"):
        client.post(PATH, {"name": "x"})
    assert [exchange.outcome for exchange in seen] == ["ConnectionFailed"] * 5


def test_an_unknown_host_was_not_reached(clock: Clock) -> None:
    client, seen = client_of("https://no-such-host.invalid")
    with pytest.raises(ConnectionFailed, match=r"No connection to https://no-such-host\.invalid"):
        client.get(PATH, repeat=False)
    assert [exchange.outcome for exchange in seen] == ["ConnectionFailed"]


EMPTY = "is not valid JSON"  # only a GET must have a body
LOST: list[tuple[str, list[Reply], str]] = [
    ("dropped after the request", [None], "ended before the response was complete"),
    ("dropped within the head", [b"HTTP/1.1 200 OK\r\nContent-Le"], EMPTY),
    ("cut body", [http(b'{"id": "a1"', length=500)], "ended before the response was complete"),
    ("cut body that parses", [http(b'{"id": "a1"}', length=500)], "ended before the response was complete"),
    (
        "cut chunk",
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"],
        "ended before the response was complete",
    ),
    ("cut JSON", [http(b'{"id": "a1')], "not valid JSON"),
    ("no JSON", [http(b"<html><title>Portal</title></html>")], "not valid JSON"),
    ("no gzip", [http(b"{}", Content_Encoding="gzip")], "ended before the response was complete"),
    ("no body", [http(b"")], EMPTY),
    ("no HTTP", [b"SSH-2.0-OpenSSH_9.6\r\n"], "ended before the response was complete"),
]


LOST_TO_ALL = [case for case in LOST if case[2] is not EMPTY]


@pytest.mark.parametrize(("what", "replies", "cause"), LOST_TO_ALL, ids=[case[0] for case in LOST_TO_ALL])
def test_a_lost_response_to_a_post_is_reported_and_nothing_is_posted_twice(
    clock: Clock, what: str, replies: list[Reply], cause: str
) -> None:
    with Rogue(replies).running() as service:
        client, _seen = client_of(service.address)
        with pytest.raises(ResponseLost, match=cause):
            client.post(PATH, {"name": "x"})
    assert len(service.requests) == 1


@pytest.mark.parametrize(("what", "replies", "cause"), LOST, ids=[case[0] for case in LOST])
def test_a_get_is_sent_again_after_a_lost_response(clock: Clock, what: str, replies: list[Reply], cause: str) -> None:
    with Rogue([*replies, GOOD]).running() as service:
        client, _seen = client_of(service.address)
        assert client.get(PATH).body == {"id": "a1"}
    assert len(service.requests) == 2


def test_a_delete_whose_connection_dropped_looks_before_it_is_sent_again(clock: Clock) -> None:
    with Rogue([None, GOOD, None, http(b"", "404 Not Found")]).running() as service:
        client, _seen = client_of(service.address)
        assert client.delete(PATH).status == 204
    assert [request.split(b" ")[0] for request in service.requests] == [b"DELETE", b"GET", b"DELETE", b"GET"]


def test_a_response_that_does_not_come_is_lost(clock: Clock) -> None:
    with Rogue([b""], hold=True).running() as service:
        client, seen = client_of(service.address, timeout=0.2)
        with pytest.raises(ResponseLost, match=r"No response from .* within 0\.2 s"):
            client.post(PATH, {"name": "x"})
    assert [exchange.outcome for exchange in seen] == ["ResponseLost"]


def test_a_body_that_does_not_come_is_lost(clock: Clock) -> None:
    with Rogue([http(b'{"id"', length=100)], hold=True).running() as service:
        client, _seen = client_of(service.address, timeout=0.2)
        with pytest.raises(ResponseLost):
            client.post(PATH, {"name": "x"})
    assert len(service.requests) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def secure(certificate: Path) -> t.Iterator[Rogue]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Rogue([GOOD], tls=context).running() as service:
        yield service


def test_an_unknown_certificate_stops_at_once(clock: Clock, secure: Rogue) -> None:
    client, seen = client_of(secure.address)
    with pytest.raises(ConnectionFailed, match="TLS with https://127") as error:
        client.get(PATH)
    assert "ca_path" in str(error.value)
    assert [exchange.outcome for exchange in seen] == ["ConnectionFailed"]
    assert secure.requests == []


def test_an_authority_of_ones_own(clock: Clock, secure: Rogue, certificate: Path) -> None:
    client, _seen = client_of(secure.address, verify=str(certificate))
    assert client.get(PATH).body == {"id": "a1"}


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_certificates_need_not_be_checked(
    clock: Clock, secure: Rogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client, _seen = client_of(secure.address, verify=False)
    assert client.get(PATH).body == {"id": "a1"}


def test_plain_http_at_a_tls_address_fails_without_a_second_try(clock: Clock) -> None:
    with Rogue([GOOD]).running() as service:
        client, seen = client_of(service.address.replace("http:", "https:"), timeout=0.3)
        with pytest.raises(ConnectionFailed):
            client.post(PATH, {"name": "x"})
    assert [exchange.outcome for exchange in seen] == ["ConnectionFailed"]


def test_a_missing_ca_file_is_an_error(clock: Clock, secure: Rogue, tmp_path: Path) -> None:
    client, seen = client_of(secure.address, verify=str(tmp_path / "missing.pem"))
    with pytest.raises(InvalidTaskError, match="ca_path"):
        client.get(PATH)
    assert len(seen) == 1
