# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of the contract, and their schemas as compiled checks.

Decisions:
  - Recordings have a few properties that the contract does not list, and lack a few that it requires. RECORDED_ONLY,
    RECORDED_WITHOUT, and RELAXED list them; all other checks are strict.
  - A check is compiled when it is first used, so that the simulator starts at once.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

import jsonschema_rs
import yaml

from clc_simulator.core.clock import is_date, is_timestamp

RECORDED_ONLY: dict[str, tuple[str, ...]] = {"Template": ("apiOnly",)}
"""Properties of recorded responses that the contract does not list, by schema; allowed, so that recordings pass."""

RECORDED_WITHOUT: dict[str, tuple[str, ...]] = {"FirewallPolicyCreate": ("destinationAccount",)}
"""Properties that the contract requires and that an accepted request of the recordings lacks, by schema."""

RELAXED: dict[tuple[str, str, str], dict[str, Any]] = {
    ("webhooks.yaml", "TargetUri", "targetUri"): {
        "pattern": r"^([Hh][Tt][Tt][Pp][Ss]://|[Hh][Tt][Tt][Pp]://(127\.[0-9.]+|localhost|\[::1\])([:/]|$))"
    }
}
"""Properties (file, schema, property) for which the simulator accepts more than the service; see services/webhook."""

_URI = "clc:///"
# Schemas below these keywords describe a part of an object, so they allow other properties.
_PARTIAL = frozenset({"if", "then", "else", "not", "allOf"})


@dataclass(frozen=True)
class SchemaNode:
    """A piece of the contract, and the file to which its references are relative."""

    node: Any
    file: str


class Schemas:
    """The files of the contract by name, each as parsed YAML."""

    def __init__(self) -> None:
        self.files = _read_files()

    def resolve(self, schema: SchemaNode) -> SchemaNode:
        """Follow references to the node that they end at; siblings of a reference are annotations and are dropped."""
        while isinstance(schema.node, dict) and "$ref" in schema.node:
            target, _, pointer = schema.node["$ref"].partition("#")
            name = target.removeprefix("./") or schema.file
            node: Any = self.files[name]
            for part in pointer.split("/")[1:]:
                node = node[part.replace("~1", "/").replace("~0", "~")]
            schema = SchemaNode(node, name)
        return schema

    def select_properties(self, value: Any, schema: SchemaNode) -> Any:
        """Return value with only the properties that the schema lists, at every level."""
        schema = self.resolve(schema)
        properties = schema.node.get("properties")
        if isinstance(value, list):
            return [
                self.select_properties(item, SchemaNode(schema.node.get("items", {}), schema.file)) for item in value
            ]
        if not isinstance(value, dict) or properties is None:
            return value
        return {
            name: self.select_properties(item, SchemaNode(properties[name], schema.file))
            for name, item in value.items()
            if name in properties
        }

    @cached_property
    def registry(self) -> jsonschema_rs.Registry:
        """The contract without changes: unknown properties of requests are allowed."""
        return _registry(self.files)

    @cached_property
    def closed_registry(self) -> jsonschema_rs.Registry:
        """The contract with every object schema closed: a property that it does not list is an error."""
        closed = copy.deepcopy(self.files)
        for name, extra in RECORDED_ONLY.items():
            for document in closed.values():
                schema = document.get("components", {}).get("schemas", {}).get(name)
                if schema is not None:
                    schema["properties"].update(dict.fromkeys(extra, True))
        for document in closed.values():
            _close(document)
        return _registry(closed)


class Check:
    """A schema of the contract as a check."""

    def __init__(self, schemas: Schemas, schema: SchemaNode, closed: bool) -> None:
        """Prepare the check. closed: whether a property that an object schema does not list is an error."""
        self._schemas = schemas
        self._schema = schema
        self._closed = closed

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        node = _absolute(self._schema.node, self._schema.file)
        if self._closed:
            _close(node)
        registry = self._schemas.closed_registry if self._closed else self._schemas.registry
        return jsonschema_rs.Draft202012Validator(
            node, registry=registry, validate_formats=True, formats={"date-time": is_timestamp, "date": is_date}
        )

    def is_valid(self, value: Any) -> bool:
        """Return whether a value is valid."""
        return self._validator.is_valid(value)

    def errors(self, value: Any) -> list[jsonschema_rs.ValidationError]:
        """Return the errors of a value; an empty list if it is valid."""
        return list(self._validator.iter_errors(value))


def _read_files() -> dict[str, dict[str, Any]]:
    directory = resources.files("clc_simulator") / "openapi"
    names = sorted(entry.name for entry in directory.iterdir() if entry.name.endswith(".yaml"))
    # compute.yaml first: if two files describe one request, its description is the general one.
    names.sort(key=lambda name: name != "compute.yaml")
    files = {name: yaml.load((directory / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for name in names}
    for document in files.values():
        schemas = document.get("components", {}).get("schemas", {})
        for name in RECORDED_WITHOUT.keys() & schemas.keys():
            required = schemas[name]["required"]
            schemas[name]["required"] = [property_ for property_ in required if property_ not in RECORDED_WITHOUT[name]]
    for (file, schema, property_), relaxed in RELAXED.items():
        files[file]["components"]["schemas"][schema]["properties"][property_].update(relaxed)
    return files


def _registry(files: dict[str, dict[str, Any]]) -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [(_URI + name, document) for name, document in files.items()], draft=jsonschema_rs.Draft202012
    )


def _absolute(node: Any, file: str) -> Any:
    """Return a schema with absolute references, so that it can be checked outside of its file."""
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
    """Make every object schema that lists its properties reject others, in place."""
    if isinstance(node, list):
        for item in node:
            _close(item)
    elif isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and not (_PARTIAL | {"additionalProperties"}) & node.keys():
            node["additionalProperties"] = False
        for key, value in node.items():
            if key not in _PARTIAL and key not in ("example", "examples", "const", "enum"):
                _close(value)
