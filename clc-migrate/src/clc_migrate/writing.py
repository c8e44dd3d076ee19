# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From plans to edits: cuts in the text of the file, each as small as it can be."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node

from . import document as docs
from . import values
from .document import Document, Edit
from .finding import Given, Task
from .planning import Out, Plan
from .values import Kept, Undecided


@dataclass(frozen=True)
class Line:
    """What becomes of one entry of a mapping: the lines in its place, none if it goes."""

    given: Given
    outs: tuple[Out, ...]


def lines(task: Task, plan: Plan) -> list[Line]:
    """Return what becomes of the entries that a task has its options from, the added lines behind the last of its own."""
    found = [Line(option, tuple(plan.lines.get(name, ()))) for name, option in task.options.items() if option.mapping]
    found.sort(key=lambda line: line.given.key.start_mark.index if line.given.key else 0)
    return found


def loose(task: Task, plan: Plan) -> list[Out]:
    """Return the lines that no entry stands for: of k=v texts and module_defaults, with their values, and added ones."""
    given = [(option, plan.lines.get(name, ())) for name, option in task.options.items() if not option.mapping]
    settled = [
        Out(out.name, option.data if isinstance(out.value, Kept) else out.value)
        for option, outs in given
        for out in outs
    ]
    return [*settled, *plan.added]


def home(task: Task) -> MappingNode | None:
    """Return the mapping that lines can be added to; None if the options have to become one."""
    if isinstance(task.module_value, MappingNode) and any(
        given.mapping is task.module_value for given in task.options.values()
    ):
        return task.module_value
    node = task.keyword("args")
    return node if isinstance(node, MappingNode) and not task.text else None


def is_reformed(task: Task) -> bool:
    """Return whether the deprecated mapping of `action` or `local_action` becomes the ordinary form.

    It stays if an anchor in it may be used elsewhere, if there is no room for a line, or if the task is delegated twice.
    """
    if task.module_entry is None or task.module_key is None or task.module_value is None:
        return False
    if docs.anchored(task.module_value) or docs.is_alias(task.module_key, task.module_value):
        return False
    return not task.is_local or not (task.node.flow_style or task.has("delegate_to"))


def keywords(task: Task, plan: Plan | None) -> list[Out]:
    """Return the keywords that a task gets: those of its plan, and what `local_action` stood for."""
    has_text = plan is not None and task.text is not None
    delegated = task.is_local and not task.has("delegate_to") and (has_text or is_reformed(task))
    return [*(plan.keywords if plan else []), *([Out("delegate_to", "localhost")] if delegated else [])]


def check(task: Task, plan: Plan) -> None:
    """Raise Undecided if an edit would take an anchor away that something else may refer to, or a comment."""
    if task.node.flow_style and (keywords(task, plan) or task.text is not None or home(task) is None):
        raise Undecided("the whole task is in braces, but needs more lines now")
    if task.text is not None and task.is_local and task.has("delegate_to"):
        raise Undecided("it has both local_action and delegate_to. Remove delegate_to, which has no effect")
    for line in lines(task, plan):
        kept = any(isinstance(out.value, Kept) for out in line.outs)
        if kept or line.given.key is None or line.given.value is None:
            continue
        if not docs.is_alias(line.given.key, line.given.value) and docs.anchored(line.given.value):
            raise Undecided(
                f"{line.given.name} has the anchor &{docs.anchored(line.given.value)} and a different form now"
            )
    for line in lines(task, plan):
        mapping = line.given.mapping
        if mapping is not None and mapping.flow_style and "#" in _text(task.document, mapping):
            raise Undecided("its options are in braces that contain a comment")


def _text(document: Document, node: Node) -> str:
    return document.text[node.start_mark.index : node.end_mark.index]


