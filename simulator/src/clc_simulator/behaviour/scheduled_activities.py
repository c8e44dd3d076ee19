# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scheduled activities of groups: kept and shown, and carried out by the clock on the servers of the group's tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.server_batches import POWER
from clc_simulator.behaviour.servers import start_delete
from clc_simulator.clock import Seconds, parse, stamp
from clc_simulator.estate import Group, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid
from clc_simulator.queue import Disturbance, Step
from clc_simulator.world import World, entity

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
    wanted: Json
    """The request, with timeZoneOffset as it is shown."""
    created: str
    created_by: str
    modified: str
    modified_by: str
    runs: int = 0
    last: Seconds | None = None
    next: Seconds | None = None
    version: int = field(default=0)
    """Grows with every change, so that what was scheduled before it is passed over."""


def _group(call: Call) -> Group:
    return estate.find_group(call.world, call.alias, call.path["groupId"])


def _activity(call: Call, group: Group) -> Activity:
    found = call.world[Activity].get(call.path["activityId"].lower())
    if found is None or found.group != group.id:
        raise Problem(404, {"message": f"Scheduled activity {call.path['activityId']} does not exist."})
    return found


def _view(group: Group, row: Activity, now: Seconds) -> Json:
    base = f"/v2/groups/{group.account.lower()}/{group.id}"
    view: Json = {
        "id": row.id,
        "locationId": group.data_center,
        "changeInfo": {
            "createdBy": row.created_by,
            "createdDate": row.created,
            "modifiedBy": row.modified_by,
            "modifiedDate": row.modified,
        },
        "links": [
            {"rel": "group", "href": base, "id": group.id, "name": group.name},
            {"rel": "self", "href": f"{base}/scheduledActivities/{row.id}", "verbs": ["GET", "PUT", "DELETE"]},
        ],
        **row.wanted,
        "isExpired": row.next is None and _first(row.wanted) <= now,
        "occurrenceCount": row.runs,
    }
    if row.last is not None:
        view["lastOccurrenceDateUTC"] = stamp(row.last)
    if row.next is not None:
        view["nextOccurrenceDateUTC"] = stamp(row.next)
    return view


def _wanted(body: Json) -> Json:
    """Return a request as it is kept and shown. Raises Problem (400) where a count is not a number of runs."""
    wanted = {"customWeeklyDays": [], **body}
    wanted["beginDateUTC"] = stamp(parse(body["beginDateUTC"]))
    if "expireDateUTC" in body:
        wanted["expireDateUTC"] = stamp(parse(body["expireDateUTC"]))
    if body["repeat"] == "customWeekly" and not body["customWeeklyDays"]:
        raise invalid("customWeeklyDays", "A custom week needs days.")
    offset = body["timeZoneOffset"]
    wanted["timeZoneOffset"] = offset if offset.count(":") == 2 else f"{offset}:00"
    return wanted


def _first(wanted: Json) -> Seconds:
    return parse(wanted["beginDateUTC"])


def following(wanted: Json, after: Seconds, runs: int) -> Seconds | None:
    """Return the first moment after a given one at which an activity runs, or None where it has come to its end."""
    if wanted["status"] == "off" or (wanted["expire"] == "afterCount" and runs >= int(wanted["expireCount"])):
        return None
    begin = datetime.fromtimestamp(_first(wanted), UTC)
    at, number = begin, 0
    while at.timestamp() <= after or not _is_due(wanted, at):
        if wanted["repeat"] == "never":
            return None
        number += 1
        at = _later(begin, wanted["repeat"], number)
    if wanted["expire"] == "afterDate" and at.timestamp() > parse(wanted["expireDateUTC"]):
        return None
    return at.timestamp()


def _is_due(wanted: Json, at: datetime) -> bool:
    return wanted["repeat"] != "customWeekly" or _DAYS[at.weekday()] in wanted["customWeeklyDays"]


def _later(begin: datetime, repeat: str, number: int) -> datetime:
    """Return the number-th possible moment after the first; months without that day take their last one."""
    if repeat != "monthly":
        return begin + timedelta(days=7 * number if repeat == "weekly" else number)
    year, month = divmod(begin.month - 1 + number, 12)
    first = begin.replace(year=begin.year + year, month=month + 1, day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(begin.day, last.day))


