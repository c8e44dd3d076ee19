# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Starts a simulator of a target's own with `options`, or ends the one in `directory`; start.yml and stop.yml use it.

A start returns `url` and `directory`, an end returns `errors`, which is what the simulator had to complain of.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import typing as t
from pathlib import Path

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

_PATIENCE = 60.0  # seconds until its line; it takes about one
_LINE = "listening on "


class ActionModule(ActionBase):  # type: ignore[misc]
    """Starts or ends a simulator."""

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Return where the simulator is, or what it complained of."""
        result: dict[str, t.Any] = super().run(tmp, task_vars)
        if "directory" in self._task.args:
            return {**result, "changed": True, "errors": _end(Path(str(self._task.args["directory"])))}
        command = [str(self._task.args["command"]), "serve", "--port", "0"]
        directory = Path(tempfile.mkdtemp(prefix="clc-simulator."))
        url = _start([*command, *shlex.split(str(self._task.args.get("options", "")))], directory)
        return {**result, "changed": True, "url": url, "directory": str(directory)}


def _start(command: t.Sequence[str], directory: Path) -> str:
    """Start a simulator that outlives this process, with its output in directory; return its address."""
    with (directory / "out").open("w") as out, (directory / "err").open("w") as err:
        process = subprocess.Popen(
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
    (directory / "pid").write_text(str(process.pid), encoding="utf-8")
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        line, complete, _rest = (directory / "out").read_text(encoding="utf-8").partition("\n")
        if complete and line.startswith(_LINE):
            return line.removeprefix(_LINE)
        time.sleep(0.05)
    process.kill()
    errors = (directory / "err").read_text(encoding="utf-8", errors="replace")[-2000:]
    raise AnsibleActionFail(f"the simulator does not listen: {errors}")


def _end(directory: Path) -> str:
    """Stop the simulator of a directory and remove the directory; return its standard error output."""
    os.kill(int((directory / "pid").read_text(encoding="utf-8")), signal.SIGTERM)
    errors = (directory / "err").read_text(encoding="utf-8", errors="replace")
    shutil.rmtree(directory, ignore_errors=True)
    return errors
