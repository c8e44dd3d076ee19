# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links of the API: rel -> target, so that a path is followed rather than built wherever the entity offers one.

Facts (docs/wire-notes.md, section 4): hrefs are relative or absolute, their alias in either case; `links`, `id` and `verbs` may
be missing; some samples spell `rel` as `red`; LBaaS links have an empty href and a resourceId.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

Entity = t.Mapping[str, t.Any]


def all_of(entity: t.Any, rel: str) -> list[Entity]:
    """Return the links of an entity with this relation, in the service's order; none where it has no links at all."""
    found = entity.get("links") if isinstance(entity, t.Mapping) else None
    wanted = rel.lower()
    return [
        link
        for link in found or []
        if isinstance(link, t.Mapping) and str(link.get("rel") or link.get("red")).lower() == wanted
    ]


def first_of(entity: t.Any, rel: str) -> Entity | None:
    """Return the first link with this relation, or None."""
    return next(iter(all_of(entity, rel)), None)


def href_of(entity: t.Any, rel: str) -> str | None:
    """Return the address of the first link with this relation, or None where there is no such link or it is empty."""
    link = first_of(entity, rel)
    return (link.get("href") or None) if link else None


def id_of(link: Entity | None) -> str | None:
    """Return the id that a link names: its id, its resourceId, or the last segment of its path."""
    if not link:
        return None
    named = link.get("id") or link.get("resourceId")
    if named:
        return str(named)
    path = str(link.get("href") or "").partition("?")[0].rstrip("/")
    return path.rpartition("/")[2] or None
