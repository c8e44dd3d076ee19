# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find words for which the field has a standard term: rules, replacements, and exceptions are in words.yml.

`python -m tools.words [PATH...]` prints each place with its replacement and fails if there is one; without a path it
checks the parts that words.yml lists as clean. `python -m tools.words --count [PATH...]` prints a table of counts.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from .support import ROOT

CATEGORIES = ("names", "tests", "messages", "docs", "docstrings", "pages", "yaml")
_DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
_PARTS = ("plugins", "simulator", "clc-migrate", "legacy", "tools", "tests", "docs")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# Attributes of syntax nodes that hold an identifier, or a list of them.
_IDENTIFIERS = ("id", "attr", "arg", "name", "asname", "module", "names", "rest")


@dataclass(frozen=True)
class Rule:
    """A pattern of words and what to use instead."""

    pattern: re.Pattern[str]
    use: str


@dataclass(frozen=True)
class Allowed:
    """A file (or pattern of files) in which an identifier or a text is right, and why."""

    path: str
    text: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Return whether the finding is allowed."""
        return fnmatch(finding.path, self.path) and finding.text == self.text


@dataclass(frozen=True)
class Words:
    """The content of words.yml."""

    names: tuple[Rule, ...]
    texts: tuple[Rule, ...]
    exceptions: tuple[Allowed, ...]
    skip: tuple[str, ...]
    clean: tuple[str, ...]

    @cached_property
    def any_name(self) -> re.Pattern[str]:
        """All rules of names in one pattern, since most identifiers match none."""
        return re.compile("|".join(rule.pattern.pattern for rule in self.names))

    @cached_property
    def any_text(self) -> re.Pattern[str]:
        """All rules of texts in one pattern."""
        return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in self.texts), re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A piece of a file: an identifier or a text, with its first line and its category."""

    category: str
    line: int
    value: str


@dataclass(frozen=True)
class Finding:
    """A word to replace, and its place."""

    path: str
    line: int
    category: str
    text: str
    use: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}: {self.use}"


def load(document: dict[str, Any]) -> Words:
    """Compile the rules. A space of a text's pattern matches any white space, as lines may be wrapped there."""
    names = [
        Rule(re.compile(f"(?<![a-z0-9])(?:{rule['regex']})(?![a-z0-9])"), rule["use"]) for rule in document["names"]
    ]
    texts = [
        Rule(re.compile(rule["regex"].replace(" ", r"\s+"), re.IGNORECASE), rule["use"]) for rule in document["texts"]
    ]
    exceptions = [Allowed(**entry) for entry in document["exceptions"]]
    skip = [entry["path"] for entry in document["skip"]]
    return Words(tuple(names), tuple(texts), tuple(exceptions), tuple(skip), tuple(document["clean"]))


def house_words() -> Words:
    """Return the rules of this repository."""
    return load(yaml.safe_load((ROOT / "tools" / "words.yml").read_text(encoding="utf-8")))


def snake_case(identifier: str) -> str:
    """Return the words of an identifier, split at underscores and capitals, in lower case."""
    return "_".join(word.lower() for word in _WORD.findall(identifier))


