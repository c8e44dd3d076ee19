# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a directory of recorded responses: identifies the request of each file by its name and content.

Names of files: method, path with placeholders (alias, dc, id, server, ip), and query, joined by dashes, then the status
code, as in GET-v2-groups-alias-id-serverDetail-detailed.200.json.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.seeds.errors import SeedError

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


def requests_in(directory: Path, alias: str, data_center_code: str) -> list[Json]:
    """Return {request, file} for each response of a directory that can be loaded, with absolute paths of files.

    alias and data_center_code replace the placeholders in the names. If there are multiple responses for a group, the
    detailed response is used, else the last one by name. Raise SeedError if the directory cannot be read.
    """
    try:
        files = sorted(directory.glob("GET-*.200*.json"))
        responses = [(_kind(path), path, orjson.loads(path.read_bytes())) for path in files]
    except (OSError, orjson.JSONDecodeError) as error:
        raise SeedError(f"recorded: {directory}: {error}") from error
    if not responses:
        raise SeedError(f"recorded: {directory} has no file named GET-*.200.json")
    servers = [body for kind, _, body in responses if kind == "server"]
    requests: dict[str, Path] = {}
    # Detailed responses are last, so they replace plain responses.
    for kind, path, body in sorted(responses, key=lambda item: "serverDetail" in item[1].name):
        request = _request(kind, body, alias, data_center_code, servers)
        if request is not None:
            requests[request] = path
    return [{"request": f"GET {request}", "file": str(path.resolve())} for request, path in requests.items()]


def _kind(path: Path) -> str | None:
    name = path.name.partition(".")[0]
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
