# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract: the OpenAPI files beside this module, made into routes, request schemas and answer checks."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import Any

import jsonschema_rs
import yaml

from clc_simulator.problems import ContractViolation

SERVICES = {
    "lbaas.yaml": "/lbaas",
    "rdbs.yaml": "/rdbs",
    "simple-backup.yaml": "/backup",
    "intrusion-prevention.yaml": "/ips",
    "patching.yaml": "/patching",
}
"""Where the services that have a host of their own are found; all others are at /."""

MAIN_SERVER = "https://api.ctl.io"

RECORDED_ONLY: dict[str, tuple[str, ...]] = {"Template": ("apiOnly",)}
"""Members of recorded answers that the contract does not list, by schema; let through, so that recordings can be."""

RECORDED_WITHOUT: dict[str, tuple[str, ...]] = {"FirewallPolicyCreate": ("destinationAccount",)}
"""Members that the contract requires and that an accepted request of the recordings did without, by schema."""

WIDENED: dict[tuple[str, str, str], dict[str, Any]] = {
    ("webhooks.yaml", "TargetUri", "targetUri"): {
        "pattern": r"^([Hh][Tt][Tt][Pp][Ss]://|[Hh][Tt][Tt][Pp]://(127\.[0-9.]+|localhost|\[::1\])([:/]|$))"
    }
}
"""Members (file, schema, member) of which the simulator takes more than the service; its README says why."""

_VERBS = ("get", "post", "put", "patch", "delete")
_URI = "clc:///"
# A success status is taken from the first of these that the operation has (header of compute.yaml).
_STATUS_SOURCES = ("recorded", "documented", "siblings", "overview")
# Below these keywords a schema describes a part of an object, so that other members are no surprise there.
_PARTIAL = frozenset({"if", "then", "else", "not", "allOf"})

Schema = dict[str, Any]


@dataclass(frozen=True)
class Located:
    """A piece of the contract and the file in which its references are meant."""

    node: Any
    file: str


class Check:
    """A schema of the contract as a check. It is compiled when first used, so that the simulator starts at once."""

    def __init__(self, contract: Contract, schema: Located, closed: bool) -> None:
        self._contract = contract
        self._schema = schema
        self._closed = closed

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        node = _absolute(self._schema.node, self._schema.file)
        if self._closed:
            _close(node)
        registry = self._contract.closed_registry if self._closed else self._contract.registry
        return jsonschema_rs.Draft202012Validator(node, registry=registry, validate_formats=True)

    def is_valid(self, value: Any) -> bool:
        """Say whether value matches."""
        return self._validator.is_valid(value)

    def errors(self, value: Any) -> list[jsonschema_rs.ValidationError]:
        """Return what is wrong with value."""
        return list(self._validator.iter_errors(value))


@dataclass(frozen=True)
class Parameter:
    """A path, query or header parameter of an operation."""

    name: str
    place: str
    required: bool
    schema: Located
    check: Check


@dataclass(eq=False)
class Operation:
    """One operation of the contract, with what is needed to check its requests and answers."""

    id: str
    verb: str
    path: str
    status: int
    """The status of its success where the behaviour names no other."""
    secured: bool
    parameters: dict[tuple[str, str], Parameter]
    """By place (path, query or header) and name in lower case."""
    body: Located | None
    body_required: bool
    body_check: Check | None
    answers: dict[int, Check | None]
    """What an answer of a status must match; None where it has no body of JSON."""
    texts: dict[int, str] = field(default_factory=dict)
    """Media type of the answer of a status whose body is a text instead, such as a file."""
    examples: list[Any] = field(default_factory=list)
    """Example bodies of its request."""
    narrower: list[Operation] = field(default_factory=list)
    """Operations that share its verb and path and take a part of its bodies; a request is theirs where they take its body."""
    file: str = ""
    """Name of the contract's file that it stands in, which tells the service."""

    def check_answer(self, status: int, body: Any, present: bool) -> None:
        """Raise ContractViolation where the operation does not declare status, or body does not match it.

        body is the answer as JSON values; present says whether there is one. An error may come without a body even
        where one is declared, as recorded for most 404 answers.
        """
        if status not in self.answers:
            raise ContractViolation(f"{self.id}: status {status} is not declared ({sorted(self.answers)} are)")
        check = self.answers[status]
        if status in self.texts and isinstance(body, str):
            return
        if check is None and present:
            raise ContractViolation(f"{self.id}: {status} has no body in the contract, but the answer has one")
        if not present:
            if check is not None and status < 400:
                raise ContractViolation(f"{self.id}: {status} has a body in the contract, but the answer has none")
            return
        if check is not None and not check.is_valid(body):
            error = check.errors(body)[0]
            where = "/".join(str(part) for part in error.instance_path)
            raise ContractViolation(f"{self.id}: {status} answer at /{where}: {error.message}")


