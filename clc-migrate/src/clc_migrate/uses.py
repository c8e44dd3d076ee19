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
from .results import Results, Rewritten, of_resource, rewritten, steps

_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CONDITIONS = frozenset({"when", "changed_when", "failed_when", "until", "that", "break_when"})
# What of a task is looked at after its own result is there.
_AFTERWARDS = frozenset({"changed_when", "failed_when", "until", "break_when"})
_DEBUG = ("debug", "ansible.builtin.debug")
# A list in a loop without braces, as Ansible read it long ago; with a path to one, since a name alone may be a text.
# Lists in the results of the legacy modules. Other names with dots may be text, such as the name of a host.
_BARE = re.compile(
    r"\w+(?:\.\w+|\[\d+\])*\.(?:servers|(?:partially_created_|failed_)?server_ids|networks|results|ipAddresses|groups|pools|nodes)"
)
_DEBUG_VAR = re.compile(r"\bvar=([^\s\"'{]+)")
# Modules that hand the item of a loop on to another file.
_HANDING_ON = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "ansible.builtin.", "ansible.legacy.")
    for name in ("include", "include_tasks", "include_role", "import_tasks", "import_role", "template")
)
# A step in brackets, or a string in an expression; quotes of the latter may be doubled or have a backslash before them, as the
# YAML around it wants.
_STRING = re.compile(
    r"(?<=[\w\])])\[(?:'[^']*'|\"[^\"]*\")\]|(?<!['\"\\])(?P<quote>''|'|\\\"|\")(?P<inside>(?:(?!(?P=quote)).)+)(?P=quote)",
    re.DOTALL,
)
# An expression in one pair of parentheses.
_BRACKETED = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_PATH = r"((?:\.\w+|\[-?\d+\]|\['[^']*'\]|\[\"[^\"]*\"\])*)"


@dataclass(frozen=True)
class Region:
    """A piece of a document that is an expression.

    key: the keyword that it stands under. whole: whether it is all of a value. pair: whether that is a value in a k=v text.
    bare: whether it stands without the braces that it needs by now.
    """

    document: Document
    start: int
    end: int
    key: str = ""
    style: str = ""
    task: Task | None = None
    whole: bool = False
    pair: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Use:
    """One place that reads a registered result: its path such as .servers[0].id, and what stands behind that."""

    region: Region
    variable: str
    start: int
    path: str
    tail: str

    @property
    def label(self) -> str:
        """The use as text, with its place."""
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
        for item in docs.items(node):
            yield from _in_node(document, item, key, task, by_node, seen)


def _in_scalar(document: Document, node: ScalarNode, key: str, task: Task | None) -> Iterator[Region]:
    start, end, style = node.start_mark.index, node.end_mark.index, node.style or ""
    text = document.text[start:end]
    found = list(_BRACES.finditer(text))
    for braces in found:
        whole = text.strip("'\" \n") == braces[0]
        yield Region(document, start + braces.start() + 2, start + braces.end() - 2, key, style, task, whole)
    quotes = 1 if style in ("'", '"') else 0
    is_debug_variable = key == "var" and task is not None and task.has(*_DEBUG)
    if not found and (key in _CONDITIONS or is_debug_variable):
        yield Region(document, start + quotes, end - quotes, key, style, task, True)
    if key.startswith("with_") and _BARE.fullmatch(text[quotes : len(text) - quotes]):
        yield Region(document, start + quotes, end - quotes, key, style, task, True, bare=True)
    variable = _DEBUG_VAR.search(text) if key in (*_DEBUG, "action", "local_action") else None
    if variable and not found:
        yield Region(document, start + variable.start(1), start + variable.end(1), "var", style, task, True, True)


def _without_strings(text: str) -> str:
    """Return an expression with blanks in its strings, but for those in brackets, which are steps of a path."""

    def blank(found: re.Match[str]) -> str:
        quote = found["quote"]
        return found[0] if quote is None else f"{quote}{' ' * len(found['inside'])}{quote}"

    return _STRING.sub(blank, text)


def uses(region: Region, names: t.Collection[str]) -> Iterator[Use]:
    """Yield the uses of variables in an expression."""
    if not names:
        return
    whole = region.document.text[region.start : region.end]
    text = _without_strings(whole)
    pattern = rf"(?<![\w.'\"])({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b(?!\s*=[^=]){_PATH}"
    for found in re.finditer(pattern, text):
        yield Use(region, found[1], region.start + found.start(), found[2], whole[found.end() :])
    # Variables of another host, or by their names: the host is unknown, so any attribute or text of the name counts.
    for found in re.finditer(rf"[.'\"]({'|'.join(map(re.escape, names))})\b", whole):
        if re.search(r"\b(?:hostvars|vars)\b", whole):
            yield Use(region, found[1], region.start + found.start(), "", "(")


def candidates(use: Use, registering: Sequence[Task], sharing: Sequence[Task]) -> list[Task]:
    """Return the tasks whose result a use may mean. sharing: tasks that have the options, with the use in them, by an anchor."""
    found = _candidates_at(use, use.start, use.region.task, registering)
    for other in sharing:
        found += _candidates_at(use, other.start, other, registering)
    return list({id(task): task for task in found}.values())


