# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Facts of a server, in the format of the modules' results, as indexes into a table of distinct values.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import marshal
import typing as t

from ...module_utils.kit.naming import snake_case_name, to_snake_case
from ...module_utils.resources.server import result as server_result
from .snapshot import NO_REFERENCES, ValueTable

Entity = dict[str, t.Any]
_RESULT_KEYS = tuple(key for key in server_result.KEYS if key != "display_name")
FACT_KEYS = (*_RESULT_KEYS, "custom_field_values", "group_path", "account_alias")


_OWN_KEYS = (*server_result.own_facts({"id": "", "name": ""}), "group_path", "account_alias")
_OWN_POSITIONS = tuple(FACT_KEYS.index(key) for key in _OWN_KEYS)


class ServerConverter:
    """Converts servers to rows of indexes.

    Of servers that differ only in what each has for itself, the other facts are converted once. Equal parts of different
    servers, such as disk layouts, are converted once as well.
    """

    def __init__(self) -> None:
        self.table = ValueTable()
        self._rows: dict[bytes, list[int]] = {}
        self._converted: dict[bytes, t.Any] = {}

    def row(self, server: Entity, group_path: str, account: str) -> list[int]:
        """Return the indexes of the values of a server, in the order of FACT_KEYS."""
        key = marshal.dumps(_shared_properties(server), NO_REFERENCES)
        known = self._rows.get(key)
        if known is None:
            known = self._rows[key] = self._new_row(server)
        row = known.copy()
        own = self.table.indexes((*server_result.own_facts(server).values(), group_path, account))
        for position, index in zip(_OWN_POSITIONS, own, strict=True):
            row[position] = index
        return row

    def _new_row(self, server: Entity) -> list[int]:
        """Return the indexes of a server's values; those of what each server has for itself are replaced."""
        values = server_result.to_result(server, self._to_snake_case)
        values["custom_field_values"] = {
            str(field.get("name") or field["id"]): field.get("displayValue")
            for field in server_result.details(server).get("customFields") or ()
        }
        return self.table.indexes([values.get(key) for key in FACT_KEYS])

    def _to_snake_case(self, entity: Entity) -> Entity:
        """Convert the names of properties as kit.shape does, each distinct nested value once."""
        return {
            snake_case_name(key): self._nested(value) if value.__class__ in (dict, list) and value else value
            for key, value in entity.items()
            if key != "links"
        }

    def _nested(self, value: t.Any) -> t.Any:
        key = marshal.dumps(value, NO_REFERENCES)
        if key not in self._converted:
            self._converted[key] = to_snake_case(value)
        return self._converted[key]


def _shared_properties(server: Entity) -> Entity:
    """Return a server without what each server has for itself."""
    shared, details = server.copy(), server_result.details(server).copy()
    for name in server_result.OWN_PROPERTIES:
        shared.pop(name, None)
    for name in server_result.OWN_DETAILS:
        details.pop(name, None)
    shared["details"] = details
    return shared
