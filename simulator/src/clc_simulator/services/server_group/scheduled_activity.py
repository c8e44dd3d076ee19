# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scheduled activities of groups: stored, listed, and run by the clock.

Decisions:
  - A POST adds an activity. Activities run on all active servers of the group's tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.clock import Seconds, format_timestamp, parse_timestamp, utc
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.jobs import later
from clc_simulator.core.models import Group, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import (
    start_archiving,
    start_deletion,
    start_power_change,
    start_snapshot,
    start_snapshot_deletion,
)
from clc_simulator.services.server_group._shared import group_from_path

Json = dict[str, Any]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_POWER = {
    "poweron": "powerOnServers",
    "shutdown": "shutDownServers",
    "pause": "pauseServers",
    "reboot": "rebootServers",
}
_SNAPSHOT_DAYS = 10


@entity("scheduledActivities", indexes=("group",))
@dataclass(frozen=True, slots=True)
class Activity:
    """A timed operation on all servers of a group's tree. next None means that it does not run again."""

    id: str
    group: str
    request: Json
    """Properties of the request, normalized."""
    created: str
    created_by: str
    modified: str
    modified_by: str
    runs: int = 0
    last: Seconds | None = None
    next: Seconds | None = None
    version: int = field(default=0)
    """Number of changes; a run that was scheduled before the last change is skipped."""


def _activity_from_path(request: RequestContext, group: Group) -> Activity:
    activity = request.world[Activity].get(request.path["activityId"].lower())
    if activity is None or activity.group != group.id:
        raise not_found(f"Scheduled activity {request.path['activityId']} does not exist.")
    return activity


def _view(group: Group, activity: Activity, now: Seconds) -> Json:
    path = (group.account.lower(), group.id)
    own = href("getGroupScheduledActivity", *path, activity.id)
    view: Json = {
        "id": activity.id,
        "locationId": group.data_center,
        "changeInfo": {
            "createdBy": activity.created_by,
            "createdDate": activity.created,
            "modifiedBy": activity.modified_by,
            "modifiedDate": activity.modified,
        },
        "links": [
            {"rel": "group", "href": href("getGroup", *path), "id": group.id, "name": group.name},
            {"rel": "self", "href": own, "verbs": ["GET", "PUT", "DELETE"]},
        ],
        **activity.request,
        "isExpired": activity.next is None and _begin(activity.request) <= now,
        "occurrenceCount": activity.runs,
    }
    if activity.last is not None:
        view["lastOccurrenceDateUTC"] = format_timestamp(activity.last)
    if activity.next is not None:
        view["nextOccurrenceDateUTC"] = format_timestamp(activity.next)
    return view


def _normalized(body: Json) -> Json:
    """Return the properties of a request in result format. Raise ApiError (400) if a custom week has no days."""
    requested = {"customWeeklyDays": [], **body}
    requested["beginDateUTC"] = format_timestamp(parse_timestamp(body["beginDateUTC"]))
    if "expireDateUTC" in body:
        requested["expireDateUTC"] = format_timestamp(parse_timestamp(body["expireDateUTC"]))
    if body["repeat"] == "customWeekly" and not body["customWeeklyDays"]:
        raise validation_error("customWeeklyDays", "customWeeklyDays is required if repeat is customWeekly.")
    offset = body["timeZoneOffset"]
    requested["timeZoneOffset"] = offset if offset.count(":") == 2 else f"{offset}:00"
    return requested


def _begin(requested: Json) -> Seconds:
    return parse_timestamp(requested["beginDateUTC"])


def next_run(requested: Json, after: Seconds, runs: int) -> Seconds | None:
    """Return the next time after a time at which an activity runs, or None if it does not run again."""
    if requested["status"] == "off" or (requested["expire"] == "afterCount" and runs >= int(requested["expireCount"])):
        return None
    begin = utc(_begin(requested))
    number = _repetitions(begin, requested["repeat"], after)
    try:
        due = _later(begin, requested["repeat"], number)
        while due.timestamp() <= after or not _is_due(requested, due):
            if requested["repeat"] == "never":
                return None
            number += 1
            due = _later(begin, requested["repeat"], number)
    except (OverflowError, ValueError):
        # After the year 9999, which is the last one that a timestamp can have.
        return None
    if requested["expire"] == "afterDate" and due.timestamp() > parse_timestamp(requested["expireDateUTC"]):
        return None
    return due.timestamp()


