# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom fields: the account's definitions, and what a map of values in a playbook means for a server or a group.

Facts: fields are defined in the control portal and can only be read; a change replaces the whole set of values; for a field
of type option the service stores the option's `name` (its index) as value and shows its `value` (the word) as displayValue.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import LookupFailed
from ...kit.declaration import Entity
from ...kit.lookup import listed, pick
from ...kit.task import Task


def definitions(task: Task) -> list[Entity]:
    """Return the account's custom field definitions, sorted by name. One request for a task."""
    found = task.once("custom fields", lambda: task.client.get(paths.CUSTOM_FIELDS(task.account)).body or [])
    return sorted(found, key=lambda one: str(one["name"]))


def merged(task: Task, shown: t.Sequence[Entity]) -> list[Entity] | None:
    """Return the complete list of {id, value} that the task wants beside or instead of the shown one.

    None where the task has no custom_fields. A null unsets a field. Without custom_fields_purge fields that are not named stay.
    """
    given: t.Mapping[str, t.Any] | None = task.option("custom_fields")
    if given is None:
        return None
    purge = task.has_option("custom_fields_purge") and task.option("custom_fields_purge")
    values = {} if purge else {str(one["id"]): one.get("value") for one in shown}
    for name, value in given.items():
        one = _definition(task, name)
        values[str(one["id"])] = None if value is None else _stored(one, value)
    kept = {key: value for key, value in values.items() if value is not None}
    missing = [one["name"] for one in definitions(task) if one.get("isRequired") and str(one["id"]) not in kept]
    if missing:
        raise LookupFailed(
            f"the account requires a value for {listed(missing)}",
            action="set",
            thing="custom_fields",
            remedy="Give a value; a required field cannot be unset.",
        )
    return [{"id": key, "value": value} for key, value in sorted(kept.items())]


def displayed(task: Task, values: t.Sequence[Entity]) -> list[Entity]:
    """Return values as the service would show them: {id, name, value, displayValue}."""
    by_id = {str(one["id"]): one for one in definitions(task)}
    shown = []
    for value in values:
        one = by_id.get(str(value["id"]), {})
        words = {str(option["name"]): option["value"] for option in one.get("options") or []}
        text = str(value["value"])
        shown.append({"id": value["id"], "name": one.get("name"), "value": text, "displayValue": words.get(text, text)})
    return shown


def _definition(task: Task, name: str) -> Entity:
    return pick("custom field", name, definitions(task), where=f"of account {task.account}")


def _stored(one: Entity, value: t.Any) -> str:
    """Return a value as the service stores it: an option by its index whether the word or the index was given."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    options = one.get("options") or []
    if one.get("type") != "option":
        return text
    indexes = [str(option["name"]) for option in options if text in (str(option["name"]), str(option["value"]))]
    if len(set(indexes)) > 1:
        raise LookupFailed(
            f"'{text}' is the word of one option of custom field '{one['name']}' and the index of another",
            remedy=f"Give the index of the one that is meant: {listed(indexes)}.",
        )
    if not indexes:
        words = listed(str(option["value"]) for option in options)
        raise LookupFailed(f"custom field '{one['name']}' has no option '{text}'", remedy=f"There are: {words}.")
    return indexes[0]
