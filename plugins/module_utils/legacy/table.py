# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Declaration of a legacy module as data, which tools read without Ansible and without this collection.

Private to the collection: names and shapes may change in any release. This file imports nothing from the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LegacyOption:
    """An option of a legacy module, and its replacement.

    renamed_to: the option of the new module that takes the value; None if no single option replaces it. rule: name of the
    function in rules.py that converts the value. note: difference to the new option, for the guide. unsupported: why a value
    cannot be used, for the error and the guide. options: suboptions of a list of dicts.
    """

    name: str
    text: str
    type: str = "str"
    renamed_to: str | None = None
    rule: str = "same"
    note: str = ""
    unsupported: str = ""
    default: t.Any = None
    choices: tuple[t.Any, ...] = ()
    elements: str | None = None
    required: bool = False
    no_log: bool = False
    options: t.Mapping[str, t.Mapping[str, t.Any]] = field(default_factory=dict)

    @property
    def spec(self) -> dict[str, t.Any]:
        """Return the argument spec of the option."""
        spec = {
            "type": self.type,
            "default": self.default,
            "choices": list(self.choices) or None,
            "elements": self.elements,
            "required": self.required or None,
            "options": {name: dict(entry) for name, entry in self.options.items()} or None,
            "no_log": self.no_log or (False if "pass" in self.name else None),
        }
        return {key: value for key, value in spec.items() if value is not None}


@dataclass(frozen=True)
class Table:
    """A legacy module.

    title: short description. text: description. new: the module that replaces it; `also` are modules that replace parts of it.
    states: values of the option state that were renamed. waits: whether it queues jobs; it then has the options wait and
    wait_timeout. exclusive: mutually exclusive options. examples: YAML. idempotent: None, or why a
    second run may change something. differences: sentences for the guide. reads: whether it is an info module. removed_reason:
    why it only fails now; removed_help: what to use instead. secret_if: options with which the result contains a credential.
    """

    name: str
    title: str
    text: tuple[str, ...]
    new: str
    options: tuple[LegacyOption, ...]
    examples: str
    also: tuple[str, ...] = ()
    states: t.Mapping[str, str] = field(default_factory=dict)
    waits: bool = True
    exclusive: tuple[tuple[str, str], ...] = ()
    idempotent: str | None = None
    differences: tuple[str, ...] = ()
    reads: bool = False
    removed_reason: str = ""
    removed_help: str = ""
    secret_if: tuple[str, ...] = ()

    @property
    def spec(self) -> dict[str, dict[str, t.Any]]:
        """Return the argument spec of the module, without the options of connection and waiting."""
        return {option.name: option.spec for option in self.options}
