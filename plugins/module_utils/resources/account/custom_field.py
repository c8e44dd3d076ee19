# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom fields: the account's definitions, and the values that a task sets for a server or a group.

API behavior: fields are defined in the control portal and are read-only; an update replaces all values; for a field of type
option the service stores the option's `name` (its index) as value and returns its `value` (the text) as displayValue.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import ResourceLookupError
from ...kit.lookup import find_one, format_list
from ...kit.resource import Entity
from ...kit.task import Task


def definitions(task: Task) -> list[Entity]:
    """Return the account's custom field definitions, sorted by name. Sends one request per task."""
    fields = task.cached("custom fields", lambda: task.client.get(paths.CUSTOM_FIELDS(task.account)).body or [])
    return sorted(fields, key=lambda field: str(field["name"]))


def merge_values(task: Task, current: t.Sequence[Entity]) -> list[Entity] | None:
    """Return the complete list of {id, value} for an update: the option custom_fields merged into the current values.

    None if custom_fields is omitted. A null value unsets a field. custom_fields_purge unsets all fields that are not listed.
    """
    specified: t.Mapping[str, t.Any] | None = task.option("custom_fields")
    if specified is None:
        return None
    purge = task.has_option("custom_fields_purge") and task.option("custom_fields_purge")
    values = {} if purge else {str(field["id"]): field.get("value") for field in current}
    for name_or_id, value in specified.items():
        field = _definition(task, name_or_id)
        values[str(field["id"])] = None if value is None else _value_to_api(field, value)
    merged = {field_id: value for field_id, value in values.items() if value is not None}
    missing = [
        field["name"] for field in definitions(task) if field.get("isRequired") and str(field["id"]) not in merged
    ]
    if missing:
        raise ResourceLookupError(
            f"the account requires a value for {format_list(missing)}",
            action="set",
            target="custom_fields",
            help_text="Specify a value; a required field cannot be unset.",
        )
    return [{"id": field_id, "value": value} for field_id, value in sorted(merged.items())]


def display_values(task: Task, values: t.Sequence[Entity]) -> list[Entity]:
    """Return values as the service would return them: {id, name, value, displayValue}."""
    by_id = {str(field["id"]): field for field in definitions(task)}
    results = []
    for entry in values:
        field = by_id.get(str(entry["id"]), {})
        display = {str(option["name"]): option["value"] for option in field.get("options") or []}
        value = str(entry["value"])
        results.append(
            {"id": entry["id"], "name": field.get("name"), "value": value, "displayValue": display.get(value, value)}
        )
    return results


def validate_filter(task: Task) -> None:
    """Raise ResourceLookupError if the option custom_fields of an info task has a field or a choice that the account has not."""
    for name_or_id, value in (task.option("custom_fields") or {}).items():
        field = _definition(task, name_or_id)
        if value is not None:
            _value_to_api(field, value)


def _definition(task: Task, name_or_id: str) -> Entity:
    return find_one("custom field", name_or_id, definitions(task), scope=f"of account {task.account}")


def _value_to_api(field: Entity, value: t.Any) -> str:
    """Return a value as the service stores it: for an option its index, whether its text or its index is specified."""
    string = str(value).lower() if isinstance(value, bool) else str(value)
    options = field.get("options") or []
    if field.get("type") != "option":
        return string
    indexes = [str(option["name"]) for option in options if string in (str(option["name"]), str(option["value"]))]
    if len(set(indexes)) > 1:
        raise ResourceLookupError(
            f"'{string}' is the value of one option of custom field '{field['name']}' and the index of another",
            help_text=f"Specify one of the indexes {format_list(indexes)}.",
        )
    if not indexes:
        available = format_list(str(option["value"]) for option in options)
        raise ResourceLookupError(
            f"custom field '{field['name']}' has no option '{string}'", help_text=f"Available: {available}."
        )
    return indexes[0]
