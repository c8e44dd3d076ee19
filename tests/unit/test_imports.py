# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every file of the collection imports with this ansible-core and this Python; ansible-test's own test asks the newest alone."""

from __future__ import annotations

import subprocess
import sys

from tools.support import ROOT

# Run in a process of its own, in which no other test has imported anything.
IMPORTS = """
import importlib, sys
import conftest
conftest.pytest_configure()
for name in sys.argv[1:]:
    importlib.import_module(name)
    print(name)
"""


def test_every_file_imports() -> None:
    files = sorted((ROOT / "plugins").rglob("*.py"))
    packages = [file.parent if file.name == "__init__.py" else file.with_suffix("") for file in files]
    names = [".".join(("ansible_collections.centurylink.cloud", *path.relative_to(ROOT).parts)) for path in packages]
    command = [sys.executable, "-c", IMPORTS, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == names
