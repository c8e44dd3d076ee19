# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks: their configuration, and the signed messages that a server on this machine receives."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from conftest import Process
from simclient import CONTRACT, Client, load, power, shape

HOOKS = "/v2/webhooks/DEMO"
FIRST, SECOND = "https://hooks.example.com/clc", "https://audit.example.net/clc?who=me&what=all"
EVENTS = (
    "Account.Created", "Account.Deleted", "Account.Updated", "Alert.Notification", "Server.Created", "Server.Deleted",
    "Server.Updated", "User.Created", "User.Deleted", "User.Updated",
)  # fmt: skip


def configuration(event: str, alias: str = "DEMO") -> str:
    return f"/v2/webhooks/{alias}/{event}/configuration"


def wants(client: Client, event: str, *targets: str, recursive: Any = False, alias: str = "DEMO") -> None:
    body = {"recursive": recursive, "targetUris": [{"targetUri": target} for target in targets]}
    response = client.put(configuration(event, alias), body)
    assert (response.status, response.body) == (204, b"")


def configuration_of(client: Client, event: str = "Server.Created") -> Any:
    items = client.get(HOOKS).json()["items"]
    found = next(item for item in items if item["name"] == event).get("configuration")
    return found and (found["recursive"], [target["targetUri"] for target in found["targetUris"]])


# Configuration


def test_list_has_all_events_and_some_have_a_configuration(small: Client) -> None:
    wants(small, "Server.Created", FIRST)
    response = small.get("/v2/webhooks/demo").json()
    assert [item["name"] for item in response["items"]] == list(EVENTS)
    assert [item["name"] for item in response["items"] if "configuration" in item] == ["Server.Created"]
    assert shape(response) == shape(load("documented/GET-api-ctl-io-v2-webhooks-accountAlias.json"))


def test_a_configuration_is_replaced_completely(small: Client) -> None:
    wants(small, "Server.Created", FIRST, SECOND, FIRST, recursive="true")
    assert configuration_of(small) == (True, [FIRST, SECOND])
    wants(small, "Server.Created", SECOND)
    assert configuration_of(small) == (False, [SECOND])
    assert small.put(configuration("Server.Created"), {"recursive": True}).status == 204
    assert configuration_of(small) == (True, [SECOND])


def test_targets_are_added_and_removed_one_by_one(small: Client) -> None:
    path = f"{configuration('Server.Created')}/targetUris"
    assert [small.post(path, {"targetUri": target}).status for target in (FIRST, SECOND, SECOND)] == [204] * 3
    assert configuration_of(small) == (False, [FIRST, SECOND])
    assert small.delete(f"{path}?targetUri={quote(SECOND, safe='')}").status == 204
    assert small.delete(f"{path}?targetUri={quote(SECOND, safe='')}").status == 404
    assert configuration_of(small) == (False, [FIRST])
    assert small.delete(f"{path}?targetUri={quote(FIRST, safe='')}").status == 204
    assert configuration_of(small) == (False, [])
    assert list(small.delete(path).state()) == ["targetUri"]


def test_an_event_without_configuration(small: Client) -> None:
    wants(small, "User.Created", FIRST)
    assert [small.delete(configuration("User.Created")).status for _time in range(2)] == [204, 404]
    assert configuration_of(small, "User.Created") is None


@pytest.mark.parametrize(
    "target", ["http://hooks.example.com/clc", "http://127.0.0.1.example.com/", "ftp://x", "hooks"]
)
def test_a_target_is_https_or_on_this_machine(small: Client, target: str) -> None:
    body = {"recursive": False, "targetUris": [{"targetUri": FIRST}, {"targetUri": target}]}
    assert "body.targetUris[1].targetUri" in small.put(configuration("Server.Created"), body).state()
    assert small.post(f"{configuration('Server.Created')}/targetUris", {"targetUri": target}).status == 400
    assert configuration_of(small) is None


@pytest.mark.parametrize(
    "target", ["HTTPS://hooks.example.com", "http://localhost", "http://127.0.0.1:8000/x", "http://[::1]/"]
)
def test_valid_targets(small: Client, target: str) -> None:
    wants(small, "Server.Created", target)
    assert configuration_of(small) == (False, [target])


def test_permissions(small: Client) -> None:
    assert small.put(configuration("Server.Moved"), {"recursive": False}).state().keys() == {"event"}
    assert small.put(configuration("server.created"), {"recursive": True}).status == 204
    assert configuration_of(small) == (True, [])
    assert small.get("/v2/webhooks/NONE").status == 404
    small.login("viewer", "viewer-password")
    assert small.get(HOOKS).status == 200
    assert small.put(configuration("Server.Created"), {"recursive": False}).status == 403