@dataclass
class _Node:
    """One segment of the paths: what may follow, and what answers here."""

    literals: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    operations: dict[str, Operation] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """What a path and a verb lead to. operation is None where the path is known and the verb is not."""

    operation: Operation | None
    path: dict[str, str]


@dataclass(frozen=True)
class Notification:
    """A message that the service sends: its schema, a check of it and the example of one."""

    schema: Located
    check: Check
    example: Any


class Contract:
    """All operations, by id and by route."""

    def __init__(self) -> None:
        self._files = _read_files()
        self.operations: dict[str, Operation] = {}
        self._notifications: dict[str, Notification] = {}
        self._root = _Node()
        for name, document in self._files.items():
            for path, item in document["paths"].items():
                self._add_path(name, path, item)

    def match(self, verb: str, path: str) -> Match | None:
        """Find the operation of a path; literal segments win over parameters and match without regard to case.

        One slash at the end of path is passed over (x-clc-conventions). Returns None where no path matches.
        """
        segments = (path[:-1] if path.endswith("/") and len(path) > 1 else path).split("/")[1:]
        found: list[tuple[_Node, tuple[str, ...]]] = []
        _walk(self._root, segments, 0, (), found)
        for node, values in found:
            operation = node.operations.get(verb)
            if operation is not None:
                return Match(operation, dict(zip(node.names[verb], values, strict=True)))
        return Match(None, {}) if found else None

    def resolve(self, located: Located) -> Located:
        """Follow references until a node that is none; siblings of a reference are annotations and left behind."""
        while isinstance(located.node, dict) and "$ref" in located.node:
            target, _, pointer = located.node["$ref"].partition("#")
            name = target.removeprefix("./") or located.file
            node: Any = self._files[name]
            for part in pointer.split("/")[1:]:
                node = node[part.replace("~1", "/").replace("~0", "~")]
            located = Located(node, name)
        return located

    def notification(self, event: str) -> Notification:
        """Return the message of an event. Raises KeyError where there is no such event."""
        found = self._notifications.get(event)
        if found is None:
            body = self._files["webhooks.yaml"]["webhooks"][event]["post"]["requestBody"]
            media = body["content"]["application/json"]
            schema = Located(media["schema"], "webhooks.yaml")
            found = Notification(schema, Check(self, schema, closed=True), media["example"])
            self._notifications[event] = found
        return found

    def listed(self, value: Any, schema: Located) -> Any:
        """Return of a value what its schema lists, at every level."""
        schema = self.resolve(schema)
        members = schema.node.get("properties")
        if isinstance(value, list):
            return [self.listed(item, Located(schema.node.get("items", {}), schema.file)) for item in value]
        if not isinstance(value, dict) or members is None:
            return value
        kept = {name: item for name, item in value.items() if name in members}
        return {name: self.listed(item, Located(members[name], schema.file)) for name, item in kept.items()}

    @cached_property
    def registry(self) -> jsonschema_rs.Registry:
        """The contract as it is: unknown members of requests pass."""
        return _registry(self._files)

    @cached_property
    def closed_registry(self) -> jsonschema_rs.Registry:
        """The contract with every object schema closed: a member that it does not list is an error."""
        closed = copy.deepcopy(self._files)
        for name, extra in RECORDED_ONLY.items():
            for document in closed.values():
                schema = document.get("components", {}).get("schemas", {}).get(name)
                if schema is not None:
                    schema["properties"].update(dict.fromkeys(extra, True))
        for document in closed.values():
            _close(document)
        return _registry(closed)

    def _add_path(self, name: str, path: str, item: dict[str, Any]) -> None:
        servers = item.get("servers", self._files[name].get("servers", [{}]))
        prefix = "" if servers[0].get("url") == MAIN_SERVER else SERVICES.get(name, "")
        for verb in _VERBS:
            if verb in item:
                operation = self._operation(name, path, verb, item)
                self.operations[operation.id] = operation
                self._route(operation, prefix + path)

    def _route(self, operation: Operation, path: str) -> None:
        node = self._root
        names = []
        for segment in path.rstrip("/").split("/")[1:]:
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment.lower(), _Node())
        wider = node.operations.setdefault(operation.verb, operation)
        if wider is not operation:
            wider.narrower.append(operation)
        node.names.setdefault(operation.verb, tuple(names))

    def _operation(self, name: str, path: str, verb: str, item: dict[str, Any]) -> Operation:
        spec = item[verb]
        place = f"/paths/{_escape(path)}/{verb}"
        body = self.resolve(Located(spec["requestBody"], name)) if "requestBody" in spec else None
        content = body.node["content"] if body else {}
        media = content.get("application/json") or next(iter(content.values()), None)
        schema = Located(media["schema"], body.file) if body and media else None
        declared = {
            int(status): self._answer_check(self.resolve(Located(node, name)))
            for status, node in spec["responses"].items()
            if status.isdigit()
        }
        security = spec.get("security", self._files[name].get("security", [{"bearerToken": []}]))
        return Operation(
            id=spec["operationId"],
            verb=verb.upper(),
            path=path,
            status=_success_status(spec, declared, place),
            # An empty requirement among several says that a token may be left out.
            secured=bool(security) and {} not in security,
            parameters=self._parameters(name, [*item.get("parameters", []), *spec.get("parameters", [])]),
            body=schema,
            body_required=bool(body and body.node.get("required")),
            body_check=Check(self, schema, closed=False) if schema else None,
            answers=declared,
            texts=self._texts(name, spec["responses"]),
            examples=_examples(media) if media else [],
            file=name,
        )

    def _parameters(self, name: str, nodes: list[Any]) -> dict[tuple[str, str], Parameter]:
        parameters = {}
        for node in nodes:
            found = self.resolve(Located(node, name))
            spec = found.node
            schema = self.resolve(Located(spec["schema"], found.file))
            parameters[spec["in"], spec["name"].lower()] = Parameter(
                name=spec["name"],
                place=spec["in"],
                required=bool(spec.get("required")),
                schema=schema,
                check=Check(self, schema, closed=False),
            )
        return parameters

    def _texts(self, name: str, responses: dict[str, Any]) -> dict[int, str]:
        """Return the media types of the answers that have a body, and none of JSON, by status."""
        media = {
            int(status): list(self.resolve(Located(node, name)).node.get("content", {}))
            for status, node in responses.items()
            if status.isdigit()
        }
        return {status: kinds[0] for status, kinds in media.items() if kinds and "application/json" not in kinds}

    def _answer_check(self, response: Located) -> Check | None:
        content = response.node.get("content", {})
        media = content.get("application/json") or next(iter(content.values()), None)
        if media is None or "schema" not in media:
            return None
        return Check(self, Located(media["schema"], response.file), closed=True)


