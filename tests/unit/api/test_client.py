# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client above the socket: login, headers, status codes, retries, renewal. Scripted HTTP, no real time."""

from __future__ import annotations

import base64
import json
import sys
import threading
import typing as t
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
import responses
from urllib3.exceptions import NewConnectionError

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import VERSION, Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.endpoints import Endpoints
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import (
    BadRequest,
    ClcError,
    ConnectionFailed,
    Forbidden,
    HttpStatusError,
    InvalidTaskError,
    LoginError,
    NotFound,
    ResponseLost,
    ServerError,
    TooManyRequests,
    Unauthorized,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Exchange, Identity, validate_token
from ansible_collections.centurylink.cloud.plugins.module_utils.api.responses import ApiResponse
from ansible_collections.centurylink.cloud.plugins.module_utils.api.transport import transport_error
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import ALIAS, LOGIN, queued, recorded
from ansible_collections.centurylink.cloud.tests.unit.support.wire import BACKUP, BASE, NO_BODY, TOKEN, Scripted

PATH = "/v2/groups/ALTD/a1"
LOGIN_PATH = "/v2/authentication/login"
PAIR = {"username": "user.altd", "password": "PASSWORD-7c6b5a49"}
IN_PROGRESS = {"message": "An error has occurred.", "exceptionMessage": "Operation already in progress"}
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


def send(client: Client, method: str, path: str = PATH) -> t.Any:
    """Send a request through the function of the client that resources use for this method."""
    if method in ("POST", "PATCH", "PUT"):
        return getattr(client, method.lower())(path, {"name": "x"})
    return getattr(client, method.lower())(path)


def expects(api: Scripted, method: str, *arguments: t.Any, **more: t.Any) -> None:
    """Expect what `send` sends."""
    body = {"name": "x"} if method in ("POST", "PATCH", "PUT") else NO_BODY
    api.expects(method, PATH, *arguments, body=body, **more)


# Login


def test_a_login_sends_json_without_a_token_and_returns_the_identity(api: Scripted, client: Client) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": "FRESH"}, token=None, body=PAIR)
    found = client.login(**PAIR)
    assert found == Identity("FRESH", "ALTD", "VA1", "user.altd", tuple(LOGIN["roles"]))
    assert "FRESH" not in repr(found)


def test_a_login_goes_to_the_configured_address(api: Scripted) -> None:
    client = Client(Endpoints.make({"api": "https://clc.example/proxy/v2"}), user_agent="test")
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=PAIR, base="https://clc.example/proxy")
    assert client.login(**PAIR).account_alias == "ALTD"


@pytest.mark.parametrize("body", [{"message": "We didn't recognize the username or password you entered."}, "", b""])
def test_a_refused_login_is_never_repeated(api: Scripted, client: Client, body: t.Any) -> None:
    api.expects("POST", LOGIN_PATH, body, 400, token=None, body=PAIR)
    with pytest.raises(LoginError) as error:
        client.login(**PAIR)
    assert "Cannot log in as 'user.altd'" in str(error.value)
    assert "three wrong ones lock the user" in str(error.value)
    assert PAIR["password"] not in str(error.value)
    assert error.value.details["status_code"] == 400


@pytest.mark.parametrize(
    ("reply", "status", "kind"),
    [
        (b"", 401, Unauthorized),
        (b"", 404, NotFound),
        ({}, 200, HttpStatusError),
        ([], 200, HttpStatusError),
        ({**LOGIN, "bearerToken": ""}, 200, HttpStatusError),
        ({**LOGIN, "bearerToken": "two words"}, 200, InvalidTaskError),
    ],
)
def test_a_login_with_an_unusable_response_is_not_repeated(
    api: Scripted, client: Client, reply: t.Any, status: int, kind: type[ClcError]
) -> None:
    api.expects("POST", LOGIN_PATH, reply, status, token=None, body=PAIR)
    with pytest.raises(kind) as error:
        client.login(**PAIR)
    assert "two words" not in str(error.value)


