# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spare ansible-test the download of its pip installer.

ansible-test fills its virtual environments by a script that it fetches from a server of its own, unless
~/.ansible/test/cache holds one of the right name. The one written here runs pip from a wheel next to it, and the wheel
comes by pip from wherever pip gets packages on this machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_CACHE = Path.home() / ".ansible" / "test" / "cache"
_SCRIPT = '''\
"""Install pip from the wheel next to this file. Written by the tests of centurylink.cloud."""

import os
import runpy
import sys

directory = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(directory, "{wheel}"))
# The options to leave out belong to the script that this one stands for; pip itself does not know them.
options = [option for option in sys.argv[1:] if option not in ("--no-setuptools", "--no-wheel")]
sys.argv[1:] = ["install", "--find-links", directory] + options
runpy.run_module("pip", run_name="__main__", alter_sys=True)
'''


class UnknownPip(Exception):
    """ansible-test no longer says where it did which pip it wants."""


def wanted_pip() -> str:
    """Return the version of pip that the ansible-test next to this Python installs.

    Source: get_venv_packages in ansible_test/_internal/python_requirements.py, as it stands in 2.19 to 2.21. It is
    read, not imported: it is internal, and asks for the whole of ansible-test's configuration.
    """
    import ansible_test

    source = Path(ansible_test.__path__[0], "_internal", "python_requirements.py").read_text(encoding="utf-8")
    body = source.partition("def get_venv_packages")[2].partition("\ndef ")[0]
    version = re.search(r"default_packages = dict\(\s*pip='([0-9.]+)',\s*\)", body)
    overridden = not re.search(r"override_packages: dict\[str, dict\[str, str\]\] = \{\s*\}", body)
    if version is None or overridden:
        raise UnknownPip(
            "cannot determine which pip ansible-test wants: its get_venv_packages is not as tools/pipseed.py knows it"
        )
    return version[1]


def write() -> None:
    """Put the wheel and the script where ansible-test looks, unless a script is there already."""
    version = wanted_pip()
    script = _CACHE / f"get_pip_{version.replace('.', '_')}.py"
    wheel = _CACHE / f"pip-{version}-py3-none-any.whl"
    if script.exists() and (wheel.exists() or wheel.name not in script.read_text(encoding="utf-8")):
        return  # ours and whole, or one that ansible-test fetched by itself
    _CACHE.mkdir(parents=True, exist_ok=True)
    # Wheel and script are put there whole or not at all: other sessions, and another checkout's, may look at the same time.
    with tempfile.TemporaryDirectory(dir=_CACHE) as directory:
        download = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--dest", directory]
        subprocess.run([*download, f"pip=={version}"], check=True)
        Path(directory, wheel.name).replace(wheel)
    temporary = script.with_suffix(f".{os.getpid()}")
    temporary.write_text(_SCRIPT.format(wheel=wheel.name), encoding="utf-8")
    temporary.replace(script)
