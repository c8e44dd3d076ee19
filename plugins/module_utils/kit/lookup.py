# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what a playbook names to the one thing that it means: by id, or by a name found once, never by a silent pick.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import re
import typing as t

from ..api.errors import ConfigurationError, LookupFailed, NotThere
from .task import Task

Entity = dict[str, t.Any]
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SHOWN = 20


def is_id(value: t.Any) -> bool:
    """Say whether a value has the form of an id of the service: 32 hexadecimal digits, with the dashes of a uuid or without."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def pick(
    kind: str,
    wanted: str,
    candidates: t.Sequence[Entity],
    *,
    id_member: str = "id",
    name_member: str = "name",
    where: str = "",
) -> Entity:
    """Return the one candidate that an id or a name means.

    kind: what is looked for ("network"). where: in what ("in WA1"), for messages. id_member, name_member: members of a candidate;
    the same one twice for what has no other name than its id. Raises NotThere if there is none, and LookupFailed if only another
    case matches or several have the name.
    """
    place = f" {where}" if where else ""
    label = functools.partial(_label, id_member, name_member)
    if is_id(wanted):
        found = [item for item in candidates if str(item[id_member]).lower() == wanted.lower()]
    else:
        found = [item for item in candidates if str(item.get(name_member)) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupFailed(
            f"{len(found)} {_several(kind)}{place} have the name '{wanted}': {listed(map(label, found))}",
            remedy="Give the id.",
        )
    near = [item for item in candidates if str(item.get(name_member)).lower() == wanted.lower()]
    if near:
        raise LookupFailed(
            f"there is no {kind} '{wanted}'{place}, but {listed(map(label, near))}",
            remedy="Write the name in the same case.",
        )
    names = listed(sorted((str(item.get(name_member)) for item in candidates), key=str.lower))
    raise NotThere(
        f"there is no {kind} '{wanted}'{place}", remedy=f"There are: {names}." if names else "There are none."
    )


def _label(id_member: str, name_member: str, item: Entity) -> str:
    return str(item[id_member]) if id_member == name_member else f"{item.get(name_member)} ({item[id_member]})"


def refuse_unnamed(task: Task, thing: str, *options: str) -> None:
    """Refuse a task that names nothing by any of these options; an empty text, and an empty entry of a list, name nothing.

    To be called before anything is read. In check mode nothing is refused, since what a prediction makes has no id yet.
    Raises LookupFailed.
    """
    values = [task.option(name) for name in options]
    if task.runs_ahead or any(
        all(value) if isinstance(value, list) else value for value in values if value is not None
    ):
        return
    lists = [name for name, value in zip(options, values, strict=True) if isinstance(value, list)]
    raise LookupFailed(
        f"an entry is empty in {lists[0]}" if lists else f"nothing is given for {' and '.join(options)}",
        action="find",
        thing=thing,
        remedy="An empty text names nothing: check where the value comes from.",
    )


def refuse_no_id(task: Task) -> None:
    """Raise ConfigurationError where the option `id` cannot be one: with state absent it would pass for what is gone."""
    own_id = task.option("id")
    if own_id is not None and not is_id(own_id):
        raise ConfigurationError(
            f"'{own_id}' is no id",
            action="use",
            thing="id",
            remedy="An id is 32 hexadecimal digits, with or without dashes, and shown by the info modules.",
        )


def refuse_no_name(task: Task, kind: str) -> None:
    """Raise ConfigurationError where the option `name` cannot be one of that kind: like an id, it would be taken for the id."""
    name = task.option("name")
    if name is not None and (not name.strip() or is_id(name)):
        raise ConfigurationError(
            f"'{name}' cannot be the name of a {kind}",
            action="use",
            thing="name",
            remedy="Give an id as id, and a name that is neither empty nor like an id.",
        )


def _several(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("cy") else f"{kind}s"


def listed(texts: t.Iterable[str]) -> str:
    """Join texts for a message, the first twenty of them."""
    items = list(texts)
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