def _read_files() -> dict[str, dict[str, Any]]:
    folder = resources.files("clc_simulator") / "openapi"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    # compute.yaml first: where two files describe one call, its description is the wider one.
    names.sort(key=lambda name: name != "compute.yaml")
    files = {name: yaml.load((folder / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for name in names}
    for document in files.values():
        schemas = document.get("components", {}).get("schemas", {})
        for name in RECORDED_WITHOUT.keys() & schemas.keys():
            required = schemas[name]["required"]
            schemas[name]["required"] = [member for member in required if member not in RECORDED_WITHOUT[name]]
    for (file, schema, member), wider in WIDENED.items():
        files[file]["components"]["schemas"][schema]["properties"][member].update(wider)
    return files


def _registry(files: dict[str, dict[str, Any]]) -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [(_URI + name, document) for name, document in files.items()], draft=jsonschema_rs.Draft202012
    )


def _absolute(node: Any, file: str) -> Any:
    """Return a schema with its references made absolute, so that it can be checked outside of its file."""
    if isinstance(node, list):
        return [_absolute(item, file) for item in node]
    if not isinstance(node, dict):
        return node
    copied = {key: _absolute(value, file) for key, value in node.items()}
    if isinstance(node.get("$ref"), str):
        target, _, pointer = node["$ref"].partition("#")
        copied["$ref"] = f"{_URI}{target.removeprefix('./') or file}#{pointer}"
    return copied


def _close(node: Any) -> None:
    """Let every object schema that lists its members refuse others, in place."""
    if isinstance(node, list):
        for item in node:
            _close(item)
    elif isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and not (_PARTIAL | {"additionalProperties"}) & node.keys():
            node["additionalProperties"] = False
        for key, value in node.items():
            if key not in _PARTIAL and key not in ("example", "examples", "const", "enum"):
                _close(value)


def _success_status(spec: dict[str, Any], declared: dict[int, Any], place: str) -> int:
    known = spec.get("x-clc-status", {})
    for source in _STATUS_SOURCES:
        if source in known:
            value = known[source]
            return int(value[0] if isinstance(value, list) else value)
    for status in sorted(declared):
        if 200 <= status < 300:
            return status
    raise ContractViolation(f"{place} declares no success")


def _examples(media: dict[str, Any]) -> list[Any]:
    named = [example["value"] for example in media.get("examples", {}).values()]
    return [*([media["example"]] if "example" in media else []), *named]


def _walk(
    node: _Node, segments: list[str], at: int, values: tuple[str, ...], found: list[tuple[_Node, tuple[str, ...]]]
) -> None:
    """Collect the nodes that all segments lead to, best match first."""
    if at == len(segments):
        if node.operations:
            found.append((node, values))
        return
    segment = segments[at]
    literal = node.literals.get(segment.lower())
    if literal is not None:
        _walk(literal, segments, at + 1, values, found)
    if node.parameter is not None and segment:
        _walk(node.parameter, segments, at + 1, (*values, segment), found)


def _escape(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1")
