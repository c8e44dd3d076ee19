# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The argument specs of the modules, made from their documentation, which is the only source of options.

A module has to document its options in a literal, since ansible-doc runs no code, and a module process cannot count on PyYAML.
So each module imports its spec from a generated file, plugins/module_utils/argument_specs/<module>.py. Options that several
modules have are documented once, in plugins/doc_fragments/options.py. What documentation cannot say stays elsewhere: which
values are secret in SECRETS of module_utils/options.py, and rules such as required_one_of in the module's declaration.
Connection and waiting are added by module_utils/running.py. Run by tools/generate.py.
"""

from __future__ import annotations

import ast
import re
import typing as t
from pathlib import Path

import yaml

_FRAGMENT = "centurylink.cloud.options."
_WIDTH = 120
# Names of options for which Ansible or its sanity tests require a statement whether the value is a secret.
_LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|credential|key", re.IGNORECASE)
# What documentation and spec have under the same name.
_KEPT = ("elements", "choices", "default", "required", "aliases")

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
    if documented.get("suboptions"):
        entry["options"] = spec_of(documented["suboptions"], secrets)
    if name in secrets:
        entry["no_log"] = True
    elif _LOOKS_SECRET.search(name):
        # The value is one of a documented few, or the option only looks like a secret.
        if "choices" not in entry and entry["type"] != "bool":
            raise ValueError(f"the option {name} looks like a secret; add it to SECRETS of module_utils/options.py")
        entry["no_log"] = False
    return entry


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
    flat = _flat(value)
    # A comma follows each value but the first.
    if not isinstance(value, (dict, list)) or not value or (not top and before + len(flat) + 1 <= _WIDTH):
        return flat
    inner = " " * (indent + 4)
    keys = [f"{inner}{_flat(key)}: " for key in value] if isinstance(value, dict) else [inner for _item in value]
    items = value.values() if isinstance(value, dict) else value
    lines = [f"{key}{literal(item, indent + 4, len(key))}," for key, item in zip(keys, items, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, *lines, " " * indent + closing])


def _flat(value: t.Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    # repr prefers single quotes, and both of them to a backslash.
    return (
        f'"{repr(value)[1:-1]}"'
        if isinstance(value, str) and repr(value)[0] == "'" and '"' not in value
        else repr(value)
    )
