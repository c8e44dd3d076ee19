# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The argument spec of the lists of an environment, from what the modules of its kinds declare.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from .declared import MODULES
from .kinds import KINDS, Kind, item_options

Entry = dict[str, t.Any]
_LISTS_OF_NAMES = ("mutually_exclusive", "required_one_of", "required_together")


def list_arguments() -> dict[str, Entry]:
    """Return the argument spec of the lists, by kind, with the rules of the modules."""
    return {kind.name: {"type": "list", "elements": "dict", **_item_entry(kind)} for kind in KINDS}


def item_spec(kind: Kind) -> dict[str, Entry]:
    """Return the argument spec of the items of a kind, without the rules."""
    return item_options(kind, MODULES[kind.module].arguments, "options")


def _item_entry(kind: Kind) -> Entry:
    module, options = MODULES[kind.module], item_spec(kind)
    return {"options": options, **{name: _known(name, rule, options) for name, rule in module.rules.items()}}


def _known(name: str, rule: t.Any, options: t.Mapping[str, Entry]) -> t.Any:
    """Return a rule of a module without options that items do not have."""
    if name not in _LISTS_OF_NAMES:
        return rule
    reduced = [tuple(option for option in group if option in options) for group in rule]
    return [group for group in reduced if len(group) > 1]
