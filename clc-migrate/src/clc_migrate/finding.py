# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks in playbooks and task files, with their options from wherever Ansible takes them: the module's key in its three forms,
`args`, merged mappings, and `module_defaults` of the task, its blocks and its play.
"""

from __future__ import annotations

import re
import typing as t
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from . import document as docs
from .document import Document
from .tables import SPELLINGS
from .values import Undecided, is_template

_LISTS = ("pre_tasks", "tasks", "post_tasks", "handlers")
_BLOCKS = ("block", "rescue", "always")
_ACTIONS = ("action", "local_action")
_WORD = re.compile(r"\s*(\S+)\s*(.*)", re.DOTALL)
_PAIR = re.compile(r"(\w+)=(.*)", re.DOTALL)


@dataclass
class Given:
    """One option of a task. mapping, key and value are its nodes; None if it is in a k=v text or in module_defaults."""

    name: str
    data: t.Any
    mapping: MappingNode | None = None
    key: ScalarNode | None = None
    value: Node | None = None


@dataclass
class Task:
    """One task. old: the legacy module, None for another one. token: where the module's name stands.

    module_key and module_value: the entry that names the module. module_entry: the entry `module` in the mapping of an action.
    text: its k=v text, None if it has none. options: by name.
    problem: why the options cannot be known. rescued: whether something goes on after a failure. nested: whether it is in a block.
    """

    document: Document
    node: MappingNode
    old: str | None = None
    token: tuple[int, int] = (0, 0)
    module_key: ScalarNode | None = None
    module_value: Node | None = None
    module_entry: tuple[ScalarNode, Node] | None = None
    text: str | None = None
    options: dict[str, Given] = field(default_factory=dict)
    problem: str | None = None
    rescued: bool = False
    nested: bool = False

    def keyword(self, name: str) -> Node | None:
        """Return the value of a keyword of the task."""
        return next((value for key, value in docs.entries(self.node) if key.value == name), None)

    def has(self, *names: str) -> bool:
        """Return whether the task has one of these keywords."""
        return any(self.keyword(name) is not None for name in names)

    @property
    def title(self) -> str:
        """The task's own name."""
        node = self.keyword("name")
        return str(node.value) if isinstance(node, ScalarNode) else ""

    @property
    def register(self) -> str | None:
        """The variable that takes the result."""
        node = self.keyword("register")
        return str(node.value) if isinstance(node, ScalarNode) else None

    @property
    def looped(self) -> bool:
        """Whether the task is run for several items."""
        return any(key.value == "loop" or str(key.value).startswith("with_") for key, _value in docs.entries(self.node))

    @property
    def is_action(self) -> bool:
        """Return whether the module is named by the value of `action` or `local_action`."""
        return self.module_key is not None and self.module_key.value in _ACTIONS

    @property
    def is_local(self) -> bool:
        """Return whether the module is named by `local_action`, which also delegates the task to localhost."""
        return self.module_key is not None and self.module_key.value == "local_action"

    @property
    def start(self) -> int:
        """Where the task begins."""
        return int(self.node.start_mark.index)

    @property
    def end(self) -> int:
        """Where the task ends, with what is behind it up to the next one."""
        return int(self.node.end_mark.index)

    def value(self, name: str) -> t.Any:
        """Return the value of an option; None if it is omitted."""
        return self.options[name].data if name in self.options else None


@dataclass(frozen=True)
class Surroundings:
    """What the play and the blocks around a task say. defaults: mappings of module_defaults, the outermost first."""

    defaults: tuple[Node, ...] = ()
    rescued: bool = False
    nested: bool = False

    def inside(self, node: MappingNode, keys: t.Container[str]) -> Surroundings:
        """Return what holds in a play, block or task with these keys."""
        own = tuple(value for key, value in docs.entries(node) if key.value == "module_defaults")
        return Surroundings(self.defaults + own, self.rescued or "rescue" in keys, self.nested or "block" in keys)


def tasks(document: Document) -> list[Task]:
    """Return all tasks of a playbook or a task file, those of any module, in the order of the text."""
    return sorted(_tasks_in(document, document.root, Surroundings()), key=lambda task: task.start)


def defaults(document: Document) -> Iterator[ScalarNode]:
    """Yield the keys of module_defaults that name legacy modules."""
    for node in _mappings(document.root):
        for key, value in docs.entries(node):
            if key.value == "module_defaults":
                yield from (name for name, _options in docs.entries(value) if name.value in SPELLINGS)


def _mappings(node: Node | None) -> Iterator[MappingNode]:
    for item in docs.items(node):
        if isinstance(item, MappingNode):
            yield item
            for key, value in docs.entries(item):
                if key.value in (*_LISTS, *_BLOCKS):
                    yield from _mappings(value)