def _identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return each definition and use of an identifier, with its line; the name of an import reads "as NAME"."""
    for node in ast.walk(tree):
        for field in _IDENTIFIERS:
            value = getattr(node, field, None)
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str):
                    yield getattr(node, "lineno", 1), f"as {name}" if field == "asname" else name


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes of strings that are documentation of code."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    first = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
    return {node for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _documentation(tree: ast.Module) -> set[ast.AST]:
    """Return the nodes of strings that document a module: DOCUMENTATION, EXAMPLES, RETURN."""
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return {node.value for node in assigned if getattr(node.targets[0], "id", "") in _DOCUMENTATION}


def _strings(tree: ast.Module) -> Iterator[Text]:
    """Return the strings of a file; an expression within an f-string stands in as a letter."""
    special = dict.fromkeys(_documentation(tree), "docs") | dict.fromkeys(_docstrings(tree), "docstrings")
    fragments = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield Text("messages", node.lineno, "".join(parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in fragments:
            yield Text(special.get(node, "messages"), node.lineno, node.value)


def _comments(source: str) -> Iterator[Text]:
    """Return the comments of a file; those on consecutive lines are one text."""
    block: list[str] = []
    first = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if token.start[0] != first + len(block):
                yield Text("docstrings", first, "\n".join(block))
                block, first = [], token.start[0]
            block.append(token.string.lstrip("# "))
    yield Text("docstrings", first, "\n".join(block))


def _pieces(path: str, source: str) -> Iterator[Text]:
    """Return every text and identifier of a file, the file's name among them."""
    stem = Path(path).stem
    yield Text("tests" if stem.startswith("test_") else "names", 1, stem)
    if not path.endswith(".py"):
        yield Text("pages" if path.endswith(".md") or "fragments" in path else "yaml", 1, source)
        return
    tree = ast.parse(source)
    for line, name in _identifiers(tree):
        yield Text("tests" if name.startswith("test_") else "names", line, name)
    yield from _strings(tree)
    yield from _comments(source)


def findings_in(path: str, source: str, words: Words) -> Iterator[Finding]:
    """Return the words of a file that have a standard term, apart from the exceptions."""
    for piece in _pieces(path, source):
        for finding in _findings_of(piece, path, words):
            if not any(exception.covers(finding) for exception in words.exceptions):
                yield finding


def _findings_of(piece: Text, path: str, words: Words) -> Iterator[Finding]:
    if piece.category in ("names", "tests"):
        name = snake_case(piece.value)
        for rule in words.names if words.any_name.search(name) else ():
            if rule.pattern.search(name):
                yield Finding(path, piece.line, piece.category, piece.value, rule.use)
    if piece.category == "names":
        return
    value = piece.value.replace("_", " ") if piece.category == "tests" else piece.value
    for rule in words.texts if words.any_text.search(value) else ():
        for match in rule.pattern.finditer(value):
            line = piece.line + value.count("\n", 0, match.start())
            yield Finding(path, line, piece.category, " ".join(match[0].split()), rule.use)


def files(paths: Iterable[str], words: Words) -> list[str]:
    """Return the files under these paths that the rules apply to."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *paths]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    readable = [path for path in listing if path.endswith((".py", ".md", ".yml", ".yaml")) and (ROOT / path).is_file()]
    return [path for path in readable if not any(fnmatch(path, pattern) for pattern in words.skip)]


def findings_under(paths: Iterable[str], words: Words) -> Iterator[Finding]:
    """Return the findings of all files under these paths."""
    for path in files(paths, words):
        yield from findings_in(path, (ROOT / path).read_text(encoding="utf-8"), words)


def part_of(path: str) -> str:
    """Return the top-level part of the repository that a file belongs to."""
    first = path.split("/", 1)[0]
    if first in _PARTS:
        return first
    return "tools" if first.endswith(".py") else "docs"


def table(findings: Iterable[Finding]) -> str:
    """Return the number of findings per part and category."""
    counts = Counter((part_of(finding.path), finding.category) for finding in findings)
    rows: list[tuple[str, ...]] = [("part", *CATEGORIES, "all")]
    for part in _PARTS:
        numbers = [counts[part, category] for category in CATEGORIES]
        rows.append((part, *map(str, numbers), str(sum(numbers))))
    return "".join("".join(f"{cell:>12}" for cell in row) + "\n" for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the findings or their counts."""
    parser = argparse.ArgumentParser(prog="python -m tools.words", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", action="store_true", help="print a table of counts")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or directories; default: see above")
    options = parser.parse_args(arguments)
    if missing := [path for path in options.paths if not (ROOT / path).exists()]:
        parser.error(f"not found: {', '.join(missing)}")
    words = house_words()
    if options.count:
        sys.stdout.write(table(findings_under(options.paths, words)))
        return 0
    paths = options.paths or words.clean
    findings = list(findings_under(paths, words)) if paths else []
    sys.stdout.write("".join(f"{finding}\n" for finding in findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
