# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of an inventory source: names are checked, templates rendered, and values converted as in modules.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import difflib
import os
import typing as t
from pathlib import Path

from ansible.module_utils.common.validation import (
    check_type_bool,
    check_type_dict,
    check_type_float,
    check_type_int,
    check_type_list,
    check_type_path,
)

from ...module_utils.api.errors import InvalidTaskError

Definitions = t.Mapping[str, t.Mapping[str, t.Any]]
# Their contents are evaluated once for each host; only a template in place of the whole value or of an entry is rendered.
PER_HOST = frozenset({"compose", "filters", "groups", "hostnames", "keyed_groups", "windows_variables"})
_CASE_INSENSITIVE = frozenset({"power_states"})
_CONVERTERS: dict[str, t.Callable[[t.Any], t.Any]] = {
    "bool": check_type_bool,
    "int": check_type_int,
    "float": check_type_float,
    "list": check_type_list,
    "dict": check_type_dict,
}


def convert_source(
    source: t.Mapping[str, t.Any],
    definitions: Definitions,
    render: t.Callable[[t.Any], t.Any],
    directory: Path,
    described: tuple[str, str] = ("option", "the inventory source"),
) -> dict[str, t.Any]:
    """Return the options of a source under their names, rendered and converted to their types. Null means not set.

    render: renders templates. directory: that of the source, which relative paths refer to. described: what the keys are and
    what they belong to, for messages. Raises InvalidTaskError.
    """
    names = {alias: name for name, entry in definitions.items() for alias in (name, *(entry.get("aliases") or ()))}
    converted = {}
    for key, value in source.items():
        if key not in names:
            raise unsupported(described[0], str(key), names, described[1])
        name = names[key]
        rendered = _render(name, value, render)
        if rendered is not None:
            converted[name] = _convert(name, rendered, definitions[name], directory)
    return converted


def unsupported(kind: str, name: str, supported: t.Iterable[str], target: str) -> InvalidTaskError:
    """Return an error for an unknown name, which suggests the closest supported one."""
    names = sorted(supported)
    closest = difflib.get_close_matches(name.lower(), names, n=1)
    advice = f"Did you mean {closest[0]}?" if closest else f"Supported: {', '.join(names)}."
    return InvalidTaskError(f"{kind} '{name}' is not supported", action="use", target=target, help_text=advice)


def invalid(name: str, cause: str, help_text: str = "") -> InvalidTaskError:
    """Return an error for the value of an option."""
    return InvalidTaskError(f"invalid value for {name}: {cause}", help_text=help_text)


def _render(name: str, value: t.Any, render: t.Callable[[t.Any], t.Any]) -> t.Any:
    """Render a value; of options that are evaluated for each host, only strings in place of the value or of its entries."""
    try:
        if name not in PER_HOST or isinstance(value, str):
            return render(value)
        if isinstance(value, list):
            return [render(item) if isinstance(item, str) else item for item in value]
    except Exception as error:
        raise invalid(name, f"its template failed ({error})", "Define the variables with --extra-vars.") from error
    return value


def _convert(name: str, value: t.Any, definition: t.Mapping[str, t.Any], directory: Path) -> t.Any:
    """Convert a value to the type of its option, and its entries to theirs."""
    kind = definition.get("type", "str")
    if kind == "list":
        entries = [value] if isinstance(value, t.Mapping) else _checked(name, value, "list")
        element = {**definition, "type": definition.get("elements", "raw")}
        if element["type"] != "raw":
            entries = _flattened(entries)
        return [_convert(name, item, element, directory) for item in entries if item is not None]
    if kind == "path":
        return os.path.normpath(directory / check_type_path(str(value)))
    converted = _checked(name, value, kind)
    return _chosen(name, converted, definition["choices"]) if definition.get("choices") else converted


def _flattened(entries: t.Iterable[t.Any]) -> list[t.Any]:
    """Return the entries of a list, and in place of a list in it (from a template) that list's entries."""
    return [item for entry in entries for item in (entry if isinstance(entry, list | tuple) else [entry])]


def _checked(name: str, value: t.Any, kind: str) -> t.Any:
    converter = _CONVERTERS.get(kind)
    try:
        return converter(value) if converter else value
    except (TypeError, ValueError) as error:
        raise invalid(name, str(error)) from None


def _chosen(name: str, value: t.Any, choices: t.Sequence[str]) -> t.Any:
    """Return a value that is one of the choices."""
    if name in _CASE_INSENSITIVE:
        value = str(value).lower()
    if value in choices:
        return value
    closest = difflib.get_close_matches(str(value), choices, n=1)
    advice = f"Did you mean {closest[0]}?" if closest else f"Supported: {', '.join(choices)}."
    raise invalid(name, f"'{value}' is not supported", advice)
