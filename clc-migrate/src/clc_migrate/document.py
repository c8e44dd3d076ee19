# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A file as text with the nodes of its YAML, each of which knows where it stands. Changes are cuts in the text.

So what is not touched stays as it was, byte for byte: comments, quoting, blank lines, line ends.
"""

from __future__ import annotations

import re
import typing as t
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_TRUE, _FALSE = ("yes", "true", "on"), ("no", "false", "off")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_ALIAS = re.compile(r"\s*:?\s*\*[^\s,\]}]+")


class Unreadable(Exception):
    """A file cannot be read as UTF-8 text or YAML; the text is the reason and the position."""


class Opaque:
    """A value that only Ansible can read, such as one with the tag !vault. It can be moved, not looked into."""


@dataclass(frozen=True)
class Edit:
    """Put text in the place of what stands from start to end. rank: the order of what is put in at one place."""

    start: int
    end: int
    text: str
    rank: int = 0


@dataclass
class Document:
    """A file. root is None if there is no YAML in it: an empty file, or a template."""

    path: Path
    text: str
    root: Node | None = None
    edits: list[Edit] = field(default_factory=list)

    def line(self, index: int) -> int:
        """Return the number of the line, from 1, in which an index lies."""
        return self.text.count("\n", 0, index) + 1

    def column(self, index: int) -> int:
        """Return how many characters stand before an index in its line."""
        return index - (self.text.rfind("\n", 0, index) + 1)

    def line_end(self, index: int) -> int:
        """Return where the line ends that an index lies in, before its line break."""
        found = self.text.find("\n", index)
        end = len(self.text) if found < 0 else found
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    @property
    def newline(self) -> str:
        """The file's own line break."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def edited(self) -> str:
        """Return the text with all edits made."""
        text = self.text
        for edit in sorted(set(self.edits), key=lambda edit: (edit.start, edit.end, edit.rank), reverse=True):
            text = text[: edit.start] + edit.text.replace("\n", self.newline) + text[edit.end :]
        return text


def read(path: Path, text: str) -> Document:
    """Return the document of a text. Files that are not named as YAML have no nodes."""
    if path.suffix not in (".yml", ".yaml"):
        return Document(path, text)
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor that is set twice is allowed, and common
            return Document(path, text, yaml.compose(text))
    except YAMLError as error:
        message = " ".join(str(error).split())
        raise Unreadable(f"it is not YAML that Ansible could read: {message}") from error


def load(path: Path) -> Document:
    """Read a file; its line breaks are kept."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return read(path, file.read())
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8 text") from error
    except OSError as error:
        raise Unreadable(f"it cannot be read: {error.strerror}") from error


# Nodes


def entries(node: Node | None) -> list[tuple[ScalarNode, Node]]:
    """Return the keys and values of a mapping, without merged ones; nothing of another node."""
    if not isinstance(node, MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, ScalarNode)]


def items(node: Node | None) -> list[Node]:
    """Return the items of a sequence; nothing of another node."""
    return list(node.value) if isinstance(node, SequenceNode) else []


def merged(node: Node) -> list[MappingNode]:
    """Return the mappings that << puts into a mapping, those that count first before the others."""
    found: list[MappingNode] = []
    for key, value in entries(node):
        if key.value == "<<":
            found += [part for part in (items(value) or [value]) if isinstance(part, MappingNode)]
    return found


def is_plain(node: Node) -> bool:
    """Return whether a scalar is written without quotes and not as a block."""
    return isinstance(node, ScalarNode) and not node.style


def data(node: Node) -> t.Any:
    """Return what a node means to Ansible, which reads YAML 1.1: yes is true there."""
    if str(node.tag).startswith("!") and not str(node.tag).startswith("!!"):
        return Opaque()
    if isinstance(node, SequenceNode):
        return [data(item) for item in node.value]
    if isinstance(node, MappingNode):
        whole: dict[str, t.Any] = {}
        for part in reversed(merged(node)):
            whole.update(data(part))
        return {**whole, **{str(key.value): data(value) for key, value in entries(node) if key.value != "<<"}}
    return _scalar(str(node.value), is_plain(node))


def _scalar(text: str, plain: bool) -> t.Any:
    if not plain:
        return text
    if text.lower() in (*_TRUE, *_FALSE):
        return text.lower() in _TRUE
    if text.lower() in ("", "~", "null"):
        return None
    return int(text) if _INTEGER.fullmatch(text) else text


def is_alias(key: ScalarNode, value: Node) -> bool:
    """Return whether the value of a key is an alias: an anchor comes before its aliases."""
    return bool(value.start_mark.index < key.start_mark.index)


def anchored(node: Node) -> str | None:
    """Return an anchor in a node, which something else may refer to."""
    if node.anchor:
        return str(node.anchor)
    children: list[Node] = []
    for part in node.value if isinstance(node, MappingNode | SequenceNode) else []:
        children += part if isinstance(part, tuple) else [part]
    return next((found for found in map(anchored, children) if found), None)


def end_of(document: Document, key: ScalarNode, value: Node) -> int:
    """Return where the value of a key ends, without comments and blank lines behind it."""
    if is_alias(key, value):
        found = _ALIAS.match(document.text, key.end_mark.index)
        return found.end() if found else document.line_end(key.end_mark.index)
    if value.start_mark.index == value.end_mark.index:
        # What is left empty stands nowhere.
        return document.text.index(":", key.end_mark.index) + 1
    return _end(document, value)


def _end(document: Document, node: Node) -> int:
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style:
        return start + len(document.text[start:end].rstrip())
    if not node.value:
        return start
    if isinstance(node, MappingNode):
        return end_of(document, *node.value[-1])
    last = node.value[-1]
    # An item that is an alias stands elsewhere; its line is that of the last dash.
    return (
        _end(document, last)
        if last.start_mark.index >= start
        else document.line_end(document.text.rindex("*", start, end))
    )


def source(document: Document, key: ScalarNode, value: Node) -> str:
    """Return the text of a value as it is written."""
    if is_alias(key, value):
        return document.text[key.end_mark.index : end_of(document, key, value)].lstrip(" :")
    return document.text[value.start_mark.index : max(value.start_mark.index, end_of(document, key, value))]
