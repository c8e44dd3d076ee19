# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The old playbooks of the integration targets, played as they are against one simulator and rewritten against another.

At the end both simulators must have the same state, except for ids, dates, numbers of servers, and addresses.
What was rewritten has to pass ansible-lint as well as the old one did, and in its strictest profile where it is new altogether.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import typing as t
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clc_migrate import cli
from tools import linktree, simulator
from tools.support import ROOT

TARGETS = ROOT / "tests" / "integration" / "targets"
BIN = Path(sys.executable).parent
TEMPLATES = ["--template", "centos-6=CENTOS-6-64-TEMPLATE"]
# Passing facts of a run, and what the service makes up.
VOLATILE = frozenset({"now", "clock", "password", "token", "tokens"})
PLAY = """\
- name: Play a target
  hosts: localhost
  connection: local
  gather_facts: false
  environment:
    CLC_V2_API_URL: "{{ clc_api_url }}"
    CLC_V2_API_USERNAME: demo
    CLC_V2_API_PASSWD: demo-password
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
    - name: The role
      ansible.builtin.include_role:
        name: "{{ target }}"
        tasks_from: play.yml
      loop: "{{ targets.split(',') }}"
      loop_control:
        loop_var: target
"""
_ID = re.compile(r"(?i)\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_SERVER = re.compile(r"(?i)\b((?:wa1|va1|ca1|de1|gb3)(?:demo|dem2)[a-z-]+)\d+\b")
_PASSING = (
    (re.compile(r"\d{4}-\d\d-\d\d[T.]\d\d:\d\d:\d\dZ?"), "DATE"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "ADDRESS"),
    (re.compile(r"\b[a-z]{2}\d-\d+\b"), "JOB"),
)


def playbook(path: Path, address: str, roles: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a playbook against a simulator."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CLC_", "ANSIBLE_"))}
    environment |= {
        "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
        "ANSIBLE_LIBRARY": str(ROOT / "legacy" / "library"),
        "ANSIBLE_ROLES_PATH": f"{roles}:{TARGETS}",
        "ANSIBLE_NOCOLOR": "1",
        "CLC_V2_API_URL": address,
        "CLC_V2_API_USERNAME": "demo",
        "CLC_V2_API_PASSWD": "demo-password",
    }
    extra = [
        part for name, value in {"clc_api_url": address, **variables}.items() for part in ("-e", f"{name}={value}")
    ]
    command = [str(BIN / "ansible-playbook"), "-i", "localhost,", str(path), *extra]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=path.parent)


def output(run: subprocess.CompletedProcess[str]) -> str:
    """Return the end of the output of a run."""
    return (run.stdout + run.stderr)[-3000:]


def names(state: t.Any) -> dict[str, str]:
    """Return for each id of something with a name that name."""
    found: dict[str, str] = {}
    if isinstance(state, dict):
        if isinstance(state.get("id"), str) and isinstance(state.get("name"), str):
            found[state["id"].lower()] = f"<{state['name']}>"
        for value in state.values():
            found.update(names(value))
    elif isinstance(state, list):
        for value in state:
            found.update(names(value))
    return found


def normal(state: t.Any, known: dict[str, str]) -> t.Any:
    """Return a state without values that the service assigns; maps by id become sorted lists."""
    if isinstance(state, dict):
        entries = [(text(str(key), known), normal(value, known)) for key, value in state.items() if key not in VOLATILE]
        return sorted(entries, key=repr)
    if isinstance(state, list):
        return sorted((normal(value, known) for value in state), key=repr)
    if isinstance(state, float):
        return "NUMBER"
    return text(state, known) if isinstance(state, str) else state


def text(value: str, known: dict[str, str]) -> str:
    """Return a text without values that the service assigns."""
    value = _ID.sub(lambda found: known.get(found[0].lower(), "ID"), value)
    value = _SERVER.sub(lambda found: f"{found[1].upper()}00", value)
    for pattern, instead in _PASSING:
        value = pattern.sub(instead, value)
    return value


def state(address: str) -> t.Any:
    """Return the state of a simulator without values that the service assigns."""
    whole = simulator.ask(address, "state")
    return normal(whole, names(whole))


def differences(old: t.Any, new: t.Any, where: str = "") -> list[str]:
    """Return where two states differ, and in what."""
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            difference
            for index, pair in enumerate(zip(old, new, strict=True))
            for difference in differences(*pair, f"{where}/{index}")
        ]
    if isinstance(old, tuple) and isinstance(new, tuple) and old[0] == new[0]:
        return differences(old[1], new[1], f"{where}/{old[0]}")
    return [] if old == new else [f"{where}: {old!r:.400} is {new!r:.400}"]


