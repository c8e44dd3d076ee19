# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module `environment` and the role of that name take from the modules of its kinds. Run by tools/generate.py.

A module process contains no other modules, so what a module declares in its file is copied to module_utils/declarations. The
documentation of the lists is made from that of the modules, as the fragment `environment`; module_utils/environment/kinds.py says
which kinds there are and how their items name servers.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import typing as t
from pathlib import Path

from . import argument_specs

Docs = t.Mapping[str, t.Mapping[str, t.Any]]
_HEAD = '''\
{header}
"""What the module {name} declares, from its file."""

from __future__ import annotations

'''
_ALL = '''\
{header}
"""What the modules of the kinds of an environment declare, by the name of the module."""

from __future__ import annotations

import typing as t

{imports}
from ..running import InfoModule, ResourceModule

MODULES: t.Mapping[str, ResourceModule] = {{
{entries}
}}
INFO_MODULES: t.Mapping[str, InfoModule] = {{
{info_entries}
}}
'''


def kinds(root: Path) -> t.Any:
    """Load module_utils/environment/kinds.py on its own; it imports nothing of the collection."""
    path = root / "plugins" / "module_utils" / "environment" / "kinds.py"
    spec = importlib.util.spec_from_file_location("clc_environment_kinds", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def files(root: Path, header: str) -> dict[Path, str]:
    """Return the text of the declarations by their paths."""
    table = kinds(root).KINDS
    names, info_names = ({getattr(kind, module) for kind in table} for module in ("module", "info_module"))
    imports = "\n".join(
        f"from ..declarations.{name} import MODULE as {name.upper()}" for name in sorted(names | info_names)
    )
    entries, info_entries = (
        "\n".join(f'    "{name}": {name.upper()},' for name in sorted(each)) for each in (names, info_names)
    )
    found = {directory(root) / f"{name}.py": _declaration(root, name, header) for name in sorted(names | info_names)}
    path = root / "plugins" / "module_utils" / "environment" / "declared.py"
    return {**found, path: _ALL.format(header=header, imports=imports, entries=entries, info_entries=info_entries)}


def directory(root: Path) -> Path:
    """Return the directory of the declarations, which holds nothing else."""
    return root / "plugins" / "module_utils" / "declarations"


def _declaration(root: Path, name: str, header: str) -> str:
    """Return what stands in the file of a module after its documentation, without its function `main`."""
    text = (root / "plugins" / "modules" / f"{name}.py").read_text(encoding="utf-8")
    body = ast.parse(text).body
    first = next(node for node in body if isinstance(node, ast.ImportFrom) and node.level)
    last = max(node.end_lineno or 0 for node in body if isinstance(node, ast.Assign))
    lines = text.splitlines()[first.lineno - 1 : last]
    return _HEAD.format(header=header, name=name) + "\n".join(lines).replace("from ..module_utils.", "from ..") + "\n"


def options(root: Path, docs: Docs) -> dict[str, t.Any]:
    """Return the documented options of the lists by kind. docs: documentation of all modules."""
    shared, found = argument_specs.fragments(root), {}
    table = kinds(root)
    for kind in table.KINDS:
        documented = argument_specs.options_of(docs[kind.module], shared)
        module = f"M(centurylink.cloud.{kind.module})"
        for name in kind.left_out:
            documented = {option: _without_mention(entry, name) for option, entry in documented.items()}
        found[kind.name] = {
            "description": [f"Each item has the options of {module}{_without(kind)}."],
            "type": "list",
            "elements": "dict",
            "suboptions": table.item_options(kind, _foreign(documented), "suboptions"),
        }
    return found


def _without(kind: t.Any) -> str:
    names = [*kind.left_out, *([kind.servers] if kind.servers else [])]
    return f" but {' and '.join(f'C({name})' for name in names)}" if names else ""


def _without_mention(entry: t.Mapping[str, t.Any], name: str) -> dict[str, t.Any]:
    """Return a documented option without what only applies to an option that items do not have."""
    unless, if_set = (
        rf" ?Required unless O\({name}\) is set\.| unless O\({name}\) is set(?=\.)",
        rf" ?If O\({name}\) is set, [^.]*\.",
    )
    sentences = [re.sub(f"{unless}|{if_set}", "", sentence).strip() for sentence in entry["description"]]
    return {**entry, "description": [sentence for sentence in sentences if sentence]}


def _foreign(value: t.Any) -> t.Any:
    """Return documentation of options in which references to options of the module are plain text, since they are others' here."""
    if isinstance(value, dict):
        return {key: _foreign(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_foreign(item) for item in value]
    return value.replace("O(", "C(").replace("RV(", "C(") if isinstance(value, str) else value
