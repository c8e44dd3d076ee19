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
from .snapshot import ValueTable

Entity = dict[str, t.Any]
_RESULT_KEYS = tuple(key for key in server_result.KEYS if key != "display_name")
FACT_KEYS = (*_RESULT_KEYS, "custom_field_values", "group_path", "account_alias")


class ServerConverter:
    """Converts servers to rows of indexes. Equal parts of servers, such as disk layouts, are converted once."""

    def __init__(self) -> None:
        self.table = ValueTable()
        self._converted: dict[bytes, t.Any] = {}

    def row(self, server: Entity, group_path: str, account: str) -> list[int]:
        """Return the indexes of the values of a server, in the order of FACT_KEYS."""
        values = server_result.to_result(server, self._to_snake_case)
        values["custom_field_values"] = {
            str(field.get("name") or field["id"]): field.get("displayValue")
            for field in server_result.details(server).get("customFields") or ()
        }
        values["group_path"], values["account_alias"] = group_path, account
        return self.table.indexes([values[key] for key in FACT_KEYS])

    def _to_snake_case(self, entity: Entity) -> Entity:
        """Convert the names of properties as kit.shape does, each distinct nested value once."""
        return {
            snake_case_name(key): self._nested(value) if value.__class__ in (dict, list) and value else value
            for key, value in entity.items()
            if key != "links"
        }

    def _nested(self, value: t.Any) -> t.Any:
        key = marshal.dumps(value, 2)
        if key not in self._converted:
            self._converted[key] = to_snake_case(value)
        return self._converted[key]