def _candidates_at(use: Use, at: int, own: Task | None, registering: Sequence[Task]) -> list[Task]:
    """Return the tasks that a use at some place may mean: the last one before it, and further back past those that may not run."""
    if own in registering and use.region.key in _AFTERWARDS and own is not None:
        return [own]
    document = use.region.document
    before = [task for task in registering if task.document is document and task.start < at and task is not own]
    found: list[Task] = []
    for task in sorted(before, key=lambda task: task.start, reverse=True):
        found.append(task)
        if not task.has("when") and not task.nested:
            return found
    return [*found, *(task for task in registering if task not in found)]


def changes(use: Use, task: Task, results: Results) -> list[Edit] | None:
    """Return the edits that make a use right for the new result of a task; None if there are none that do."""
    region = use.region
    if task.looped and steps(use.path) == ["results"] and not use.tail.strip():
        return _of_loop(use, lambda item_use: _item_of_results(item_use, results))
    if _is_printed(use):
        root = results.roots.get("".join(steps(use.path)))
        if not use.path or (root is not None and not task.looped):
            return [_edit(use, Rewritten(root.form.format(use.variable)))] if root else []
    head = region.document.text[region.start : use.start]
    condition = region.key in _CONDITIONS and head.count("(") == head.count(")")
    new = rewritten(results, use.variable, use.path, use.tail, task.looped, condition)
    if new is None:
        return None
    if new.item is not None:
        more = _of_items(use, new)
        if more is None:
            return None
    else:
        more = []
    return [_edit(use, new), *more]


def _is_printed(use: Use) -> bool:
    """Return whether a task prints only this use, which nothing reads."""
    region, task = use.region, use.region.task
    alone = region.document.text[region.start : use.start].strip() == "" and not use.tail.strip()
    return alone and region.whole and task is not None and task.has(*_DEBUG) and region.key in ("var", "msg", *_DEBUG)


def same(use: Use) -> Edit:
    """Return the edit that leaves a use as it is, but for the braces that it lacks."""
    return _edit(use, Rewritten(use.variable + use.path))


def _edit(use: Use, new: Rewritten) -> Edit:
    region, text = use.region, new.text
    end = use.start + len(use.variable) + len(use.path) + new.tail
    around = region.document.text[region.start : use.start] + region.document.text[end : region.end]
    if not around.strip() and _BRACKETED.fullmatch(text):
        text = text[1:-1]
    if region.pair and " " in text:
        text = f'"{text}"'
    if region.bare:
        text = f"{{{{ {text} }}}}" if region.style else f'"{{{{ {text} }}}}"'
    return Edit(use.start, end, text.replace("'", "''") if region.style == "'" else text)


def _of_items(use: Use, new: Rewritten) -> list[Edit] | None:
    """Return the edits of what a loop over the list does with its items; none if a condition only asks whether it is empty."""
    region = use.region
    head = region.document.text[region.start : use.start].strip()
    if region.key in _CONDITIONS and head in ("", "not"):
        return []

    def member(item_use: Use) -> Edit | None:
        text = of_resource(str(new.item), steps(item_use.path), item_use.variable) if item_use.path else None
        return _edit(item_use, Rewritten(text)) if text else None

    return _of_loop(use, member)


def _item_of_results(item_use: Use, results: Results) -> Edit | None:
    """Return the edit of a use of one result of several, as a loop over them has it."""
    new = rewritten(results, item_use.variable, item_use.path, item_use.tail, looped=False) if item_use.path else None
    return _edit(item_use, new) if new and new.item is None else None


def _of_loop(use: Use, of_item: t.Callable[[Use], Edit | None]) -> list[Edit] | None:
    """Return the edits of the items of a loop over a use; None if it is not a loop, or an item has no new form."""
    region, task = use.region, use.region.task
    if task is None or not _is_looped_over(use, task):
        return None
    if _hands_on(task):
        return None
    found = [
        of_item(item_use)
        for inner in regions(region.document, [task])
        if inner.task is task
        for item_use in uses(inner, [_loop_variable(task)])
    ]
    edits = [edit for edit in found if edit is not None]
    return edits if len(edits) == len(found) else None


def _hands_on(task: Task) -> bool:
    """Return whether another file may read the items of a task."""
    for key, value in docs.entries(task.node):
        old = key.value in ("action", "local_action") and isinstance(value, ScalarNode)
        if key.value in _HANDING_ON or (old and str(value.value).partition(" ")[0] in _HANDING_ON):
            return True
    return False


def _is_looped_over(use: Use, task: Task) -> bool:
    """Return whether a task loops over exactly this use."""
    region = use.region
    if region.key not in ("loop", "with_items", "with_list", "with_flattened") or not region.whole:
        return False
    whole = task.keyword(region.key)
    # These take lists in their list apart, so one alone is the same as that one.
    alone = not docs.items(whole) or (region.key in ("with_items", "with_flattened") and len(docs.items(whole)) == 1)
    return alone and not region.document.text[region.start : use.start].strip()


def _loop_variable(task: Task) -> str:
    control = task.keyword("loop_control")
    named = next((value for key, value in docs.entries(control) if key.value == "loop_var"), None)
    return str(named.value) if isinstance(named, ScalarNode) else "item"
