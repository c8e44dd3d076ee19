# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Install one collection out of the package ansible, which has a hundred of them, into the virtual environment that runs this.

For example: python -m tools.collection_from_package 'ansible>=12,<13' awx.awx
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

_ROOT = "ansible_collections"


def extract(wheel: Path, collection: str, target: Path) -> int:
    """Extract the files of a collection from a wheel below target; return how many there are."""
    prefix = "/".join([_ROOT, *collection.split(".")]) + "/"
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if name.startswith(prefix)]
        packed.extractall(target, names)
    return len(names)


def main() -> int:
    """Install a collection unless it is there already. Arguments: requirement of the package, name of the collection."""
    requirement, collection = sys.argv[1:]
    site = Path(sysconfig.get_path("purelib"))
    if site.joinpath(_ROOT, *collection.split("."), "MANIFEST.json").exists():
        return 0
    with tempfile.TemporaryDirectory() as directory:
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", directory, requirement]
        subprocess.run(download, check=True)
        wheels = list(Path(directory).glob("*.whl"))
        if not any(extract(wheel, collection, site) for wheel in wheels):
            sys.stderr.write(f"Cannot install {collection}: {requirement} does not contain it.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
