# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Normalizes requests as leniently as the service did, before they are validated against the contract.

The rules come from x-clc-conventions of compute.yaml and sections 1 and 3 of docs/wire-notes.md. Names of properties and of
query parameters match case-insensitively; null is absent, and so is "" if it cannot be a value; numbers and booleans may be
quoted; bodies may be form-encoded; unknown properties are dropped and reported in the log.

Decisions:
  - If two operations share a path and a method, the more specific operation is used if it accepts the body: executePackage
    with the id of a patching package is applyPatches, in the log, in coverage, and for faults.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import orjson

from clc_simulator.core.clock import is_date
from clc_simulator.core.contract import Contract, Operation
from clc_simulator.core.errors import ApiError, validation_error
from clc_simulator.core.schemas import Check, SchemaNode

_INTEGER = re.compile(r"-?[0-9]{1,18}\Z", re.ASCII)
"""Integers of 64 bits, which is what JSON values can be here."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z", re.ASCII)
MAX_DEPTH = 32
"""Levels of a body; no request of the contract has more than a few."""


def select_operation(contract: Contract, operation: Operation, raw: bytes, content_type: str) -> Operation:
    """Return the operation of a request: an overload if it accepts the body, else the operation itself.

    applyPatches is executePackage with the id of a patching package.
    """
    for overload in operation.overloads:
        try:
            Normalizer(contract).body(overload, raw, content_type)
        except ApiError:
            continue
        return overload
    return operation


class Normalizer:
    """Converts the values of one request into the form of the contract."""

    def __init__(self, contract: Contract) -> None:
        self._schemas = contract.schemas
        self.unknown_properties: list[str] = []
        """Paths of properties that are not in the contract, such as body.customFields[0].label or query.page."""

    def query(self, operation: Operation, raw: str) -> dict[str, Any]:
        """Return the query parameters by the contract's names, with values of the contract's types.

        Raise ApiError (400) if a parameter is missing or not valid.
        """
        values: dict[str, Any] = {}
        for name, raw_value in parse_qsl(raw, keep_blank_values=True):
            parameter = operation.parameters.get(("query", name.lower()))
            if parameter is None:
                self.unknown_properties.append(f"query.{name}")
                continue
            value = self._query_value(raw_value, parameter.schema)
            if not parameter.check.is_valid(value):
                raise _wrong_parameter(parameter.name, parameter.check.errors(value)[0].message)
            values[parameter.name] = value
        for parameter in operation.parameters.values():
            if parameter.location == "query" and parameter.required and parameter.name not in values:
                raise _wrong_parameter(parameter.name, f"The {parameter.name} parameter is required.")
        return values

    def _query_value(self, raw_value: str, schema: SchemaNode) -> Any:
        """Convert a query value; items of a list are separated by commas (backup reports)."""
        resolved = self._schemas.resolve(schema)
        if _types(resolved.node) != {"array"}:
            return self._scalar(raw_value, resolved.node)
        items = self._schemas.resolve(SchemaNode(resolved.node.get("items", {}), resolved.file))
        return [self._scalar(part, items.node) for part in raw_value.split(",") if part]

    def path(self, operation: Operation, values: dict[str, str]) -> dict[str, str]:
        """Validate path values; return them unchanged, except values of an enum in the contract's spelling.

        Raise ApiError (400) if a value is not valid.
        """
        normalized = dict(values)
        for name, raw_value in values.items():
            parameter = operation.parameters.get(("path", name.lower()))
            if parameter is not None and parameter.schema.node != {"type": "string"}:
                value = self._scalar(raw_value, parameter.schema.node)
                if not parameter.check.is_valid(value):
                    raise _wrong_parameter(name, parameter.check.errors(value)[0].message)
                normalized[name] = value if isinstance(value, str) else raw_value
        return normalized

    def body(self, operation: Operation, raw: bytes, content_type: str) -> Any:
        """Return the body as JSON values by the contract's names, validated; None if there is no body.

        Raise ApiError (400) with a modelState of the properties that are not valid.
        """
        if operation.body is None or operation.body_check is None:
            return None
        form = content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"
        value = _form(raw) if form else _json(raw)
        if value is None:
            if operation.body_required:
                raise validation_error("", "A request body is required.")
            return None
        value = self._value(value, operation.body, "body", form)
        if not operation.body_check.is_valid(value):
            raise self._explain(operation, value)
        return value

    def _value(self, value: Any, schema: SchemaNode, path: str, form: bool) -> Any:
        schema = self._schemas.resolve(schema)
        if isinstance(value, dict):
            return self._object(value, schema, path, form)
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema.node:
                schema = self._branch(value, [SchemaNode(node, schema.file) for node in schema.node[keyword]])
        if form and _types(schema.node) == {"array"} and not isinstance(value, list):
            value = [value]
        if isinstance(value, list):
            items = SchemaNode(schema.node.get("items", {}), schema.file)
            return [self._value(item, items, f"{path}[{index}]", form) for index, item in enumerate(value)]
        return self._scalar(value, schema.node)

    def _object(self, value: dict[str, Any], schema: SchemaNode, path: str, form: bool) -> dict[str, Any]:
        properties = self._properties(value, schema)
        names = {name.lower(): name for name in properties}
        additional = schema.node.get("additionalProperties", False)
        result = {}
        for key, item in value.items():
            name = names.get(key.lower())
            node = self._schemas.resolve(properties[name]).node if name else {}
            if (item is None and "null" not in _types(node)) or (item == "" and _cannot_be_empty(node)):
                continue
            if name is not None:
                result[name] = self._value(item, properties[name], f"{path}.{name}", form)
            elif additional:
                inner = SchemaNode(additional if isinstance(additional, dict) else {}, schema.file)
                result[key] = self._value(item, inner, f"{path}.{key}", form) if isinstance(additional, dict) else item
            else:
                self.unknown_properties.append(f"{path}.{key}")
        return result

    def _properties(self, value: dict[str, Any], schema: SchemaNode) -> dict[str, SchemaNode]:
        """Return the properties that an object may have, from all parts of its schema.

        If constants distinguish alternatives, as for the operations of a PATCH, the properties are those of the matching
        alternative; if none matches, only their names are known, and the error describes the values.
        """
        node = schema.node
        properties: dict[str, SchemaNode] = {}
        for keyword in ("allOf", "oneOf", "anyOf"):
            parts = [self._schemas.resolve(SchemaNode(part, schema.file)) for part in node.get(keyword, [])]
            has_constants = keyword != "allOf" and any(_constants(part.node) for part in parts)
            selected = [part for part in parts if _has_constants(value, part.node)] if has_constants else parts
            for part in selected:
                properties |= self._properties(value, part)
            if has_constants and not selected:
                properties |= {name: SchemaNode({}, schema.file) for part in parts for name in part.node["properties"]}
        return properties | {name: SchemaNode(part, schema.file) for name, part in node.get("properties", {}).items()}

    def _branch(self, value: Any, choices: list[SchemaNode]) -> SchemaNode:
        """Return the alternative for a string, a number, or an array: the type that it can be converted to."""
        resolved = [self._schemas.resolve(choice) for choice in choices]
        for requested in ("integer", "boolean"):
            for choice in resolved:
                if requested in _types(choice.node) and self._scalar(value, choice.node) is not value:
                    return choice
        return next((choice for choice in resolved if _fits(value, _types(choice.node))), resolved[0])

    def _scalar(self, value: Any, node: dict[str, Any]) -> Any:
        if not isinstance(value, str):
            return value
        types = _types(node)
        if "integer" in types and _INTEGER.match(value):
            return int(value)
        if "boolean" in types and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if "number" in types and "string" not in types:
            return _number(value)
        if node.get("format") == "date-time":
            return _with_zone(value)
        for choice in node.get("enum", ()):
            if isinstance(choice, str) and choice.lower() == value.lower():
                return choice
        return value

    def _explain(self, operation: Operation, value: Any) -> ApiError:
        """Return the 400 for a body that the contract does not allow."""
        state: dict[str, list[str]] = {}
        assert operation.body_check is not None
        for error in operation.body_check.errors(value):
            location = [part for part in error.instance_path if part is not None]
            message = error.message
            if error.kind.name in ("oneOf", "anyOf") and len(location) == 1 and isinstance(value, list):
                location, message = self._explain_patch(operation, value[int(location[0])])
            elif error.kind.name == "required":
                location.append(str(error.kind.value))
                message = f"The {error.kind.value} field is required."
            state.setdefault(_model_state_key(location), []).append(message)
        return ApiError(400, {"message": "The request is invalid.", "modelState": state})

    def _explain_patch(self, operation: Operation, step: Any) -> tuple[list[Any], str]:
        """Return property and message for an operation of a PATCH that no alternative of the contract accepts."""
        assert operation.body is not None
        items = self._schemas.resolve(operation.body)
        steps = self._schemas.resolve(SchemaNode(items.node["items"], items.file))
        choices = [self._schemas.resolve(SchemaNode(node, steps.file)) for node in steps.node.get("oneOf", [])]
        members = [choice.node["properties"]["member"].get("const") for choice in choices]
        if not isinstance(step, dict) or str(step.get("op")) != "set":
            return [], "The op of a patch operation must be set."
        property_name = step.get("member")
        if property_name not in members:
            return [], f"The member {property_name} cannot be set; members are {', '.join(members)}."
        error = f"The data for {property_name} does not validate."
        if "value" not in step:
            return [property_name], f"{error} Explanation: {property_name} value is required."
        chosen = choices[members.index(property_name)]
        value = SchemaNode(chosen.node["properties"]["value"], chosen.file)
        if "oneOf" in value.node:
            value = self._branch(step["value"], [SchemaNode(node, value.file) for node in value.node["oneOf"]])
        errors = Check(self._schemas, value, closed=False).errors(step["value"])
        return [property_name], f"{error} Explanation: {errors[0].message}." if errors else error


def _constants(node: dict[str, Any]) -> dict[str, Any]:
    return {name: item["const"] for name, item in node.get("properties", {}).items() if "const" in item}


def _has_constants(value: dict[str, Any], node: dict[str, Any]) -> bool:
    """Return whether an object has the constant properties of an alternative; their names match case-insensitively."""
    lowered = {key.lower(): item for key, item in value.items()}
    return all(lowered.get(name.lower()) == constant for name, constant in _constants(node).items())


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("type", [])
    return {kind} if isinstance(kind, str) else set(kind)


def _cannot_be_empty(node: dict[str, Any]) -> bool:
    """Return whether an empty string cannot be a value of a schema, so that it is an absent value."""
    types = _types(node)
    if "string" in types:
        return node.get("format", "password") != "password" or "" not in node.get("enum", [""])
    return bool(types) and types <= {"boolean", "integer", "number", "null"}


def _fits(value: Any, types: set[str]) -> bool:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return names.get(type(value)) in types


def _number(value: str) -> Any:
    number = float(value) if _NUMBER.match(value) else math.inf
    return number if math.isfinite(number) else value


def _with_zone(value: str) -> str:
    """Return a date and time with the time zone Z if it has none, and a day with its start, as clients of statistics send."""
    if is_date(value):
        return f"{value}T00:00:00Z"
    try:
        timestamp = datetime.fromisoformat(value)
    except ValueError:
        return value
    return value if timestamp.tzinfo else f"{value}Z"


def _model_state_key(location: list[Any]) -> str:
    """Return the modelState key of a location in the body: body.name, body.disks[0].sizeGB, or "" for the body."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return f"body{path}" if path else ""


def _wrong_parameter(name: str, message: str) -> ApiError:
    return ApiError(400, {"message": "The request is invalid.", "modelState": {name: [message]}})


def _form(raw: bytes) -> dict[str, Any] | None:
    """Return a form body as an object; repeated keys are an array. Return None if it is empty."""
    fields: dict[str, Any] = {}
    for name, value in parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True):
        if name in fields:
            previous = fields[name]
            fields[name] = [*previous, value] if isinstance(previous, list) else [previous, value]
        else:
            fields[name] = value
    return fields or None


def _is_too_deep(value: Any) -> bool:
    """Return whether JSON values are nested more than MAX_DEPTH levels deep."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        containers = [item for item in level if isinstance(item, dict | list)]
        level = [item for inner in containers for item in (inner.values() if isinstance(inner, dict) else inner)]
    return bool(level)


def _json(raw: bytes) -> Any:
    if not raw.strip():
        return None
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise validation_error("", f"The request body is not valid JSON: {error}.") from error
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _is_too_deep(value):
        raise validation_error("", f"The request body is nested more than {MAX_DEPTH} levels deep.")
    # An empty string means no body: a client sends it with requests that have no body.
    return None if value == "" else value
