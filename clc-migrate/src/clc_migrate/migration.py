# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks of a set of files are rewritten, which only get another prefix, and why. All files of a run are looked at together,
since a result that one file registers may be read in another.
"""

from __future__ import annotations

import typing as t
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import uses as use_of
from . import writing
from .document import Document, Edit
from .finding import Task, defaults, tasks
from .planning import Knowledge, Plan, learn, plan
from .results import steps
from .tables import COLLECTION, MODULES, SPELLINGS
from .uses import Use
from .values import Kept, Undecided

REWRITTEN, PREFIXED, LEFT = "rewritten", "prefixed", "left"
_BRACES_ADDED = (
    "a loop over a name without braces has braces now, since Ansible no longer reads such a name as a variable"
)
_BRACES_MISSING = "Ansible no longer reads a name without braces as a variable. Add braces"


@dataclass(frozen=True)
class Finding:
    """What became of one task. what: rewritten, prefixed (only the prefix was changed), or left (nothing was)."""

    path: str
    line: int
    task: str
    old: str
    new: str
    what: str
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Migration:
    """The work on a set of documents. plans: of the tasks of legacy modules that can be rewritten. reasons: of the others."""

    documents: Sequence[Document]
    knowledge: Knowledge
    prefix_only: bool = False
    tasks: list[Task] = field(default_factory=list)
    plans: dict[int, Plan] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    edits: dict[int, list[Edit]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)

    def run(self) -> list[Finding]:
        """Decide on all tasks, note the edits in the documents, and return what became of each task of a legacy module."""
        self.tasks = [task for document in self.documents for task in tasks(document)]
        self._plan()
        found = self._uses()
        while self._settle_shared() or self._settle_uses(found):
            pass
        self._note_uses(found)
        for document in self.documents:
            self._write(document)
        return [self._finding(task) for task in self.tasks if task.old]

    # Deciding

    @property
    def old(self) -> list[Task]:
        """The tasks of legacy modules."""
        return [task for task in self.tasks if task.old]

    def _plan(self) -> None:
        learn(self.knowledge, self.tasks)
        for task in self.old:
            if task.old not in MODULES:
                self.reasons[id(task)] = f"the collection has no module {task.old}"
                continue
            if self.prefix_only:
                self.reasons[id(task)] = ""
                continue
            try:
                made = plan(task, self.knowledge)
                writing.check(task, made)
            except Undecided as error:
                self.reasons[id(task)] = str(error)
            else:
                self.plans[id(task)] = made

    def _undecide(self, group: Iterable[Task], reason: str) -> bool:
        """Leave tasks undecided; return whether one of them was to be rewritten."""
        planned = [task for task in group if id(task) in self.plans]
        for task in planned:
            del self.plans[id(task)]
            self.reasons[id(task)] = reason
        return bool(planned)

    def _settle_shared(self) -> bool:
        """Take back tasks that share a mapping of options and disagree on it; return whether there were any."""
        by_mapping: dict[int, list[Task]] = {}
        for task in self.old:
            for mapping_id in _mappings(task):
                by_mapping.setdefault(mapping_id, []).append(task)
        for mapping, group in by_mapping.items():
            planned = [task for task in group if id(task) in self.plans]
            if not planned or len(group) == 1:
                continue
            if len(planned) < len(group):
                other = next(task for task in group if task not in planned)
                return self._undecide(
                    planned, f"it shares options with the task in line {_line(other)}, which is not rewritten"
                )
            if self._disagree(mapping, group):
                return self._undecide(
                    planned, "tasks share its options by an anchor, and the options have different new forms"
                )
        return False

    def _disagree(self, mapping: int, group: Sequence[Task]) -> bool:
        """Return whether tasks need different lines for a shared entry, or one would get lines that it does not need."""
        outs_by_key: dict[int, tuple[t.Any, ...]] = {}
        for task in group:
            for line in writing.lines(task, self.plans[id(task)]):
                if id(line.given.mapping) == mapping and line.given.key is not None:
                    known = outs_by_key.setdefault(line.given.key.start_mark.index, _comparable(line.outs))
                    if known != _comparable(line.outs):
                        return True
        homes = {
            id(task): _comparable(writing.loose(task, self.plans[id(task)]))
            for task in group
            if id(writing.home(task)) == mapping
        }
        names = {name for outs in (*outs_by_key.values(), *homes.values()) for name, _value in outs}
        return len(set(homes.values())) > 1 or any(names - self._names(task) for task in group)

    def _names(self, task: Task) -> set[str]:
        made = self.plans[id(task)]
        return {out.name for outs in (*made.lines.values(), made.added) for out in outs}

    # Uses of results

    def _uses(self) -> list[tuple[Use, list[Task]]]:
        """Return each use of what a task of a legacy module registers, with the tasks that it may refer to."""
        registering: dict[str, list[Task]] = {}
        for task in self.tasks:
            if task.register:
                registering.setdefault(task.register, []).append(task)
        names = [name for name, group in registering.items() if any(task.old for task in group)]
        found = []
        for document in self.documents:
            own = [task for task in self.tasks if task.document is document]
            for region in use_of.regions(document, own):
                for use in use_of.uses(region, names):
                    found.append(
                        (use, use_of.candidates(use, registering[use.variable], self._sharing(use.region.task)))
                    )
        return found

    def _sharing(self, task: Task | None) -> list[Task]:
        """Return the other tasks that have options of a task by an anchor."""
        if task is None:
            return []
        mappings = _mappings(task)
        return [other for other in self.old if other is not task and mappings & _mappings(other)]

    def _settle_uses(self, found: Sequence[tuple[Use, list[Task]]]) -> bool:
        """Take back tasks whose results are read in a way that has no new form; return whether there were any."""
        self.edits = {}
        for use, group in found:
            planned = [task for task in group if id(task) in self.plans]
            if not planned:
                if use.region.bare and not self.prefix_only:
                    self.edits.setdefault(id(use.region.document), []).append(use_of.same(use))
                continue
            alternatives = [self._changes(use, task) for task in group]
            if any(edits is None for edits in alternatives):
                return self._undecide(planned, f"its result is used in a way that has no equivalent: {use.label}")
            if any(edits != alternatives[0] for edits in alternatives):
                reason = f"its result is used where it may be the result of another task: {use.label}"
                return self._undecide(planned, reason)
            self.edits.setdefault(id(use.region.document), []).extend(alternatives[0] or [])
        return False

    def _note_uses(self, found: Sequence[tuple[Use, list[Task]]]) -> None:
        """Note where something is read that says otherwise now, such as messages, which are worded anew."""
        for use, group in found:
            for task in group:
                if use.region.bare and task.old:
                    note = _BRACES_MISSING if self.prefix_only else _BRACES_ADDED
                    self.notes.setdefault(id(task), []).append(f"{note}: {use.label}")
                if id(task) not in self.plans:
                    continue
                made, key = self.plans[id(task)], next(iter(steps(use.path)), "")
                if key in ("msg", "warnings"):
                    made.notes.append(f"messages have changed, and are used here: {use.label}")
                if key in made.results.roots and made.results.roots[key].note:
                    made.notes.append(f"{made.results.roots[key].note}; they are used here: {use.label}")

    def _changes(self, use: Use, task: Task) -> list[Edit] | None:
        if id(task) not in self.plans:
            return [use_of.same(use)]
        return use_of.changes(use, task, self.plans[id(task)].results)

    # Writing

    def _write(self, document: Document) -> None:
        writer = writing.Writer(document, self.edits.get(id(document), []))
        for task in self.old:
            if task.document is not document or task.old not in MODULES:
                continue
            if id(task) in self.plans:
                writer.write(task, self.plans[id(task)])
            else:
                writer.prefix(task, f"{COLLECTION}.{task.old}", reform=not self.prefix_only)
        writer.finish()
        for key in defaults(document):
            if SPELLINGS[key.value] in MODULES:
                start = document.text.index(key.value, key.start_mark.index)
                document.edits.append(Edit(start, start + len(key.value), f"{COLLECTION}.{SPELLINGS[key.value]}"))

    def _finding(self, task: Task) -> Finding:
        made, name = self.plans.get(id(task)), f"{COLLECTION}.{task.old}"
        what = REWRITTEN if made else PREFIXED if task.old in MODULES else LEFT
        written = task.document.text[slice(*task.token)]
        return Finding(
            str(task.document.path),
            _line(task),
            task.title,
            written,
            made.module if made else name if what == PREFIXED else written,
            what,
            self.reasons.get(id(task), ""),
            (*(made.notes if made else ()), *self.notes.get(id(task), ())),
        )


def _mappings(task: Task) -> set[int]:
    return {id(given.mapping) for given in task.options.values() if given.mapping}


def _line(task: Task) -> int:
    return task.document.line(task.start)


def _comparable(outs: Iterable[t.Any]) -> tuple[tuple[str, str], ...]:
    return tuple((out.name, "kept" if isinstance(out.value, Kept) else repr(out.value)) for out in outs)
