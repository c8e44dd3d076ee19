# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the contract for one resource: the operations of its list, and its properties.

What cannot be written as a plain resource is an error before anything is written: each says what the contract lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..support import ROOT
from . import values

OPENAPI = ROOT / "simulator" / "src" / "clc_simulator" / "openapi"
_METHODS = ("get", "post", "put", "patch", "delete")
_SEGMENTS = (["accountAlias"], ["accountAlias", "dataCenter"])
_GUIDE = "Write this resource by hand, as docs/writing-a-resource.md describes."
_MAIN_SERVER = "https://api.ctl.io"

Json = dict[str, Any]


class NotWritableError(Exception):
    """The resource cannot be written. str(): cause and help, without a period between action and cause."""

    def __init__(self, cause: str, help_text: str) -> None:
        super().__init__(f"{cause}. {help_text}")


@dataclass(frozen=True)
class Operation:
    """One operation of the contract. body and response are schemas without references; None if there is none."""

    id: str
    method: str
    path: str
    file: str
    status: int
    statuses: frozenset[int]
    body: Json | None
    response: Json | None
    asynchronous: str
    has_location: bool


@dataclass(frozen=True)
class Property:
    """A property of the resource. required: for a create. created, updated, returned: where the service has it."""

    name: str
    schema: Json
    required: bool
    created: bool
    updated: bool
    returned: bool


@dataclass(frozen=True)
class Operations:
    """The operations of one resource; get and update are None if the contract has none. links: whether its list has links."""

    listing: Operation
    create: Operation
    delete: Operation
    get: Operation | None
    update: Operation | None

    @property
    def all(self) -> list[Operation]:
        """The operations that there are, in the order in which files have them."""
        found = (self.listing, self.create, self.get, self.update, self.delete)
        return [operation for operation in found if operation is not None]

    @property
    def in_data_center(self) -> bool:
        """Whether the resources are those of a data center, not of the whole account."""
        return "{dataCenter}" in self.listing.path


