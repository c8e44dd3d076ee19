# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract: the OpenAPI files of `openapi/` as routes, checks of requests, and checks of responses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from clc_simulator.core.errors import ContractViolation
from clc_simulator.core.schemas import Check, SchemaNode, Schemas

SERVICES = {
    "lbaas.yaml": "/lbaas",
    "rdbs.yaml": "/rdbs",
    "simple-backup.yaml": "/backup",
    "intrusion-prevention.yaml": "/ips",
    "patching.yaml": "/patching",
}
"""Path prefixes of the services that have their own host; all others are at /."""

MAIN_SERVER = "https://api.ctl.io"
EXPERIMENTAL = "/v2-experimental/"
"""Path prefix of the experimental API, whose jobs have their own queue."""

ALIAS_PARAMETERS = ("accountAlias", "sourceAccountAlias")
"""Path parameters that have the account of a request."""
ALIAS_HEADER = "CLC-ALIAS"
"""Header with the account if the path has none (backup service); the default is the account of the user."""

_METHODS = ("get", "post", "put", "patch", "delete")
# A success status is taken from the first of these that the operation has (header of compute.yaml).
_STATUS_SOURCES = ("recorded", "documented", "siblings", "overview")


@dataclass(frozen=True)
class Parameter:
    """A path, query, or header parameter of an operation."""

    name: str
    location: str
    required: bool
    schema: SchemaNode
    check: Check

    @property
    def is_checked(self) -> bool:
        """Whether any value in a path, or the lack of a query parameter, is an error."""
        return self.location != "header" and (self.schema.node != {"type": "string"} or self.location == "query")


@dataclass(eq=False)
class Operation:
    """One operation of the contract, with the checks of its requests and responses."""

    id: str
    method: str
    path: str
    """As the contract writes it, without the prefix of its service: /v2/groups/{accountAlias}/{groupId}."""
    status: int
    """Success status code, unless the handler sets another."""
    secured: bool
    parameters: dict[tuple[str, str], Parameter]
    """By location (path, query, or header) and name in lower case."""
    body: SchemaNode | None
    body_required: bool
    body_check: Check | None
    responses: dict[int, Check | None]
    """Check of the response body by status code; None if the response has no JSON body."""
    text_media: dict[int, str] = field(default_factory=dict)
    """Media type by status code, for response bodies that are a string, such as a file."""
    examples: list[Any] = field(default_factory=list)
    """Example request bodies."""
    overloads: list[Operation] = field(default_factory=list)
    """Operations with the same method and path that take precedence for the bodies that they accept."""
    file: str = ""
    """Name of the contract's file that has the operation; it identifies the service."""
    asynchronous: str = "none"
    """x-clc-async: queue (a job of a queue), request (of LBaaS), self (the resource has a status), or none."""
    poll: dict[str, Any] = field(default_factory=dict)
    """x-clc-poll: how a client polls. link or property: the part of the response that has the id; path: what to read."""

    @property
    def has_job(self) -> bool:
        """Whether its work is a job that clients can read."""
        return self.asynchronous in ("queue", "request")

    @property
    def is_experimental_job(self) -> bool:
        """Whether its job is one of the queue of /v2-experimental (docs/wire-notes.md, section 2)."""
        return str(self.poll.get("path", "")).startswith(EXPERIMENTAL)

    @property
    def stage_errors(self) -> frozenset[int]:
        """The statuses of errors that the simulator raises before the handler runs."""
        statuses = {401, 403} if self.secured else set()
        names = {name for _, name in self.parameters}
        if self.secured and names.intersection(name.lower() for name in (*ALIAS_PARAMETERS, ALIAS_HEADER)):
            statuses |= {404}
        if self.body is not None or any(parameter.is_checked for parameter in self.parameters.values()):
            statuses |= {400}
        return frozenset(statuses)

    def check_response(self, status: int, body: Any, present: bool) -> None:
        """Check a response. body: JSON values; present: whether there is a body.

        Raise ContractViolation if the operation does not declare status, or if body does not match it. An error may
        come without a body even if one is declared, as recorded for most 404 responses.
        """
        if status not in self.responses:
            raise ContractViolation(f"{self.id}: status {status} is not declared ({sorted(self.responses)} are)")
        check = self.responses[status]
        if status in self.text_media and isinstance(body, str):
            return
        if check is None and present:
            raise ContractViolation(f"{self.id}: {status} has no body in the contract, but the response has one")
        if not present:
            if check is not None and status < 400:
                raise ContractViolation(f"{self.id}: {status} has a body in the contract, but the response has none")
            return
        if check is not None and not check.is_valid(body):
            error = check.errors(body)[0]
            location = "/".join(str(part) for part in error.instance_path)
            raise ContractViolation(f"{self.id}: {status} response at /{location}: {error.message}")


