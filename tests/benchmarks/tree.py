# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command, waits for it and for everything it left behind, and writes what all of it used.

Usage: python tree.py FILE_DESCRIPTOR COMMAND [ARGUMENT ...]

ansible-playbook can end before its last worker, and no figures include processes without a waiting parent. So this process
adopts the orphans, where the system (Linux) can do that. Writes JSON: status (of the command), wall_seconds (until the
command ended), cpu_seconds, peak (ru_maxrss of the largest process).
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run the command, and write to the file descriptor."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    status = subprocess.run(sys.argv[2:], check=False).returncode
    wall = time.monotonic() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    found = {"status": status, "wall_seconds": wall, "cpu_seconds": cpu, "peak": used.ru_maxrss}
    os.write(int(sys.argv[1]), json.dumps(found).encode())


if __name__ == "__main__":
    main()