class Writer:
    """Writes the edits of one document. of_uses: edits of uses; those in values that are rewritten go into the new text."""

    def __init__(self, document: Document, of_uses: t.Iterable[Edit]) -> None:
        self.document = document
        self.of_uses = set(of_uses)
        self.taken: set[Edit] = set()
        # The new name of a module by the position of the key `module` in braces; None if that entry goes.
        self.modules: dict[int, str | None] = {}
        self.done: set[int] = set()

    def name(self, task: Task, module: str) -> None:
        """Write the name of a module: in its place, or as the key of the task if `action` becomes the ordinary form."""
        key, reformed = task.module_key, is_reformed(task)
        in_braces = isinstance(task.module_value, MappingNode) and bool(task.module_value.flow_style)
        if task.module_entry and in_braces:
            self.modules[task.module_entry[0].start_mark.index] = None if reformed else module
        if key is not None and reformed:
            self.document.edits.append(Edit(key.start_mark.index, key.end_mark.index, module))
        elif not (task.module_entry and in_braces):
            self.document.edits.append(Edit(*task.token, module))

    def prefix(self, task: Task, module: str, reform: bool) -> None:
        """Write the name of a module that accepts the old options. reform: whether `action` becomes the ordinary form."""
        if not reform or not is_reformed(task):
            self.document.edits.append(Edit(*task.token, module))
            return
        self.name(task, module)
        self._module_entry(task)
        self._keywords(task, None)

    def write(self, task: Task, plan: Plan) -> None:
        """Write a task anew. Entries that several tasks share are written once."""
        more = loose(task, plan)
        target = home(task)
        if task.text is not None or (target is None and more):
            self._text(task, plan, more)
        else:
            self.name(task, plan.module)
        whole = lines(task, plan)
        for mapping in {id(line.given.mapping): line.given.mapping for line in whole}.values():
            own = [line for line in whole if line.given.mapping is mapping]
            if mapping is not None and id(mapping) not in self.done:
                self.done.add(id(mapping))
                self._mapping(mapping, own, more if mapping is target else [])
        if task.text is None and (target is not None or not more):
            self._module_entry(task)
        self._keywords(task, plan)

    def finish(self) -> None:
        """Add the edits of uses that stand in no text that was written anew."""
        self.document.edits += self.of_uses

    # Parts

    def _mapping(self, mapping: MappingNode, own: list[Line], more: list[Out]) -> None:
        if mapping.flow_style:
            self._flow(mapping, own, more)
            return
        last = max((line for line in own if line.outs), key=_start, default=own[-1])
        for line in own:
            self._entry(line, more if line is last else [])

    def _module_entry(self, task: Task) -> None:
        """Remove the entry `module` of an action's mapping, whose value is the key of the task now."""
        mapping = task.module_value
        if not task.module_entry or not isinstance(mapping, MappingNode):
            return
        if mapping.flow_style and id(mapping) not in self.done:
            self._flow(mapping, [], [])
        elif not mapping.flow_style and is_reformed(task):
            key, value = task.module_entry
            self._remove(key.start_mark.index, docs.end_of(self.document, key, value))

    def _entry(self, line: Line, more: list[Out]) -> None:
        key, value = line.given.key, line.given.value
        if key is None or value is None:
            return
        document = self.document
        end, column = docs.end_of(document, key, value), document.column(key.start_mark.index)
        outs = [*line.outs, *more]
        if not outs:
            self._remove(key.start_mark.index, end)
            return
        first, rest = outs[0], outs[1:]
        if not isinstance(first.value, Kept):
            taken = self._taken(key.start_mark.index, end)
            document.edits.append(
                Edit(key.start_mark.index, end, _replaced(values.block(first.name, first.value, column), taken))
            )
        elif first.name != key.value:
            document.edits.append(Edit(key.start_mark.index, key.end_mark.index, first.name))
        if rest:
            written = "".join("\n" + " " * column + values.block(out.name, out.value, column) for out in rest)
            at = document.line_end(end)
            document.edits.append(Edit(at, at, written))

    def _remove(self, start: int, end: int) -> None:
        """Take out the lines of an entry; a comment behind it stays, in a line of its own."""
        document = self.document
        self._taken(start, end)
        line_end = document.line_end(end)
        comment = document.text[end:line_end].strip()
        before = document.text.rfind("\n", 0, start)
        before -= document.text[before - 1 : before] == "\r"
        kept = "\n" + " " * document.column(start) + comment if comment else ""
        document.edits.append(Edit(before, line_end, kept))

    def _flow(self, mapping: MappingNode, own: list[Line], more: list[Out]) -> None:
        document = self.document
        by_key = {line.given.key.start_mark.index: line.outs for line in own if line.given.key}
        start, end = mapping.start_mark.index, mapping.end_mark.index
        at = document.text.index("{", start)
        parts = []
        for key, value in docs.entries(mapping):
            position, written = key.start_mark.index, docs.source(document, key, value)
            outs: t.Sequence[Out] = by_key.get(position, (Out(str(key.value)),))
            if position in self.modules:
                outs = [Out("module", module) for module in [self.modules[position]] if module]
            for out in outs:
                parts.append(f"{out.name}: {written if isinstance(out.value, Kept) else values.flow(out.value)}")
        parts += [f"{out.name}: {values.flow(out.value)}" for out in more]
        blank = " " if document.text[at + 1] == " " else ""
        text = "{" + blank + ", ".join(parts) + blank + "}"
        document.edits.append(Edit(at, end, _replaced(text, self._taken(at, end))))

    def _text(self, task: Task, plan: Plan, more: list[Out]) -> None:
        """Write the options of a k=v text, or of none, as a mapping."""
        key, value = task.module_key, task.module_value
        if key is None or value is None:
            return
        document = self.document
        if task.is_action:
            document.edits.append(Edit(key.start_mark.index, key.end_mark.index, plan.module))
        else:
            self.name(task, plan.module)
        column = document.column(key.start_mark.index) + 2
        written = "".join("\n" + " " * column + values.block(out.name, out.value, column) for out in more)
        start, end = document.text.index(":", key.end_mark.index) + 1, docs.end_of(document, key, value)
        document.edits.append(Edit(start, max(start, end), _replaced(written, self._taken(start, end))))

    def _keywords(self, task: Task, plan: Plan | None) -> None:
        key, value, added = task.module_key, task.module_value, keywords(task, plan)
        if not added or key is None or value is None:
            return
        document, column = self.document, self.document.column(key.start_mark.index)
        at = document.line_end(docs.end_of(document, key, value))
        written = "".join("\n" + " " * column + values.block(out.name, out.value, column) for out in added)
        inside = [pair for line in (lines(task, plan) if plan else []) for pair in self._inside(line)]
        document.edits.append(Edit(at, at, _replaced(written, inside), rank=1))

    def _inside(self, line: Line) -> list[tuple[str, str]]:
        """Return the uses in an entry as pairs of old and new text."""
        key, value = line.given.key, line.given.value
        if key is None or value is None:
            return []
        return self._pairs(key.start_mark.index, docs.end_of(self.document, key, value), self.of_uses | self.taken)

    def _pairs(self, start: int, end: int, edits: t.Iterable[Edit]) -> list[tuple[str, str]]:
        inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
        return [(self.document.text[edit.start : edit.end], edit.text) for edit in inside]

    def _taken(self, start: int, end: int) -> list[tuple[str, str]]:
        """Return the uses in a text that is written anew as pairs of old and new text; they are removed from the edits then."""
        inside = {edit for edit in self.of_uses if start <= edit.start and edit.end <= end}
        self.of_uses -= inside
        self.taken |= inside
        return self._pairs(start, end, inside)


def _start(line: Line) -> int:
    return int(line.given.key.start_mark.index) if line.given.key else 0


def _replaced(text: str, pairs: t.Iterable[tuple[str, str]]) -> str:
    for old, new in sorted(set(pairs), key=lambda pair: -len(pair[0])):
        text = text.replace(old, new)
    return text
