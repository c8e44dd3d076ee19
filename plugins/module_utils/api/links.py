# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links of the API: a relation and its target, so that a path is followed rather than built if the entity has a link.

API behavior (docs/wire-notes.md, section 4): hrefs are relative or absolute, their alias in either case; `links`, `id`
and the methods of a link may be missing; some samples spell `rel` as `red`; LBaaS links have an empty href and a resourceId.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from collections.abc import Mapping  # isinstance() with the alias in typing takes ten times as long

Entity = t.Mapping[str, t.Any]


def all_of(entity: t.Any, rel: str) -> list[Entity]:
    """Return the links of an entity with this relation, in the service's order; empty if it has no links."""
    entity_links = entity.get("links") if isinstance(entity, Mapping) else None
    relation = rel.lower()
    # Most links are a dict, and isinstance() with an abstract class takes longer than the rest.
    return [
        link
        for link in entity_links or []
        if (link.__class__ is dict or isinstance(link, Mapping))
        and str(link.get("rel") or link.get("red")).lower() == relation
    ]


def first_of(entity: t.Any, rel: str) -> Entity | None:
    """Return the first link with this relation, or None."""
    return next(iter(all_of(entity, rel)), None)


def href_of(entity: t.Any, rel: str) -> str | None:
    """Return the href of the first link with this relation; None if there is no such link or its href is empty."""
    link = first_of(entity, rel)
    return (link.get("href") or None) if link else None


def id_of(link: Entity | None) -> str | None:
    """Return the id in a link: its id, its resourceId, or the last segment of its href."""
    if not link:
        return None
    link_id = link.get("id") or link.get("resourceId")
    if link_id:
        return str(link_id)
    path = str(link.get("href") or "").partition("?")[0].rstrip("/")
    return path.rpartition("/")[2] or None
