# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing hosts to Ansible's inventory: facts as a whole, what the user wrote through set_variable.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ansible.inventory.host import Host

Variables = t.Mapping[str, t.Any]
_SAMPLE = {"clc_text": "{{ none }}", "clc_list": [{"a": "{{ none }}"}, 1], "clc_map": {"b": None, "c": True}}


@functools.cache
def can_assign() -> bool:
    """Return whether a dictionary of facts can be assigned to a host as a whole with the result of set_variable.

    Host.vars is public but not documented, so that is tried with a sample. Values and their types are compared, since types
    carry whether a string is trusted as a template.
    """
    ordinary, assigned = Host("sample", gen_uuid=False), Host("sample", gen_uuid=False)
    try:
        for key, value in _SAMPLE.items():
            ordinary.set_variable(key, value)
        assigned.vars.update(_SAMPLE)
        return bool(_typed(ordinary.get_vars()) == _typed(assigned.get_vars()))
    except (AttributeError, TypeError):
        return False


def _typed(value: t.Any) -> t.Any:
    """Return a value with the type of each part."""
    if isinstance(value, dict):
        return type(value), {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return type(value), [_typed(item) for item in value]
    return type(value), value


class HostWriter:
    """Adds hosts with their facts to an inventory. keys: names of all facts, which have to be valid variable names."""

    def __init__(self, inventory: t.Any, keys: t.Iterable[str]) -> None:
        self._inventory = inventory
        self._assigns = can_assign() and all(key.isidentifier() for key in keys)

    def add(self, host: str, group: str, facts: Variables) -> None:
        """Add a host to a group and set its facts. A host of an earlier source keeps its variables, as usual."""
        is_new = host not in self._inventory.hosts
        self._inventory.add_host(host, group=group)
        if self._assigns and is_new:
            self._inventory.hosts[host].vars.update(facts)
        else:
            self.set(host, facts)

    def set(self, name: str, variables: Variables) -> None:
        """Set variables of a host or group in the ordinary way."""
        for key, value in variables.items():
            self._inventory.set_variable(name, key, value)
