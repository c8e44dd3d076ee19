# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole runs of ansible-playbook in a directory of their own, and what callbacks got in them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from tools import linktree

from .modules import PASSWORD
from .wire import TOKEN

PLUGINS = Path(__file__).parent / "run_plugins"
LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
Event = dict[str, t.Any]
# Lines that depend on how a module was run: modules of a process have no requests to show.
_OF_THE_WAY = re.compile(r"<\w+> |Using module file|Pipelining is enabled|[\w.]+: (GET|POST) |extra_vars: |\s*$")

_OF_THE_RUN = re.compile(r"\d+:\d{2}:\d{2}\.\d+|127\.0\.0\.1:\d+")


@dataclass
class Run:
    """A run that has ended."""

    returncode: int
    screen: str
    events: list[Event]
    directory: Path

    @property
    def imported(self) -> list[str]:
        """The modules of the collection that the main process has imported, without the package."""
        names: list[str] = self.events[-1]["imported"]
        return [name.partition(".plugins.")[2] for name in names]

    def results(self) -> list[tuple[str, ...]]:
        """What callbacks got, without what differs from run to run."""
        return [
            (event["event"], event["host"], event["task"], event["action"], self._text(event["result"]))
            for event in self.events[:-1]
        ]

    def result(self, task: str) -> Event:
        """The result of a task by its name."""
        return next(dict(event["result"]) for event in self.events if event.get("task") == task)

    def lines(self) -> list[str]:
        """The lines on the screen, without those that depend on how modules were run."""
        lines = [line for line in self.screen.splitlines() if not _OF_THE_WAY.match(line)]
        return [self._same_everywhere(line) for line in lines]

    def _text(self, result: Event) -> str:
        left_out = ("invocation", "exception", "start", "end", "delta")
        kept = {key: value for key, value in result.items() if key not in left_out and key[0] != "_"}
        return self._same_everywhere(json.dumps(kept, sort_keys=True))

    def _same_everywhere(self, text: str) -> str:
        return _OF_THE_RUN.sub("x", text).replace(str(self.directory), "x")

    def started_processes(self, task: str) -> bool:
        """Return whether a task ran a command, as every module process is."""
        section = self.screen.partition(f"TASK [{task}]")[2].partition("TASK [")[0]
        assert section, f"{task} did not run"
        return "> EXEC " in section


class Playbook:
    """A directory with a playbook, and its runs."""

    def __init__(self, directory: Path, address: str) -> None:
        self._directory, self._address = directory, address
        directory.mkdir(exist_ok=True)

    def start(
        self, plays: list[Event], *options: str, command: str = "ansible-playbook", **environment: str
    ) -> subprocess.Popen[str]:
        """Start a run of plays on the hosts a and b of a local connection, and far of another."""
        playbooks = self._directory / "playbooks"
        playbooks.mkdir()
        (playbooks / "play.yml").write_text(json.dumps(plays), encoding="utf-8")
        (self._directory / "ansible.cfg").write_text("", encoding="utf-8")
        hosts = {"a": LOCAL, "b": LOCAL, "far": {**LOCAL, "ansible_connection": "far"}}
        (self._directory / "hosts.yml").write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
        variables = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
            "ANSIBLE_LOCAL_TEMP": str(self._directory / "local"),
            "ANSIBLE_REMOTE_TEMP": str(self._directory / "remote"),
            "ANSIBLE_HOME": str(self._directory / "home"),
            "ANSIBLE_CONFIG": str(self._directory / "ansible.cfg"),
            "ANSIBLE_LOG_PATH": str(self._directory / "log"),
            "ANSIBLE_ASYNC_DIR": str(self._directory / "async"),
            "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
            "ANSIBLE_CONNECTION_PLUGINS": str(PLUGINS / "connection"),
            "ANSIBLE_BECOME_PLUGINS": str(PLUGINS / "become"),
            "ANSIBLE_ACTION_PLUGINS": str(PLUGINS / "action"),
            "ANSIBLE_LIBRARY": str(PLUGINS / "modules"),
            "ANSIBLE_LOAD_CALLBACK_PLUGINS": "true",
            "ANSIBLE_PIPELINING": "true",
            "ANSIBLE_NOCOLOR": "true",
            "RECORD_EVENTS": str(self._directory / "events"),
            "CLC_V2_API_URL": f"{self._address}/v2",
            "CLC_V2_API_USERNAME": "user.altd",
            "CLC_V2_API_PASSWD": PASSWORD,
            **environment,
        }
        playbook = ["playbooks/play.yml"] if command == "ansible-playbook" else []
        return subprocess.Popen(
            [str(Path(sys.executable).with_name(command)), "-i", "hosts.yml", "-vvvv", *playbook, *options],
            cwd=self._directory,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str]) -> Run:
        """Wait for the end of a run, and look for what no run may have."""
        screen, _none = process.communicate(timeout=180)
        self._wait_for_background()
        events = self._directory / "events"
        assert events.exists(), screen
        lines = events.read_text(encoding="utf-8").splitlines()
        for secret in (TOKEN, PASSWORD):
            for written in (screen, *self._files()):
                # ansible-core shows what a task gives a process as its environment.
                quoting = [line for line in written.splitlines() if secret in line and " EXEC " not in line]
                assert not quoting, quoting
        for disorder in ("errantly", "dead state", "Traceback", "InsecureRequestWarning"):
            assert disorder not in screen, f"{disorder}: {screen}"
        return Run(process.returncode, screen, [json.loads(line) for line in lines], self._directory)

    def _wait_for_background(self) -> None:
        """Wait until async_wrapper has removed the module that it ran: it looks for the end of its job every five seconds."""
        deadline = time.monotonic() + 15
        while any(self._directory.glob("remote/ansible-tmp-*")) and time.monotonic() < deadline:
            time.sleep(0.1)

    def _files(self) -> t.Iterator[str]:
        for path in self._directory.rglob("*"):
            if path.is_file() and path.parent.name != "playbooks":
                yield path.read_text(encoding="utf-8", errors="replace")

    def run(self, plays: list[Event], *options: str, **more: str) -> Run:
        """Run plays to their end."""
        return self.finish(self.start(plays, *options, **more))