def _plan(world: World, row: Activity, after: Seconds) -> Activity:
    """Put the next run of an activity on the agenda."""
    at = following(row.wanted, after, row.runs)
    row = world[Activity].update(row, next=at, version=row.version + 1)
    if at is not None:
        queue.schedule(world, at, "activity.run", {"activity": row.id, "version": row.version})
    return row


@operation("listGroupScheduledActivities")
def list_activities(call: Call) -> Reply:
    """Answer the activities of a group."""
    group = _group(call)
    rows = call.world[Activity].by("group", group.id)
    return Reply([_view(group, row, call.world.now) for row in rows])


@operation("createGroupScheduledActivity")
def create_activity(call: Call) -> Reply:
    """Add an activity to a group."""
    group = _group(call)
    now = call.world.now
    made = Activity(call.world.new_id(), group.id, _wanted(call.body), call.now, call.by, call.now, call.by)
    row = _plan(call.world, call.world[Activity].add(made), now - 1)
    location = f"/v2/groups/{call.alias.lower()}/{group.id}/scheduledActivities/{row.id}"
    return Reply(_view(group, row, now), location=location)


@operation("getGroupScheduledActivity")
def get_activity(call: Call) -> Reply:
    """Answer one activity."""
    group = _group(call)
    return Reply(_view(group, _activity(call, group), call.world.now))


@operation("updateGroupScheduledActivity")
def update_activity(call: Call) -> Reply:
    """Replace an activity; runs so far still count."""
    group = _group(call)
    row, wanted = _activity(call, group), _wanted(call.body)
    row = call.world[Activity].update(row, wanted=wanted, modified=call.now, modified_by=call.by)
    return Reply(_view(group, _plan(call.world, row, call.world.now - 1), call.world.now))


@operation("deleteGroupScheduledActivity")
def delete_activity(call: Call) -> Reply:
    """Delete an activity."""
    call.world[Activity].remove(_activity(call, _group(call)).id)
    return Reply()


@operation("listGroupUpcomingScheduledActivities")
def list_upcoming(call: Call) -> Reply:
    """Answer the next run of each activity, soonest first; the shape is our own, since none is known."""
    group = _group(call)
    rows = [row for row in call.world[Activity].by("group", group.id) if row.next is not None]
    rows.sort(key=lambda row: (row.next or 0.0, row.id))
    return Reply(
        [{"id": row.id, "type": row.wanted["type"], "occurrenceDateUTC": stamp(row.next or 0.0)} for row in rows]
    )


@queue.effect("activity.run")
def run(world: World, activity: str, version: int) -> None:
    """Do what an activity does to all servers of its group's tree, and plan its next run."""
    row = world[Activity].get(activity)
    if row is None or row.version != version:
        return
    group = world[Group].get(row.group)
    if group is None:
        world[Activity].remove(activity)
        return
    for below in list(estate.subtree(world, group)):
        for server in estate.servers_in(world, below):
            if server.status == estate.ACTIVE:
                _do(world, server, row.wanted["type"], row.created_by)
    row = world[Activity].update(row, runs=row.runs + 1, last=world.now)
    _plan(world, row, world.now)


def _do(world: World, server: Server, kind: str, by: str) -> None:
    """Start the job of one kind of activity for a server; one that is there already is left alone."""
    step: Step | None = None
    if kind == "delete":
        start_delete(world, server, by, Disturbance())
    elif kind in _POWER:
        batch = POWER[_POWER[kind]]
        if batch.refusal(server) is None:
            step = Step(batch.effect, {"server": server.id, "by": by, **batch.arguments})
    elif kind == "archive":
        step = None if server.managed_os else Step("server.archive", {"server": server.id, "by": by})
    elif kind == "createsnapshot":
        step = Step("server.snapshot", {"server": server.id, "days": _SNAPSHOT_DAYS, "by": by})
    elif kind == "deletesnapshot" and server.snapshots:
        step = Step("server.snapshot_gone", {"server": server.id, "number": server.snapshots[0]["number"]})
    if step is not None:
        queue.enqueue(world, (server.data_center, server.account, by), queue.SHORT, [step], Disturbance())