def _repetitions(begin: datetime, repeat: str, after: Seconds) -> int:
    """Return a number of repetitions that are certainly over at a time, so that an early begin is not counted up."""
    if repeat == "never" or begin.timestamp() >= after:
        return 0
    longest = {"weekly": 7, "monthly": 31}.get(repeat, 1)
    return int((after - begin.timestamp()) // (longest * 86400))


def _is_due(requested: Json, due: datetime) -> bool:
    return requested["repeat"] != "customWeekly" or _DAYS[due.weekday()] in requested["customWeeklyDays"]


def _later(begin: datetime, repeat: str, number: int) -> datetime:
    """Return the n-th repetition after the first run; shorter months use their last day."""
    if number == 0:
        return begin
    if repeat != "monthly":
        return begin + timedelta(days=7 * number if repeat == "weekly" else number)
    year, month = divmod(begin.month - 1 + number, 12)
    first = begin.replace(year=begin.year + year, month=month + 1, day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(begin.day, last.day))


@operation("listGroupScheduledActivities")
def list_activities(request: RequestContext) -> HandlerResponse:
    """Return the activities of a group."""
    group = group_from_path(request)
    activities = request.world[Activity].find_by("group", group.id)
    return HandlerResponse([_view(group, activity, request.world.now) for activity in activities])


@operation("createGroupScheduledActivity", writes=(Activity,))
def create_activity(request: RequestContext) -> HandlerResponse:
    """Add an activity to a group."""
    group = group_from_path(request)
    now = request.world.now
    created = Activity(
        request.world.new_id(),
        group.id,
        _normalized(request.body),
        request.now,
        request.user_name,
        request.now,
        request.user_name,
    )
    activity = _schedule_next(request.world, request.world[Activity].add(created), now - 1)
    location = href("getGroupScheduledActivity", request.alias.lower(), group.id, activity.id)
    return HandlerResponse(_view(group, activity, now), location=location)


@operation("getGroupScheduledActivity")
def get_activity(request: RequestContext) -> HandlerResponse:
    """Return one activity."""
    group = group_from_path(request)
    return HandlerResponse(_view(group, _activity_from_path(request, group), request.world.now))


@operation("updateGroupScheduledActivity", writes=(Activity,))
def update_activity(request: RequestContext) -> HandlerResponse:
    """Replace an activity; runs so far still count."""
    group = group_from_path(request)
    activity, requested = _activity_from_path(request, group), _normalized(request.body)
    activity = request.world[Activity].update(
        activity, request=requested, modified=request.now, modified_by=request.user_name
    )
    return HandlerResponse(
        _view(group, _schedule_next(request.world, activity, request.world.now - 1), request.world.now)
    )


@operation("deleteGroupScheduledActivity", writes=(Activity,))
def delete_activity(request: RequestContext) -> HandlerResponse:
    """Delete an activity."""
    request.world[Activity].remove(_activity_from_path(request, group_from_path(request)).id)
    return HandlerResponse()


@operation("listGroupUpcomingScheduledActivities")
def list_upcoming(request: RequestContext) -> HandlerResponse:
    """Return the next run of each activity, soonest first; the response format is not documented."""
    group = group_from_path(request)
    activities = [
        activity for activity in request.world[Activity].find_by("group", group.id) if activity.next is not None
    ]
    activities.sort(key=lambda activity: (activity.next or 0.0, activity.id))
    return HandlerResponse(
        [
            {
                "id": activity.id,
                "type": activity.request["type"],
                "occurrenceDateUTC": format_timestamp(activity.next or 0.0),
            }
            for activity in activities
        ]
    )


def _schedule_next(world: World, activity: Activity, after: Seconds) -> Activity:
    """Schedule the next run of an activity after a time."""
    due = next_run(activity.request, after, activity.runs)
    activity = world[Activity].update(activity, next=due, version=activity.version + 1)
    if due is not None:
        activity_runs.schedule(world, due, activity_id=activity.id, version=activity.version)
    return activity


@later("createGroupScheduledActivity", writes=(Activity, Server))
def activity_runs(world: World, activity_id: str, version: int) -> None:
    """Run an activity on all active servers of its group's tree, and schedule its next run."""
    activity = world[Activity].get(activity_id)
    if activity is None or activity.version != version:
        return
    group = world[Group].get(activity.group)
    if group is None:
        world[Activity].remove(activity_id)
        return
    for below in list(inventory.subtree(world, group)):
        for server in inventory.servers_in(world, below):
            if server.status == models.ACTIVE:
                _start(world, server, activity.request["type"], activity.created_by)
    activity = world[Activity].update(activity, runs=activity.runs + 1, last=world.now)
    _schedule_next(world, activity, world.now)


def _start(world: World, server: Server, kind: str, user: str) -> None:
    """Start the job of an activity for a server, if the server needs it."""
    if kind == "delete":
        start_deletion(world, server, user)
    elif kind in _POWER:
        start_power_change(world, _POWER[kind], server, user)
    elif kind == "archive":
        start_archiving(world, server, user)
    elif kind == "createsnapshot":
        start_snapshot(world, server, _SNAPSHOT_DAYS, user)
    elif kind == "deletesnapshot":
        start_snapshot_deletion(world, server, user)
