# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The link tree: build/collections/ansible_collections/centurylink/cloud, a link to this checkout.

It lets every tool but ansible-test find the collection under its full name, wherever the checkout lies. ansible-test
takes a git-ignored directory for "nothing to test", so it gets a real copy (copytree.py).
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from .support import ROOT

_INSIDE = Path("ansible_collections", "centurylink", "cloud")


def collections_path() -> Path:
    """Return the directory for ANSIBLE_COLLECTIONS_PATH; make the link tree unless the checkout lies in such a path."""
    if ROOT.parts[-3:] == _INSIDE.parts:
        return ROOT.parents[2]
    tree = ROOT / "build" / "collections"
    link = tree / _INSIDE
    link.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):  # pytest's workers come here at the same time
        # Relative, so that a checkout can be moved: from centurylink/ up to the root of the repository.
        link.symlink_to(Path(*[".."] * (len(_INSIDE.parts) + 1)), target_is_directory=True)
    return tree


if __name__ == "__main__":
    sys.stdout.write(f"{collections_path()}\n")
