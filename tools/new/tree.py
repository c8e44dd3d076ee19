# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tree that a new resource is written into: which names are free, and where lines are added to files that exist."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from pathlib import Path

from .. import consistency, rules
from . import values
from .contract import NotWritableError
from .files import Texts
from .resource import Resource

_RESOURCES = Path("plugins/module_utils/resources")
_SERVICES = Path("simulator/src/clc_simulator/services")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def families(root: Path) -> list[str]:
    """Return the families of resources."""
    return sorted(path.parent.name for path in (root / _RESOURCES).glob("*/__init__.py"))


def check_names(root: Path, family: str, name: str) -> None:
    """Raise NotWritableError if the names of the family or of the resource are invalid or taken."""
    for what, value in (("FAMILY", family), ("NAME", name)):
        if not _NAME.fullmatch(value) or keyword.iskeyword(value):
            raise NotWritableError(
                f"{what} is {value!r}, which is not the name of a Python module in snake_case",
                "Use lowercase words, with underscores between them, such as scheduled_activity.",
            )
    if name.endswith("_info") or name.startswith(rules.LEGACY):
        raise NotWritableError(f"NAME is {name!r}", "Name the resource alone: the info module is written too.")
    for module in (name, f"{name}_info"):
        if (root / "plugins" / "modules" / f"{module}.py").exists():
            raise NotWritableError(f"there is a module {module}", "Choose another name.")
    if family not in families(root) and (close := values.close_to(family, families(root))):
        raise NotWritableError(f"there is no family {family}", f"{close}The families are: {', '.join(families(root))}.")
    if name in consistency.builtin_names():
        raise NotWritableError(f"ansible.builtin has or redirects a module {name}", "Choose another name.")


def check_free(root: Path, resource: Resource, texts: Texts) -> None:
    """Raise NotWritableError if the tree has a file, an operation, or another name of the resource already."""
    taken = [*_files(root, texts), *_declarations(root, resource)]
    if taken:
        raise NotWritableError(f"it would take names that exist: {'; '.join(taken)}", "Choose another name.")


def _files(root: Path, texts: Texts) -> Iterator[str]:
    yield from (path for path in texts.files if (root / path).exists())
    # pytest imports test files by their names alone.
    for directory in ("tests/unit", "tests/contract"):
        for path in texts.files:
            if path.startswith(f"{directory}/"):
                same = (root / directory).rglob(Path(path).name)
                yield from (str(found.relative_to(root)) for found in same if str(found.relative_to(root)) != path)


def _declarations(root: Path, resource: Resource) -> Iterator[str]:
    """Yield the declarations of the tree with names that the resource would have."""
    constants = f"{resource.list_path}|{resource.item_path}"
    places = {
        "plugins/module_utils/api/paths.py": rf"^(?:{constants}) = ",
        str(_RESOURCES): rf"^class {resource.class_name}\b",
        str(_SERVICES): "|".join(
            [
                *(rf'@operation\(\s*"{operation.id}"' for operation in resource.operations.all),
                rf'@entity\(\s*"{resource.table}"',
                rf'@section\(\s*"\w+", "{resource.plural}"',
            ]
        ),
    }
    for place, pattern in places.items():
        path = root / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for match in re.finditer(pattern, file.read_text(encoding="utf-8"), re.MULTILINE):
                yield f"{match[0].strip(' =')} in {file.relative_to(root)}"


def edited(root: Path, family: str, lines: dict[str, str]) -> dict[str, str]:
    """Return the whole texts of the existing files with the lines added, by path. Raise NotWritableError if one has no place."""
    return {
        path: _EDITS[path]((root / path).read_text(encoding="utf-8"), added, family) for path, added in lines.items()
    }


def _inserted(text: str, added: str, pattern: str, path: str) -> str:
    """Insert text where the first group of a pattern begins."""
    match = re.search(pattern, text, re.MULTILINE | re.DOTALL)
    if match is None:
        raise NotWritableError(
            f"{path} does not have the lines before which it would be written", f"It needs {pattern!r}."
        )
    return text[: match.start(1)] + added + text[match.start(1) :]


def _paths(text: str, added: str, _family: str) -> str:
    return _inserted(text, f"{added}\n", r"^(# Load balancers as a service$)", "paths.py")


def _updates(text: str, added: str, _family: str) -> str:
    return _inserted(text, added, r"^UPDATES: .*?(^\)$)", "updates.py")


def _cases(text: str, added: str, _family: str) -> str:
    return _inserted(text, added, r"^CASES: .*?(^\)  # fmt: skip$)", "outcome_cases.py")


def _secrets(text: str, added: str, _family: str) -> str:
    match = re.search(r"^SECRETS = frozenset\(\n    \{\n(.*?)^    \}", text, re.MULTILINE | re.DOTALL)
    if match is None:
        raise NotWritableError("options.py has no SECRETS", "Restore it.")
    kept = "".join(sorted({*match[1].splitlines(keepends=True), *added.splitlines(keepends=True)}))
    return text[: match.start(1)] + kept + text[match.end(1) :]


def _family_of_plugins(text: str, added: str, family: str) -> str:
    later = [
        name for name in re.findall(r"^\[importlinter:contract:family-(\w+)\]$", text, re.MULTILINE) if name > family
    ]
    if not later:
        return text + added
    return _inserted(
        text, f"{added.removeprefix(chr(10))}\n", rf"^(\[importlinter:contract:family-{later[0]}\]$)", ".importlinter"
    )


def _family_of_simulator(text: str, added: str, family: str) -> str:
    # A family in the line before the last can import those of the last line, and others can import it.
    pattern = r"^\[importlinter:contract:families\]$.*?^layers =\n(?:    [^\n]*\n)*?    [^\n]*?(\n    [^\n]*\n)\n"
    return _inserted(text, f" | {family}", pattern, "simulator/.importlinter") + added


_EDITS = {
    "plugins/module_utils/api/paths.py": _paths,
    "plugins/module_utils/options.py": _secrets,
    "tests/unit/support/updates.py": _updates,
    "tests/unit/support/outcome_cases.py": _cases,
    ".importlinter": _family_of_plugins,
    "simulator/.importlinter": _family_of_simulator,
}
