# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Control paths with the contract, as OpenAPI documents whose servers are this simulator.

Decisions:
  - The documents are JSON, which is YAML as well, so that the references between the files of the contract hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from clc_simulator.core.contract import MAIN_SERVER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from clc_simulator.core.contract import Contract
    from clc_simulator.web.simulator import Simulator

_DIRECTORY = "openapi/"


def index(simulator: Simulator, request: Request, _body: Any) -> Any:
    """Return the files of the contract: title, URL, and number of operations of each."""
    base = f"{_base(request)}/_simulator/{_DIRECTORY}"
    operations = [operation.file for operation in simulator.contract.operations.values()]
    return [
        {
            "file": name,
            "title": document["info"]["title"],
            "url": base + name,
            "operations": operations.count(name),
        }
        for name, document in sorted(simulator.contract.schemas.files.items())
    ]


def route(contract: Contract, method: str, path: str) -> Callable[[Simulator, Request, Any], Any] | None:
    """Return what serves openapi/FILE, or None if the contract has no such file."""
    name = path.removeprefix(_DIRECTORY)
    if method != "GET" or not path.startswith(_DIRECTORY) or name not in contract.schemas.files:
        return None

    def serve(simulator: Simulator, request: Request, _body: Any) -> Any:
        return _document(simulator.contract.schemas.files[name], name, _base(request))

    return serve


def _document(document: dict[str, Any], name: str, base: str) -> dict[str, Any]:
    """Return a file of the contract with this simulator as the server of each of its paths."""
    paths = {
        path: {**item, "servers": _servers(item["servers"], name, base)} if "servers" in item else item
        for path, item in document["paths"].items()
    }
    served = {**document, "paths": paths}
    return {**served, "servers": _servers(document["servers"], name, base)} if "servers" in document else served


def _servers(servers: list[dict[str, Any]], name: str, base: str) -> list[dict[str, Any]]:
    prefix = "" if servers[0].get("url") == MAIN_SERVER else SERVICES.get(name, "")
    return [{"url": base + prefix}]


def _base(request: Request) -> str:
    """Return scheme, host, and port as the client has them."""
    return f"{request.url.scheme}://{request.url.netloc}"
