# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scripted HTTP: every expected call has a method, address, query, headers and body, and has its reply.

It stands on `responses`. What that library leaves open is closed here: a call that nothing expects fails the test where it is
made (an error of the transport would only be tried again), the query and the absence of a body are always compared, and
calls that go through a pool may come in any order within their stage while stages keep theirs.
"""

from __future__ import annotations

import contextlib
import json
import typing as t
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import requests
import responses
from responses.registries import FirstMatchRegistry

from .made import ALIAS

BASE = "https://api.ctl.io"
BACKUP = "https://api.backup.ctl.io"  # its calls carry the account in a header
TOKEN = "TOKEN-0f1e2d3c"  # a made-up one, to be looked for in every output
NO_BODY: t.Any = object()
ANY_BODY: t.Any = object()
JSON_HEADERS = {"Accept": "application/json", "Content-Type": "application/json"}


class StagedRegistry(FirstMatchRegistry):
    """Stages of calls: one stage after the other, the calls of one stage in any order, each of them once."""

    def __init__(self) -> None:
        super().__init__()
        self.stages: list[list[responses.BaseResponse]] = []
        self.unexpected: list[str] = []
        self.requests: list[requests.PreparedRequest] = []
        self._open = False

    @property
    def registered(self) -> list[responses.BaseResponse]:
        return [call for stage in self.stages for call in stage]

    def reset(self) -> None:
        self.stages = []

    @contextlib.contextmanager
    def stage(self) -> t.Iterator[None]:
        """Take the calls that are added meanwhile into one stage."""
        self.stages.append([])
        self._open = True
        yield
        self._open = False

    def add(self, response: responses.BaseResponse) -> responses.BaseResponse:
        if self._open:
            self.stages[-1].append(response)
        else:
            self.stages.append([response])
        return response

    def find(self, request: requests.PreparedRequest) -> tuple[responses.BaseResponse | None, list[str]]:
        self.stages = [stage for stage in self.stages if stage]
        reasons = []
        for call in self.stages[0] if self.stages else []:
            matches, reason = call.matches(request)
            if matches:
                self.requests.append(request)
                # By identity: to `responses` two calls of one method and address are equal.
                self.stages[0] = [expected for expected in self.stages[0] if expected is not call]
                return call, []
            reasons.append(f"  not {call.method} {call.url}: {reason}")
        body = request.body.decode() if isinstance(request.body, bytes) else request.body
        error = "\n".join([f"unexpected {request.method} {request.url} with body {body}", *reasons])
        self.unexpected.append(error)
        raise AssertionError(error)


Sent = tuple[str, str, t.Any, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Expected:
    """What is expected at a certain time, and the requests before it."""

    stages: list[list[responses.BaseResponse]]
    earlier: list[requests.PreparedRequest]

    @property
    def number(self) -> int:
        return len(self.earlier)


def _sent_parts(request: requests.PreparedRequest) -> Sent:
    # The action plugin logs in for the run, not for a module.
    left_out = ("User-Agent",) if str(request.url).endswith("/login") else ()
    headers = sorted((key, str(value)) for key, value in request.headers.items() if key not in left_out)
    return str(request.method), str(request.url), request.body, tuple(headers)


class Scripted:
    """The calls that a test expects, in their order."""

    def __init__(self, mock: responses.RequestsMock, registry: StagedRegistry) -> None:
        self._mock, self._registry = mock, registry

    def expects(
        self,
        method: str,
        path: str,
        reply: t.Any = NO_BODY,
        status: int = 200,
        *,
        body: t.Any = NO_BODY,
        token: str | None = TOKEN,
        base: str = BASE,
        raises: Exception | None = None,
        headers: t.Mapping[str, str] | None = None,
        carries: t.Mapping[str, str] | None = None,
        times: int = 1,
    ) -> Scripted:
        """Expect a call. reply: JSON, or text or bytes as they are; raises: an error of the transport in its place.

        token None says that the call must not carry one. carries: headers that the call adds or replaces.
        """
        address = f"{base}{path}"
        content: t.Any = raises if raises is not None else _wire(reply)
        for _time in range(times):
            self._mock.add(
                responses.Response(
                    method,
                    address.partition("?")[0],
                    body=content,
                    status=status,
                    headers=dict(headers or {}),
                    content_type="application/json; charset=utf-8" if reply is not NO_BODY else None,
                    match=[_query(urlsplit(address).query), _headers(token, base, carries or {}), _sent(body)],
                )
            )
        return self

    def in_any_order(self) -> contextlib.AbstractContextManager[None]:
        """Within this block, expect calls that may come in any order."""
        return self._registry.stage()

    @property
    def made(self) -> list[tuple[str, str]]:
        """The calls made so far: method and path with query."""
        return [(str(request.method), str(request.path_url)) for request in self._registry.requests]

    def bodies(self, method: str) -> list[t.Any]:
        """The JSON bodies of the calls with this method."""
        return [json.loads(request.body or "null") for request in self._registry.requests if request.method == method]

    def agents(self) -> set[str]:
        """The User-Agent headers of the calls made so far."""
        return {str(request.headers["User-Agent"]) for request in self._registry.requests}

    @contextlib.contextmanager
    def again(self, expected: Expected) -> t.Iterator[None]:
        """Play what was expected once more, for another way to do the same, which has to send the same requests.

        It leaves no trace in `made` and `bodies`.
        """
        first = self._registry.requests[expected.number :]
        self._registry.stages, self._registry.requests = [list(stage) for stage in expected.stages], []
        yield
        sent = [_sent_parts(request) for request in first]
        second = [_sent_parts(request) for request in self._registry.requests]
        self._registry.requests = [*expected.earlier, *first]
        self.done()
        assert sorted(second, key=repr) == sorted(sent, key=repr), "the other way sent something else"

    def expected(self) -> Expected:
        """Return what is expected now, to play it again."""
        return Expected([list(stage) for stage in self._registry.stages], list(self._registry.requests))

    def done(self) -> None:
        """Fail where a call was not expected, or an expected one was not made."""
        assert not self._registry.unexpected, "\n".join(self._registry.unexpected)
        left = [f"{call.method} {call.url}" for call in self._registry.registered]
        assert not left, f"these calls were expected and not made: {left}"


@contextlib.contextmanager
def scripted() -> t.Iterator[Scripted]:
    """Play the service for the block; at its end every expected call has been made, and no other."""
    registry = StagedRegistry()

    # What the mock calls for a registry of its own gives it this one.
    make = t.cast(type[StagedRegistry], lambda: registry)
    with responses.RequestsMock(assert_all_requests_are_fired=False, registry=make) as mock:
        api = Scripted(mock, registry)
        yield api
    api.done()


def _wire(reply: t.Any) -> str | bytes:
    if reply is NO_BODY:
        return b""
    return reply if isinstance(reply, (str, bytes)) else json.dumps(reply)


Matcher = t.Callable[[requests.PreparedRequest], tuple[bool, str]]


def _query(expected: str) -> Matcher:
    def match(request: requests.PreparedRequest) -> tuple[bool, str]:
        found = urlsplit(str(request.url)).query
        return parse_qsl(found) == parse_qsl(expected), f"query {found!r} is not {expected!r}"

    return match


def _headers(token: str | None, base: str, more: t.Mapping[str, str]) -> Matcher:
    bearer = f"Bearer {token}" if token else None
    account = ALIAS if base == BACKUP else None
    expected = {**JSON_HEADERS, "CLC-ALIAS": account, "Bulk-Operation": None, "Authorization": bearer, **more}

    def match(request: requests.PreparedRequest) -> tuple[bool, str]:
        found = {name: request.headers.get(name) for name in expected}
        return found == expected, f"headers {found} are not {expected}"

    return match


def _sent(expected: t.Any) -> Matcher:
    def match(request: requests.PreparedRequest) -> tuple[bool, str]:
        if expected is ANY_BODY:
            return True, ""
        if expected is NO_BODY:
            return not request.body, f"there is a body: {request.body!r}"
        found = json.loads(request.body) if request.body else None
        return found == expected, f"body {found} is not {expected}"

    return match