@dataclass
class _RouteNode:
    """One path segment: the segments that can follow, and the operations of the path that ends here."""

    literals: dict[str, _RouteNode] = field(default_factory=dict)
    parameter: _RouteNode | None = None
    operations: dict[str, Operation] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """The operation of a path and a method; None if the path is known but the method is not."""

    operation: Operation | None
    path: dict[str, str]


@dataclass(frozen=True)
class Notification:
    """A message that the service sends: schema, check, and example."""

    schema: SchemaNode
    check: Check
    example: Any


class Contract:
    """All operations, by id and by route. It is immutable."""

    def __init__(self) -> None:
        self.schemas = Schemas()
        self.operations: dict[str, Operation] = {}
        self._notifications: dict[str, Notification] = {}
        self._root = _RouteNode()
        for name, document in self.schemas.files.items():
            for path, item in document["paths"].items():
                self._add_path(name, path, item)

    def match(self, method: str, path: str) -> Match | None:
        """Return the operation of a path, or None if no path matches.

        Literal segments take precedence over parameters and are case-insensitive. One slash at the end of path is
        ignored (x-clc-conventions).
        """
        segments = (path[:-1] if path.endswith("/") and len(path) > 1 else path).split("/")[1:]
        matches: list[tuple[_RouteNode, tuple[str, ...]]] = []
        _walk(self._root, segments, 0, (), matches)
        for node, values in matches:
            operation = node.operations.get(method)
            if operation is not None:
                return Match(operation, dict(zip(node.names[method], values, strict=True)))
        return Match(None, {}) if matches else None

    def notification(self, event: str) -> Notification:
        """Return the message of an event. Raise KeyError if there is no such event."""
        notification = self._notifications.get(event)
        if notification is None:
            body = self.schemas.files["webhooks.yaml"]["webhooks"][event]["post"]["requestBody"]
            media = body["content"]["application/json"]
            schema = SchemaNode(media["schema"], "webhooks.yaml")
            notification = Notification(schema, Check(self.schemas, schema, closed=True), media["example"])
            self._notifications[event] = notification
        return notification

    def _add_path(self, name: str, path: str, item: dict[str, Any]) -> None:
        servers = item.get("servers", self.schemas.files[name].get("servers", [{}]))
        prefix = "" if servers[0].get("url") == MAIN_SERVER else SERVICES.get(name, "")
        for method in _METHODS:
            if method in item:
                operation = self._operation(name, path, method, item)
                self.operations[operation.id] = operation
                self._add_route(operation, prefix + path)

    def _add_route(self, operation: Operation, path: str) -> None:
        node = self._root
        names = []
        for segment in path.rstrip("/").split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _RouteNode()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment.lower(), _RouteNode())
        wider = node.operations.setdefault(operation.method, operation)
        if wider is not operation:
            wider.overloads.append(operation)
        node.names.setdefault(operation.method, tuple(names))

    def _operation(self, name: str, path: str, method: str, item: dict[str, Any]) -> Operation:
        spec = item[method]
        body = self.schemas.resolve(SchemaNode(spec["requestBody"], name)) if "requestBody" in spec else None
        content = body.node["content"] if body else {}
        media = content.get("application/json") or next(iter(content.values()), None)
        schema = SchemaNode(media["schema"], body.file) if body and media else None
        responses = {
            int(status): self._response_check(self.schemas.resolve(SchemaNode(node, name)))
            for status, node in spec["responses"].items()
            if status.isdigit()
        }
        security = spec.get("security", self.schemas.files[name].get("security", [{"bearerToken": []}]))
        return Operation(
            id=spec["operationId"],
            method=method.upper(),
            path=path,
            status=_success_status(spec, responses),
            # An empty requirement in addition to others means that a token is optional.
            secured=bool(security) and {} not in security,
            parameters=self._parameters(name, [*item.get("parameters", []), *spec.get("parameters", [])]),
            body=schema,
            body_required=bool(body and body.node.get("required")),
            body_check=Check(self.schemas, schema, closed=False) if schema else None,
            responses=responses,
            text_media=self._text_media(name, spec["responses"]),
            examples=_examples(media) if media else [],
            file=name,
            asynchronous=spec.get("x-clc-async", "none"),
            poll=spec.get("x-clc-poll") or {},
        )

    def _parameters(self, name: str, nodes: list[Any]) -> dict[tuple[str, str], Parameter]:
        parameters = {}
        for node in nodes:
            resolved = self.schemas.resolve(SchemaNode(node, name))
            spec = resolved.node
            schema = self.schemas.resolve(SchemaNode(spec["schema"], resolved.file))
            parameters[spec["in"], spec["name"].lower()] = Parameter(
                name=spec["name"],
                location=spec["in"],
                required=bool(spec.get("required")),
                schema=schema,
                check=Check(self.schemas, schema, closed=False),
            )
        return parameters

    def _text_media(self, name: str, responses: dict[str, Any]) -> dict[int, str]:
        """Return the media types of the responses that have a body which is not JSON, by status code."""
        media = {
            int(status): list(self.schemas.resolve(SchemaNode(node, name)).node.get("content", {}))
            for status, node in responses.items()
            if status.isdigit()
        }
        return {status: kinds[0] for status, kinds in media.items() if kinds and "application/json" not in kinds}

    def _response_check(self, response: SchemaNode) -> Check | None:
        content = response.node.get("content", {})
        media = content.get("application/json") or next(iter(content.values()), None)
        if media is None or "schema" not in media:
            return None
        return Check(self.schemas, SchemaNode(media["schema"], response.file), closed=True)


