# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find Pythons that really run.

Version managers put shims on PATH: they exist under every name and run for some. ansible-test looks interpreters up by
name and ends on such a shim, and it drops the variables that would choose a version. So each candidate is asked for its
version by running it, the directories of those that ran go first in PATH, and directories of shims leave it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

# A virtual environment's Python stands for the one that it was made from: the environment may be gone tomorrow.
_ASK = """
import os, sys
home = os.path.join(sys.base_prefix, "bin") if sys.prefix != sys.base_prefix else os.path.dirname(sys.executable)
try:
    import ensurepip, venv
    able = "able"
except ImportError:
    able = "unable"
print("%d.%d" % sys.version_info[:2], able, home)
"""
_PATIENCE = 20.0  # seconds; a shim can start a shell, and a busy machine is slow


def find(versions: Iterable[str]) -> dict[str, Path]:
    """Return the directory of a working Python for each of the versions (such as "3.11") that has one here.

    One that cannot make virtual environments (Debian without python3-venv) counts only if uv can do it instead.
    """
    with_uv = shutil.which("uv") is not None
    found: dict[str, Path] = {}
    for version in sorted(set(versions)):
        for candidate in _candidates(version):
            facts = _ask(candidate)
            if facts and facts[0] == version and (facts[1] or with_uv) and (facts[2] / f"python{version}").exists():
                found[version] = facts[2]
                break
    return found


def search_path(found: dict[str, Path], path: str) -> str:
    """Return the PATH for children: the directories of the Pythons found, then path's own without directories of shims."""
    kept = [directory for directory in path.split(os.pathsep) if directory and not _holds_shims(Path(directory))]
    first = [str(directory) for directory in found.values()]
    return os.pathsep.join(dict.fromkeys([*first, *kept]))


def _candidates(version: str) -> Iterator[Path]:
    """Return every path where that Python may be: PATH first, then what pyenv keeps next to its shims."""
    name = f"python{version}"
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        if directory:
            yield from (path for path in (Path(directory) / name, Path(directory) / "python3") if path.exists())
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/{name}"), reverse=True)


def _ask(candidate: Path) -> tuple[str, bool, Path] | None:
    """Run candidate; return its version, whether it makes virtual environments, and its real directory."""
    command = [str(candidate), "-c", _ASK]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = process.stdout.strip().split(maxsplit=2)
    if process.returncode != 0 or len(words) != 3:
        return None
    return words[0], words[1] == "able", Path(words[2])


def _holds_shims(directory: Path) -> bool:
    """Return whether a Python of that directory fails to run or turns out to live elsewhere."""
    for candidate in sorted(directory.glob("python3.[0-9]*")):
        if candidate.name.count(".") != 1 or not candidate.name.rpartition(".")[2].isdigit():
            continue  # python3.11-config and the like
        facts = _ask(candidate)
        if facts is None or not facts[2].exists() or not facts[2].samefile(directory):
            return not _is_environment(directory)
    return False


def _is_environment(directory: Path) -> bool:
    """Return whether directory is the bin of a virtual environment, whose Python rightly lives elsewhere."""
    return (directory.parent / "pyvenv.cfg").exists()
