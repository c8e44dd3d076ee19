# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scheduled activities of server groups: an operation on all servers of a group at a date and time, once or repeatedly.

API behavior (groups.yaml, the operations on scheduledActivities): the list is a bare array; a create adds an activity and is not
idempotent; an update replaces the whole activity; timeZoneOffset is sent as [-]hh:mm and returned as [-]hh:mm:ss; timestamps
are returned with or without milliseconds; customWeeklyDays is returned as an empty list or not at all; counts and dates that
do not apply are omitted.

Not specified by the contract; design decisions. An activity has no name, so it is identified by its id, or by what it does and
when it first does it: type and begin_date. Status, repetition, and end are its properties, so that switching an activity off or
ending it earlier updates it and does not leave a second one behind that goes on rebooting or deleting servers; the service
never changes beginDateUTC by itself. Another type or begin_date identifies another activity, unless id is set. Activities with
the same type, begin_date, and all other properties are duplicates (a create whose response was lost leaves them): the first by
id represents them while nothing has to be updated, and absent deletes all of them. If they are not duplicates, present selects
the one that already matches the task; anything else is an error that lists their ids. For absent, other options never select
among them: once those that match are deleted, a second run would find the rest and delete them too. That an activity can be
read, updated, and deleted by itself is known only from the methods of its self link.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.errors import InvalidTaskError, ResourceLookupError
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.duplicates import WithDuplicates
from ...kit.formats import parse_offset, parse_timestamp
from ...kit.lookup import format_list
from ...kit.naming import change_info, with_keys
from ...kit.resource import Entity, Field, changes_of, plain_field
from ...kit.steps import Step
from . import _shared

# Defaults of a new activity; the service requires all of them.
_DEFAULTS = {"status": "on", "repeat": "never", "expire": "never", "time_zone_offset": "00:00"}
# Properties that apply only with one value of another property: property -> (other property, its value, option).
_DEPENDENT = {
    "customWeeklyDays": ("repeat", "customWeekly", "custom_weekly_days"),
    "expireCount": ("expire", "afterCount", "expire_count"),
    "expireDateUTC": ("expire", "afterDate", "expire_date"),
}


# Values


