# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the Java that ansible-rulebook needs, or install Debian's package if that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import results

PACKAGE = "openjdk-17-jre-headless"
_GAP = (
    "ansible-rulebook did not run, which does not count as passed: it needs Java 17 or newer. "
    f"On Debian and Ubuntu, install {PACKAGE}; elsewhere, set JAVA_HOME"
)


def environment() -> dict[str, str]:
    """Return the variables with which ansible-rulebook finds Java."""
    home = os.environ.get("JAVA_HOME")
    return {"JAVA_HOME": home} if home else {}


def is_present() -> bool:
    """Return whether there is a Java that runs."""
    home = os.environ.get("JAVA_HOME")
    program = Path(home, "bin", "java") if home else shutil.which("java")
    try:
        return (
            program is not None
            and subprocess.run([program, "-version"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def install() -> None:
    """Install Debian's package, if this is root on a Debian without Java."""
    apt = shutil.which("apt-get")
    # A Java that does not run is for its user to mend: installing would upgrade it.
    if apt is None or os.geteuid() != 0 or os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], env=quiet, check=False)
    subprocess.run([apt, "install", "-qq", "-y", "--no-install-recommends", PACKAGE], env=quiet, check=False)


def main() -> int:
    """Make Java available, and leave a note for the summary of results if that is not possible."""
    if not is_present():
        install()
    note = results.REPORTS / "not-tested-events.txt"
    note.unlink(missing_ok=True)
    if is_present():
        return 0
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(f"{_GAP}.\n", encoding="utf-8")
    sys.stderr.write(f"NOT TESTED: {_GAP}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
