# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of responses: every shape of error that the service is known to send, queue arrays, Retry-After; and links."""

from __future__ import annotations

import datetime
import email.utils
import json
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api import errors, links
from ansible_collections.centurylink.cloud.plugins.module_utils.api.responses import (
    UnreadableBody,
    failure,
    is_queue_array,
    name_options,
    parse,
    retry_after,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import documented, queued, recorded

LOGIN_MESSAGE = "We didn't recognize the username or password you entered. Please try again."
HTML = "the response is an HTML page titled '502 Bad\\nGateway'"
BODIES: list[tuple[str, t.Any, str, dict[str, t.Any], str]] = [
    # what, body, message kept as data, model state kept as data, words of the text
    ("message", {"message": LOGIN_MESSAGE}, LOGIN_MESSAGE, {}, LOGIN_MESSAGE.rstrip(".")),
    ("other case", {"Message": "An error"}, "An error", {}, "An error"),
    (
        "model state",
        {"message": "The request is invalid.", "modelState": {"body.cpu": ["is too high", "is odd"]}},
        "The request is invalid.",
        {"body.cpu": ["is too high", "is odd"]},
        "cpu: is too high is odd",
    ),
    (
        "model state without a name",
        {"message": "The request is invalid.", "modelState": {"": ["The server must be in Active or Archived state."]}},
        "The request is invalid.",
        {"": ["The server must be in Active or Archived state."]},
        "request: The server must be in Active or Archived state.",
    ),
    (
        "model state of a text",
        {"modelState": {"body.name": "is taken"}},
        "",
        {"body.name": "is taken"},
        "name: is taken",
    ),
    (
        "load balancer device",
        {
            "message": "An error has occurred.",
            "exceptionMessage": "Operation already in progress",
            "stackTrace": "at X",
        },
        "An error has occurred.: Operation already in progress",
        {},
        "Operation already in progress",
    ),
    (
        "backup service",
        {"error": "Bad policy", "validationMessages": ["name is empty", "paths are empty"]},
        "Bad policy: name is empty: paths are empty",
        {},
        "paths are empty",
    ),
    ("backup service, plain", {"error": "Bad policy", "validationMessages": None}, "Bad policy", {}, "Bad policy"),
    ("bare string", "No such thing", "No such thing", {}, "No such thing"),
    ("list", [{"message": "One"}, "Two", {"error": "Three"}], "One; Two; Three", {}, "One; Two; Three"),
    ("null", None, "", {}, "the service gave no reason"),
    ("empty object", {}, "", {}, "the service gave no reason"),
    ("null message", {"message": None, "modelState": None}, "", {}, "the service gave no reason"),
    ("HTML", b"<html><head><title> 502 Bad\nGateway </title>", HTML, {}, HTML),
    (
        "HTML without a title",
        b"<!DOCTYPE html><p>x",
        "the response is an HTML page",
        {},
        "the response is an HTML page",
    ),
    ("plain text", b"upstream is gone", "upstream is gone", {}, "upstream is gone"),
    ("empty", b"", "", {}, "the service gave no reason"),
    ("no UTF-8", b"\xff\xfe", "\ufffd\ufffd", {}, "\ufffd"),
]


@pytest.mark.parametrize(("what", "body", "message", "state", "cause"), BODIES, ids=[case[0] for case in BODIES])
def test_every_error_body_is_understood(
    what: str, body: t.Any, message: str, state: dict[str, t.Any], cause: str
) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = failure(400, content, "POST", "/v2/servers/ALTD?x=secret-query")
    assert error.__class__ is errors.BadRequest
    assert error.details["model_state"] == error.model_state == state
    assert error.details["message"] == error.message == message
    assert cause in error.cause
    assert "HTTP 400 to POST /v2/servers/ALTD" in str(error)
    assert "secret-query" not in str(error)


def test_a_long_plain_body_is_cut() -> None:
    assert len(failure(500, b"x" * 100_000, "GET", "/v2").message) == 500


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (408, errors.ServerError),
        (429, errors.TooManyRequests),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServerError),
        (504, errors.ServerError),
        (302, errors.HttpStatusError),
        (405, errors.HttpStatusError),
        (409, errors.HttpStatusError),
    ],
)
def test_each_status_code_has_its_type(status: int, kind: type[errors.HttpStatusError]) -> None:
    error = failure(status, b"", "GET", "/v2")
    assert error.__class__ is kind
    assert error.status == error.details["status_code"] == status


@pytest.mark.parametrize(
    ("status", "help_text"),
    [
        (401, "Log in again"),
        (403, "roles allow it"),
        (404, "It does not exist (HTTP 404 to GET /v2)"),
        (500, "Run the task again later; if it fails again, check the values of its options."),
    ],
)
def test_the_help_text_depends_on_the_status(status: int, help_text: str) -> None:
    assert help_text in str(failure(status, b"", "GET", "/v2"))


