# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo: an environment built on the simulator, shown, and taken down."""

from __future__ import annotations

import sys

from .support import ROOT

PLAYBOOK = ROOT / "playbooks" / "demo.yml"


def main() -> int:
    """Run the demo."""
    if not PLAYBOOK.exists():
        sys.stderr.write(f"{PLAYBOOK.relative_to(ROOT)} is not there yet: nothing to show.\n")
        return 1
    sys.stderr.write("tools/demo.py does not run the demo yet.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
