# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures the inventory plugin beside what ansible-core takes for the same hosts from static files, in one run.

Usage: python tests/benchmarks/inventory_hosts.py [--servers N] [--latency MS]

Starts `clc-simulator serve --seed fleet:N` and runs ansible-inventory --graph and --list over it, freshly and from the cache, and
over two static JSON files: N hosts of one variable each, and the same hosts with the same variables. Prints seconds, the ratio to
the latter, and the requests made.
Needs ansible-core, requests and the simulator in the environment that runs it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools import linktree, simulator  # noqa: E402 - importable once the repository is on the path


def seconds(source: Path, form: str, environment: dict[str, str]) -> float:
    """Return the seconds that ansible-inventory takes over a source."""
    command = [str(Path(sys.executable).with_name("ansible-inventory")), "-i", str(source), form]
    began = time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=600)
    return time.monotonic() - began


def requests_made(address: str) -> int:
    """Return how many requests the simulator has seen, and forget them."""
    made = len(simulator.ask(address, "requests"))
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/_simulator/requests", method="DELETE"), timeout=30
    ).close()
    return made


def plain(value: Any) -> Any:
    """Return a value without the marks that ansible-inventory puts on text that is no template."""
    if isinstance(value, dict):
        marked = set(value) == {"__ansible_unsafe"}
        return value["__ansible_unsafe"] if marked else {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def write_static(folder: Path, environment: dict[str, str]) -> None:
    """Write the static files of the same hosts, and fill the cache."""
    command = [str(Path(sys.executable).with_name("ansible-inventory")), "-i", str(folder / "cached.clc.yml"), "--list"]
    listed = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=600).stdout
    hosts = plain(json.loads(listed)["_meta"]["hostvars"])
    bare = {name: {"clc_id": name} for name in hosts}
    for name, held in (("static", hosts), ("bare", bare)):
        (folder / f"{name}.json").write_text(json.dumps({"all": {"hosts": held}}), encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--latency", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fresh.clc.yml").write_text("plugin: centurylink.cloud.clc\n", encoding="utf-8")
        cached = "plugin: centurylink.cloud.clc\ncache: true\ncache_plugin: ansible.builtin.jsonfile\n"
        (folder / "cached.clc.yml").write_text(f"{cached}cache_connection: {folder}/cache\n", encoding="utf-8")
        options = ["--seed", f"fleet:{given.servers}", "--latency", str(given.latency)]
        with simulator.serving(*options, log=folder / "simulator.log") as address:
            environment = {
                **os.environ,
                "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
                "CLC_V2_API_URL": address,
                "CLC_V2_API_USERNAME": "demo",
                "CLC_V2_API_PASSWD": "demo-password",
            }
            write_static(folder, environment)
            requests_made(address)
            for form in ("--graph", "--list"):
                bare = seconds(folder / "bare.json", form, environment)
                static = seconds(folder / "static.json", form, environment)
                print(f"{form:8} {given.servers} static hosts: {static:6.2f} s; with one variable each {bare:6.2f} s")
                for source in ("fresh", "cached"):
                    took = seconds(folder / f"{source}.clc.yml", form, environment)
                    made = requests_made(address)
                    print(f"{form:8} {source:7} {took:6.2f} s, {took / static:4.2f} of static, {made} requests")


if __name__ == "__main__":
    main()
