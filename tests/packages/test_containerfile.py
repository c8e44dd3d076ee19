# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""simulator/Containerfile, without a container engine: its files exist, and its commands work together."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
from pathlib import Path

from conftest import program
from tools.support import ROOT

DIRECTORY = ROOT / "simulator"


def instructions() -> list[tuple[str, str]]:
    lines = (DIRECTORY / "Containerfile").read_text(encoding="utf-8").splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name.isupper()]


def command(name: str) -> list[str]:
    (found,) = (rest for instruction, rest in instructions() if instruction == name)
    parsed: list[str] = json.loads(found[found.index("[") :])
    return parsed


def test_copied_files_exist_here_and_in_the_source_distribution(dist: Path) -> None:
    (packed,) = dist.glob("clc_simulator-*.tar.gz")
    with tarfile.open(packed) as content:
        names = {name.split("/", 1)[1] for name in content.getnames()}
    for instruction, rest in instructions():
        if instruction == "COPY":
            for source in rest.split()[:-1]:
                assert (DIRECTORY / source).exists()
                assert any(name == source or name.startswith(f"{source}/") for name in names)
    assert "Containerfile" in names


def test_the_health_check_succeeds_for_the_command(tmp_path: Path) -> None:
    """Both run here, the server on another port and on the loopback interface."""
    entry, default, health = command("ENTRYPOINT"), command("CMD"), command("HEALTHCHECK")
    assert (entry, health[0]) == (["clc-simulator"], "clc-simulator")
    port = dict(instructions())["EXPOSE"]
    assert default[default.index("--port") + 1] == port
    assert f"http://127.0.0.1:{port}" in health
    arguments = ["127.0.0.1" if word == "0.0.0.0" else "0" if word == port else word for word in default]
    with subprocess.Popen([program(entry[0]), *arguments], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().removeprefix("listening on ").strip()
            check = [re.sub(r"http://127.0.0.1:\d+", url, word) for word in health[1:]]
            done = subprocess.run([program(health[0]), *check], capture_output=True, check=False, timeout=60)
            assert done.returncode == 0
        finally:
            server.terminate()


def test_the_process_is_not_root() -> None:
    names = [name for name, _ in instructions()]
    assert dict(instructions())["USER"] not in ("root", "0")
    assert names.index("USER") < names.index("ENTRYPOINT")
