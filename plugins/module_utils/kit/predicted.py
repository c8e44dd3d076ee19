# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check mode knows of resources that an earlier task has predicted: placeholders in the place of what the service assigns.

A prediction has a placeholder (api/placeholders.py) for each id, name, and address that other tasks refer to. Every option takes
one in check mode: where an id is looked up, it stands for a resource that does not exist yet. No request contains one: the
client responds to it as the service does to what does not exist. Outside check mode it is rejected, before anything is read.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api import placeholders
from ..api.placeholders import is_placeholder

if t.TYPE_CHECKING:
    from .task import Task

__all__ = ["exists", "has_placeholder", "is_placeholder", "new_id", "new_number", "part_of", "reference"]


def exists(entity: t.Mapping[str, t.Any] | None) -> bool:
    """Return whether the service has an entity, so that it is not only predicted."""
    return entity is not None and not is_placeholder(entity.get("id"))


def has_placeholder(value: t.Any) -> bool:
    """Return whether a value contains a placeholder, such as an address with a prefix length."""
    return placeholders.find(value) is not None


def new_id(task: Task, name: str, *identity: t.Hashable) -> str:
    """Return the placeholder of the id of a resource that the task creates. name: readable text."""
    return placeholders.text(name, (*_scope(task), *identity))


def new_number(task: Task, *identity: t.Hashable) -> int:
    """Return the placeholder of an id that is a number."""
    return placeholders.number((*_scope(task), *identity))


def part_of(resource_id: t.Any, part: str) -> str | None:
    """Return the placeholder of a part of what has a placeholder as its id, such as its address; None for another id."""
    return placeholders.of_part(str(resource_id).lower(), part) if is_placeholder(resource_id) else None


def reference(task: Task, kind: str, value: t.Any) -> str:
    """Return a placeholder for the id of a resource that a task refers to and that does not exist yet."""
    return str(value) if is_placeholder(value) else new_id(task, f"{kind} {value}", kind, repr(value))


def _scope(task: Task) -> tuple[t.Hashable, ...]:
    return (task.account, str(task.params.get("data_center") or "").upper())
