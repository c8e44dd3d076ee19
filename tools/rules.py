# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of this collection that no linter knows, each with a test that breaks it (tests/unit/tools/test_rules.py).

Every rule takes the root of a checkout and yields a line for each place that breaks it. `make lint` runs them all.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

COLLECTION = "centurylink.cloud"
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}")
_FIRST_NAME = re.compile(r"\s*([a-z_]\w*)")
LEGACY = "clc_"
# Modules without an info module, because there is nothing to read but what another one reads.
NO_INFO = {
    "api": "reads and writes any path itself",
    "backup_report": "writes a file",
    "database_failover": "an action; database_info reads the result",
    "ips_agent": "the service has no call that reads an agent; ips_notification_info reads what hangs on it",
    "login": "reads who is logged in itself",
    "server_package": "an action; the service does not say what has run",
    "server_snapshot": "server_info reads the snapshots with the servers",
    "server_template": "an action; data_center_info reads the templates",
}


def documented(file: Path, name: str) -> str:
    """Return the text of a module's DOCUMENTATION, EXAMPLES or RETURN; "" if it has none."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return str(ast.literal_eval(node.value))
    return ""


def modules(root: Path) -> list[Path]:
    """Return the files of all modules except the legacy ones, which are generated from tables."""
    files = sorted((root / "plugins" / "modules").glob("*.py"))
    return [file for file in files if file.stem != "__init__" and not file.stem.startswith(LEGACY)]


def info_modules(root: Path) -> Iterator[str]:
    """Find modules without an info module, and reasons for modules that have one or do not exist."""
    names = {file.stem for file in modules(root)}
    for name in sorted(names):
        if not name.endswith("_info") and f"{name}_info" not in names and name not in NO_INFO:
            yield f"plugins/modules/{name}.py: there is no {name}_info, and tools/rules.py gives no reason"
    for name in sorted(NO_INFO):
        if name not in names or f"{name}_info" in names:
            yield f"tools/rules.py: NO_INFO has {name}, which does not exist or has an info module"


def integration_targets(root: Path) -> Iterator[str]:
    """Find modules that no integration target runs, and targets that have the name of a role."""
    directory = root / "tests" / "integration" / "targets"
    texts = [file.read_text(encoding="utf-8") for file in sorted(directory.rglob("*.yml"))]
    for file in modules(root):
        if not any(f"{COLLECTION}.{file.stem}:" in text for text in texts):
            yield f"plugins/modules/{file.name}: no integration target runs {COLLECTION}.{file.stem}"
    for role in sorted((root / "roles").glob("*")):
        if (directory / role.name).is_dir():
            # ansible-test runs targets as roles of the collection, and Ansible finds the collection's own role of that name first.
            yield f"tests/integration/targets/{role.name}: the role {role.name} would run in place of this target"


def examples(root: Path) -> Iterator[str]:
    """Find modules without an example of their own, and examples with unknown options or variables that nothing sets."""
    for file in modules(root):
        tasks = yaml.safe_load(documented(file, "EXAMPLES")) or []
        own = [task[f"{COLLECTION}.{file.stem}"] for task in tasks if f"{COLLECTION}.{file.stem}" in task]
        if not own:
            yield f"plugins/modules/{file.name}: EXAMPLES has no task of {COLLECTION}.{file.stem}"
        for name in _undefined(tasks):
            yield f"plugins/modules/{file.name}: an example reads {name}, which no earlier example registers"
        options = _options(root, file)
        for name in sorted({name for arguments in own for name in arguments or {}} - options):
            yield f"plugins/modules/{file.name}: an example has the option {name}, which the module does not have"


def _undefined(tasks: list[dict[str, Any]]) -> Iterator[str]:
    """Return the variables of examples that are neither registered before, nor set, nor secrets of a vault by their name."""
    registered: set[str] = set()
    for task in tasks:
        defined = registered | {"item", "now", *(task.get("vars") or {})}
        for expression in _EXPRESSION.findall(yaml.safe_dump(task, width=10000)):
            name = _FIRST_NAME.match(expression)
            if name and not name[1].startswith("vault_") and name[1] not in defined:
                yield name[1]
        registered |= {task["register"]} if "register" in task else set()


def _options(root: Path, file: Path) -> set[str]:
    """Return the names and aliases of a module's options, those of documentation fragments among them."""
    described = yaml.safe_load(documented(file, "DOCUMENTATION"))
    found = _names(described.get("options"))
    fragments = described.get("extends_documentation_fragment") or []
    for fragment in [fragments] if isinstance(fragments, str) else fragments:
        _collection, _dot, name = fragment.partition(f"{COLLECTION}.")
        if name:
            found |= _names(_fragment(root, *name.split(".", 1)))
        else:
            found |= {"mode", "owner", "group", "seuser", "serole", "setype", "selevel", "unsafe_writes", "attributes"}
    return found


def _fragment(root: Path, name: str, part: str = "documentation") -> dict[str, dict[str, object]]:
    tree = ast.parse((root / "plugins" / "doc_fragments" / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == part.upper():
            found: dict[str, dict[str, object]] = yaml.safe_load(ast.literal_eval(node.value)).get("options") or {}
            return found
    return {}


def _names(options: dict[str, dict[str, object]] | None) -> set[str]:
    names: set[str] = set()
    for name, entry in (options or {}).items():
        aliases = entry.get("aliases")
        names |= {name, *(aliases if isinstance(aliases, list) else ())}
    return names


def see_also(root: Path) -> Iterator[str]:
    """Find modules whose `seealso` does not name their info module, and info modules whose does not name the module."""
    files = {file.stem: file for file in modules(root)}
    for name in files:
        for other in (f"{name}_info", name.removesuffix("_info")):
            if other in files and other != name:
                entries = yaml.safe_load(documented(files[name], "DOCUMENTATION")).get("seealso") or []
                if not any(entry.get("module") == f"{COLLECTION}.{other}" for entry in entries):
                    yield f"plugins/modules/{name}.py: seealso does not name {COLLECTION}.{other}"


def changelog(root: Path) -> Iterator[str]:
    """Find modules that neither a release nor a fragment of the changelog mentions."""
    released = (root / "changelogs" / "changelog.yaml").read_text(encoding="utf-8")
    known = {
        str(module["name"])
        for release in (yaml.safe_load(released).get("releases") or {}).values()
        for module in release.get("modules") or []
    }
    fragments = [
        file.read_text(encoding="utf-8") for file in sorted((root / "changelogs" / "fragments").glob("*.y*ml"))
    ]
    for file in modules(root):
        if file.stem not in known and not any(file.stem in fragment for fragment in fragments):
            yield f"plugins/modules/{file.name}: no fragment of the changelog says that it is new"


def convergence_only(root: Path) -> Iterator[str]:
    """Find `changed` and `check_mode`, as attribute or keyword, in modules and resources: convergence.py alone decides."""
    for directory in ("plugins/modules", "plugins/module_utils/resources", "plugins/module_utils/legacy"):
        for file in sorted((root / directory).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(node, "attr" if isinstance(node, ast.Attribute) else "arg", None)
                if isinstance(node, (ast.Attribute, ast.keyword)) and name in ("changed", "check_mode"):
                    yield f"{file.relative_to(root)}:{node.lineno}: {name} is decided in convergence.py alone"


RULES: dict[str, Callable[[Path], Iterator[str]]] = {
    "info modules": info_modules,
    "integration targets": integration_targets,
    "examples": examples,
    "see also": see_also,
    "changelog": changelog,
    "changed and check_mode": convergence_only,
}
