# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The predecessors' tables as data for clc-migrate, which is installed without the collection. Run by tools/generate.py."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from tools.support import ROOT

from . import legacy_modules

_FILE = ROOT / "clc-migrate" / "src" / "clc_migrate" / "tables.json"


def _option(one: t.Any) -> dict[str, t.Any]:
    kept = ("name", "type", "becomes", "rule", "default", "refused", "told")
    return {name: getattr(one, name) for name in kept}


def _shared(table: t.Any, shared: t.Any) -> dict[str, str]:
    """Return the options of connection and waiting: the old module's name for each, and the new modules'."""
    renamed = shared.RENAMED.get(table.name, {})
    connection = {renamed.get(one.name, one.name): one.name for one in shared.CONNECTION}
    aliases = {alias: one.name for one in shared.CONNECTION for alias in one.aliases}
    waiting = {one.name: one.name for one in shared.WAITING} if table.waits else {}
    return {**connection, **aliases, **waiting}


def files(shared: t.Any) -> dict[Path, str]:
    """Return the text of tables.json by its path."""
    modules = {
        name: {
            "new": table.new,
            "states": dict(table.states),
            "shared": _shared(table, shared),
            "gone": table.gone,
            "options": [_option(one) for one in table.options],
        }
        for name, table in legacy_modules.tables().items()
    }
    return {_FILE: json.dumps({"modules": modules}, indent=2) + "\n"}