@cache
def load_contract() -> Contract:
    """Return the contract, which is read once per process."""
    return Contract()


def _success_status(spec: dict[str, Any], responses: dict[int, Any]) -> int:
    known = spec.get("x-clc-status", {})
    for source in _STATUS_SOURCES:
        if source in known:
            value = known[source]
            return int(value[0] if isinstance(value, list) else value)
    for status in sorted(responses):
        if 200 <= status < 300:
            return status
    raise ContractViolation(f"{spec['operationId']} declares no success")


def _examples(media: dict[str, Any]) -> list[Any]:
    named = [example["value"] for example in media.get("examples", {}).values()]
    return [*([media["example"]] if "example" in media else []), *named]


def _walk(
    node: _RouteNode,
    segments: list[str],
    index: int,
    values: tuple[str, ...],
    matches: list[tuple[_RouteNode, tuple[str, ...]]],
) -> None:
    """Collect the nodes that all segments lead to, best match first."""
    if index == len(segments):
        if node.operations:
            matches.append((node, values))
        return
    segment = segments[index]
    literal = node.literals.get(segment.lower())
    if literal is not None:
        _walk(literal, segments, index + 1, values, matches)
    if node.parameter is not None and segment:
        _walk(node.parameter, segments, index + 1, (*values, segment), matches)
