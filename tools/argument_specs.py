# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The argument specs of the modules, made from their documentation, which is the only source of options.

A module has to document its options in a literal, since ansible-doc runs no code, and a module process cannot count on PyYAML.
So each module imports its spec from a generated file, plugins/module_utils/argument_specs/<module>.py. Options that several
modules have are documented once, in plugins/doc_fragments/options.py. What documentation cannot say stays elsewhere: which
values are secret in SECRETS of module_utils/options.py, and rules such as required_one_of in the module's declaration.
Limits are documented in fixed words, from which the entries are made that module_utils/kit/limits.py checks: of a number `from V(1)
to V(16)`, then maybe `in steps of V(5)`, or `at least V(1)`; of text `from V(1) to V(8) characters`, or `Must be NOUN.` with a noun
of module_utils/kit/formats.py; of a list `Must not be empty.` and `Each must be NOUN.`.
Connection and waiting are added by module_utils/running.py. Run by tools/generate.py.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
import sys
import typing as t
from pathlib import Path

import yaml

from .support import ROOT

_FRAGMENT = "centurylink.cloud.options."
_WIDTH = 120
# Names of options for which Ansible or its sanity tests require a statement whether the value is a secret.
LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|credential|key", re.IGNORECASE)
# What documentation and spec have under the same name.
_KEPT = ("elements", "choices", "default", "required", "aliases")

_RANGE = re.compile(r"[Ff]rom V\((-?\d+)\) to V\((-?\d+)\)(?: in steps of V\((\d+)\))?( characters)?")
_LEAST = re.compile(r"[Aa]t least V\((\d+)\)(?! for)")
# Words of a limit, by type, that are in none of the forms above, so that it would not be checked.
_LIKE_A_LIMIT = {
    "int": re.compile(r"\d (?:to \d|or more|or less)|[Aa]t (?:least|most) \d"),
    "str": re.compile(r"\d (?:characters|letters)\b(?! together)|[Mm]ust be an? "),
    "list": re.compile(r"Must not be empty|Each must be "),
}

Options = t.Mapping[str, t.Mapping[str, t.Any]]


