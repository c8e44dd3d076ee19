# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the service's camelCase to Ansible's snake_case, and entities of which every key is always there.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import re
import typing as t

# Units and words that the rule below would cut in the wrong place.
_WORDS = {"KBps": "Kbps", "IPs": "Ips"}
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@functools.cache
def snake(name: str) -> str:
    """Turn one member name into an option name: memoryGB -> memory_gb, importableOSTypes -> importable_os_types."""
    for word, plain in _WORDS.items():
        name = name.replace(word, plain)
    return _BOUNDARY.sub("_", name).lower()


def snaked(value: t.Any, keyed_by_data: t.Container[str] = ()) -> t.Any:
    """Turn all member names in a JSON value into option names, and leave links out.

    keyed_by_data: snake_case names of members whose maps are keyed by data (server ids, package parameters): their own keys
    are left as they are, what lies below them is converted.
    """
    if isinstance(value, dict):
        return {snake(key): _below(snake(key), item, keyed_by_data) for key, item in value.items() if key != "links"}
    if isinstance(value, list):
        return [snaked(item, keyed_by_data) for item in value]
    return value


def _below(name: str, value: t.Any, keyed_by_data: t.Container[str]) -> t.Any:
    if name in keyed_by_data and isinstance(value, dict):
        return {key: snaked(item, keyed_by_data) for key, item in value.items()}
    return snaked(value, keyed_by_data)


_CHANGE_INFO = ("created_by", "created_date", "modified_by", "modified_date")


def change_info(entity: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return who created and changed an entity, and when; the service leaves out what did not happen yet."""
    return filled(snaked(entity.get("changeInfo") or {}), _CHANGE_INFO)


def filled(values: t.Mapping[str, t.Any], keys: t.Iterable[str]) -> dict[str, t.Any]:
    """Return the values of these keys in this order, null where one is missing."""
    return {key: values.get(key) for key in keys}
