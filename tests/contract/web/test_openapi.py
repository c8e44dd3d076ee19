# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract as the simulator serves it: documents whose servers and references work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx

from conftest import Process
from simclient import CONTRACT, Client


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, item in document["paths"].items():
        for method in ("get", "post", "put", "patch", "delete"):
            if method in item:
                server = item.get("servers", document.get("servers"))[0]["url"]
                yield f"{server}{path}", method.upper(), item[method]


def test_all_operations_are_served_with_urls_of_the_simulator(running: Process) -> None:
    served = set()
    with httpx.Client() as http:
        files = http.get(f"{running.url}/_simulator/openapi").json()
        for file in files:
            document = http.get(file["url"]).json()
            found = list(operations(document))
            assert (file["title"], file["operations"]) == (document["info"]["title"], len(found))
            for url, method, operation in found:
                path = url.removeprefix(running.url)
                match = CONTRACT.match(method, path)
                assert match is not None, url
                assert match.operation is not None
                alternatives = [match.operation, *match.operation.overloads]
                assert operation["operationId"] in [each.id for each in alternatives]
                served.add(operation["operationId"])
    assert served == set(CONTRACT.operations)


def test_references_between_the_documents_hold(running: Process) -> None:
    with httpx.Client() as http:
        for file in http.get(f"{running.url}/_simulator/openapi").json():
            for reference in set(references(http.get(file["url"]).json())):
                target, _, pointer = urljoin(file["url"], reference).partition("#")
                node = http.get(target).json()
                for part in pointer.split("/")[1:]:
                    node = node[part.replace("~1", "/").replace("~0", "~")]


def test_the_host_of_the_client_is_used(small: Client) -> None:
    response = small.request("GET", "/_simulator/openapi/lbaas.yaml", headers={"host": "simulator.example:8443"})
    servers = [response.json().get("servers"), *(item.get("servers") for item in response.json()["paths"].values())]
    assert [{"url": "http://simulator.example:8443/lbaas"}] in servers
    assert "api.ctl.io" not in str(servers)


def test_other_files_are_not_served(small: Client) -> None:
    for path in ("openapi/nothing.yaml", "openapi/../platform.yaml", "openapi/%2e%2e/cli.py"):
        assert small.request("GET", f"/_simulator/{path}").status == 404
    assert small.request("POST", "/_simulator/openapi/groups.yaml").status == 404
