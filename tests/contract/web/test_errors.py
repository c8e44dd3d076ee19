# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of every operation: each is declared in the contract, and no input is a bug of the simulator."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from clc_simulator.core import contract
from clc_simulator.core.contract import Operation
from clc_simulator.core.errors import ApiError, DeclarationError, bad_request, not_found
from clc_simulator.core.operations import DECLARED, HandlerResponse, RequestContext, check_declarations, operation
from clc_simulator.core.raising import error_statuses
from clc_simulator.core.schemas import SchemaNode
from clc_simulator.web.normalize import Normalizer
from simclient import CONTRACT, WEB, Client

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"
UNKNOWN = "0" * 32

NOT_IMPLEMENTED = frozenset(
    {
        "createLegacyRdbsSubscription", "listLegacyRdbsSubscriptions", "getLegacyRdbsSubscription",
        "updateLegacyRdbsSubscription", "deleteLegacyRdbsSubscription", "getLegacyRdbsCertificate",
        "failoverLegacyRdbsSubscription", "listLegacyRdbsBackups", "deleteLegacyRdbsBackup", "listLegacyRdbsHistory",
        "listLegacyRdbsPromotions", "listLegacyRdbsDatacenters", "listLegacyRdbsDestinations",
        "createLegacyRdbsDestination", "updateLegacyRdbsDestination", "deleteLegacyRdbsDestination",
        "verifyLegacyRdbsDestination",
    }
)  # fmt: skip
"""Operations of the contract that the simulator may lack: those of the older paths of the database service."""


def prefixed(specified: Operation) -> str:
    """Return the path of an operation as the simulator serves it."""
    return ("" if specified.path.startswith("/v2") else contract.SERVICES.get(specified.file, "")) + specified.path


def missing_path(specified: Operation, alias: str) -> str:
    """Return a path with values that name nothing, and with this alias."""
    path = prefixed(specified)
    for name in (parameter.name for parameter in specified.parameters.values() if parameter.location == "path"):
        path = path.replace(f"{{{name}}}", alias if name in contract.ALIAS_PARAMETERS else UNKNOWN)
    return path


ALL = [pytest.param(specified, id=name) for name, specified in sorted(CONTRACT.operations.items())]


@pytest.mark.parametrize("specified", ALL)
def test_an_unknown_account_is_never_a_bug(small: Client, specified: Operation) -> None:
    response = small.request(specified.method, missing_path(specified, "NOPE"))
    if specified.id not in NOT_IMPLEMENTED:
        assert response.status in (
            (400, 404) if "NOPE" in missing_path(specified, "NOPE") else (200, 201, 202, 204, 400, 404)
        )
    if response.status == 404 and specified.responses[404] is None:
        assert response.body == b""


@pytest.mark.parametrize("query", ["type=latest&start=x", "type=none", "type=hourly&start=2000-01-01T00:00:00Z", ""])
@pytest.mark.parametrize("path", [SERVER, f"/v2/groups/DEMO/{WEB}"])
def test_bad_queries_of_statistics(composed: Client, path: str, query: str) -> None:
    assert composed.get(f"{path}/statistics?{query}").status == 400


@pytest.mark.parametrize("depth", [30, 100, 900])
def test_deeply_nested_bodies(small: Client, depth: int) -> None:
    raw = b'{"name": "x", "customFields": ' + b"[" * depth + b"]" * depth + b"}"
    response = small.request("POST", "/v2/groups/DEMO", raw=raw)
    assert response.status == 400
    raw = b"[" * depth + b"]" * depth
    assert small.request("POST", "/v2/operations/DEMO/servers/pause", raw=raw).status == 400


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 20, "1e999", "nan", "-inf", "\u00b2"])
def test_numbers_that_are_none(composed: Client, number: str) -> None:
    response = composed.create(cpu=number, memoryGB=number)
    assert set(response.state()) == {"body.cpu", "body.memoryGB"}
    if number.isascii():
        assert composed.get(f"/v2/groups/DEMO/{WEB}/scheduledActivities/x?limit={number}").status == 404
        composed.may_be_unknown = True


@pytest.mark.parametrize(
    "segment", ["WA1%0AX", "WA1%00X", "WA1%E2%80%A8X", "%0A", "WA1%ZZ", "%C3%28"], ids=lambda text: text.strip("%")
)
def test_any_characters_in_a_path(small: Client, segment: str) -> None:
    from urllib.parse import unquote

    response = small.get(f"/v2/servers/DEMO/{unquote(segment)}")
    assert (response.status, response.body) == (404, b"")
    response = small.get(f"/v2/{unquote(segment)}")
    assert response.json() == {"message": "The requested resource does not exist."}
    assert response.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("specified", ALL)
