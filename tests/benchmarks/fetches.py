# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the servers of an account in one of several ways, and prints what that took.

Usage: python fetches.py plugin|floor|vendor|vendor-kept-alive

plugin: what the inventory plugin does before it adds hosts. floor: the same requests with the same HTTP library, as many at a
time, each response parsed and dropped. vendor: what the vendor's script clc_inv.py did, the groups and then each server by
a request of its own, in 25 threads, with a new connection for each request; vendor-kept-alive: with one connection for each
thread. Writes JSON: cpu_seconds and wall_seconds, without imports, and servers. The environment has the credentials.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

_URL = os.environ["CLC_V2_API_URL"]
_LOGIN = {"username": os.environ["CLC_V2_API_USERNAME"], "password": os.environ["CLC_V2_API_PASSWD"]}
_VENDOR_THREADS = 25
_ALIAS = "DEMO"

Get = Callable[[str], Any]


def plugin() -> int:
    """Read the accounts as the inventory plugin does."""
    client = run_client.logged_in_client(run_client.connection_params({}), "clc", lambda _exchange: None)
    snapshot = fetch.read_accounts(client, [client.account], fetch.Selection(), _raise)
    return len(snapshot.rows)


def _raise(_part: str, error: Exception) -> None:
    raise error


def floor() -> int:
    """Send the same requests with the same library, and parse the responses."""
    get = _getter(kept_alive=True)
    roots = _roots(get)
    with ThreadPoolExecutor(len(roots)) as pool:
        return sum(pool.map(lambda root: sum(1 for _server in _servers(get(f"{root}?serverDetail=detailed"))), roots))


def vendor(kept_alive: bool) -> int:
    """Read each server by a request of its own."""
    get = _getter(kept_alive)
    with ThreadPoolExecutor(_VENDOR_THREADS) as pool:
        paths = [path for root in pool.map(get, _roots(get)) for path in _server_links(root)]
        return len(list(pool.map(get, paths)))


def _getter(kept_alive: bool) -> Get:
    """Log in; return a function that reads a path. kept_alive: each thread has a connection; else each request has its own."""
    threads = threading.local()
    login = requests.post(f"{_URL}/v2/authentication/login", json=_LOGIN, timeout=600).json()
    headers = {"Authorization": f"Bearer {login['bearerToken']}"}

    def get(path: str) -> Any:
        if not kept_alive:
            return requests.get(_URL + path, headers=headers, timeout=600).json()
        if not hasattr(threads, "session"):
            threads.session = requests.Session()
        return threads.session.get(_URL + path, headers=headers, timeout=600).json()

    return get


def _roots(get: Get) -> list[str]:
    """Return the paths of the root groups of the data centers."""
    data_centers = get(f"/v2/datacenters/{_ALIAS}?groupLinks=true")
    return [link["href"] for item in data_centers for link in item["links"] if link["rel"] == "group"]


def _servers(group: Any) -> Iterator[Any]:
    yield from group["servers"]
    for child in group["groups"]:
        yield from _servers(child)


def _server_links(group: Any) -> Iterator[str]:
    yield from (link["href"] for link in group["links"] if link["rel"] == "server")
    for child in group["groups"]:
        yield from _server_links(child)


WAYS: dict[str, Callable[[], int]] = {
    "plugin": plugin,
    "floor": floor,
    "vendor": lambda: vendor(kept_alive=False),
    "vendor-kept-alive": lambda: vendor(kept_alive=True),
}


def main() -> None:
    """Read and print."""
    cpu, wall = time.process_time(), time.perf_counter()
    servers = WAYS[sys.argv[1]]()
    used = {"cpu_seconds": time.process_time() - cpu, "wall_seconds": time.perf_counter() - wall}
    sys.stdout.write(json.dumps({**used, "servers": servers}))


if __name__ == "__main__":
    if sys.argv[1] == "plugin":
        from ansible_collections.centurylink.cloud.plugins.plugin_utils import run_client
        from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory import fetch
    main()
