# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The legacy modules and the replacements of their options, from tables.json.

tables.json is generated from the collection (legacy/tools/migrate_tables.py), so this package needs neither it nor Ansible.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass
from importlib import resources

COLLECTION = "centurylink.cloud"
# The names of all legacy modules.
NAMES = (
    "clc_aa_policy",
    "clc_alert_policy",
    "clc_blueprint_package",
    "clc_firewall_policy",
    "clc_group",
    "clc_group_fact",
    "clc_loadbalancer",
    "clc_loadbalancer_fact",
    "clc_meta",
    "clc_meta_fact",
    "clc_modify_server",
    "clc_network",
    "clc_network_fact",
    "clc_publicip",
    "clc_server",
    "clc_server_fact",
    "clc_server_snapshot",
)
_PREFIXES = ("", "community.general.", f"{COLLECTION}.")
SPELLINGS = {prefix + name: name for name in NAMES for prefix in _PREFIXES}


@dataclass(frozen=True)
class Option:
    """A legacy option. renamed_to: the new option, None if no single option replaces it. rule: name of the conversion rule."""

    name: str
    type: str
    renamed_to: str | None
    rule: str
    default: t.Any
    unsupported: str
    note: str


@dataclass(frozen=True)
class Module:
    """A legacy module. new: its replacement. states: renamed states. removed_reason: why it only fails now.

    shared: options of connection and waiting: the name in this module, and the name in new modules.
    """

    name: str
    new: str
    options: dict[str, Option]
    states: dict[str, str]
    shared: dict[str, str]
    removed_reason: str


def _load() -> dict[str, Module]:
    text = resources.files(__package__).joinpath("tables.json").read_text(encoding="utf-8")
    modules = {}
    for name, entry in json.loads(text)["modules"].items():
        options = {option["name"]: Option(**option) for option in entry.pop("options")}
        modules[name] = Module(name=name, options=options, **entry)
    return modules


MODULES = _load()
