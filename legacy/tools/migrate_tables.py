# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the legacy modules as data for clc-migrate, which is installed without the collection. Run by tools/generate.py."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from tools.support import ROOT

from . import legacy_modules

_FILE = ROOT / "clc-migrate" / "src" / "clc_migrate" / "tables.json"


def _option(option: t.Any) -> dict[str, t.Any]:
    names = ("name", "type", "renamed_to", "rule", "default", "unsupported", "note")
    return {name: getattr(option, name) for name in names}


def _shared(table: t.Any, shared: t.Any) -> dict[str, str]:
    """Return the options of connection and waiting: the name in the legacy module, and the name in new modules."""
    renamed = shared.RENAMED.get(table.name, {})
    connection = {renamed.get(option.name, option.name): option.name for option in shared.CONNECTION}
    aliases = {alias: option.name for option in shared.CONNECTION for alias in option.aliases}
    waiting = {option.name: option.name for option in shared.WAITING} if table.waits else {}
    return {**connection, **aliases, **waiting}


def files(shared: t.Any) -> dict[Path, str]:
    """Return the content of tables.json by path."""
    modules = {
        name: {
            "new": table.new,
            "states": dict(table.states),
            "shared": _shared(table, shared),
            "removed_reason": f"{table.removed_reason}. {table.removed_help}".strip(" ."),
            "options": [_option(option) for option in table.options],
        }
        for name, table in legacy_modules.tables().items()
    }
    return {_FILE: json.dumps({"modules": modules}, indent=2) + "\n"}
