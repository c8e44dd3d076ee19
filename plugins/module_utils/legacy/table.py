# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a module of the predecessors is written down: as data, which tools can read without Ansible and without this collection.

Private to the collection: names and shapes may change in any release. Nothing here imports anything of it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Old:
    """One option of a module of the predecessors, and what became of it.

    becomes: the option of the new module that takes its value; None where it selects or does something that no single option
    says. rule: name of the rule in rules.py that turns the old value into the new one. told: how the new way differs, for the
    guide. refused: why a value cannot be carried out, for the error and the guide. options: suboptions of a list of dicts.
    """

    name: str
    text: str
    type: str = "str"
    becomes: str | None = None
    rule: str = "same"
    told: str = ""
    refused: str = ""
    default: t.Any = None
    choices: tuple[t.Any, ...] = ()
    elements: str | None = None
    required: bool = False
    no_log: bool = False
    options: t.Mapping[str, t.Mapping[str, t.Any]] = field(default_factory=dict)

    @property
    def spec(self) -> dict[str, t.Any]:
        """The option in Ansible's argument spec."""
        given = {
            "type": self.type,
            "default": self.default,
            "choices": list(self.choices) or None,
            "elements": self.elements,
            "required": self.required or None,
            "options": {name: dict(entry) for name, entry in self.options.items()} or None,
            "no_log": self.no_log or (False if "pass" in self.name else None),
        }
        return {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True)
class Table:
    """One module of the predecessors.

    title: one line. text: its description. new: the module that does its work now; more that do parts of it are in `also`.
    states: old value of the option state -> new one, where they differ. waits: whether there is queued work to wait for; the
    options wait and wait_timeout then come with it. exclusive: options that cannot be given together. returns: its documented
    results. examples: YAML. idempotent: None, or why a second run may change something. differences: what the guide has to
    say, one sentence each. reads: whether it only reads. gone: why it can do nothing any more. secret_if: options with which the
    result contains a credential.
    """

    name: str
    title: str
    text: tuple[str, ...]
    new: str
    options: tuple[Old, ...]
    returns: t.Mapping[str, t.Mapping[str, t.Any]]
    examples: str
    also: tuple[str, ...] = ()
    states: t.Mapping[str, str] = field(default_factory=dict)
    waits: bool = True
    exclusive: tuple[tuple[str, str], ...] = ()
    idempotent: str | None = None
    differences: tuple[str, ...] = ()
    reads: bool = False
    gone: str = ""
    secret_if: tuple[str, ...] = ()

    @property
    def spec(self) -> dict[str, dict[str, t.Any]]:
        """The module's own part of Ansible's argument spec."""
        return {one.name: one.spec for one in self.options}