@pytest.mark.parametrize(
    "first",
    [
        {"status": 503},
        {"status": 500},
        {"reply": b"<html>"},
        {"reply": b'{"bea'},
        {"raises": requests.exceptions.ReadTimeout()},
    ],
    ids=["503", "500", "HTML", "cut", "lost"],
)
def test_a_login_is_repeated_like_a_read(api: Scripted, client: Client, first: dict[str, t.Any]) -> None:
    for reply in (first, {"reply": LOGIN}):
        api.expects("POST", LOGIN_PATH, **{"reply": b"", **reply}, token=None, body=PAIR)
    assert client.login(**PAIR).account_alias == "ALTD"


def test_a_login_may_wait_where_the_service_asks_for_patience(api: Scripted, client: Client, clock: Clock) -> None:
    api.expects("POST", LOGIN_PATH, b"", 429, token=None, body=PAIR, headers={"Retry-After": "7"})
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=PAIR)
    assert client.login(**PAIR).account_alias == "ALTD"
    assert clock.pauses == [7.0]


def test_nothing_is_sent_without_an_identity(api: Scripted) -> None:
    client = Client(Endpoints.make({}), user_agent="test")
    with pytest.raises(InvalidTaskError, match="neither a token nor username"):
        client.get(PATH)
    with pytest.raises(InvalidTaskError, match="neither a token nor username"):
        client.account.lower()
    assert api.made == []


# The token


@pytest.mark.parametrize(
    "token", ["", "  ", "Bearer SECRETVALUE", "SECRET\nVALUE", "SECRET\r\nX-Evil: 1", "SECRET\tVALUE", "SECRÉT"]
)
def test_a_token_of_a_wrong_shape_is_rejected_and_not_printed(token: str) -> None:
    with pytest.raises(InvalidTaskError) as error:
        validate_token(token)
    assert "SECR" not in str(error.value) + repr(error.value)
    assert "Invalid value for token" in str(error.value)


@pytest.mark.parametrize("token", ["abc.DEF-123_~+/=", "abc.DEF-123_~+/=\n", "\t abc.DEF-123_~+/= "])
def test_white_space_around_a_token_is_taken_off(token: str) -> None:
    assert validate_token(token) == "abc.DEF-123_~+/="


# Requests


@pytest.mark.parametrize("method", METHODS)
def test_every_request_has_its_headers_and_body(api: Scripted, client: Client, method: str) -> None:
    expects(api, method, {"id": "a1"}, 200)
    assert send(client, method).body == {"id": "a1"}


def test_the_user_agent_names_the_collection(api: Scripted, client: Client) -> None:
    api.expects("GET", PATH, {})
    client.get(PATH)
    assert api.agents() == {f"centurylink.cloud/{VERSION} (test)"}


def test_a_query_is_added(api: Scripted, client: Client) -> None:
    api.expects("GET", f"{PATH}?serverDetail=detailed", {})
    client.get(PATH, params={"serverDetail": "detailed"})


def test_any_method_can_be_sent(api: Scripted, client: Client) -> None:
    api.expects("PUT", f"{PATH}?a=b", {}, body=[1])
    client.request("put", PATH, [1], params={"a": "b"})


@pytest.mark.parametrize("service", ["lbaas", "rdbs", "backup", "ips", "patching"])
def test_each_service_has_an_address_of_its_own(api: Scripted, client: Client, service: str) -> None:
    api.expects("GET", "/ALTD/x", {}, base=client.endpoints.of(service))
    assert client.get("/ALTD/x", service=service).service == service


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_each_success_returns_a_response(api: Scripted, client: Client, status: int) -> None:
    body = b"" if status == 204 else {"id": "a1"}
    expects(api, "POST", body, status)
    response = client.post(PATH, {"name": "x"})
    assert (response.status, response.body) == (status, None if status == 204 else {"id": "a1"})


FAILURES = [
    (400, BadRequest),
    (401, Unauthorized),
    (403, Forbidden),
    (404, NotFound),
    (429, TooManyRequests),
    (500, ServerError),
]


