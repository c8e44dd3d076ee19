# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A copy of the repository whose contract has two more resources, for tests of make new: one in a new family, one in another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import copytree
from tools.new import guide
from tools.support import ROOT

# FAMILY, NAME, and LIST.
RESOURCES = (("widget", "widget", "listWidgets"), ("network", "gadget", "listGadgets"))
__all__ = ["RESOURCES", "ROOT", "make_copy", "run", "write_resources"]
_OPENAPI = "simulator/src/clc_simulator/openapi"


def make_copy(directory: Path) -> Path:
    """Copy the repository to a directory, with the contract of widgets from the guide and that of gadgets."""
    copytree.copy_to(directory, ())
    (directory / _OPENAPI / guide.CONTRACT_FILE).write_text(guide.printed_contract(), encoding="utf-8")
    gadgets = Path(__file__).with_name("gadgets.yaml").read_text(encoding="utf-8")
    (directory / _OPENAPI / "gadgets.yaml").write_text(gadgets, encoding="utf-8")
    return directory


def run(copy: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run Python in the copy, with the copy's simulator; return the output. Fails if the exit code is not 0."""
    path = {"PYTHONPATH": str(copy / "simulator" / "src"), **(environment or {})}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=copy, env={**os.environ, **path}, capture_output=True, text=True, check=False, timeout=300
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


def write_resources(copy: Path) -> str:
    """Run make new in the copy for each resource; return what it printed."""
    return "".join(
        run(copy, "-m", "tools.new", f"--family={family}", f"--name={name}", f"--list={list_id}")
        for family, name, list_id in RESOURCES
    )
