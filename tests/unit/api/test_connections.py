# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open connections: lent to one request at a time, and nothing of one request in the next."""

from __future__ import annotations

import json
import os
import ssl
import typing as t
from pathlib import Path

import pytest
import requests
import responses

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.connections import Connections
from ansible_collections.centurylink.cloud.plugins.module_utils.api.endpoints import Endpoints
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ConnectionFailed, NotFound
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Identity
from ansible_collections.centurylink.cloud.tests.unit.support.certificates import HOST, make_certificate
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.service import serving
from ansible_collections.centurylink.cloud.tests.unit.support.sockets import Rogue, http

PATH = "/v2/x"
GOOD = http(json.dumps({"id": "a1"}).encode())


def client_of(address: str, connections: Connections | None = None, verify: bool | str = True) -> Client:
    client = Client(Endpoints.make({"api": address}), user_agent="test", verify=verify, connections=connections)
    client.identity = Identity("TOKEN", "ALTD")
    return client


def test_a_session_is_lent_to_one_request_and_then_to_the_next() -> None:
    connections = Connections()
    with connections.session() as first, connections.session() as second:
        assert first is not second
    with connections.session() as third, connections.session() as fourth:
        assert {third, fourth} == {first, second}


def _noting(closed: list[requests.Session]) -> t.Callable[[requests.Session], None]:
    """Return what stands in for the method `close`; a method of the list itself would not be given the session."""

    def close(session: requests.Session) -> None:
        closed.append(session)

    return close


@pytest.mark.parametrize("error", [requests.ConnectionError(), KeyboardInterrupt()])
def test_the_session_of_a_request_that_failed_is_closed(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    closed: list[requests.Session] = []
    monkeypatch.setattr(requests.Session, "close", _noting(closed))
    connections = Connections()
    with pytest.raises(type(error)), connections.session() as failed:
        raise error
    with connections.session() as next_session:
        assert closed == [failed]
        assert next_session is not failed
    connections.close()
    assert closed == [failed, next_session]
    with connections.session() as other:
        assert other is not next_session


def test_a_fork_gets_no_session_of_its_parent() -> None:
    """Both would write on the same TLS connection."""
    connections = Connections()
    with connections.session() as own:
        pass
    child = os.fork()
    if child == 0:
        with connections.session() as session:
            os._exit(int(session is own))
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with connections.session() as session:
        assert session is own


def test_cookies_are_neither_kept_nor_sent() -> None:
    connections = Connections()
    replies = [http(b"{}", Set_Cookie="session=kept; Path=/")]
    with Rogue(replies).running() as service:
        for _time in range(2):
            client_of(service.address, connections).get(PATH)
        with connections.session() as session:
            assert list(session.cookies) == []
    assert [b"cookie" in request.lower() for request in service.requests] == [False, False]


def test_nothing_of_who_speaks_stays_in_a_session() -> None:
    connections = Connections()
    with Rogue([GOOD]).running() as service:
        first, second = (client_of(service.address, connections, verify) for verify in (False, "/nowhere.pem"))
        second.identity = Identity("OTHER", "OTHR")
        for client in (first, second):
            client.get(PATH)
    assert [b"Bearer TOKEN" in request for request in service.requests] == [True, False]
    with connections.session() as session:
        assert "Authorization" not in session.headers
        assert (session.verify, session.auth, session.proxies) == (True, None, {})


@pytest.mark.parametrize("verify", [True, False, "/own/authority.pem"])
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_options_take_precedence_over_bundles_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, verify: bool | str, variable: str
) -> None:
    """requests takes such a bundle for one that a session names, but not for one that a request names."""
    used: list[t.Any] = []

    def send(session: requests.Session, request: requests.PreparedRequest, **settings: t.Any) -> requests.Response:
        used.append(settings["verify"])
        response = requests.Response()
        response.status_code, response._content = 200, b"{}"
        return response

    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "/of/the/environment.pem")
    monkeypatch.setattr(requests.Session, "send", send)
    client_of("https://api.ctl.io", verify=verify).get(PATH)
    # With certificates to be verified by the usual authorities, the environment says which those are.
    assert used == ["/of/the/environment.pem" if verify is True else verify]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
@pytest.mark.parametrize(("option", "works"), [("own", True), (False, True), (True, False)])
def test_certificates_behind_a_proxy_of_the_environment(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, certificate: Path, option: t.Any, works: bool
) -> None:
    with serving(certificate) as (seen, address):
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ssl.get_default_verify_paths().cafile or ""))
        client = client_of(f"https://{HOST}", verify=str(certificate) if option == "own" else option)
        seen.tokens["TOKEN"] = "user.altd"
        if works:
            assert client.get(PATH).body == {"path": PATH}
        else:
            with pytest.raises(ConnectionFailed, match="TLS with"):
                client.get(PATH)
    assert seen.connects == [f"{HOST}:443"]


def test_a_loopback_address_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with Rogue([GOOD]).running() as service:
        assert client_of(service.address).get(PATH).body == {"id": "a1"}


def test_hosts_of_no_proxy_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[t.Any] = []
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    original = requests.Session.send

    def send(session: requests.Session, request: requests.PreparedRequest, **settings: t.Any) -> requests.Response:
        used.append(dict(settings["proxies"]).get("https"))
        return original(session, request, **settings)

    with responses.RequestsMock() as mock:
        monkeypatch.setattr(requests.Session, "send", send)
        mock.add("GET", f"https://{HOST}{PATH}", json={})
        for excluded in ("other.example", HOST):
            monkeypatch.setenv("NO_PROXY", excluded)
            client_of(f"https://{HOST}").get(PATH)
    assert used == ["http://proxy.example:3128", None]


def test_a_response_that_never_changes_is_read_once_per_user() -> None:
    connections = Connections()
    with Rogue([http(b'{"id": "de1"}'), http(b'{"id": "of the other"}')]).running() as service:
        first, second, other = (client_of(service.address, connections) for _client in range(3))
        other.identity = Identity("OTHER", "ALTD")
        read = first.get_constant(PATH, {"groupLinks": "true"})
        read["id"] = "changed by its reader"
        assert second.get_constant(PATH, {"groupLinks": "true"}) == {"id": "de1"}
        assert other.get_constant(PATH, {"groupLinks": "true"}) == {"id": "of the other"}
    assert len(service.requests) == 2


def test_a_failed_read_is_not_kept() -> None:
    with Rogue([http(b"{}", status="404 Not Found"), http(b'{"id": "de1"}')]).running() as service:
        client = client_of(service.address, Connections())
        with pytest.raises(NotFound):
            client.get_constant(PATH, {})
        assert client.get_constant(PATH, {}) == {"id": "de1"}