@pytest.mark.parametrize(("status", "kind"), FAILURES)
def test_each_failure_keeps_the_words_of_the_service(
    api: Scripted, client: Client, status: int, kind: type[HttpStatusError]
) -> None:
    client.deadline = 0.0  # no time for a second try
    expects(api, "POST", {"message": "The request is invalid.", "modelState": {"body.name": ["is taken"]}}, status)
    with pytest.raises(kind) as error:
        client.post(PATH, {"name": "x"})
    assert error.value.__class__ is kind
    assert error.value.message == "The request is invalid."
    assert error.value.details["model_state"] == {"body.name": ["is taken"]}
    assert error.value.details["status_code"] == status


def test_a_bad_request_with_a_queue_array_returns_a_response(api: Scripted, client: Client) -> None:
    body = [{"server": "a", "isQueued": False, "errorMessage": "no"}, queued("b", "va1-1")]
    expects(api, "POST", body, 400)
    response = client.post(PATH, {"name": "x"})
    assert (response.status, response.body) == (400, body)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(api: Scripted, client: Client, status: int) -> None:
    expects(api, "GET", b"", status, headers={"Location": "https://evil.example/"})
    with pytest.raises(HttpStatusError, match=str(status)):
        client.get(PATH)


def test_netrc_does_not_replace_the_token(
    api: Scripted, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.ctl.io login other password other\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert requests.utils.get_netrc_auth(f"{BASE}{PATH}") == ("other", "other")  # it would count
    api.expects("GET", PATH, {}, token=TOKEN)
    client.get(PATH)
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=PAIR)
    client.login(**PAIR)


@pytest.mark.parametrize(
    ("address", "proxied"),
    [
        ("https://api.ctl.io", True),
        ("https://localhost.example", True),
        ("http://127.0.0.1:8080", False),
        ("http://localhost", False),
        ("http://LOCALHOST:8080", False),
        ("http://[::1]:8080", False),
        ("http://[::1]", False),
    ],
)
def test_proxies_of_the_environment_are_not_used_for_loopback(
    monkeypatch: pytest.MonkeyPatch, address: str, proxied: bool
) -> None:
    for scheme in ("http", "https"):
        monkeypatch.setenv(f"{scheme}_proxy", "http://proxy.example:3128")
    seen: list[t.Any] = []

    def respond(adapter: t.Any, request: t.Any, **options: t.Any) -> requests.Response:
        seen.append(options["proxies"])
        made = requests.Response()
        made.status_code, made._content, made.url, made.request = 204, b"", str(request.url), request
        made.raw = None
        return made

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", respond)
    client = Client(Endpoints.make({"api": address}), user_agent="test")
    client.identity = Identity(TOKEN, ALIAS)
    client.get(PATH)
    assert ("http://proxy.example:3128" in seen[0].values()) is proxied


