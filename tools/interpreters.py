# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find Pythons that really run.

Version managers put shims on PATH: they exist under every name and run for some. ansible-test looks interpreters up by
name and ends on such a shim, and it drops the variables that would choose a version. So each candidate is asked for its
version by running it, the folders of those that answered go first in PATH, and folders of shims leave it.
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
    """Return the folder of a working Python for each of the versions (such as "3.11") that has one here.

    One that cannot make virtual environments (Debian without python3-venv) counts only where uv can do it instead.
    """
    with_uv = shutil.which("uv") is not None
    found: dict[str, Path] = {}
    for version in sorted(set(versions)):
        for candidate in _candidates(version):
            answer = _ask(candidate)
            if answer and answer[0] == version and (answer[1] or with_uv) and (answer[2] / f"python{version}").exists():
                found[version] = answer[2]
                break
    return found


def search_path(found: dict[str, Path], path: str) -> str:
    """Return the PATH for children: the folders of the Pythons found, then path's own without folders of shims."""
    kept = [folder for folder in path.split(os.pathsep) if folder and not _holds_shims(Path(folder))]
    first = [str(folder) for folder in found.values()]
    return os.pathsep.join(dict.fromkeys([*first, *kept]))


def _candidates(version: str) -> Iterator[Path]:
    """Give every place where that Python may be: PATH first, then what pyenv keeps beside its shims."""
    name = f"python{version}"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder:
            yield from (path for path in (Path(folder) / name, Path(folder) / "python3") if path.exists())
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/{name}"), reverse=True)


def _ask(candidate: Path) -> tuple[str, bool, Path] | None:
    """Run candidate; return its version, whether it makes virtual environments, and its real folder."""
    command = [str(candidate), "-c", _ASK]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = answer.stdout.strip().split(maxsplit=2)
    if answer.returncode != 0 or len(words) != 3:
        return None
    return words[0], words[1] == "able", Path(words[2])


def _holds_shims(folder: Path) -> bool:
    """Say whether a Python of that folder fails to run or turns out to live elsewhere."""
    for candidate in sorted(folder.glob("python3.[0-9]*")):
        if candidate.name.count(".") != 1 or not candidate.name.rpartition(".")[2].isdigit():
            continue  # python3.11-config and the like
        answer = _ask(candidate)
        if answer is None or not answer[2].exists() or not answer[2].samefile(folder):
            return not _is_environment(folder)
    return False


def _is_environment(folder: Path) -> bool:
    """Say whether folder is the bin of a virtual environment, whose Python rightly lives elsewhere."""
    return (folder.parent / "pyvenv.cfg").exists()