class Contract:
    """The OpenAPI files. documents: their contents by file name."""

    def __init__(self, documents: Mapping[str, Json]) -> None:
        self._documents = documents
        self.operations: dict[str, Operation] = {}
        for file, document in documents.items():
            for path, item in (document.get("paths") or {}).items():
                for method in _METHODS:
                    if method in item:
                        operation = self._operation(file, path, method, item[method])
                        self.operations[operation.id] = operation

    def server_of(self, operation: Operation) -> str:
        """Return the address that the file of an operation says."""
        servers = self._documents[operation.file].get("servers") or [{}]
        return str(servers[0].get("url", _MAIN_SERVER))

    def at(self, path: str, method: str) -> Operation | None:
        """Return the operation of a path and a method, such as POST."""
        found = (operation for operation in self.operations.values() if operation.path == path)
        return next((operation for operation in found if operation.method == method), None)

    def _operation(self, file: str, path: str, method: str, spec: Json) -> Operation:
        responses = {int(status): node for status, node in spec["responses"].items() if str(status).isdigit()}
        status = min((status for status in responses if 200 <= status < 300), default=0)
        success = self._resolved(responses[status], file) if status else {}
        return Operation(
            id=spec["operationId"],
            method=method.upper(),
            path=path,
            file=file,
            status=status,
            statuses=frozenset(responses),
            body=_json_of(self._resolved(spec.get("requestBody") or {}, file)),
            response=_json_of(success),
            asynchronous=str(spec.get("x-clc-async", "none")),
            has_location="Location" in (success.get("headers") or {}),
        )

    def _resolved(self, node: Any, file: str, depth: int = 0) -> Any:
        """Return a node with what its references refer to in their place; a schema that contains itself ends as {}."""
        if depth > 12:
            return {}
        if isinstance(node, list):
            return [self._resolved(item, file, depth + 1) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            name, _hash, pointer = str(node["$ref"]).partition("#/")
            name = name.removeprefix("./") or file
            target: Any = self._documents[name]
            for part in pointer.split("/"):
                target = target[part.replace("~1", "/")]
            return self._resolved(target, name, depth + 1)
        found = {key: self._resolved(value, file, depth + 1) for key, value in node.items()}
        return _merged(found)


def _merged(schema: Json) -> Json:
    """Return a schema with the parts of its allOf in one."""
    for part in schema.pop("allOf", []):
        schema["properties"] = {**part.get("properties", {}), **schema.get("properties", {})}
        schema["required"] = [*schema.get("required", []), *part.get("required", [])]
        schema = {**part, **schema}
    return schema


def _json_of(content: Json) -> Json | None:
    media = (content.get("content") or {}).get("application/json") or {}
    schema: Json | None = media.get("schema")
    return schema


def load(directory: Path = OPENAPI) -> Contract:
    """Read all files of the contract."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = sorted(directory.glob("*.yaml"))
    return Contract({file.name: yaml.load(file.read_text(encoding="utf-8"), loader) for file in files})


def operations_of(contract: Contract, list_id: str) -> Operations:
    """Return the operations of the resource that an operation lists. Raise NotWritableError if that is not a plain one."""
    listing = contract.operations.get(list_id)
    if listing is None:
        close = values.close_to(list_id, contract.operations)
        raise NotWritableError(
            f"the contract has no operation {list_id}", f"{close}See simulator/src/clc_simulator/openapi/."
        )
    if listing.method != "GET":
        raise NotWritableError(
            f"{list_id} is a {listing.method}", "LIST is the operation that lists the resources, a GET."
        )
    _check_path(contract, listing)
    create = contract.at(listing.path, "POST")
    if create is None:
        raise NotWritableError(
            f"the contract has no create for {list_id}, POST {listing.path}", "Add it to the contract first."
        )
    item = _item_path(contract, listing)
    delete = contract.at(item, "DELETE")
    if delete is None:
        raise NotWritableError(
            f"the contract has no delete for {list_id}, DELETE {item or listing.path + '/{...}'}",
            "Add it to the contract first.",
        )
    found = Operations(listing, create, delete, contract.at(item, "GET"), contract.at(item, "PUT"))
    if contract.at(item, "PATCH") is not None:
        raise NotWritableError(f"{item} is updated with PATCH, and make new writes updates with PUT", _GUIDE)
    _check_operations(found)
    return found


def _check_path(contract: Contract, listing: Operation) -> None:
    names = re.findall(r"\{(\w+)\}", listing.path)
    if contract.server_of(listing) != _MAIN_SERVER:
        raise NotWritableError(f"{listing.file} is a service with an address of its own", _GUIDE)
    if names not in _SEGMENTS:
        raise NotWritableError(
            f"{listing.path} is not the list of an account, or of a data center of an account", _GUIDE
        )


def _item_path(contract: Contract, listing: Operation) -> str:
    """Return the path of one entity: that of the list with one more segment, the id; "" if the contract has none."""
    child = re.compile(re.escape(listing.path) + r"/\{\w+\}")
    paths = sorted({operation.path for operation in contract.operations.values() if child.fullmatch(operation.path)})
    return paths[0] if paths else ""


def _check_operations(operations: Operations) -> None:
    for operation in operations.all:
        if operation.asynchronous != "none":
            raise NotWritableError(f"the work of {operation.id} is queued, and make new knows no jobs", _GUIDE)
        # Of every request with an account; the simulator does not start if a status is not declared that it responds with.
        needed = {401, 403, 404} | ({400} if operation.method in ("POST", "PUT") else set())
        missing = ", ".join(map(str, sorted(needed - operation.statuses)))
        if missing:
            raise NotWritableError(
                f"{operation.id} does not have the responses {missing}", "Add them to the contract first."
            )
        if operation.body is not None and operation.body.get("properties") is None:
            raise NotWritableError(f"the body of {operation.id} is not an object with properties", _GUIDE)
        if operation.body is None and operation.method in ("POST", "PUT"):
            raise NotWritableError(f"{operation.id} has no body in the contract", "Add it to the contract first.")


def entity_of(operations: Operations) -> Json:
    """Return the schema of an entity, from the list. Raise NotWritableError if it has no id or no name."""
    response = operations.listing.response or {}
    if response.get("properties"):
        unknown = [name for name in response.get("required", []) if name not in ("items", "links")]
        if unknown:
            raise NotWritableError(f"the response to {operations.listing.id} has {', '.join(unknown)}", _GUIDE)
        response = response["properties"].get("items") or {}
    entity: Json = response.get("items") or {}
    missing = [name for name in ("id", "name") if name not in (entity.get("properties") or {})]
    if missing:
        raise NotWritableError(f"the entities of {operations.listing.id} have no {' and no '.join(missing)}", _GUIDE)
    created = operations.create.response
    if created is not None and "id" not in (created.get("properties") or {}):
        raise NotWritableError(f"the response to {operations.create.id} has no id", _GUIDE)
    return entity


def properties_of(operations: Operations) -> list[Property]:
    """Return the properties, those of the create first, in the order of the contract; without the id."""
    create, entity = operations.create.body or {}, entity_of(operations)
    update = (operations.update.body if operations.update else None) or {"properties": {}}
    schemas: dict[str, Json] = {}
    for body in (create, update, entity):
        for name, schema in body["properties"].items():
            schemas.setdefault(name, schema)
    return [
        Property(
            name=name,
            schema=schema,
            required=name in create.get("required", []),
            created=name in create["properties"],
            updated=name in update["properties"],
            returned=name in entity["properties"],
        )
        for name, schema in schemas.items()
        if name not in ("id", "links")
    ]