def test_a_401_has_the_body_that_the_contract_declares(make: Callable[..., Client], specified: Operation) -> None:
    if not specified.secured:
        return
    response = make("empty").request(specified.method, missing_path(specified, "DEMO"))
    assert response.status == 401
    check = specified.responses[401]
    assert check is not None
    assert check.is_valid(response.json())
    assert "Authorization has been denied" in response.body.decode()


# The check at startup


def test_the_statuses_of_a_handler_are_found_in_what_it_calls() -> None:
    def direct(request: RequestContext) -> HandlerResponse:
        raise ApiError(409)

    def in_a_function(request: RequestContext) -> HandlerResponse:
        raise bad_request("x")

    def in_a_comprehension(request: RequestContext) -> HandlerResponse:
        return HandlerResponse([not_found() for _ in "x"])

    def returned(request: RequestContext) -> HandlerResponse:
        return HandlerResponse(status=423)

    def none(request: RequestContext) -> HandlerResponse:
        return HandlerResponse([400][1:])

    assert error_statuses(direct) == {409}
    assert error_statuses(in_a_function) == {400}
    assert error_statuses(in_a_comprehension) == {404}
    assert error_statuses(returned) == {423}
    assert error_statuses(none) <= {400}


@pytest.mark.parametrize(
    ("operation_id", "statuses"),
    [
        ("getServer", {404}),
        ("getServerStatistics", {400, 404}),
        ("powerOnServers", {400}),
        ("createServer", {400}),
        ("createGroupScheduledActivity", {400, 404}),
        ("login", {400}),
        ("getAccount", set()),
    ],
)
def test_the_statuses_of_real_handlers(operation_id: str, statuses: set[int]) -> None:
    assert error_statuses(DECLARED[operation_id].handler) >= statuses


def test_an_error_that_the_contract_does_not_declare_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DECLARED, "getAccount", DECLARED["getAccount"])
    monkeypatch.delitem(DECLARED, "getAccount")

    @operation("getAccount")
    def get_account(request: RequestContext) -> HandlerResponse:
        raise ApiError(409)

    with pytest.raises(DeclarationError, match="getAccount can respond with 409, which the contract does not declare"):
        check_declarations(CONTRACT)


def test_errors_before_the_handler_are_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    specified = CONTRACT.operations["listGroupScheduledActivities"]
    declared = {status: check for status, check in specified.responses.items() if status not in (401, 403)}
    monkeypatch.setattr(specified, "responses", declared)
    with pytest.raises(DeclarationError, match="listGroupScheduledActivities can respond with 401, 403"):
        check_declarations(CONTRACT)


def test_no_operation_responds_with_501() -> None:
    assert CONTRACT.operations.keys() >= NOT_IMPLEMENTED
    assert CONTRACT.operations.keys() - DECLARED.keys() - NOT_IMPLEMENTED == set()


def numeric_strings() -> list[Any]:
    """Return the properties of requests, at any level, that are numbers which may be quoted, and not any text."""
    found = []

    def walk(value: Any, schema: SchemaNode, path: list[Any], specified: Operation, example: Any) -> None:
        schema = CONTRACT.schemas.resolve(schema)
        if isinstance(value, dict):
            for name, part in schema.node.get("properties", {}).items():
                if name in value:
                    walk(value[name], SchemaNode(part, schema.file), [*path, name], specified, example)
        elif isinstance(value, list) and value:
            walk(value[0], SchemaNode(schema.node.get("items", {}), schema.file), [*path, 0], specified, example)
        else:
            kinds = [schema.node, *schema.node.get("oneOf", [])]
            types = {kind for node in kinds for kind in [node.get("type", [])] if isinstance(kind, str)}
            types |= {kind for node in kinds if isinstance(node.get("type"), list) for kind in node["type"]}
            free = any(node.get("type") == ["string", "number"] for node in kinds)
            if types & {"integer", "number"} and not free:
                found.append(pytest.param(specified, example, path, id=f"{specified.id}-{'.'.join(map(str, path))}"))

    for _, specified in sorted(CONTRACT.operations.items()):
        if specified.body is not None and specified.examples:
            walk(specified.examples[0], specified.body, [], specified, specified.examples[0])
    return found


@pytest.mark.parametrize("text", ["9" * 20, "9" * 5000, "\u0663", "\u00b2", "1e999", "0x10", "1_0"])
@pytest.mark.parametrize(("specified", "example", "path"), numeric_strings())
def test_quoted_numbers_that_are_none(specified: Operation, example: Any, path: list[Any], text: str) -> None:
    body = copy.deepcopy(example)
    target = body
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = text
    with pytest.raises(ApiError, match="400"):
        Normalizer(CONTRACT).body(specified, orjson.dumps(body), "application/json")
