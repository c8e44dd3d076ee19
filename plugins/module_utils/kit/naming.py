# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names: from camelCase of the service to snake_case of Ansible, and entities that always have all their keys.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import re
import typing as t

# Units and words that the rule below would split in the wrong place.
_WORDS = {"KBps": "Kbps", "IPs": "Ips"}
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@functools.cache
def snake_case_name(name: str) -> str:
    """Convert the name of one property: memoryGB -> memory_gb, importableOSTypes -> importable_os_types."""
    for word, plain in _WORDS.items():
        name = name.replace(word, plain)
    return _BOUNDARY.sub("_", name).lower()


def to_snake_case(value: t.Any, keyed_by_data: t.Container[str] = ()) -> t.Any:
    """Convert the names of all properties in a JSON value, and omit links.

    keyed_by_data: snake_case names of properties whose maps have data as keys (server ids, package parameters): these keys
    are not converted, but the values below them are.
    """
    if isinstance(value, dict):
        if keyed_by_data:
            return {
                snake_case_name(key): _convert_value(snake_case_name(key), item, keyed_by_data)
                for key, item in value.items()
                if key != "links"
            }
        return {snake_case_name(key): to_snake_case(item) for key, item in value.items() if key != "links"}
    if isinstance(value, list):
        return [to_snake_case(item, keyed_by_data) for item in value]
    return value


def _convert_value(name: str, value: t.Any, keyed_by_data: t.Container[str]) -> t.Any:
    if name in keyed_by_data and isinstance(value, dict):
        return {key: to_snake_case(item, keyed_by_data) for key, item in value.items()}
    return to_snake_case(value, keyed_by_data)


_CHANGE_INFO = {name: snake_case_name(name) for name in ("createdBy", "createdDate", "modifiedBy", "modifiedDate")}


def change_info(entity: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return who created and changed an entity, and when; the service omits what did not happen yet."""
    info = entity.get("changeInfo") or {}
    return {key: info.get(name) for name, key in _CHANGE_INFO.items()}


def with_keys(values: t.Mapping[str, t.Any], keys: t.Iterable[str]) -> dict[str, t.Any]:
    """Return the values of these keys in this order, None if one is missing."""
    return {key: values.get(key) for key in keys}