def _same_timestamp(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two timestamps are equal, with or without milliseconds, in any time zone."""
    return parse_timestamp(desired) == parse_timestamp(actual)


def _format_timestamp(value: t.Any) -> str | None:
    """Return a timestamp in UTC and whole seconds; an invalid one unchanged."""
    timestamp = parse_timestamp(value)
    return timestamp.strftime("%Y-%m-%dT%H:%M:%SZ") if timestamp else value


def _timestamp_to_api(value: t.Any) -> str:
    """Return a timestamp in the form of all documented requests; what is none, such as an empty one in check mode, unchanged."""
    timestamp = parse_timestamp(value)
    return timestamp.strftime("%Y-%m-%dT%H:%M:%S.000Z") if timestamp else str(value)


def _format_offset(value: t.Any) -> str | None:
    """Return an offset as [-]hh:mm; one with seconds or in another form unchanged."""
    return None if value is None else parse_offset(value) or str(value)


def _same_offset(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two offsets are equal, with or without seconds."""
    return _format_offset(desired) == _format_offset(actual)


def _same_days(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two lists have the same days, in any order; null equals an empty list."""
    return {str(day).lower() for day in desired or []} == {str(day).lower() for day in actual or []}


class ServerGroupScheduledActivity(WithDuplicates, _shared.OfGroup):
    """One activity of one group: present with these properties, or absent."""

    title = "scheduled activity"
    result_key = "server_group_scheduled_activity"
    noun = "activity"
    rel, kind = "scheduledActivities", "scheduled activities"
    order = ("begin_date", "id")
    volatile = DeclaredResource.volatile | {
        "is_expired",
        "occurrence_count",
        "last_occurrence_date",
        "next_occurrence_date",
    }
    fields = (
        plain_field("type"),
        plain_field("begin_date", "beginDateUTC", matches=_same_timestamp, write=_timestamp_to_api),
        plain_field("status"),
        plain_field("time_zone_offset", "timeZoneOffset", matches=_same_offset, write=_format_offset),
        plain_field("repeat"),
        plain_field("custom_weekly_days", "customWeeklyDays", matches=_same_days),
        plain_field("expire"),
        plain_field("expire_count", "expireCount", matches=compare.number),
        plain_field("expire_date", "expireDateUTC", matches=_same_timestamp, write=_timestamp_to_api),
    )

    @property
    def label(self) -> str:
        group = self.group_label
        if self.task.option("id"):
            return f"{self.title} {self.task.option('id')} of {group}"
        begin_date = _format_timestamp(self.task.option("begin_date"))
        return f"{self.title} {self.task.option('type')} at {begin_date} of {group}"

    def lock_names(self) -> str | None:
        """Two tasks that find the same activity missing would both create it. One lock per account: a group has many spellings."""
        return f"{self.kind} of {self.task.account}"

    # Finding

    def find(self) -> None:
        self.find_group()
        activity_id = self.task.option("id")
        if (
            activity_id is None
            and self.done
            and not self.has_created
            and self.entity is not None
            and self.task.state != "absent"
        ):
            activity_id = self.entity.get("id")
        if activity_id is not None:
            self.take(self._read_by_id(str(activity_id)))
        else:
            self.take(self._find_by_type_and_begin())

    def _find_by_type_and_begin(self) -> list[Entity]:
        """Return the activities that type and begin_date identify: none, or one with its duplicates, sorted by id."""
        kind, begin = self.task.option("type"), _timestamp_to_api(self.task.option("begin_date"))
        matches = [
            activity
            for activity in self._read_all()
            if activity["type"] == kind and _same_timestamp(begin, activity["beginDateUTC"])
        ]
        matches.sort(key=lambda activity: str(activity["id"]))
        if self.task.state != "absent" and len(matches) > 1:
            exact = [activity for activity in matches if not changes_of(self.fields, activity, self._specified)]
            matches = exact or matches
        if any(changes_of(self.fields, activity, self._values_of(matches[0])) for activity in matches[1:]):
            self.raise_different(matches, "the group has")
        return matches

    def _specified(self, field: Field) -> t.Any:
        """Return the value that the task specifies, without the default of a new activity."""
        return super().desired_value(field)

    @staticmethod
    def _values_of(entity: Entity) -> t.Callable[[Field], t.Any]:
        """Return a function that returns the values of an activity as desired values."""
        return lambda field: field.getter(entity) if field.getter else None

    # Planning

    def desired_value(self, field: Field) -> t.Any:
        value = self._specified(field)
        if value is None and self.entity is None:
            return _DEFAULTS.get(field.option)
        return value

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return super().plan()
        if self.entity is None and self.task.option("id"):
            raise problems.no_such_id(self.label, "id", self.task.option("id"))
        self._check_dependent_options()
        steps = super().plan()
        if steps and len(self.copies) > 1:
            raise ResourceLookupError(
                f"the group has {len(self.copies)} equal activities, and the others would not be updated: "
                + format_list(str(activity["id"]) for activity in self.copies),
                action="update",
                target=self.label,
                help_text="Set id, or delete all of them with state absent first.",
            )
        return steps

    def _check_dependent_options(self) -> None:
        """Raise InvalidTaskError if days, count, or date are set without the option that they apply to, or vice versa."""
        desired = {str(field.create): self.desired_value(field) for field in self.fields}
        specified = {name: value for name, value in desired.items() if value not in (None, [])}
        values = {**(self.entity or {}), **specified}
        for name, (rule, choice, option) in _DEPENDENT.items():
            if specified.get(rule) == choice and values.get(name) in (None, []):
                cause, help_text = f"{rule} is {choice} but {option} is missing", f"Set {option}."
            elif values.get(rule) != choice and name in specified:
                cause = f"{option} applies only if {rule} is {choice}"
                help_text = f"Set {rule} to {choice}, or omit {option}."
            else:
                continue
            raise InvalidTaskError(cause, action="set", target=self.label, help_text=help_text)

    # Requests

    def path_of(self, entity: Entity) -> str:
        return paths.SCHEDULED_ACTIVITY.below(self.path(), entity["id"])

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(self.path(), body)

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.put(self.path_of(self.existing), self._body(changes))

    def _body(self, changes: Entity) -> Entity:
        """Return the body of an update: the current values with the changes, without properties that no longer apply."""
        names = [str(field.create) for field in self.fields]
        body = {**with_keys(self.existing, names), **changes}
        body["timeZoneOffset"] = _format_offset(body["timeZoneOffset"] or _DEFAULTS["time_zone_offset"])
        omitted = [name for name, (rule, choice, _option) in _DEPENDENT.items() if body[rule] != choice]
        return {name: value for name, value in body.items() if value is not None and name not in omitted}

    # Result

    def predicted(self, body: Entity) -> Entity:
        return {**body, "occurrenceCount": 0}

    def apply(self, entity: Entity, changes: Entity) -> None:
        body = self._body(changes)
        entity.update({str(field.create): body.get(str(field.create)) for field in self.fields})
        entity.update(isExpired=None, nextOccurrenceDateUTC=None)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return an activity: timestamps in UTC and whole seconds, the offset as [-]hh:mm, days always as a list."""
        return {
            "id": entity.get("id"),
            **self.group_keys(),
            "type": entity.get("type"),
            "begin_date": _format_timestamp(entity.get("beginDateUTC")),
            "status": entity.get("status"),
            "time_zone_offset": _format_offset(entity.get("timeZoneOffset")),
            "repeat": entity.get("repeat"),
            "custom_weekly_days": list(entity.get("customWeeklyDays") or []),
            "expire": entity.get("expire"),
            "expire_count": entity.get("expireCount"),
            "expire_date": _format_timestamp(entity.get("expireDateUTC")),
            "is_expired": entity.get("isExpired"),
            "occurrence_count": entity.get("occurrenceCount"),
            "last_occurrence_date": _format_timestamp(entity.get("lastOccurrenceDateUTC")),
            "next_occurrence_date": _format_timestamp(entity.get("nextOccurrenceDateUTC")),
            "change_info": change_info(entity),
        }

    # Reading

    def select(self) -> list[Entity]:
        activity_id = self.task.option("id")
        return self._read_all() if activity_id is None else self._read_by_id(str(activity_id))

    def _read_all(self) -> list[Entity]:
        """Read the activities of the group; empty for a group that cannot have any. Sends one request."""
        response = self.follow()
        return list(response.body or []) if response else []

    def _read_by_id(self, activity_id: str) -> list[Entity]:
        """Read one activity of the group; empty if no activity has this id. Sends one request."""
        if self.group is None or links.href_of(self.group.group, self.rel) is None:
            return []
        activity = self.task.read(self.path_of({"id": activity_id}))
        return [] if activity is None else [activity]


gather_activities = ServerGroupScheduledActivity.gather
