# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of options that refer to a server group: an id, a path, a name, or a list of names.

Ansible does not check such an option, since it can be of more than one type.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidOptionError

# Names of all options that refer to a server group.
GROUP_OPTIONS = ("group", "parent")


def group_reference(option: str, value: t.Any) -> str | list[str] | None:
    """Return a reference to a group as a string or a list of names, None if omitted. A number is a name.

    Raises InvalidOptionError for any other type: YAML reads an unquoted yes as a boolean, and a variable can be a whole result.
    """
    if isinstance(value, (list, tuple)):
        return [_name(option, name) for name in value]
    return None if value is None else _name(option, value)


def _name(option: str, value: t.Any) -> str:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    kinds = {bool: "a boolean", dict: "a dictionary", list: "a list", type(None): "null"}
    group_id = value.get("id") if isinstance(value, dict) else None
    help_text = "Specify an id, a path, a name, or a list of names from the root"
    quoted = "; put a name that YAML reads as a boolean in quotes" if isinstance(value, bool) else ""
    own = f", such as {group_id}" if isinstance(group_id, str) else ""
    raise InvalidOptionError(
        option,
        f"{value!r} is {kinds.get(type(value), 'not a string')}, not a reference to a group",
        f"{help_text}{own}{quoted}.",
    )
