# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo: an environment built on the simulator, built again to show that nothing changes, listed, and taken down."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from . import checks, simulator
from .results import REPORTS
from .support import ROOT

PLAYBOOKS = ROOT / "playbooks"
SOURCE = PLAYBOOKS / "inventory" / "demo.clc.yml"


def main() -> int:
    """Run the demo; 0 if all went well and the second run changed nothing."""
    began = time.monotonic()
    with simulator.serving("--seed", "empty", "--job-seconds", "2", log=REPORTS / "demo-simulator.log") as address:
        environment = _environment(address)
        say(f"The simulator listens on {address}; its account is empty.")
        say("What would be done, on an empty account:")
        play("demo.yml", environment, "--check")
        say("Building it:")
        first = play("demo.yml", environment)
        say("The same again, which changes nothing:")
        second = play("demo.yml", environment)
        say("The inventory:")
        graph(environment)
        say("Taking it down:")
        play("demo_down.yml", environment)
        say("The inventory afterwards:")
        left = graph(environment)
    say(f"Done in {time.monotonic() - began:.0f} s; the simulator has ended.")
    faults = []
    if "changed=0" in recap(first) or "changed=0" not in recap(second):
        faults.append("the first run should change something and the second run nothing")
    if re.search(r"^[ |]*--[A-Z]{2}\d", left, re.MULTILINE):
        faults.append("servers were left behind")
    for fault in faults:
        sys.stderr.write(f"The demo failed: {fault}.\n")
    return 1 if faults else 0


def say(text: str) -> None:
    """Say what comes next."""
    sys.stdout.write(f"\n>> {text}\n")
    sys.stdout.flush()


def play(playbook: str, environment: Mapping[str, str], *options: str) -> str:
    """Run a playbook of the demo; return what it printed."""
    return run(environment, "ansible-playbook", str(PLAYBOOKS / playbook), *options)


def graph(environment: Mapping[str, str]) -> str:
    """Show the inventory's graph, and return it."""
    strict = {**environment, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true"}
    return run(strict, "ansible-inventory", "-i", str(SOURCE), "--graph")


def run(environment: Mapping[str, str], program: str, *arguments: str) -> str:
    """Run a program, show what it prints, and return it; a failure ends the demo."""
    process = subprocess.Popen(
        [checks.program(program), *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    printed = []
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        printed.append(line)
    if process.wait() != 0:
        raise SystemExit(
            f"The demo failed: {program} {' '.join(map(_short, arguments))} ended with {process.returncode}."
        )
    return "".join(printed)


def recap(printed: str) -> str:
    """Return the recap of a playbook's run."""
    return printed.rpartition("PLAY RECAP")[2]


def _short(argument: str) -> str:
    path = Path(argument)
    return str(path.relative_to(ROOT)) if path.is_absolute() and path.is_relative_to(ROOT) else argument


def _environment(address: str) -> dict[str, str]:
    return {
        **os.environ,
        "CLC_V2_API_URL": address,
        "CLC_V2_API_USERNAME": "demo",
        "CLC_V2_API_PASSWD": "demo-password",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOWS": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
