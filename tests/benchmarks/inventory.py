# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures the inventory plugin and static files of the same hosts, with --graph and --list, fresh and from the cache."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from .report import USAGE_HEAD, Report, table, usage_cells, usage_data
from .runner import Bench, Command

SERVERS = 10_000
SOURCES = {
    "static, one variable each": "bare.json",
    "static, same variables": "static.json",
    "plugin, fresh": "fresh.clc.yml",
    "plugin, cached": "cached.clc.yml",
}


def measure(bench: Bench) -> Report:
    """Measure on the newest ansible-core."""
    core = bench.cores[-1]
    program, address = core.program("ansible-inventory"), bench.simulator("--seed", f"fleet:{SERVERS}")
    environment = bench.environment(address)
    _write_sources(bench, program, environment)
    commands = [
        Command(f"{form}, {name}", [program, "-i", str(bench.directory / file), form], environment, address)
        for form in ("--graph", "--list")
        for name, file in SOURCES.items()
    ]
    runs = bench.measure(commands).runs
    rows = [[name, *usage_cells(used)] for name, used in runs.items()]
    found = {"ansible_core": core.version, "servers": SERVERS}
    found["sources"] = {name: usage_data(used) for name, used in runs.items()}
    return Report(f"{SERVERS:,} servers.\n\n{table(['ansible-inventory', *USAGE_HEAD], rows)}", found)


def _write_sources(bench: Bench, program: str, environment: dict[str, str]) -> None:
    """Write the plugin's sources, and static files of the same hosts; this fills the cache as well."""
    plugin = "plugin: centurylink.cloud.clc\n"
    bench.file("fresh.clc.yml", plugin)
    kept = f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {bench.directory}/cache\n"
    source = bench.file("cached.clc.yml", plugin + kept)
    command = [program, "-i", source, "--list"]
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=600).stdout
    hosts = _plain(json.loads(output)["_meta"]["hostvars"])
    for file, variables in (("static.json", hosts), ("bare.json", {name: {"clc_id": name} for name in hosts})):
        bench.file(file, json.dumps({"all": {"hosts": variables}}))


def _plain(value: Any) -> Any:
    """Return a value without the marks that ansible-inventory puts on strings that are not templates."""
    if isinstance(value, dict):
        marked = set(value) == {"__ansible_unsafe"}
        return value["__ansible_unsafe"] if marked else {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