def fragments(root: Path) -> dict[str, dict[str, t.Any]]:
    """Return the options of each fragment that several modules extend, by the name of the fragment."""
    path = root / "plugins" / "doc_fragments" / "options.py"
    found: dict[str, dict[str, t.Any]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ():
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = f"{_FRAGMENT}{node.targets[0].id.lower()}"
            found[name] = yaml.safe_load(ast.literal_eval(node.value))["options"]
    return found


def options_of(doc: t.Mapping[str, t.Any], shared: t.Mapping[str, Options]) -> dict[str, t.Any]:
    """Return the documented options of a module, those of its fragments of options first.

    shared: what fragments() returns. Raises ValueError for a fragment that does not exist and for an option that is documented
    twice.
    """
    found: dict[str, t.Any] = {}
    extended = [name for name in doc.get("extends_documentation_fragment") or [] if name.startswith(_FRAGMENT)]
    for name in extended:
        if name not in shared:
            raise ValueError(f"{doc['module']}: there is no fragment {name}")
    for options in (*(shared[name] for name in extended), doc.get("options") or {}):
        twice = sorted(found.keys() & options.keys())
        if twice:
            raise ValueError(f"{doc['module']} documents options twice: {twice}")
        found.update(options)
    return found


def spec_of(options: Options, secrets: t.Container[str]) -> dict[str, dict[str, t.Any]]:
    """Return the argument spec for documented options. secrets: names of options whose values are never shown."""
    return {name: _entry(name, documented, secrets) for name, documented in options.items()}


def _entry(name: str, documented: t.Mapping[str, t.Any], secrets: t.Container[str]) -> dict[str, t.Any]:
    """Return one option's entry. Raises ValueError for an option of which no list says whether its value is a secret."""
    entry: dict[str, t.Any] = {"type": documented.get("type", "str")}
    entry.update((key, documented[key]) for key in _KEPT if key in documented)
    if not entry.get("required"):
        entry.pop("required", None)
    entry.update(_limits(name, documented))
    if documented.get("suboptions"):
        entry["options"] = spec_of(documented["suboptions"], secrets)
    if name in secrets:
        entry["no_log"] = True
    elif LOOKS_SECRET.search(name):
        # The value is one of a documented few, or the option only looks like a secret.
        if "choices" not in entry and entry["type"] != "bool":
            raise ValueError(f"the option {name} looks like a secret; add it to SECRETS of module_utils/options.py")
        entry["no_log"] = False
    return entry


def _limits(name: str, documented: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the limits in an option's description. Raises ValueError for words that look like a limit and are none."""
    description = documented.get("description") or ""
    text = description if isinstance(description, str) else " ".join(map(str, description))
    kind, limits = documented.get("type", "str"), dict[str, t.Any]()
    of = documented.get("elements", "str") if kind == "list" else kind
    text, limits["format"] = _format(text, "Each must be" if kind == "list" else "Must be")
    if kind == "list" and "Must not be empty." in text:
        limits["min_items"], text = 1, text.replace("Must not be empty.", "")
    range_, least = _RANGE.search(text), _LEAST.search(text)
    if range_ and of in ("int", "float"):
        low, high, step, _unit = range_.groups()
        limits.update(minimum=int(low), maximum=int(high), multiple_of=step and int(step))
    elif range_ and of == "str" and range_[4]:
        limits.update(min_length=int(range_[1]), max_length=int(range_[2]))
    elif least and of in ("int", "float"):
        limits["minimum"] = int(least[1])
    other = _LIKE_A_LIMIT.get("int" if kind == "float" else kind)
    if other and other.search(text):
        raise ValueError(f"the option {name} has a limit in other words than those of tools/argument_specs.py: {text}")
    return {key: value for key, value in limits.items() if value is not None}


def _format(text: str, words: str) -> tuple[str, str | None]:
    """Return a description without the sentence about the format, and the name of the format, if there is one."""
    for name, form in formats().items():
        for sentence in (f"{words} {form.noun}.", f"{words} {form.noun}, such as V({form.example})."):
            if sentence in text:
                return text.replace(sentence, ""), name
    return text, None


@functools.cache
def formats() -> dict[str, t.Any]:
    """Return FORMATS of module_utils/kit/formats.py, which imports nothing of the collection."""
    path = ROOT / "plugins" / "module_utils" / "kit" / "formats.py"
    spec = importlib.util.spec_from_file_location("clc_formats", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: dict[str, t.Any] = module.FORMATS
    return found


def files(
    root: Path, docs: t.Mapping[str, t.Mapping[str, t.Any]], secrets: t.Collection[str], header: str
) -> dict[Path, str]:
    """Return the text of every generated file by its path. Raises ValueError for a secret that no module has."""
    shared, found, named = fragments(root), dict[Path, str](), set[str]()
    for name, doc in docs.items():
        options = options_of(doc, shared)
        if options:
            spec = spec_of(options, secrets)
            found[directory(root) / f"{name}.py"] = _TEXT.format(header=header, name=name, spec=literal(spec, top=True))
            named |= _names(spec)
    unknown = sorted(set(secrets) - named)
    if unknown:
        raise ValueError(f"SECRETS of module_utils/options.py names options that no module has: {unknown}")
    return found


def directory(root: Path) -> Path:
    """Return the directory of the generated files, which holds nothing else."""
    return root / "plugins" / "module_utils" / "argument_specs"


def _names(spec: Options) -> set[str]:
    return {*spec, *(name for entry in spec.values() for name in _names(entry.get("options") or {}))}


_TEXT = '''\
{header}
"""Argument spec of the module {name}, from its documentation."""

from __future__ import annotations

from ..options import Spec

ARGUMENTS: Spec = {spec}
'''


def literal(value: t.Any, indent: int = 0, before: int = 0, *, top: bool = False) -> str:
    """Return Python's text of plain data, as ruff formats it.

    indent: blanks before the line that it begins in. before: letters of that line before it, the blanks among them. top:
    whether it takes a line for each of its items however short they are.
    """
    one_line = flat(value)
    # A comma follows each value but the first.
    if not isinstance(value, (dict, list)) or not value or (not top and before + len(one_line) + 1 <= _WIDTH):
        return one_line
    inner = " " * (indent + 4)
    keys = [f"{inner}{flat(key)}: " for key in value] if isinstance(value, dict) else [inner for _item in value]
    items = value.values() if isinstance(value, dict) else value
    lines = [f"{key}{literal(item, indent + 4, len(key))}," for key, item in zip(keys, items, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, *lines, " " * indent + closing])


def flat(value: t.Any) -> str:
    """Return Python's text of plain data on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flat(key)}: {flat(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flat, value)) + "]"
    # repr prefers single quotes, and both of them to a backslash.
    return (
        f'"{repr(value)[1:-1]}"'
        if isinstance(value, str) and repr(value)[0] == "'" and '"' not in value
        else repr(value)
    )
