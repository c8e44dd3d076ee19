# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module server_group_info reads: groups of a data center, and on request what hangs on them.

Fact (contract groups.yaml): the shape of coming activities is not documented, so they are shown as they are.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...kit import gather
from ...kit.task import Task
from . import default as server_group_default
from . import groups, server_group

CHOICES = {
    "statistics": gather.Choice("statistics", gather.statistics_query),
    "defaults": gather.Choice("defaults", show=lambda body: server_group_default.values(body or {})),
    "upcoming_scheduled_activities": gather.Choice("upcomingScheduledActivities"),
}


def found_groups(task: Task) -> list[dict[str, t.Any]]:
    """Return the groups that an info task asks for, parents first: by id, path or name, else all of the data center.

    `recursive` adds the groups below those found. An unknown group gives an empty list.
    """
    wanted = task.option("group")
    everything = list(tree.places(groups.root(task, task.data_center)))
    kept = everything if wanted is None else groups.matching(everything, wanted)
    if task.option("recursive"):
        kept = list({below.id: below for top in kept for below in tree.places_below(top)}.values())
    extras = gather.gathered(task, CHOICES, [place.group for place in kept])
    return [{**_with_servers(place), **extra} for place, extra in zip(kept, extras, strict=True)]


def _with_servers(place: tree.Place) -> dict[str, t.Any]:
    shown = server_group.shown(place.group, place.path, place.parent_id)
    return {**shown, "server_ids": sorted(tree.server_ids(place.group))}