def test_loads_webhooks_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    hook = {"event": "Server.Created", "target_uris": [FIRST], "recursive": True}
    account = {"alias": "DEMO", "webhooks": [hook]}
    user = {"name": "demo", "password": "demo-password", "account": "DEMO"}
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"accounts": [account], "users": [user]}), encoding="utf-8")
    assert configuration_of(make(str(seed)).login()) == (True, [FIRST])


# Messages


class Receiver:
    """A real HTTP server on this machine that records its requests."""

    def __init__(self, pause: float = 0.0) -> None:
        self.messages: list[tuple[str, dict[str, str], bytes]] = []
        received = self.messages

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(pause)
                received.append((self.path, dict(self.headers), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                """Log nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def wait(self, number: int) -> list[Any]:
        """Wait until a number of messages has arrived and for additional messages; return their bodies."""
        patience = time.monotonic() + 10
        while len(self.messages) < number and time.monotonic() < patience:
            time.sleep(0.01)
        time.sleep(0.05)
        return [json.loads(body) for _path, _headers, body in self.messages]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    created = Receiver()
    yield created
    created.server.shutdown()
    created.server.server_close()


def notices(client: Client) -> list[dict[str, Any]]:
    """Return the notifications when none is waiting."""
    patience = time.monotonic() + 10
    while True:
        found: list[dict[str, Any]] = client.control("GET", "notifications").json()
        if all(notice["outcome"] != "waiting" for notice in found) or time.monotonic() > patience:
            return found
        time.sleep(0.01)


def verify(pem: str, headers: dict[str, str], body: bytes) -> None:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    assert (key.key_size, key.public_numbers().e) == (2048, 65537)
    assert len(headers["Tier3-RsaSha1"]) == 344
    key.verify(base64.b64decode(headers["Tier3-RsaSha1"]), body, padding.PKCS1v15(), SHA1())


def test_a_running_simulator_sends_a_message_about_a_new_server(
    start: Callable[..., Process], receiver: Receiver
) -> None:
    process = start("--seed", "small", "--job-seconds", "0.2")
    with closing(httpx.Client(base_url=process.url, timeout=5)) as http:
        login = {"username": "demo", "password": "demo-password"}
        token = http.post("/v2/authentication/login", json=login).json()["bearerToken"]
        http.headers["Authorization"] = f"Bearer {token}"
        target = {"targetUri": f"{receiver.url}/created?of=server"}
        set_up = http.put(configuration("Server.Created"), json={"recursive": False, "targetUris": [target]})
        assert set_up.status_code == 204
        group = http.get("/v2/servers/DEMO/WA1DEMOWEB01").json()["groupId"]
        body = {
            "name": "hook", "groupId": group, "sourceServerId": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memoryGB": 1,
            "type": "standard",
        }  # fmt: skip
        name = http.post("/v2/servers/DEMO", json=body).json()["server"]
        # No request is sent in the meantime; the timer sends the message.
        (message,) = receiver.wait(1)
        pem = http.get("/_simulator/notifications/key").json()["publicKey"]
        (notice,) = http.get("/_simulator/notifications").json()
    assert (message["name"], message["status"], message["groupId"]) == (f"WA1DEMO{name.upper()}01", "active", group)
    path, headers, body = receiver.messages[0]
    assert path == "/created?of=server"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    verify(pem, headers, body)
    with pytest.raises(InvalidSignature):
        verify(pem, headers, body + b" ")
    assert (notice["event"], notice["outcome"], notice["status"]) == ("Server.Created", "sent", 200)
    assert process.end()[::2] == (0, "")


def test_messages_about_created_updated_and_deleted_servers(small: Client, receiver: Receiver) -> None:
    for event in ("Server.Created", "Server.Updated", "Server.Deleted"):
        wants(small, event, f"{receiver.url}/{event}")
    group = small.server("WA1DEMOWEB01")["groupId"]
    created = small.create_and_finish(groupId=group)
    small.patch(f"/v2/servers/DEMO/{created['id']}", description="Changed")
    small.patch(f"/v2/servers/DEMO/{created['id']}", cpu=2)
    small.finish()
    power(small, "setMaintenance", created["name"])
    small.finish()
    power(small, "powerOff", created["name"])
    small.finish()
    small.delete(f"/v2/servers/DEMO/{created['id']}")
    small.finish()
    bodies = receiver.wait(5)
    assert [notice["event"] for notice in notices(small)] == [
        "Server.Created", "Server.Updated", "Server.Updated", "Server.Updated", "Server.Deleted",
    ]  # fmt: skip
    by_path: dict[str, list[Any]] = {}
    for (path, _headers, _raw), body in zip(receiver.messages, bodies, strict=True):
        by_path.setdefault(path, []).append(body)
    (created,) = by_path["/Server.Created"]
    assert (created["details"]["cpu"], created["details"]["powerState"]) == (1, "started")
    assert "os" not in created
    updates = [
        (message["description"], message["details"]["cpu"], message["details"]["powerState"])
        for message in by_path["/Server.Updated"]
    ]
    assert updates == [("Changed", 1, "started"), ("Changed", 2, "started"), ("Changed", 2, "stopped")]
    assert by_path["/Server.Deleted"] == [{"accountAlias": "DEMO", "name": created["name"]}]
    for event in ("Server.Created", "Server.Updated", "Server.Deleted"):
        for body in by_path[f"/{event}"]:
            assert CONTRACT.notification(event).check.errors(body) == []


def test_recursive_webhooks_of_parent_accounts_get_the_messages(small: Client, receiver: Receiver) -> None:
    wants(small, "Server.Updated", f"{receiver.url}/own", alias="DEM2")
    wants(small, "Server.Updated", f"{receiver.url}/above", recursive=True)
    wants(small, "Server.Deleted", f"{receiver.url}/not-recursive")
    small.patch("/v2/servers/DEM2/WA1DEM2BOX01", description="Changed")
    assert [message["name"] for message in receiver.wait(2)] == ["WA1DEM2BOX01"] * 2
    assert sorted(path for path, _headers, _body in receiver.messages) == ["/above", "/own"]
    small.delete("/v2/servers/DEM2/WA1DEM2BOX01")
    small.finish()
    assert len(notices(small)) == 2


def test_sends_to_loopback_addresses_only(small: Client) -> None:
    wants(small, "Server.Updated", FIRST, "https://10.0.0.1/", "http://127.0.0.1:9/")
    small.patch("/v2/servers/DEMO/WA1DEMOWEB01", description="Changed")
    outcomes = [notice["outcome"] for notice in notices(small)]
    assert outcomes[:2] == ["not sent: the simulator sends to loopback addresses only"] * 2
    assert outcomes[2].startswith("failed: ConnectionRefusedError")


def test_a_slow_target_does_not_slow_requests_and_most_messages_are_dropped(small: Client) -> None:
    slow = Receiver(pause=2.0)
    wants(small, "Server.Updated", slow.url)
    began = time.monotonic()
    for number in range(270):
        assert small.patch("/v2/servers/DEMO/WA1DEMOWEB01", description=str(number)).status == 204
    assert time.monotonic() - began < 8
    found = small.control("GET", "notifications").json()
    assert [notice["outcome"] for notice in found].count("dropped: too many messages are waiting") in range(15, 21)
    slow.server.shutdown()
    slow.server.server_close()


def test_accepts_any_certificate_on_loopback(small: Client, receiver: Receiver, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    wants(small, "Server.Updated", f"https://localhost:{receiver.server.server_port}/tls")
    small.patch("/v2/servers/DEMO/WA1DEMOWEB01", description="Changed")
    assert [notice["outcome"] for notice in notices(small)] == ["sent"]


@pytest.mark.parametrize("event", EVENTS)
def test_any_event_can_be_raised(small: Client, receiver: Receiver, event: str) -> None:
    wants(small, event, receiver.url)
    (notice,) = small.control("POST", "notifications", {"event": event, "account": "demo"}).json()
    (body,) = receiver.wait(1)
    assert body == notice["body"]
    assert "DEMO" in str(body)
    assert "ACME" not in str(body).upper().replace("ACME LTD", "")
    pem = small.control("GET", "notifications/key").json()["publicKey"]
    verify(pem, receiver.messages[0][1], receiver.messages[0][2])


def test_an_event_with_a_custom_body(small: Client, receiver: Receiver) -> None:
    wants(small, "User.Deleted", receiver.url)
    documented = load("documented/Webhooks-webhooks-faq.v2.json")
    raised = {"event": "User.Deleted", "account": "DEMO", "body": {**documented, "status": "Deleted"}}
    small.control("POST", "notifications", raised)
    assert receiver.wait(1) == [raised["body"]]


@pytest.mark.parametrize("body", [{}, {"event": "User.Moved", "account": "DEMO"}, {"event": "User.Created", "account": "X"},
                                  {"event": "User.Created", "account": "DEMO", "body": {"uri": 1}}])  # fmt: skip
def test_rejects_invalid_events(small: Client, body: Any) -> None:
    response = small.request("POST", "/_simulator/notifications", body)
    assert response.status == 400
    assert "message" in response.json()


def test_the_key_stays_with_the_state_file(make: Callable[..., Client], tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = make("small", state).control("GET", "notifications/key").json()
    assert make("small", state).control("GET", "notifications/key").json() == first
    assert make("small").control("GET", "notifications/key").json() != first
