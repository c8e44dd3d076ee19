# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What documentation and docstrings say of a resource: sentences from the contract, or from the names of its properties."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import yaml

from .. import words
from ..support import ROOT
from .contract import Property
from .resource import Option, Resource, snake_case

_UNITS = {"gb": "GB", "mb": "MB", "seconds": "seconds", "minutes": "minutes", "hours": "hours", "days": "days"}
_PLAIN = re.compile(r"[A-Z][\w ,()/'-]{10,110}\.?")
_WIDTH = 128


def what_it_is(resource: Resource, prop: Property) -> str:
    """Return what a property is: the first sentence of the contract if it can be used as it is, otherwise its name in words."""
    sentence = re.split(r"(?<=\.)\s", " ".join(str(prop.schema.get("description", "")).split()))[0]
    if _PLAIN.fullmatch(sentence) and not _is_in_use(sentence):
        return f"{sentence.rstrip('.')}."
    name = snake_case(prop.name)
    title = f"the {resource.title}"
    if prop.schema.get("type") == "boolean":
        return f"Whether {title} is {name.removeprefix('is_').replace('_', ' ')}."
    *first, last = name.split("_")
    if first and last in _UNITS:
        return f"{' '.join(first).capitalize()} of {title} in {_UNITS[last]}."
    return f"{name.replace('_', ' ').capitalize()} of {title}."


def _is_in_use(sentence: str) -> bool:
    """Return whether a module has this sentence already, or the words of the house forbid it."""
    modules = (ROOT / "plugins" / "modules").glob("*.py")
    if any(sentence.rstrip(".") in file.read_text(encoding="utf-8") for file in modules):
        return True
    return any(words.findings_in("text.md", sentence, words.house_words()))


def option_lines(resource: Resource, option: Option) -> list[str]:
    """Return the documentation of an option of the module."""
    if option.name == "name":
        return [
            f"Name of the {resource.title}, case-sensitive. It identifies the {resource.title} if O(id) is not specified."
        ]
    first = what_it_is(resource, option.source)
    created = f"when the {resource.title} is created"
    if option.source.required:
        first += f" Required {created}."
    if not option.returned:
        return [first, f"Used only {created}, since the service does not return it."]
    return [first] if option.source.updated else [first, "Cannot be changed later."]


def facts(resource: Resource) -> str:
    """Return what a reader of the declaration has to know of the API, as a sentence; it says only what the contract has."""
    fixed = [option.name for option in resource.options if option.returned and not option.source.updated]
    hidden = [option.name for option in resource.options if not option.returned]
    found = [f"{resource.titles} are listed for {resource.place}"]
    if resource.operations.get is None:
        found.append("no operation returns a single one")
    if resource.operations.update is None:
        found.append("no operation changes one")
    elif fixed:
        found.append(f"only a create sets {joined(fixed)}")
    if hidden:
        found.append(f"{joined(hidden)} cannot be read")
    return "; ".join(found)


def joined(names: list[str]) -> str:
    """Return names as a phrase: a, b, and c."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def wrap(text: str, indent: int = 0, first: int | None = None) -> str:
    """Wrap a text at the width of the house. indent: blanks before all lines but the first. first: letters before the first."""
    width = _WIDTH - indent
    used = "x" * ((indent if first is None else first) - indent)
    wrapped = textwrap.fill(used + text, width, break_long_words=False, break_on_hyphens=False)[len(used) :]
    return wrapped.replace("\n", "\n" + " " * indent)


def scalar(value: Any) -> str:
    """Return a plain value as YAML on one line."""
    text = yaml.safe_dump(value, width=10_000, allow_unicode=True, default_flow_style=True)
    return text.removesuffix("...\n").rstrip("\n")


def block(value: dict[str, Any], indent: int) -> str:
    """Return the entries of a map as YAML, a line each, with that many blanks before them."""
    return "".join(f"{' ' * indent}{key}: {scalar(item)}\n" for key, item in value.items())
