# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures a fleet made with the removed modules of community.general beside the same made with this collection, in one run.

Usage: python tests/benchmarks/predecessors.py --collections FOLDER [--servers N] [--job-seconds S] [--latency MS]

FOLDER holds ansible_collections/community/general of the PyPI package ansible 11, the last one with those modules; the package
clc-sdk, which they need, has to be in the environment that runs this, beside ansible-core, requests and the simulator.

Each of three playbooks makes a group and N servers in it, runs again with nothing to change, and removes the servers: one with
community.general.clc_*, the same with centurylink.cloud.clc_*, and one with this collection's own modules. Each has a simulator
of its own. Prints the seconds of ansible-playbook and the requests made.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools import linktree, simulator  # noqa: E402 - importable once the repository is on the path

HEAD = """\
- hosts: localhost
  connection: local
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
"""
OLD_GROUP = """\
    - %(prefix)s.clc_group:
        name: Peers
        parent: Default Group
        location: DE1
        state: present
"""
OLD_FLEET = """\
    - %(prefix)s.clc_server:
        name: peer
        group: Peers
        count_group: Peers
        location: DE1
        template: CENTOS-6-64-TEMPLATE
        cpu: 1
        memory: 1
        type: standard
        storage_type: standard
        exact_count: %(count)s
"""
NEW_GROUP = """\
    - centurylink.cloud.server_group:
        name: Peers
        parent: Default Group
        data_center: DE1
"""
NEW_FLEET = """\
    - centurylink.cloud.server:
        name: PEER
        group: Peers
        data_center: DE1
        template: CENTOS-6-64-TEMPLATE
        cpu: 1
        memory_gb: 1
        count: %(count)s
        allow_removal: true
"""
PLAYBOOKS = {
    "community.general.clc_*": ("community.general", OLD_GROUP, OLD_FLEET),
    "centurylink.cloud.clc_*": ("centurylink.cloud", OLD_GROUP, OLD_FLEET),
    "centurylink.cloud": ("", NEW_GROUP, NEW_FLEET),
}


def measure(playbook: Path, environment: dict[str, str], address: str) -> str:
    """Run a playbook; return the seconds that it took, the requests that it made, and how it ended."""
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", "localhost,", str(playbook)]
    began = time.monotonic()
    played = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
    took = time.monotonic() - began
    made = len(simulator.ask(address, "requests"))
    forget = urllib.request.Request(f"{address}/_simulator/requests", method="DELETE")
    urllib.request.urlopen(forget, timeout=30).close()
    recap = " ".join(word for word in played.stdout.split() if word.startswith(("changed=", "failed=")))
    return f"{took:6.1f} s {made:5} requests   {recap}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collections", type=Path, required=True)
    parser.add_argument("--servers", type=int, default=10)
    parser.add_argument("--job-seconds", type=float, default=2)
    parser.add_argument("--latency", type=int, default=0)
    given = parser.parse_args()
    options = ["--seed", "small", "--job-seconds", str(given.job_seconds), "--latency", str(given.latency)]
    for name, (prefix, group, fleet) in PLAYBOOKS.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            simulator.serving(*options, log=Path(folder) / "simulator.log") as address,
        ):
            environment = {
                **os.environ,
                "ANSIBLE_COLLECTIONS_PATH": f"{linktree.collections_path()}:{given.collections}",
                "CLC_V2_API_URL": address,
                "CLC_V2_API_USERNAME": "demo",
                "CLC_V2_API_PASSWD": "demo-password",
            }
            for step, count in (("made", given.servers), ("again", given.servers), ("removed", 0)):
                playbook = Path(folder) / f"{step}.yml"
                text = (HEAD + group + fleet) % {"prefix": prefix, "count": count}
                playbook.write_text(text, encoding="utf-8")
                print(f"{name:24} {step:8} {measure(playbook, environment, address)}", flush=True)


if __name__ == "__main__":
    main()
