# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One HTTP client for every service of CenturyLink Cloud: login, headers, timeouts, retries, typed errors.

Facts (docs/wire-notes.md, sections 1 and 5, and the vendor's API overview): success is 200, 201, 202 or 204; wrong
credentials give 400; an expired token gives 401; a token is valid for up to two weeks.

Private to the collection: names and shapes may change in any release. Nothing here knows Ansible.
"""

from __future__ import annotations

import copy
import random
import threading
import time
import typing as t
from dataclasses import replace
from urllib.parse import urlsplit

from . import links, paths, placeholders, tokens
from .calls import Call, is_busy, is_retryable, parse_response
from .connections import Connections, import_error
from .endpoints import Endpoints, is_loopback
from .errors import (
    UNREADABLE,
    BadRequest,
    ClcError,
    HttpStatusError,
    InvalidTaskError,
    LoginError,
    NotFound,
    PredictedNotFound,
    ResponseLost,
    Unauthorized,
)
from .identity import Exchange, Identity, validate_token
from .reads import ReadCache
from .responses import ApiResponse
from .transport import transport_error

if t.TYPE_CHECKING:
    import requests

VERSION = "0.1.0"

_CONNECT_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE, _LONGEST_RETRY_AFTER = 0.5, 20.0, 120.0
# No path of the backup service names the account; it is that of the token, unless this header says another (clc-go-cli).
_ACCOUNT_HEADERS = {"backup": "CLC-ALIAS"}


class Client:
    """Speaks to all services with one identity. Threads may share it.

    connections: open ones to go on with; by default it opens its own.
    renew: called with the identity whose token got a 401, at most once for each token; returns a new identity.
    observe: called after each exchange.
    deadline: value of time.monotonic() by which the last retry has to be sent; None for no limit. reads: keeps responses for as
    long as many resources look at the same state of the service; None to read anew each time.
    """

    def __init__(
        self,
        addresses: Endpoints,
        *,
        user_agent: str,
        verify: bool | str = True,
        timeout: float = 60.0,
        renew: t.Callable[[Identity], Identity] | None = None,
        observe: t.Callable[[Exchange], None] | None = None,
        connections: Connections | None = None,
    ) -> None:
        self.endpoints = addresses
        self.identity: Identity | None = None
        self.deadline: float | None = None
        self.reads: ReadCache | None = None
        self._headers = {
            "User-Agent": f"centurylink.cloud/{VERSION} ({user_agent})",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        self._verify, self._timeout, self._renew, self._observe = verify, timeout, renew, observe
        self._connections, self._renewal = connections or Connections(), threading.Lock()
        self._renewal_failed: ClcError | None = None
        self._accepted_token: str | None = None

    # Who speaks

    @property
    def account(self) -> str:
        """Alias of the account that is managed."""
        return self._identified().account_alias

    def login(self, username: str, password: str) -> Identity:
        """Trade user name and password for an identity. A refused pair raises LoginError and must not be tried again."""
        call = Call("POST", paths.LOGIN(), json={"username": username, "password": password}, login=True)
        try:
            body = self._send_with_retries(call, anonymous=True).body
        except BadRequest as error:
            raise LoginError(
                error.message.rstrip(".") or "the service did not accept user name and password",
                action="log in",
                target=f"as '{username}'",
                help_text="Check username and password before the next try: three wrong ones lock the user.",
                status_code=error.status,
            ) from error
        except ClcError as error:
            error.action, error.target = "log in", f"at {self.endpoints.of('api')}"
            raise
        if not isinstance(body, dict) or not body.get("bearerToken") or not body.get("accountAlias"):
            raise HttpStatusError(
                "the response contains no token, so this is not a CenturyLink Cloud API",
                status=200,
                action="log in",
                target=f"at {self.endpoints.of('api')}",
                help_text="Check api_url.",
            )
        return Identity(
            validate_token(str(body["bearerToken"])),
            str(body["accountAlias"]),
            body.get("locationAlias"),
            body.get("userName"),
            tuple(body.get("roles") or ()),
        )

    def _identified(self) -> Identity:
        if self.identity is None:
            raise InvalidTaskError(
                "neither a token nor username and password are set",
                action="log in",
                help_text="Set username and password (or CLC_V2_API_USERNAME and CLC_V2_API_PASSWD), or token and account_alias.",
            )
        return self.identity

    def _renewed(self, stale: Identity) -> Identity | None:
        """Return a fresher identity than the stale one, or None if there is no way to get one."""
        with self._renewal:
            if self._renew is not None and self._identified().token == stale.token:
                fresh = self._fresh(self._renew, stale)
                if fresh.token == stale.token:
                    return None
                self.identity = replace(self._identified(), token=fresh.token)
        return self.identity if self._identified().token != stale.token else None

    def _fresh(self, renew: t.Callable[[Identity], Identity], stale: Identity) -> Identity:
        """Request a new identity; other threads get the same failure, since a rejected password must not be sent again."""
        if self._renewal_failed is None:
            try:
                return renew(stale)
            except ClcError as error:
                self._renewal_failed = error
        raise self._renewal_failed

    # Requests

    def get(
        self, path: str, *, service: str = "api", params: t.Mapping[str, str] | None = None, repeat: bool = True
    ) -> ApiResponse:
        """Read a path. repeat: whether to retry; a caller that polls does not need it."""
        call = Call("GET", path, service, params=params)
        if not repeat:
            return self._once(call, self._identified())
        return self.reads.get(call, self._send_with_retries) if self.reads else self._send_with_retries(call)

    def forget_reads(self) -> None:
        """Read anew from now on, since the service may have changed."""
        if self.reads:
            self.reads.clear()

    def get_constant(self, path: str, params: t.Mapping[str, str]) -> t.Any:
        """Read a path of the API whose response never changes, and return a copy of its body. One request per process and user.

        Only these responses outlive a task: they link a data center to its root group, which exists as long as the account.
        A loop over groups or fleets would read them again for each item otherwise.
        """
        key = (self.endpoints.of("api"), path, tuple(params.items()), self._identified().token)
        constants = self._connections.constants
        if key not in constants:
            constants[key] = self.get(path, params=params).body
        return copy.deepcopy(constants[key])

    def get_text(self, path: str, *, service: str = "api", params: t.Mapping[str, str] | None = None) -> str:
        """Read a path that returns text instead of JSON, such as the CSV reports of the backup service."""
        return str(self._send_with_retries(Call("GET", path, service, params=params, as_text=True)).body)

    def post(
        self,
        path: str,
        json: t.Any = None,
        *,
        service: str = "api",
        headers: t.Mapping[str, str] | None = None,
        as_text: bool = False,
        find_created: t.Callable[[], ApiResponse | None] | None = None,
    ) -> ApiResponse:
        """Post to a path. The request is sent again only if the service certainly did not receive it, or after 429.

        as_text: the response is text instead of JSON. find_created: looks for what the request creates; if specified, the request
        is also sent again after "Operation already in progress", with which the service does nothing, unless `find_created`
        returns a response.
        """
        return self._send_with_retries(
            Call("POST", path, service, json, as_text=as_text, headers=headers or {}, find_created=find_created)
        )

    def patch(self, path: str, json: t.Any, *, service: str = "api") -> ApiResponse:
        """Change members of a resource; sent again as a post is."""
        return self._send_with_retries(Call("PATCH", path, service, json))

    def put(self, path: str, json: t.Any, *, service: str = "api", verify_path: str | None = None) -> ApiResponse:
        """Replace a resource. After a lost response, `verify_path` (default: the path) is read before the request is sent again."""
        return self._send_with_retries(Call("PUT", path, service, json, verify_path=verify_path))

    def delete(
        self,
        path: str,
        *,
        service: str = "api",
        json: t.Any = None,
        verify_path: str | None = None,
        is_deleted: t.Callable[[t.Any], bool] | None = None,
    ) -> ApiResponse:
        """Delete a resource. After a lost response, `verify_path` (default: the path) is read: 404 or is_deleted(body) is success.

        A delete found done that way comes back as an empty 204.
        """
        return self._send_with_retries(
            Call("DELETE", path, service, json, verify_path=verify_path, is_deleted=is_deleted)
        )

    def request(
        self,
        method: str,
        path: str,
        json: t.Any = None,
        *,
        service: str = "api",
        params: t.Mapping[str, str] | None = None,
    ) -> ApiResponse:
        """Send any method to any path under the same rules; for the module `api`."""
        return self._send_with_retries(Call(method.upper(), path, service, json, params))

    def follow(
        self, entity: t.Any, rel: str, *, service: str = "api", params: t.Mapping[str, str] | None = None
    ) -> ApiResponse | None:
        """Read the target of a link; None if the entity has no such link or the target has just gone (404)."""
        href = links.href_of(entity, rel)
        if href is None:
            return None
        try:
            return self.get(self.endpoints.href_to_path(href, service), service=service, params=params)
        except NotFound:
            return None

    def href_to_path(self, href: str, service: str = "api") -> str:
        """Return the path of an href on the service that returned it."""
        return self.endpoints.href_to_path(href, service)

    # How often

    def _send_with_retries(self, call: Call, anonymous: bool = False) -> ApiResponse:
        """Send a request, and retry it as `is_retryable` allows.

        Raises PredictedNotFound for a request with a placeholder, which stands for what does not exist yet; it is not sent.
        """
        unsent = placeholders.find((call.path, call.params, call.json))
        if unsent:
            raise PredictedNotFound(f"'{unsent}' does not exist yet; a task in check mode has predicted it", status=404)
        tried, lost = 0, False
        while True:
            try:
                return self._once(call, None if anonymous else self._identified())
            except NotFound:
                if call.method == "DELETE" and lost:
                    return ApiResponse(204, None, call.service)  # done by the request whose response was lost
                raise
            except UNREADABLE as error:
                tried, lost = tried + 1, lost or isinstance(error, ResponseLost)
                pause = self._pause(error, tried)
                if not is_retryable(call, error, tried) or not self._within_deadline(pause):
                    raise
                time.sleep(pause)
                done = self._confirm_done(call, error)
                if done is not None:
                    return done

    def _confirm_done(self, call: Call, error: ClcError) -> ApiResponse | None:
        """After a lost response to PUT or DELETE, read the resource again; return an empty 204 if the work was done.

        If it cannot be read either, the response is as lost as before.
        A post that the service was too busy for is looked for by the caller's own means.
        """
        if call.find_created and is_busy(error):
            return call.find_created()
        if not isinstance(error, ResponseLost) or not call.writes:
            return None
        try:
            body = self._send_with_retries(Call("GET", call.verify_path or call.path, call.service)).body
        except NotFound:
            if call.method == "DELETE":
                return ApiResponse(204, None, call.service)
            raise
        except UNREADABLE:
            raise error from None
        return ApiResponse(204, None, call.service) if call.is_deleted and call.is_deleted(body) else None

    @staticmethod
    def _pause(error: ClcError, tried: int) -> float:
        """Seconds before the next try: what Retry-After asks for, else doubling pauses with full jitter above their half."""
        asked = error.details.get("retry_after")
        if asked is not None:
            return min(float(asked), _LONGEST_RETRY_AFTER)
        return min(_FIRST_PAUSE * 2.0 ** (tried - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.0)

    def _within_deadline(self, pause: float) -> bool:
        return self.deadline is None or time.monotonic() + pause < self.deadline

    # One try

    def _once(self, call: Call, identity: Identity | None) -> ApiResponse:
        """Send a call once, or twice if the token proves stale and can be renewed."""
        response = self._send(call, identity)
        if response.status_code == 401 and identity is not None:
            fresh = self._renewed(identity)
            if fresh is not None:
                identity, response = fresh, self._send(call, fresh)
        try:
            parsed = parse_response(call, response)
        except Unauthorized as error:
            if identity is not None:
                tokens.explain(error, identity.token, identity.token == self._accepted_token)
            raise
        self._accepted_token = identity.token if identity is not None else None
        return parsed

    def _send(self, call: Call, identity: Identity | None) -> requests.Response:
        url = self.endpoints.of(call.service) + call.path
        began, outcome = time.monotonic(), ""
        if import_error():
            raise InvalidTaskError(
                "the Python library requests is missing",
                action="speak to",
                target=url,
                help_text="Install it for the Python that runs this.",
            )
        try:
            with self._connections.session() as session:
                # A proxy from the environment must not see a token that was meant for this very machine.
                session.trust_env = not is_loopback(urlsplit(url).hostname)
                response = session.request(
                    call.method,
                    url,
                    json=call.json,
                    params=call.params,
                    headers={**self._headers, **_headers(call, identity)},
                    timeout=(min(self._timeout, _CONNECT_SECONDS), self._timeout),
                    allow_redirects=False,
                    auth=_bearer(identity),
                    # Said here and not once for the session: a bundle of the environment would take precedence over that.
                    verify=self._verify,
                )
            outcome = str(response.status_code)
            return response
        except OSError as error:  # requests' own are OSErrors too; a plain one comes of a ca_path that is not there
            failure = transport_error(error, self.endpoints.of(call.service), self._timeout, call.service)
            outcome = type(failure).__name__
            raise failure from None
        finally:
            if self._observe:
                self._observe(Exchange(call.method, call.path, outcome, time.monotonic() - began))


def _headers(call: Call, identity: Identity | None) -> dict[str, str]:
    """Return the headers of a call, without those that all calls have."""
    headers = dict(call.headers)
    if call.as_text:
        headers["Accept"] = "*/*"  # reports are declared as plain text and written as CSV, and their errors are JSON
    if identity is not None and call.service in _ACCOUNT_HEADERS:
        headers[_ACCOUNT_HEADERS[call.service]] = identity.account_alias
    return headers


def _bearer(identity: Identity | None) -> t.Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """Set the token as an auth callable, since requests would let a netrc entry overwrite a plain header."""

    def authorise(request: requests.PreparedRequest) -> requests.PreparedRequest:
        if identity is not None:
            request.headers["Authorization"] = f"Bearer {identity.token}"
        return request

    return authorise