@pytest.mark.parametrize(("content", "body"), [(b"", None), (b" \r\n", None), (b"[]", []), (b'{"a": 1}', {"a": 1})])
def test_a_success_body_is_parsed(content: bytes, body: t.Any) -> None:
    assert parse(content) == body


@pytest.mark.parametrize("content", [b'{"a": ', b"<html>", b"OK", b"\xff"])
def test_a_body_that_is_not_json_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableBody):
        parse(content)


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        (recorded("clc-puppet/POST-v2-operations-alias-servers-powerOn.200"), True),
        (documented("POST-api-ctl-io-v2-operations-accountAlias-servers-archive"), True),
        ([{"server": "a", "isQueued": False}], True),
        (queued("a", "va1-1"), False),
        ([], False),
        ([{"message": "no"}], False),
        ([{"isQueued": True}, "no"], False),
        (None, False),
    ],
)
def test_a_queue_array_is_recognised(body: t.Any, is_one: bool) -> None:
    assert is_queue_array(body) is is_one


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3.0), ("0", 0.0), ("2.5", 2.5), ("-4", 0.0), ("soon", None), ("", None), (None, None)],
)
def test_retry_after_in_seconds(header: str | None, seconds: float | None) -> None:
    assert retry_after(header) == seconds


@pytest.mark.parametrize(("ahead", "least", "most"), [(90, 85, 90), (-90, 0, 0)])
def test_retry_after_as_a_date(ahead: int, least: float, most: float) -> None:
    timestamp = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=ahead)
    found = retry_after(email.utils.format_datetime(timestamp, usegmt=True))
    assert found is not None
    assert least <= found <= most


LINKS: list[tuple[dict[str, t.Any], str | None]] = [
    ({"href": "/v2/groups/altd/a1", "id": "b2"}, "b2"),
    ({"href": "", "resourceId": "c3"}, "c3"),
    ({"href": "/v2/servers/altd/va1altdx01/snapshots/4"}, "4"),
    ({"href": "/v2/servers/altd/a1/?uuid=True"}, "a1"),
    ({"href": "", "id": ""}, None),
    ({}, None),
]


@pytest.mark.parametrize(("link", "found"), LINKS)
def test_the_id_of_a_link(link: dict[str, t.Any], found: str | None) -> None:
    assert links.id_of(link) == found


def test_links_are_found_by_relation() -> None:
    entity = {
        "links": [
            {"rel": "server", "href": "/1"},
            {"rel": "self", "href": "/me"},
            {"red": "server", "href": "/2"},  # so spelt in samples of the documentation
            {"rel": "Server", "href": "/3"},
            {"rel": "empty", "href": ""},
            "no link at all",
        ]
    }
    assert [link["href"] for link in links.all_of(entity, "server")] == ["/1", "/2", "/3"]
    assert links.href_of(entity, "self") == "/me"
    assert links.href_of(entity, "empty") is None
    assert links.href_of(entity, "missing") is None
    assert links.first_of(entity, "missing") is None


@pytest.mark.parametrize("entity", [None, [], "text", {}, {"links": None}])
def test_what_has_no_links_has_none(entity: t.Any) -> None:
    assert links.all_of(entity, "self") == []
    assert links.id_of(None) is None


def test_an_error_has_four_parts() -> None:
    with pytest.raises(errors.ClcError) as caught, errors.error_context("read", "the group"):
        raise errors.ClcError("it is gone", help_text="Look elsewhere.")
    assert str(caught.value) == "Cannot read the group: it is gone. Look elsewhere."
    with pytest.raises(errors.ClcError) as caught, errors.error_context("read", "the group"):
        raise errors.ClcError("it is gone", action="find", target="it")
    assert str(caught.value) == "Cannot find it: it is gone."
    assert str(errors.ClcError("it is gone")) == "It is gone."


@pytest.mark.parametrize(
    ("state", "options", "named"),
    [
        ({"body.sourceServerId": ["is unknown"]}, "template: is unknown;", ["template"]),
        ({"body.SOURCESERVERID": ["is unknown"]}, "template: is unknown;", ["template"]),
        ({"body.additionalDisks[1].sizeGB": ["is odd"]}, "disks[1].sizeGB: is odd;", ["disks[1].sizeGB"]),
        ({"body.local.locationAlias": ["is odd"]}, "data_center: is odd;", ["data_center"]),
        ({"body.cpu": ["is too high"], "body.other": ["is odd"]}, "cpu: is too high; other: is odd;", ["cpu"]),
    ],
)
def test_an_error_names_options_in_place_of_properties(state: dict[str, t.Any], options: str, named: list[str]) -> None:
    names = {
        "sourceServerId": "template",
        "additionalDisks": "disks",
        "local.locationAlias": "data_center",
        "cpu": "cpu",
    }
    error = failure(400, json.dumps({"message": "Invalid.", "modelState": state}).encode(), "POST", "/v2")
    assert name_options(error, names) == named
    assert error.cause == f"Invalid ({options} HTTP 400 to POST /v2)"
