# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of what this repository says in several places, and of rules of the house that no linter knows."""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from legacy.tools import legacy_modules

from . import option_rules, return_rules, rules, support
from .support import ROOT

_LONGEST_FUNCTION = 40


@functools.cache
def builtin_names() -> set[str]:
    """Return the names of modules that ansible.builtin has or redirects."""
    import ansible

    core = Path(ansible.__path__[0])
    runtime = yaml.safe_load((core / "config" / "ansible_builtin_runtime.yml").read_text(encoding="utf-8"))
    return {file.stem for file in (core / "modules").glob("*.py")} | set(runtime["plugin_routing"]["modules"])


def names_of_builtin() -> Iterator[str]:
    """Return what the module names found in this repository clash with: names that ansible.builtin has or redirects.

    A play with "collections: [centurylink.cloud]" would run our module in place of the one it names. That is what is
    intended for the names of the legacy modules alone, which ansible.builtin redirects to modules that are no longer there.
    """
    for file in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        if file.stem in builtin_names() - legacy_modules.tables().keys() and file.stem != "__init__":
            yield f"{file.relative_to(ROOT)}: ansible.builtin has or redirects a module of this name"


def supported_versions() -> Iterator[str]:
    """Compare meta/runtime.yml and README.md with the table of supported versions."""
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    if runtime["requires_ansible"] != support.requires_ansible():
        yield f"meta/runtime.yml: requires_ansible is not {support.requires_ansible()!r}, as in pyproject.toml's table"
    readme = ROOT / "README.md"
    if not readme.exists():
        yield "README.md is not there"
    elif support.statement() not in " ".join(readme.read_text(encoding="utf-8").split()):
        yield f"README.md lacks the sentence that pyproject.toml's table makes: {support.statement()}"


_VERSIONS = {
    "plugins/module_utils/api/client.py": "VERSION",  # the client sends it in its User-Agent
    "simulator/src/clc_simulator/__init__.py": "__version__",
    "clc-migrate/src/clc_migrate/__init__.py": "__version__",
}


def version() -> Iterator[str]:
    """Compare the version in galaxy.yml with that of the client and of the Python packages, which are released with it."""
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    for path, name in _VERSIONS.items():
        found = re.search(rf'^{name} = "(.+)"$', (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
        if found is None or found[1] != galaxy:
            yield f"{path}: {name} is {found[1] if found else 'missing'}, galaxy.yml says {galaxy}"


def no_ignores() -> Iterator[str]:
    """Find ignore files of the sanity tests: what they dislike is mended, not ignored."""
    for file in sorted((ROOT / "tests" / "sanity").glob("ignore*")):
        yield f"{file.relative_to(ROOT)}: this collection ignores nothing"


def long_functions() -> Iterator[str]:
    """Find functions of more lines than the house allows."""
    directories = ("plugins", "extensions", "simulator/src", "tools")
    files = [*ROOT.glob("*.py"), *(file for directory in directories for file in (ROOT / directory).rglob("*.py"))]
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > _LONGEST_FUNCTION:
                    where = f"{file.relative_to(ROOT)}:{node.lineno}"
                    yield f"{where}: {node.name} has {lines} lines, more than {_LONGEST_FUNCTION}"


_RULES = {**rules.RULES, **option_rules.RULES, **return_rules.RULES}
CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "names": names_of_builtin,
    "supported": supported_versions,
    "version": version,
    "ignores": no_ignores,
    "functions": long_functions,
    **{name: functools.partial(rule, ROOT) for name, rule in _RULES.items()},
}


def main() -> int:
    """Run the checks named as arguments; print each problem on a line."""
    problems = [problem for name in sys.argv[1:] for problem in CHECKS[name]()]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
