# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each family of resources has its contract in .importlinter, so that others import it through its __init__ only."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_family_has_its_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:family-"
    protected = {
        name.removeprefix(prefix): contracts[name]["protected_modules"].rpartition(".resources.")[2]
        for name in contracts.sections()
        if name.startswith(prefix)
    }
    families = {file.parent.name for file in (ROOT / "plugins/module_utils/resources").glob("*/__init__.py")}
    assert protected == {family: f"{family}.*" for family in families}
