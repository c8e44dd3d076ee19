# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where registered results are read: expressions in templates and conditions, and which tasks' results they may mean."""

from __future__ import annotations

import re
import typing as t
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from . import document as docs
from .document import Document, Edit
from .finding import Task
from .results import Results, Rewritten, of_thing, rewritten, steps

_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CONDITIONS = frozenset({"when", "changed_when", "failed_when", "until", "that", "break_when"})
# What of a task is looked at after its own result is there.
_AFTERWARDS = frozenset({"changed_when", "failed_when", "until", "break_when"})
_DEBUG = ("debug", "ansible.builtin.debug")
# A string in an expression; its quotes may be doubled or have a backslash before them, as the YAML around it wants.
_STRING = re.compile(r"(?<![\['\"\\])(''|'|\\\"|\")((?:(?!\1).)+)\1", re.DOTALL)
# An expression in one pair of parentheses.
_BRACKETED = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_PATH = r"((?:\.\w+|\[-?\d+\]|\['[^']*'\]|\[\"[^\"]*\"\])*)"


@dataclass(frozen=True)
class Region:
    """A piece of a document that is an expression. key: the keyword that it stands under. whole: whether it is all of a value."""

    document: Document
    start: int
    end: int
    key: str = ""
    style: str = ""
    task: Task | None = None
    whole: bool = False


@dataclass(frozen=True)
class Use:
    """One place that reads a registered result: its path such as .servers[0].id, and what stands behind that."""

    region: Region
    variable: str
    start: int
    path: str
    tail: str

    @property
    def told(self) -> str:
        """The use in words, with its place."""
        document = self.region.document
        return f"{document.path}:{document.line(self.start)}: {self.variable}{self.path}"


def regions(document: Document, tasks: Sequence[Task]) -> list[Region]:
    """Return all expressions of a document."""
    if document.root is None:
        return [Region(document, found.start() + 2, found.end() - 2) for found in _BRACES.finditer(document.text)]
    by_node = {id(task.node): task for task in tasks}
    return list(_in_node(document, document.root, "", None, by_node, set()))


def _in_node(
    document: Document, node: Node, key: str, task: Task | None, by_node: dict[int, Task], seen: set[int]
) -> Iterator[Region]:
    if id(node) in seen:
        return
    seen.add(id(node))
    task = by_node.get(id(node), task)
    if isinstance(node, ScalarNode):
        yield from _in_scalar(document, node, key, task)
    elif isinstance(node, MappingNode):
        for name, value in docs.entries(node):
            yield from _in_scalar(document, name, "", task)
            yield from _in_node(document, value, str(name.value), task, by_node, seen)
    else:
        for one in docs.items(node):
            yield from _in_node(document, one, key, task, by_node, seen)


def _in_scalar(document: Document, node: ScalarNode, key: str, task: Task | None) -> Iterator[Region]:
    start, end, style = node.start_mark.index, node.end_mark.index, node.style or ""
    text = document.text[start:end]
    found = list(_BRACES.finditer(text))
    for one in found:
        whole = text.strip("'\" \n") == one[0]
        yield Region(document, start + one.start() + 2, start + one.end() - 2, key, style, task, whole)
    shown = key == "var" and task is not None and task.has(*_DEBUG)
    if not found and (key in _CONDITIONS or shown):
        quotes = 1 if style in ("'", '"') else 0
        yield Region(document, start + quotes, end - quotes, key, style, task, True)


def _without_strings(text: str) -> str:
    """Return an expression with blanks in its strings, but for those in brackets, which are steps of a path."""
    return _STRING.sub(lambda found: found[1] + " " * len(found[2]) + found[1], text)


def uses(region: Region, names: t.Collection[str]) -> Iterator[Use]:
    """Yield the uses of variables in an expression."""
    if not names:
        return
    whole = region.document.text[region.start : region.end]
    text = _without_strings(whole)
    pattern = rf"(?<![\w.'\"])({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b(?!\s*=[^=]){_PATH}"
    for found in re.finditer(pattern, text):
        yield Use(region, found[1], region.start + found.start(), found[2], whole[found.end() :])
    for found in re.finditer(rf"(?:hostvars\[[^\]]*\]|vars)(?:\.|\[['\"])({'|'.join(map(re.escape, names))})\b", whole):
        yield Use(region, found[1], region.start + found.start(), "", "(")


def meant(use: Use, registering: Sequence[Task], sharing: Sequence[Task]) -> list[Task]:
    """Return the tasks whose result a use may mean. sharing: tasks that have the options, with the use in them, by an anchor."""
    found = _meant_at(use, use.start, use.region.task, registering)
    for other in sharing:
        found += _meant_at(use, other.start, other, registering)
    return list({id(one): one for one in found}.values())


def _meant_at(use: Use, at: int, own: Task | None, registering: Sequence[Task]) -> list[Task]:
    """Return the tasks that a use at some place may mean: the last one before it, and further back past those that may not run."""
    if own in registering and use.region.key in _AFTERWARDS and own is not None:
        return [own]
    document = use.region.document
    before = [one for one in registering if one.document is document and one.start < at and one is not own]
    found: list[Task] = []
    for one in sorted(before, key=lambda task: task.start, reverse=True):
        found.append(one)
        if not one.has("when") and not one.nested:
            return found
    return [*found, *(one for one in registering if one not in found)]


def changes(use: Use, task: Task, results: Results) -> list[Edit] | None:
    """Return the edits that make a use right for the new result of a task; None where there are none that do."""
    region = use.region
    new = rewritten(results, use.variable, use.path, use.tail, task.looped)
    if new is None:
        shown = not use.path and not use.tail.strip() and region.task is not None and region.task.has(*_DEBUG)
        return [] if shown else None
    if new.item is not None:
        more = _of_items(use, new)
        if more is None:
            return None
    else:
        more = []
    return [_edit(use, new), *more]


def same(use: Use) -> Edit:
    """Return the edit that leaves a use as it is."""
    end = use.start + len(use.variable) + len(use.path)
    return Edit(use.start, end, use.variable + use.path)


def _edit(use: Use, new: Rewritten) -> Edit:
    region, text = use.region, new.text
    end = use.start + len(use.variable) + len(use.path) + new.tail
    around = region.document.text[region.start : use.start] + region.document.text[end : region.end]
    if not around.strip() and _BRACKETED.fullmatch(text):
        text = text[1:-1]
    return Edit(use.start, end, text.replace("'", "''") if region.style == "'" else text)


def _of_items(use: Use, new: Rewritten) -> list[Edit] | None:
    """Return the edits of what a loop over the list does with its items; none where a condition only asks whether it is empty."""
    region, task = use.region, use.region.task
    head = region.document.text[region.start : use.start].strip()
    if region.key in _CONDITIONS and head in ("", "not"):
        return []
    if task is None or head or not region.whole or region.key not in ("loop", "with_items", "with_list"):
        return None
    found: list[Edit] = []
    for inner in regions(region.document, [task]):
        if inner.task is not task:
            continue
        for one in uses(inner, [_loop_variable(task)]):
            text = of_thing(str(new.item), steps(one.path), one.variable) if one.path else None
            if text is None:
                return None
            found.append(_edit(one, Rewritten(text)))
    return found


def _loop_variable(task: Task) -> str:
    control = task.keyword("loop_control")
    named = next((value for key, value in docs.entries(control) if key.value == "loop_var"), None)
    return str(named.value) if isinstance(named, ScalarNode) else "item"
