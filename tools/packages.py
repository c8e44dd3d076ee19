# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the wheels and source distributions of the Python packages: python -m tools.packages [DIRECTORY]."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .support import ROOT

DIST = ROOT / "build" / "dist"
PACKAGES = ("simulator", "clc-migrate")
"""Directories of the packages. Their versions are that of the collection (tools/consistency.py)."""


def build(directory: Path) -> list[Path]:
    """Build all packages into a directory and return the files.

    It needs no network: the build backend is that of the environment. Raise subprocess.CalledProcessError if a build fails; its
    output is printed.
    """
    directory.mkdir(parents=True, exist_ok=True)
    before = set(directory.iterdir())
    for package in PACKAGES:
        # The wheel is built from the source distribution, so that this has all that it needs.
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(directory), str(ROOT / package)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return sorted(set(directory.iterdir()) - before)


def main() -> int:
    """Build into build/dist, or into the directory that is the argument."""
    directory = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else DIST
    for file in build(directory):
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
