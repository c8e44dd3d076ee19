# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a directory of recorded responses.

Each file is a JSON object with request, status, and body, as in

    {"request": "GET /v2/servers/DEMO/WA1DEMOWEB01", "status": 200, "body": {...}}

or it is the body alone, and its name is the request with placeholders (alias, dc, id, server, ip), joined by dashes, and
the status code, as in GET-v2-groups-alias-id-serverDetail-detailed.200.json. The placeholders are found in the body, so
that only the responses below can have such a name.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.seeds.errors import SeedError, entry

Json = dict[str, Any]

_FILE_NAMES = {
    r"GET-v2-datacenters-alias": "list",
    r"GET-v2-datacenters-alias-dc-groupLinks-(true|false)": "data center",
    r"GET-v2-datacenters-alias-dc-deploymentCapabilities": "capabilities",
    r"GET-v2-groups-alias-id(-serverDetail-detailed)?": "group",
    r"GET-v2-servers-alias-(server|id)-uuid-\w+": "server",
    r"GET-v2-servers-alias-server-publicIPAddresses-ip": "public",
    r"GET-v2-experimental-networks-alias-dc-id": "network",
}


def responses_in(directory: Path, alias: str | None, data_center_code: str | None) -> list[Json]:
    """Return the responses of a directory as items of a seed's list: request and status, with file or body.

    alias and data_center_code replace the placeholders in the names. If there are multiple responses for a group whose names
    have placeholders, the detailed response is used, else the last one by name. Files that are not a response to an
    identifiable GET are named on stderr. Raise SeedError if the directory or a file cannot be read.
    """
    described: list[Json] = []
    named: list[tuple[str | None, Path, Any]] = []
    with entry(f"recorded: {directory}"):
        if not directory.is_dir():
            raise SeedError("there is no such directory")
        files = sorted(directory.glob("*.json"))
    for path in files:
        with entry(f"recorded: {path}"):
            body = orjson.loads(path.read_bytes())
        if isinstance(body, dict) and "request" in body and body.keys() <= {"request", "status", "body"}:
            check_response_file(body, path)
            described.append({"status": 200, "body": None, **body})
        else:
            named.append((_kind(path) if alias else None, path, body))
    requests = _named_requests(named, alias or "", data_center_code or "")
    read = set(requests.values())
    _report_others(directory, [path.name for _, path, _ in named if path not in read])
    if not described and not requests:
        raise SeedError(f"recorded: {directory} has no response to a GET that can be identified")
    return described + [
        {"request": f"GET {request}", "file": str(path.resolve())} for request, path in requests.items()
    ]


def check_response_file(content: Json, path: Path) -> None:
    """Raise SeedError if a file is not a described response."""
    status = content.get("status", 200)
    if not str(content["request"]).startswith("GET /"):
        raise SeedError(f"recorded: {path}: only responses to GET can be loaded, not {content['request']}")
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise SeedError(f"recorded: {path}: {status} is not a status code")


def _named_requests(named: list[tuple[str | None, Path, Any]], alias: str, data_center_code: str) -> dict[str, Path]:
    servers = [body for kind, _, body in named if kind == "server"]
    requests: dict[str, Path] = {}
    # Detailed responses are last, so they replace plain responses.
    for kind, path, body in sorted(named, key=lambda item: "serverDetail" in item[1].name):
        with entry(f"recorded: {path}"):
            request = _request(kind, body, alias, data_center_code, servers)
        if request is not None:
            requests[request] = path
    return requests


def _report_others(directory: Path, names: list[str]) -> None:
    if names:
        names_in_message = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
        print(
            f"clc-simulator: recorded: {directory}: not loaded, since their request cannot be identified:"
            f" {len(names)} files ({names_in_message})",
            file=sys.stderr,
        )


def _kind(path: Path) -> str | None:
    name, _, rest = path.name.partition(".")
    if not rest.startswith("200"):
        return None
    return next((kind for pattern, kind in _FILE_NAMES.items() if re.fullmatch(pattern, name)), None)


def _request(kind: str | None, body: Any, alias: str, data_center_code: str, servers: list[Json]) -> str | None:
    """Return the path of the request of a response, or None if it cannot be identified."""
    if kind == "public":
        for server in servers:
            for entry in server.get("details", {}).get("ipAddresses", []):
                if entry.get("internal") == body["internalIPAddress"] and "public" in entry:
                    return f"/v2/servers/{alias}/{server['id']}/publicIPAddresses/{entry['public']}"
        return None
    if kind == "network":
        self_link = next(link["href"] for link in body["links"] if link["rel"] == "self")
        return str(self_link[self_link.index("/v2-experimental") :])
    paths = {
        "list": "/v2/datacenters/{alias}",
        "data center": "/v2/datacenters/{alias}/{id}",
        "capabilities": "/v2/datacenters/{alias}/{code}/deploymentCapabilities",
        "group": "/v2/groups/{alias}/{id}",
        "server": "/v2/servers/{alias}/{id}",
    }
    if kind is None:
        return None
    return paths[kind].format(
        alias=alias, code=data_center_code, id=body["id"] if isinstance(body, dict) and "id" in body else ""
    )