def lint(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run ansible-lint, profile production, on a file or directory."""
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path())}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment['PATH']}"
    command = [str(BIN / "ansible-lint"), "--offline", "--profile", "production", "--nocolor", "-q"]
    command += [*options, path.name]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=path.parent)


def both(directory: Path, run: t.Callable[[str, str], subprocess.CompletedProcess[str]]) -> list[t.Any]:
    """Run what is named old and new side by side, each against a simulator of its own; return both states."""

    def run_and_read(name: str) -> t.Any:
        with simulator.serving("--seed", "small", "--job-seconds", "0.3", log=directory / f"{name}.log") as address:
            done = run(name, address)
            assert done.returncode == 0, f"{name}: {output(done)}"
            assert simulator.violations(simulator.ask(address, "requests")) == []
            return state(address)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run_and_read, ("old", "new")))


# Messages are worded anew, which the report says where they are read; what the tasks do is compared here. And public_ip refuses
# to choose among several addresses of a server, which is noted too.
_LEFT_OUT = re.compile(r"\s+- .*\.(?:msg|warnings)\b|\s+internal_ip: new$")


def migrated(directory: Path, source: Path) -> tuple[Path, Path]:
    """Copy a file or directory twice, into old/ and new/; rewrite the second."""
    copies = directory / "old" / source.name, directory / "new" / source.name
    for copy in copies:
        copy.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copy(source, copy)
        for path in copy.rglob("*.yml") if copy.is_dir() else ():
            kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not _LEFT_OUT.match(line)]
            path.write_text("\n".join([*kept, ""]), encoding="utf-8")
    assert cli.main([str(copies[1]), "--write", *TEMPLATES]) == cli.OK
    return copies


PLAYED = sorted(path.parents[1].name for path in TARGETS.glob("clc_*/tasks/play.yml"))


# Several targets in one run: what starts and ends with a run takes longer than most of them. They do not meet.
_RUNS = 3


@pytest.mark.parametrize("targets", [PLAYED[first::_RUNS] for first in range(_RUNS)], ids="+".join)
def test_the_same_is_made(targets: list[str], tmp_path: Path) -> None:
    for target in targets:
        migrated(tmp_path, TARGETS / target)

    def run(name: str, address: str) -> subprocess.CompletedProcess[str]:
        path = tmp_path / f"{name}.yml"
        path.write_text(PLAY, encoding="utf-8")
        return playbook(path, address, tmp_path / name, targets=",".join(targets))

    old, new = both(tmp_path, run)
    assert differences(old, new) == []


def test_ansible_lint_has_nothing_to_say_of_what_is_rewritten(tmp_path: Path) -> None:
    """All targets at once; their registered names are those of roles of tests, which the rewriting leaves alone."""
    roles = tmp_path / "roles"
    for target in (*PLAYED, "setup_rungs", "setup_simulator"):
        shutil.copytree(TARGETS / target, roles / target)
    assert cli.main([str(roles), "--write", *TEMPLATES]) == cli.OK
    linted = lint(roles, "-x", "var-naming[no-role-prefix]")
    assert linted.returncode == 0, output(linted)


BAZAAR = Path(__file__).parent / "playbooks" / "bazaar.yml"


def test_a_playbook_that_is_rewritten_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same is made, a second run changes nothing, and ansible-lint has nothing to say."""
    paths = dict(zip(("old", "new"), migrated(tmp_path, BAZAAR), strict=True))
    assert " 0 prefixed, 0 left" in capsys.readouterr().out

    def run(name: str, address: str) -> subprocess.CompletedProcess[str]:
        first = playbook(paths[name], address, tmp_path)
        if name == "old" or first.returncode != 0:
            return first
        again = playbook(paths[name], address, tmp_path)
        assert re.search(r"changed=0 .* failed=0", again.stdout), output(again)
        return again

    old, new = both(tmp_path, run)
    assert differences(old, new) == []
    linted = lint(paths["new"])
    assert linted.returncode == 0, output(linted)


def test_what_the_guide_shows(tmp_path: Path) -> None:
    """The guide's example is what the program does."""
    guide = (ROOT / "docs" / "migration" / "README.md").read_text(encoding="utf-8")
    example = guide.split("```diff\n", 1)[1].split("```", 1)[0].splitlines()
    before, after = ("".join(f"{line[1:]}\n" for line in example if line[0] in (" ", sign)) for sign in ("-", "+"))
    path = tmp_path / "site.yml"
    path.write_text(before, encoding="utf-8")
    assert cli.main([str(path), "--write"]) == cli.OK
    assert path.read_text(encoding="utf-8") == after
