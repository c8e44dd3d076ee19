# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs commands in alternating rounds, and measures each of them as a whole tree of processes."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools import linktree, simulator

_LONGEST_SECONDS = 1800
_DESCRIBE = "import ansible.release, json, platform; print(json.dumps([ansible.release.__version__, platform.python_version()]))"


class CommandFailed(Exception):
    """A command ended with an error, or did not do what is to be measured. The text ends with its last lines of output."""


@dataclass(frozen=True)
class Core:
    """A virtual environment with an ansible-core."""

    version: str
    python_version: str
    directory: Path

    @classmethod
    def of(cls, python: Path) -> Core:
        """Return the environment that a Python belongs to."""
        described = subprocess.run([python, "-c", _DESCRIBE], stdout=subprocess.PIPE, check=True, timeout=60).stdout
        version, python_version = json.loads(described)
        return cls(version, python_version, python.parent)

    @property
    def name(self) -> str:
        """The ansible-core without its patch number, such as 2.21."""
        return self.version.rpartition(".")[0]

    def program(self, name: str) -> str:
        """Return the path of a program in the environment."""
        return str(self.directory / name)


@dataclass(frozen=True)
class Command:
    """A command to measure.

    name: unique in its suite. simulator: the address of the one whose requests are counted. expected: strings that its output
    must contain, so that nothing else is measured. optional: whether the suite does without it if it fails. measures_itself:
    whether the last line of its output is JSON with the cpu_seconds and wall_seconds of a part of it, which count instead.
    """

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    simulator: str | None = None
    expected: Sequence[str] = ()
    optional: bool = False
    measures_itself: bool = False


@dataclass(frozen=True)
class Usage:
    """What a command took, in its own process and all that it started; no simulator is among them.

    cpu_seconds: user and system. peak_mib: resident memory of the largest of the processes, in MiB.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    requests: int | None = None


@dataclass(frozen=True)
class Measured:
    """What was measured: the runs of each command in order of rounds, and why an optional command has none."""

    runs: Mapping[str, Sequence[Usage]]
    failures: Mapping[str, str] = field(default_factory=dict)


def run(command: Command) -> Usage:
    """Run a command and return what it took. Raises CommandFailed."""
    if command.simulator:
        simulator.forget_requests(command.simulator)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as figures:
        line = [
            sys.executable,
            "-I",
            str(Path(__file__).with_name("tree.py")),
            str(figures.fileno()),
            *command.arguments,
        ]
        subprocess.run(
            line,
            env=command.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[figures.fileno()],
            check=True,
            timeout=_LONGEST_SECONDS,
        )
        output.seek(0)
        figures.seek(0)
        text, used = output.read().decode(errors="replace"), json.load(figures)
    if used["status"] or not all(fragment in text for fragment in command.expected):
        raise CommandFailed(f"{command.name} (exit status {used['status']}): {text.strip()[-2000:]}")
    if command.measures_itself:
        used |= json.loads(text.strip().rpartition("\n")[2])
    requests = len(simulator.ask(command.simulator, "requests")) if command.simulator else None
    # Linux and the BSDs count KiB, macOS bytes.
    peak = used["peak"] / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Usage(used["cpu_seconds"], used["wall_seconds"], peak, requests)


def measure(commands: Sequence[Command], rounds: int) -> Measured:
    """Run every command once to warm up, and then all of them in turn, round by round, so that a busy minute meets all alike.

    A single round, which is for a quick look, has no warm-up.
    """
    runs: dict[str, list[Usage]] = {}
    failures: dict[str, str] = {}
    first = 0 if rounds > 1 else 1
    for number in range(first, rounds + 1):
        _print_line(f"round {number} of {rounds}" if number else "warm-up")
        for command in commands:
            if command.name in failures:
                continue
            try:
                usage = run(command)
            except CommandFailed as error:
                if number > first or not command.optional:
                    raise
                failures[command.name] = str(error)
                _print_line(f"  {command.name}: left out")
                continue
            _print_line(f"  {command.name}: {usage.cpu_seconds:.2f} s of CPU, {usage.wall_seconds:.2f} s")
            if number:
                runs.setdefault(command.name, []).append(usage)
    return Measured(runs, failures)


def _print_line(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def machine() -> dict[str, str | int]:
    """Return what this machine is: the model of its CPU, its cores, its system."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), model)
    return {"cpu": model, "cores": os.cpu_count() or 1, "system": platform.system()}


class Bench:
    """What a suite gets: the environments, a directory of its own, simulators that end with it, and the runner.

    cores: oldest first. legacy: a directory with community.general 10 and the package clc-sdk, None if there is none.
    sizes: numbers of servers of suites that grow with them, smallest first.
    """

    def __init__(
        self, cores: Sequence[Core], rounds: int, legacy: Path | None, stack: ExitStack, sizes: Sequence[int] = (1000,)
    ) -> None:
        self.cores, self.rounds, self.legacy, self.sizes = cores, rounds, legacy, sizes
        self.directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self._stack = stack
        self._simulators = 0
        (self.directory / "ansible.cfg").touch()

    def simulator(self, *options: str, stack: ExitStack | None = None) -> str:
        """Start a simulator in a process of its own, which ends with the stack or the suite; return its address."""
        self._simulators += 1
        log = self.directory / f"simulator-{self._simulators}.log"
        return (stack or self._stack).enter_context(simulator.serving(*options, log=log))

    def measure(self, commands: Sequence[Command]) -> Measured:
        """Measure commands in this bench's number of rounds."""
        return measure(commands, self.rounds)

    def environment(self, address: str | None = None, *, legacy: bool = False) -> dict[str, str]:
        """Return a user's environment without what this one has for Ansible, Python, and the service.

        address: of a simulator to log in to. legacy: whether the legacy modules are to be found.
        """
        own = ("ANSIBLE_", "CLC_", "PYTHON")  # PYTHONDONTWRITEBYTECODE among them: a user's Python keeps its bytecode
        paths = [str(linktree.collections_path())]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        environment |= {
            "ANSIBLE_CONFIG": str(self.directory / "ansible.cfg"),
            "ANSIBLE_HOME": str(self.directory / "home"),
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_LOCALHOST_WARNING": "false",
        }
        if legacy:
            paths.append(str(self.legacy))
            environment["PYTHONPATH"] = str(self.legacy)
        if address:
            environment |= {
                "CLC_V2_API_PASSWD": "demo-password",
                "CLC_V2_API_URL": address,
                "CLC_V2_API_USERNAME": "demo",
            }
        return {**environment, "ANSIBLE_COLLECTIONS_PATH": os.pathsep.join(paths)}

    def file(self, name: str, text: str) -> str:
        """Write a file into the directory; return its path."""
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        return str(path)