def test_each_exchange_is_observed(api: Scripted) -> None:
    seen: list[Exchange] = []
    client = Client(Endpoints.make({}), user_agent="test", observe=seen.append)
    client.identity = Identity(TOKEN, ALIAS)
    api.expects("GET", PATH, b"", 503)
    api.expects("GET", PATH, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", PATH, {})
    client.get(PATH)
    assert [(exchange.method, exchange.path, exchange.outcome) for exchange in seen] == [
        ("GET", PATH, "503"),
        ("GET", PATH, "ResponseLost"),
        ("GET", PATH, "200"),
    ]


# Retries by method and cause (design, "Retries"). How often a request is sent where the cause stays.

CONNECTION_REFUSED = requests.exceptions.ConnectionError(NewConnectionError(t.cast(t.Any, None), "refused"))
CAUSES: dict[str, dict[str, t.Any]] = {
    "too many": {"status": 429},
    "not sent": {"raises": CONNECTION_REFUSED},
    "connect timeout": {"raises": requests.exceptions.ConnectTimeout()},
    "tls": {"raises": requests.exceptions.SSLError()},
    "response lost": {"raises": requests.exceptions.ConnectionError("aborted")},
    "read timeout": {"raises": requests.exceptions.ReadTimeout()},
    "cut response": {"raises": requests.exceptions.ChunkedEncodingError()},
    "cut JSON": {"reply": b'{"id": '},
    "408": {"status": 408},
    "500": {"status": 500},
    "502": {"status": 502},
    "503": {"status": 503},
    "504": {"status": 504, "reply": {"message": "upstream request timeout"}},
    "500 of a gateway": {"status": 500, "reply": b"<html><title>Oops</title>"},
    "500 with a message": {"status": 500, "reply": {"message": "An error has occurred."}},
    "in progress": {"status": 500, "reply": IN_PROGRESS},
    "in progress, 400": {"status": 400, "reply": IN_PROGRESS},
    "400": {"status": 400},
    "403": {"status": 403},
    "404": {"status": 404},
    "405": {"status": 405},
}
TIMES: list[tuple[str, dict[str, int]]] = [
    ("too many", {"GET": 5, "POST": 5, "PATCH": 5, "PUT": 5, "DELETE": 5}),
    ("not sent", {"GET": 5, "POST": 5, "PATCH": 5, "PUT": 5, "DELETE": 5}),
    ("connect timeout", {"GET": 5, "POST": 5, "PATCH": 5, "PUT": 5, "DELETE": 5}),
    ("tls", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("response lost", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("read timeout", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("cut response", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("cut JSON", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("408", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("500", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("502", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("503", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("504", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("500 of a gateway", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 5, "DELETE": 5}),
    ("500 with a message", {"GET": 5, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("in progress", {"GET": 12, "POST": 1, "PATCH": 1, "PUT": 12, "DELETE": 12}),
    ("in progress, 400", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("400", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("403", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("404", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
    ("405", {"GET": 1, "POST": 1, "PATCH": 1, "PUT": 1, "DELETE": 1}),
]
LOST = ("response lost", "read timeout", "cut response", "cut JSON", "502", "503", "504", "500 of a gateway")


@pytest.mark.parametrize(
    ("cause", "method", "times"),
    [(cause, method, times) for cause, by_method in TIMES for method, times in by_method.items()],
)
def test_how_often_a_request_is_sent(
    api: Scripted, client: Client, clock: Clock, cause: str, method: str, times: int
) -> None:
    reads_between = method in ("PUT", "DELETE") and cause in LOST
    for number in range(times):
        expects(api, method, **CAUSES[cause])
        if reads_between and number < times - 1:
            api.expects("GET", PATH, {"id": "a1"})  # it is still there, so the work was not done
    with pytest.raises(ClcError) as error:
        send(client, method)
    assert len(clock.pauses) == times - 1
    assert isinstance(error.value, ResponseLost) == (cause in LOST and (method != "GET" or not cause.startswith("50")))


@pytest.mark.parametrize("cause", ["502", "cut JSON", "read timeout"])
def test_a_repeated_delete_that_finds_nothing_is_done(api: Scripted, client: Client, cause: str) -> None:
    expects(api, "DELETE", **CAUSES[cause])
    api.expects("GET", PATH, {"id": "a1"})  # the work is done right after this read
    expects(api, "DELETE", b"", 404)
    assert client.delete(PATH).status == 204


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_success_whose_body_is_broken_is_accepted(api: Scripted, client: Client, method: str) -> None:
    expects(api, method, **CAUSES["cut JSON"])
    with pytest.raises(ResponseLost, match="accepted the request") as error:
        send(client, method)
    assert error.value.details["accepted"] is True


@pytest.mark.parametrize("method", METHODS)
def test_a_second_try_that_succeeds_returns_its_response(api: Scripted, client: Client, method: str) -> None:
    expects(api, method, b"", 429)
    expects(api, method, raises=CONNECTION_REFUSED)
    expects(api, method, {"id": "a1"}, 202)
    assert send(client, method).status == 202


def test_pauses_double_with_jitter_up_to_a_cap(api: Scripted, client: Client, clock: Clock) -> None:
    expects(api, "GET", IN_PROGRESS, 500, times=12)
    with pytest.raises(ServerError):
        client.get(PATH)
    bounds = [min(0.5 * 2**number, 20.0) for number in range(11)]
    assert [bound / 2 <= pause <= bound for pause, bound in zip(clock.pauses, bounds, strict=True)] == [True] * 11
    assert (
        len({pause / bound for pause, bound in zip(clock.pauses, bounds, strict=True)}) > 5
    )  # not in step with others


@pytest.mark.parametrize(("header", "pause"), [("7", 7.0), ("0", 0.0), ("100000", 120.0)])
def test_retry_after_is_honoured_within_reason(
    api: Scripted, client: Client, clock: Clock, header: str, pause: float
) -> None:
    expects(api, "POST", b"", 429, headers={"Retry-After": header})
    expects(api, "POST", {}, 201)
    client.post(PATH, {"name": "x"})
    assert clock.pauses == [pause]


def test_no_pause_crosses_the_deadline(api: Scripted, client: Client, clock: Clock) -> None:
    client.deadline = clock.now + 10.0
    expects(api, "GET", b"", 429, headers={"Retry-After": "6"})
    expects(api, "GET", b"", 429, headers={"Retry-After": "6"})
    with pytest.raises(TooManyRequests):
        client.get(PATH)
    assert clock.pauses == [6.0]


def test_a_read_without_repeats_is_sent_once(api: Scripted, client: Client) -> None:
    expects(api, "GET", b"", 503)
    with pytest.raises(ServerError):
        client.get(PATH, repeat=False)


# After a lost response


def test_a_delete_with_a_lost_response_is_done_if_the_resource_is_gone(api: Scripted, client: Client) -> None:
    expects(api, "DELETE", **CAUSES["response lost"])
    api.expects("GET", PATH, b"", 404)
    assert (client.delete(PATH).status, client.delete.__name__) == (204, "delete")


def test_a_delete_with_a_lost_response_is_done_if_the_resource_is_being_deleted(api: Scripted, client: Client) -> None:
    expects(api, "DELETE", **CAUSES["response lost"])
    api.expects("GET", PATH, {"status": "queuedForDelete"})
    response = client.delete(PATH, is_deleted=lambda body: body["status"] == "queuedForDelete")
    assert (response.status, response.body) == (204, None)


def test_a_delete_is_sent_again_if_the_resource_is_not_being_deleted(api: Scripted, client: Client) -> None:
    expects(api, "DELETE", **CAUSES["response lost"])
    api.expects("GET", PATH, {"status": "active"})
    expects(api, "DELETE", queued("a", "va1-1"), 202)
    assert client.delete(PATH, is_deleted=lambda body: body["status"] == "queuedForDelete").status == 202


def test_a_put_with_a_lost_response_is_sent_again_after_a_read(api: Scripted, client: Client) -> None:
    expects(api, "PUT", **CAUSES["response lost"])
    api.expects("GET", "/v2/probe", {"id": "a1"})
    expects(api, "PUT", b"", 204)
    assert client.put(PATH, {"name": "x"}, verify_path="/v2/probe").status == 204


def test_a_put_to_a_resource_that_is_gone_is_not_sent_again(api: Scripted, client: Client) -> None:
    expects(api, "PUT", **CAUSES["response lost"])
    api.expects("GET", PATH, b"", 404)
    with pytest.raises(NotFound):
        client.put(PATH, {"name": "x"})


def test_a_delete_that_was_not_sent_is_not_looked_for(api: Scripted, client: Client) -> None:
    expects(api, "DELETE", raises=CONNECTION_REFUSED)
    expects(api, "DELETE", b"", 404)
    with pytest.raises(NotFound):
        client.delete(PATH)


# Kinds of transport errors


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (CONNECTION_REFUSED, ConnectionFailed),
        (requests.exceptions.ConnectTimeout(), ConnectionFailed),
        (requests.exceptions.ProxyError(), ConnectionFailed),
        (requests.exceptions.SSLError(), ConnectionFailed),
        (requests.exceptions.ReadTimeout(), ResponseLost),
        (requests.exceptions.ConnectionError("Connection aborted."), ResponseLost),
        (requests.exceptions.ChunkedEncodingError(), ResponseLost),
        (requests.exceptions.ContentDecodingError(), ResponseLost),
        (requests.exceptions.InvalidHeader(f"Bearer {TOKEN}\n"), InvalidTaskError),
        (requests.exceptions.InvalidURL("x"), InvalidTaskError),
    ],
)
def test_transport_errors_state_whether_anything_was_sent(
    api: Scripted, client: Client, raised: Exception, kind: type[ClcError]
) -> None:
    expects(api, "POST", raises=raised)
    client.deadline = 0.0
    with pytest.raises(kind) as error:
        client.post(PATH, {"name": "x"})
    assert error.value.__class__ is kind
    assert TOKEN not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize(
    ("service", "named"), [("api", "api_url (or CLC_V2_API_URL)"), ("lbaas", "lbaas_url (or CLC_LBAAS_URL)")]
)
def test_a_service_that_cannot_be_reached_is_named_by_its_option(service: str, named: str) -> None:
    error = transport_error(CONNECTION_REFUSED, "https://clc.example.com", 1.0, service)
    assert error.help_text == f"Check {named} and the network."


# Renewal of a token that ran out


def renewing(renew: t.Callable[[Identity], Identity] | None) -> Client:
    client = Client(Endpoints.make({}), user_agent="test", renew=renew)
    client.identity = Identity("OLD", "ALTD", "VA1")
    return client


def test_a_stale_token_is_renewed_and_the_request_sent_again(api: Scripted) -> None:
    client = renewing(lambda stale: Identity("NEW", "OTHER", "XX1"))
    expects(api, "POST", b"", 401, token="OLD")
    expects(api, "POST", {"id": "a1"}, 201, token="NEW")
    expects(api, "POST", {"id": "a2"}, 201, token="NEW")
    assert client.post(PATH, {"name": "x"}).status == 201
    assert client.post(PATH, {"name": "x"}).status == 201
    assert client.identity == Identity("NEW", "ALTD", "VA1")  # only the token is new


def test_a_fresh_token_that_is_refused_too_is_an_error(api: Scripted) -> None:
    client = renewing(lambda stale: Identity("NEW", "ALTD"))
    expects(api, "GET", b"", 401, token="OLD")
    expects(api, "GET", b"", 401, token="NEW")
    with pytest.raises(Unauthorized):
        client.get(PATH)


@pytest.mark.parametrize("renew", [None, lambda stale: stale])
def test_without_a_fresh_token_401_is_an_error(api: Scripted, renew: t.Any) -> None:
    client = renewing(renew)
    expects(api, "GET", b"", 401, token="OLD")
    with pytest.raises(Unauthorized):
        client.get(PATH)


def token(**claims: t.Any) -> str:
    """A token that carries these claims, in the form of those of the service."""
    parts = [json.dumps(part).encode() for part in ({"typ": "JWT", "alg": "HS256"}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "c2lnbmF0dXJl"])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (token(exp=1_451_606_400), "the token expired at 2016-01-01T00:00:00Z"),
        (token(exp=32_503_680_000), "the service does not accept the token"),
        (token(sub="other.user"), "the service does not accept the token"),
        (token(exp="never"), "the service does not accept the token"),
        (token(exp=1e300), "the service does not accept the token"),
        ("a.b.c", "the service does not accept the token"),
        ("abcdefgh", "the service does not accept the token"),
    ],
)
def test_a_rejected_token_says_whether_it_has_expired(api: Scripted, given: str, reason: str) -> None:
    client = renewing(None)
    client.identity = Identity(given, "ALTD")
    expects(api, "GET", b"", 401, token=given)
    with pytest.raises(Unauthorized) as error:
        client.get(PATH)
    assert error.value.cause == f"{reason} (HTTP 401 to GET {PATH})"
    help_text = "Log in again, or set username and password instead of token."
    assert error.value.help_text.endswith(help_text)
    assert ("whole bearerToken" in error.value.help_text) == reason.startswith("the service")
    assert given not in str(error.value)


def test_a_token_that_was_accepted_before_is_no_longer_valid(api: Scripted) -> None:
    client = renewing(None)
    expects(api, "GET", {}, 200, token="OLD")
    expects(api, "GET", {"message": "Sorry."}, 401, token="OLD")
    client.get(PATH)
    with pytest.raises(Unauthorized, match="Sorry: the token is no longer valid"):
        client.get(PATH)


def test_many_threads_that_meet_401_renew_once(api: Scripted) -> None:
    together, asked = threading.Barrier(8), []

    def renew(stale: Identity) -> Identity:
        asked.append(stale.token)
        return Identity("NEW", "ALTD")

    client = renewing(renew)
    once = client._send

    def in_step(call: t.Any, identity: t.Any) -> t.Any:
        response = once(call, identity)
        if response.status_code == 401:
            together.wait(5)  # all eight have their 401 before any of them renews
        return response

    client._send = in_step  # type: ignore[method-assign]
    with api.in_any_order():
        for token, status in (("OLD", 401), ("NEW", 200)):
            expects(api, "GET", {}, status, token=token, times=8)
    with ThreadPoolExecutor(8) as pool:
        statuses = [response.status for response in pool.map(lambda _number: client.get(PATH), range(8))]
    assert (statuses, asked) == ([200] * 8, ["OLD"])


def test_a_refused_renewal_is_not_tried_again_by_other_threads(api: Scripted) -> None:
    """Three wrong tries lock a user, and eight threads meet the same 401."""
    asked = []

    def renew(stale: Identity) -> Identity:
        asked.append(stale.token)
        raise LoginError("the password was changed", action="log in")

    client = renewing(renew)
    with api.in_any_order():
        expects(api, "GET", b"", 401, token="OLD", times=8)

    def outcome(_number: int) -> str:
        try:
            return str(client.get(PATH).status)
        except LoginError as error:
            return error.cause

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(outcome, range(8)))
    assert (outcomes, asked) == (["the password was changed"] * 8, ["OLD"])


def test_requests_at_the_same_time_have_a_session_each(api: Scripted, client: Client) -> None:
    together = threading.Barrier(3)
    lent: list[requests.Session] = []
    take = client._connections._take

    def spy() -> requests.Session:
        lent.append(take())
        together.wait(5)
        return lent[-1]

    client._connections._take = spy  # type: ignore[method-assign]
    with api.in_any_order():
        expects(api, "GET", {}, times=3)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _number: client.get(PATH), range(3)))
    assert len(set(map(id, lent))) == 3


# Links


def test_a_link_is_followed_on_the_service_that_returned_it(api: Scripted, client: Client) -> None:
    data_center = recorded("clc-knife/GET-v2-datacenters-alias-dc-groupLinks-true.200")
    api.expects("GET", "/v2/groups/altd/5ffda89a8ce6444baa8d28b9d1581e6d?serverDetail=detailed", {"id": "a1"})
    response = client.follow(data_center, "group", params={"serverDetail": "detailed"})
    assert response is not None
    assert response.body == {"id": "a1"}
    assert client.follow(data_center, "no such rel") is None


def test_a_link_to_what_has_just_gone_leads_nowhere(api: Scripted, client: Client) -> None:
    api.expects("GET", "/v2/servers/altd/a", b"", 404)
    assert client.follow({"links": [{"rel": "server", "href": "/v2/servers/altd/a"}]}, "server") is None


def test_a_link_to_a_foreign_host_is_not_followed(api: Scripted, client: Client) -> None:
    with pytest.raises(InvalidTaskError, match=r"evil\.example"):
        client.follow({"links": [{"rel": "x", "href": "https://evil.example/v2"}]}, "x")
    assert api.made == []


def test_the_stand_in_for_the_service_is_strict(api: Scripted, client: Client) -> None:
    """A test of the tests: an unexpected call fails the test, even where an error would be tried again."""
    with pytest.raises(AssertionError, match="unexpected GET"):
        client.get(PATH)
    with pytest.raises(AssertionError, match="unexpected GET"):
        api.done()
    api._registry.unexpected.clear()
    api.expects("GET", PATH, {})
    with pytest.raises(AssertionError, match="expected and not made"):
        api.done()
    assert isinstance(api._mock, responses.RequestsMock)
    client.get(PATH)


# Text

ANY = {"Accept": "*/*"}


def test_a_report_comes_back_as_text_whatever_its_body_looks_like(api: Scripted, client: Client) -> None:
    for report in ("a,b\r\n1,2\r\n", "", "[1"):
        api.expects("GET", PATH, report.encode(), carries=ANY)
        assert client.get_text(PATH) == report


def test_a_refused_report_is_the_same_error_as_any(api: Scripted, client: Client) -> None:
    api.expects("GET", PATH, {"message": "no such report"}, 404, carries=ANY)
    with pytest.raises(NotFound, match="No such report"):
        client.get_text(PATH)


@pytest.mark.parametrize(
    ("kind", "content"),
    [("text/plain", "Zürich".encode()), ("text/plain; charset=ISO-8859-1", "Zürich".encode("latin-1"))],
)
def test_text_is_utf_8_unless_it_says_otherwise(api: Scripted, client: Client, kind: str, content: bytes) -> None:
    api.expects("GET", PATH, content, carries=ANY)
    response = api._registry.registered[0]
    response.content_type = kind
    assert client.get_text(PATH) == "Zürich"


def test_a_post_can_return_text_and_headers(api: Scripted, client: Client) -> None:
    api.expects("POST", PATH, "#!/bin/sh", body={"a": 1}, base=BACKUP, carries=ANY, headers={"x-filename": "a.sh"})
    response = client.post(PATH, {"a": 1}, service="backup", as_text=True)
    assert (response.body, response.headers["x-filename"]) == ("#!/bin/sh", "a.sh")


def test_the_backup_service_learns_the_account_from_a_header(api: Scripted, client: Client) -> None:
    api.expects("GET", PATH, [], base=BACKUP)
    assert client.get(PATH, service="backup").body == []


def test_errors_of_the_backup_service_are_the_same_errors(api: Scripted, client: Client) -> None:
    body = {"error": "The request is invalid.", "validationMessages": ["paths: /boot overlaps /."]}
    api.expects("POST", PATH, body, 400, body={}, base=BACKUP)
    with pytest.raises(BadRequest, match=r"The request is invalid\.: paths: /boot overlaps /"):
        client.post(PATH, {}, service="backup")


def test_a_busy_post_is_sent_again_once_its_work_was_looked_for(api: Scripted, client: Client, clock: Clock) -> None:
    looked: list[float] = []

    def found() -> None:
        looked.append(clock.passed)

    for status, reply in ((500, IN_PROGRESS), (500, IN_PROGRESS), (200, {"id": "a1"})):
        expects(api, "POST", reply, status)
    assert client.post(PATH, {"name": "x"}, find_created=found).body == {"id": "a1"}
    assert looked == [sum(clock.pauses[:1]), sum(clock.pauses)]


def test_a_busy_post_whose_work_is_there_is_not_sent_again(api: Scripted, client: Client) -> None:
    expects(api, "POST", IN_PROGRESS, 500)
    there = ApiResponse(200, {"id": "a1"})
    assert client.post(PATH, {"name": "x"}, find_created=lambda: there) is there


@pytest.mark.parametrize("looks", [True, False])
def test_no_other_failure_of_a_post_is_tried_again(api: Scripted, client: Client, looks: bool) -> None:
    reply = {"message": "An error has occurred."} if looks else IN_PROGRESS
    expects(api, "POST", reply, 500)
    with pytest.raises(ServerError):
        client.post(PATH, {"name": "x"}, find_created=(lambda: None) if looks else None)


def test_without_requests_the_error_says_what_to_install(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(InvalidTaskError, match=r"requests is missing\. Install it"):
        client.get("/v2/datacenters/altd")
