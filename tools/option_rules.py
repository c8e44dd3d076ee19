# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about options, each with a test that breaks it (tests/unit/tools/test_option_rules.py).

Every rule takes the root of a checkout and yields a line for each place that breaks it. `make lint` runs them all.
"""

from __future__ import annotations

import ast
import json
import typing as t
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from . import argument_specs, generate

_LEGACY = "clc_"
_CODE = ("kit", "resources")
# What takes the name of an option first (a file's own helpers have these names too), and attributes that contain such names.
_CALLS = ("option", "has_option", "field")
_NAMES = ("named_by", "assigned")
_SECRET_NOTES = "centurylink.cloud.secrets"
_TYPES = ("str", "int", "float", "bool", "list", "dict", "raw", "path")

Docs = dict[str, dict[str, t.Any]]


def documentation(root: Path) -> Docs:
    """Return the documentation of all modules by name, the legacy ones among them, as it stands in their files."""
    found: Docs = {}
    for file in sorted((root / "plugins" / "modules").glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DOCUMENTATION":
                found[file.stem] = yaml.safe_load(ast.literal_eval(node.value))
    return found


def known_options(root: Path) -> Iterator[str]:
    """Find names of options in resources that no module has: such an option is never given."""
    shared = argument_specs.fragments(root)
    common = generate.shared()
    options: dict[bool, set[str]] = {legacy: set() for legacy in (False, True)}
    for name, doc in documentation(root).items():
        options[name.startswith(_LEGACY)].update(_paths(argument_specs.options_of(doc, shared)))
    known = options[False] | {option.name for option in (*common.CONNECTION, *common.WAITING)}
    directories = dict.fromkeys(_CODE, known) | {"legacy": known | options[True]}
    for directory, names in directories.items():
        for file in sorted((root / "plugins" / "module_utils" / directory).rglob("*.py")):
            for line, name in _mentioned(ast.parse(file.read_text(encoding="utf-8"))):
                if name not in names:
                    yield f"{file.relative_to(root)}:{line}: no module has the option {name}"


def _paths(options: argument_specs.Options) -> Iterator[str]:
    """Yield the names of options, those of suboptions as the fields of a resource have them: option.suboption."""
    for name, entry in options.items():
        yield name
        yield from (f"{name}.{inner}" for inner in _paths(entry.get("suboptions") or {}))


def _mentioned(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the names of options that code contains, each with its line: of fields, of identities, and those asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = str(getattr(node.func, "attr", getattr(node.func, "id", "")))
            if called.lstrip("_").lower() in _CALLS:
                keyword = [argument.value for argument in node.keywords if argument.arg == "option"]
                yield from _literals((node.args or keyword)[:1], deep=False)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(getattr(target, "id", "") in _NAMES for target in targets):
                yield from _literals([node.value], deep=True)


def _literals(nodes: t.Iterable[ast.AST], *, deep: bool) -> Iterator[tuple[int, str]]:
    for outer in nodes:
        for node in ast.walk(outer) if deep else [outer]:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value


def documented_once(root: Path) -> Iterator[str]:
    """Find options that several modules document with the same words, and fragments of options that less than two extend."""
    seen: dict[tuple[str, str], str] = {}
    uses: dict[str, int] = dict.fromkeys(argument_specs.fragments(root), 0)
    for module, doc in documentation(root).items():
        if module.startswith(_LEGACY):
            continue
        for fragment in doc.get("extends_documentation_fragment") or []:
            if fragment in uses:
                uses[fragment] += 1
        for name, entry in (doc.get("options") or {}).items():
            first = seen.setdefault((name, json.dumps(entry, sort_keys=True)), module)
            if first != module:
                yield f"plugins/modules/{module}.py: {name} is documented as in {first}; make it a fragment"
    for fragment, times in uses.items():
        if times < 2:
            yield f"plugins/doc_fragments/options.py: {times} modules extend {fragment}"


def no_specs(root: Path) -> Iterator[str]:
    """Find entries of argument specs in resources and in hand-written modules: they are generated from documentation."""
    files = [file for directory in _CODE for file in (root / "plugins" / "module_utils" / directory).rglob("*.py")]
    for file in sorted([*files, *(root / "plugins" / "modules").glob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict) and any(map(_says_type, node.keys, node.values)):
                yield f"{file.relative_to(root)}:{node.lineno}: an argument spec belongs into the documentation"


def _says_type(key: ast.AST | None, value: ast.AST) -> bool:
    return getattr(key, "value", None) == "type" and getattr(value, "value", None) in _TYPES


def secret_notes(root: Path) -> Iterator[str]:
    """Find modules that have a secret among their options and not the notes about secrets, and modules that have only the notes."""
    shared, secrets = argument_specs.fragments(root), generate.shared().SECRETS
    for module, doc in documentation(root).items():
        names = {path.rpartition(".")[2] for path in _paths(argument_specs.options_of(doc, shared))}
        has_notes = _SECRET_NOTES in (doc.get("extends_documentation_fragment") or [])
        if bool(names & secrets) != has_notes:
            yield f"plugins/modules/{module}.py: it has {'no secret' if has_notes else 'a secret'}; see {_SECRET_NOTES}"


RULES: dict[str, Callable[[Path], Iterator[str]]] = {
    "known options": known_options,
    "documented once": documented_once,
    "no specs": no_specs,
    "secret notes": secret_notes,
}