def _tasks_in(document: Document, node: Node | None, around: Surroundings) -> Iterator[Task]:
    for item in docs.items(node):
        if not isinstance(item, MappingNode):
            continue
        keys = {key.value for key, _value in docs.entries(item)}
        inner = around.inside(item, keys)
        below = [(key.value, value) for key, value in docs.entries(item) if key.value in (*_LISTS, *_BLOCKS)]
        for name, part in below:
            # After a failure in `block` something goes on; after one in `rescue` or `always` nothing does.
            yield from _tasks_in(document, part, inner if name == "block" else replace(inner, rescued=around.rescued))
        if not below and not keys & {"hosts", "import_playbook"}:
            yield _task(document, item, inner)


def _task(document: Document, node: MappingNode, around: Surroundings) -> Task:
    task = Task(document, node, rescued=around.rescued, nested=around.nested)
    for key, value in docs.entries(node):
        if key.value in SPELLINGS:
            task.old, task.token = SPELLINGS[key.value], _name_at(document, key, str(key.value))
            _direct(task, key, value)
        elif key.value in _ACTIONS:
            _action(task, key, value)
    if task.old:
        _read_args(task)
        _read_defaults(task, around)
    return task


def _name_at(document: Document, node: ScalarNode, name: str) -> tuple[int, int]:
    start = document.text.index(name, node.start_mark.index)
    return start, start + len(name)


def _direct(task: Task, key: ScalarNode, value: Node) -> None:
    task.module_key, task.module_value = key, value
    if isinstance(value, MappingNode):
        _read_mapping(task, value)
    elif isinstance(value, ScalarNode) and docs.data(value) is not None:
        _read_text(task, str(value.value))


def _action(task: Task, key: ScalarNode, value: Node) -> None:
    """Read `action: module k=v` and `action: {module: ..., ...}`."""
    if isinstance(value, ScalarNode):
        found = _WORD.match(str(value.value))
        if found and found[1] in SPELLINGS:
            task.old, task.token = SPELLINGS[found[1]], _name_at(task.document, value, found[1])
            task.module_key, task.module_value = key, value
            _read_text(task, found[2])
        return
    entry = next((entry for entry in docs.entries(value) if entry[0].value == "module"), None)
    name = entry[1] if entry else None
    if isinstance(name, ScalarNode) and isinstance(value, MappingNode) and name.value in SPELLINGS:
        task.module_entry = entry
        task.old, task.token = SPELLINGS[name.value], _name_at(task.document, name, str(name.value))
        task.module_key, task.module_value = key, value
        _read_mapping(task, value)
        task.options.pop("module")


def _read_mapping(task: Task, node: MappingNode) -> None:
    """Take the options of a mapping that are not there yet, its own before merged ones."""
    for key, value in docs.entries(node):
        if key.value != "<<" and key.value not in task.options:
            task.options[str(key.value)] = Given(str(key.value), docs.data(value), node, key, value)
    for part in docs.merged(node):
        _read_mapping(task, part)


def _read_text(task: Task, text: str) -> None:
    """Take options of a k=v text."""
    task.text = text
    for word in words(text):
        pair = _PAIR.fullmatch(word)
        if pair is None:
            task.problem = f"'{word}' is not an option with a value"
            return
        task.options[pair[1]] = Given(pair[1], pair[2])


def words(text: str) -> list[str]:
    """Split a k=v text at blanks that are neither in quotes nor in a template; quotes around a value are taken off."""
    found, current, quote, depth = [], "", "", 0
    for index, letter in enumerate(text):
        depth += (text[index : index + 2] in ("{{", "{%")) - (text[max(index - 1, 0) : index + 1] in ("}}", "%}"))
        if depth == 0 and letter in "'\"" and (quote == letter or (not quote and current.endswith("="))):
            quote = "" if quote else letter
            continue
        if letter.isspace() and not quote and depth == 0:
            found.append(current)
            current = ""
            continue
        current += letter
    return [word for word in (*found, current) if word]


def _read_args(task: Task) -> None:
    node = task.keyword("args")
    if isinstance(node, MappingNode):
        _read_mapping(task, node)
    elif node is not None:
        task.problem = "its args are a template"
    if isinstance(task.module_value, ScalarNode) and task.text and is_template(task.text) and not task.options:
        task.problem = "its options are a template"


def _read_defaults(task: Task, around: Surroundings) -> None:
    """Take from module_defaults what the task does not say, the innermost first."""
    for node in reversed(around.defaults):
        if not isinstance(node, MappingNode):
            task.problem = "module_defaults are a template"
        for key, value in docs.entries(node):
            if SPELLINGS.get(key.value) != task.old:
                continue
            whole = docs.data(value)
            if not isinstance(whole, dict):
                task.problem = "module_defaults are a template"
                continue
            for name, data in whole.items():
                task.options.setdefault(name, Given(name, data))


def raise_problem(task: Task) -> None:
    """Raise Undecided if the options of a task cannot be known."""
    if task.problem:
        raise Undecided(task.problem)
