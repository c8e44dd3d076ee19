# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scheduled activities of server groups: something done to all servers of a group at a moment, once or again and again.

Facts (contract groups.yaml, the operations on scheduledActivities): the list is a bare array; a create adds one activity and is
not idempotent; a change replaces the whole activity; timeZoneOffset is sent as [-]hh:mm and comes back as [-]hh:mm:ss; moments
come back with or without milliseconds; customWeeklyDays comes back as an empty list or not at all; counts and dates that do not
apply are left out.

Left open by the contract, and decided here. An activity has no name, so what tells one from another is, besides its id, what
it does and when it first does it: type and begin_date. Status, repetition and end are its properties, so that switching one
off or letting it end earlier changes it and does not leave a second one behind that goes on rebooting or deleting servers; the
service never moves beginDateUTC itself. Another type or another begin_date means another activity, unless id is given. Of
several with the same type and begin_date, those that are equal in all properties are copies of one (a create whose answer was
lost leaves such): the first by id stands for them while nothing has to be changed, and absent removes all of them. Where they
are no copies, present takes the one that is already as the task says; anything else is an error that lists their ids. For
absent the task's other options never choose among them: with those gone that they fit, a second run would find the rest and
remove that too. Reading, changing and deleting one are known from the verbs of its self link alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed
from ...kit import compare, problems
from ...kit.declaration import Declared, Entity, Field, changes_of, member
from ...kit.duplicates import WithDuplicates
from ...kit.lookup import listed
from ...kit.shape import change_info, filled
from ...kit.steps import Step
from . import _shared

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(:\d\d)?)(\.\d+)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?P<sign>[+-]?)(?P<hours>\d\d):(?P<minutes>[0-5]\d)(:(?P<seconds>[0-5]\d))?")
# What a new activity has where the task does not say; the service wants all of them.
_AT_CREATION = {"status": "on", "repeat": "never", "expire": "never", "time_zone_offset": "00:00"}
# Members that only count with one value of another: member -> (that other one, its value, the option).
_DEPENDING = {
    "customWeeklyDays": ("repeat", "customWeekly", "custom_weekly_days"),
    "expireCount": ("expire", "afterCount", "expire_count"),
    "expireDateUTC": ("expire", "afterDate", "expire_date"),
}


# Values


def moment(value: t.Any) -> datetime.datetime | None:
    """Read a moment, in UTC where it names no zone and without fractions of a second; None where it is none."""
    found = _MOMENT.fullmatch(str(value).strip())
    if not found:
        return None
    time = found["time"] if found["time"].count(":") == 2 else f"{found['time']}:00"
    zone = (found["zone"] or "Z").upper().replace("Z", "+0000").replace(":", "")
    try:
        there = datetime.datetime.strptime(f"{found['day']}T{time}{zone}", "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None
    return there.astimezone(datetime.UTC)


def _same_moment(wanted: t.Any, shown: t.Any) -> bool:
    """The same moment, with or without milliseconds, in whatever zone it is written."""
    return moment(wanted) == moment(shown)


def _told_moment(value: t.Any) -> str | None:
    """Write a moment as the service answers it: in UTC, in whole seconds; a text that is none as it is."""
    found = moment(value)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else value


def _writer(option: str) -> t.Callable[[t.Any], str]:
    def write(value: t.Any) -> str:
        found = moment(value)
        if found is None:
            raise ConfigurationError(
                f"'{value}' is not a moment",
                action="use",
                thing=option,
                remedy="Write it as '2030-05-19T02:00:00Z', in UTC or with an offset.",
            )
        return found.strftime("%Y-%m-%dT%H:%M:%S.000Z")  # the form of all documented requests

    return write


def _written_offset(value: t.Any) -> str:
    """Write an offset as the service takes it, [-]hh:mm."""
    found = _OFFSET.fullmatch(str(value).strip())
    if not found or found["seconds"] not in (None, "00"):
        raise ConfigurationError(
            f"'{value}' is not an offset",
            action="use",
            thing="time_zone_offset",
            remedy="Write it as '-08:00', in quotes, since YAML takes some offsets for numbers.",
        )
    plain = f"{found['hours']}:{found['minutes']}"
    return f"-{plain}" if found["sign"] == "-" and plain != "00:00" else plain


def _told_offset(value: t.Any) -> str | None:
    """Return a shown offset as [-]hh:mm; one that has seconds or another form as it is."""
    try:
        return None if value is None else _written_offset(value)
    except ConfigurationError:
        return str(value)


def _same_offset(wanted: t.Any, shown: t.Any) -> bool:
    """The same offset, written with seconds or without."""
    return _told_offset(wanted) == _told_offset(shown)


def _same_days(wanted: t.Any, shown: t.Any) -> bool:
    """The same days, whatever their order; none and no list at all are the same."""
    return {str(day).lower() for day in wanted or []} == {str(day).lower() for day in shown or []}


def _field(option: str, name: str, same: compare.Rule = compare.equal, **rest: t.Any) -> Field:
    return Field(option, create=name, update=name, read=member(name), same=same, **rest)


class ServerGroupScheduledActivity(WithDuplicates, _shared.OfGroup):
    """One activity of one group: present with these properties, or absent."""

    title = "scheduled activity"
    result_key = "server_group_scheduled_activity"
    noun = "activity"
    rel, kind = "scheduledActivities", "scheduled activities"
    order = ("begin_date", "id")
    volatile = Declared.volatile | {
        "is_expired",
        "occurrence_count",
        "last_occurrence_date",
        "next_occurrence_date",
    }
    fields = (
        _field("type", "type"),
        _field("begin_date", "beginDateUTC", _same_moment, write=_writer("begin_date")),
        _field("status", "status"),
        _field("time_zone_offset", "timeZoneOffset", _same_offset, write=_written_offset),
        _field("repeat", "repeat"),
        _field("custom_weekly_days", "customWeeklyDays", _same_days),
        _field("expire", "expire"),
        _field("expire_count", "expireCount", compare.number),
        _field("expire_date", "expireDateUTC", _same_moment, write=_writer("expire_date")),
    )

    @property
    def told(self) -> str:
        group = self.group_label
        if self.task.option("id"):
            return f"{self.title} {self.task.option('id')} of {group}"
        return f"{self.title} {self.task.option('type')} at {_told_moment(self.task.option('begin_date'))} of {group}"

    def held(self) -> str | None:
        """Two tasks that find the same activity missing would both create it; a group is spelled in many ways."""
        return f"{self.kind} of {self.task.account}"

    # Finding

    def find(self) -> None:
        self.find_place()
        own_id = self.task.option("id")
        if own_id is None and self.done and self.entity is not None and self.task.state != "absent":
            own_id = self.entity.get("id")
        if own_id is not None:
            self.take(self._read_one(str(own_id)))
        else:
            self.take(self._alike())

    def _alike(self) -> list[Entity]:
        """Return the activities that type and begin_date mean: none, or one with its copies, sorted by id."""
        kind, begin = self.task.option("type"), _writer("begin_date")(self.task.option("begin_date"))
        same = [one for one in self._read_all() if one["type"] == kind and _same_moment(begin, one["beginDateUTC"])]
        same.sort(key=lambda one: str(one["id"]))
        if self.task.state != "absent" and len(same) > 1:
            same = [one for one in same if not changes_of(self.fields, one, self._given)] or same
        if any(changes_of(self.fields, one, self._like(same[0])) for one in same[1:]):
            self.raise_different(same, "the group has")
        return same

    def _given(self, one: Field) -> t.Any:
        """Return what the task itself says of a property, without what a new activity has."""
        return super().wanted(one)

    @staticmethod
    def _like(entity: Entity) -> t.Callable[[Field], t.Any]:
        """Return what wants an activity to be as another one is."""
        return lambda one: one.read(entity) if one.read else None

    # Wanting

    def wanted(self, one: Field) -> t.Any:
        value = self._given(one)
        if value is None and self.entity is None:
            return _AT_CREATION.get(one.option)
        return value

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return super().plan()
        if self.entity is None and self.task.option("id"):
            raise problems.no_such_id(self.told, "id", self.task.option("id"))
        self._refuse_contradictions()
        steps = super().plan()
        if steps and len(self.copies) > 1:
            raise LookupFailed(
                f"the group has {len(self.copies)} equal ones, and the others would go on as they are: "
                + listed(str(one["id"]) for one in self.copies),
                action="change",
                thing=self.told,
                remedy="Give the id, or remove all of them with state absent first.",
            )
        return steps

    def _refuse_contradictions(self) -> None:
        """Raise ConfigurationError where days, count or date lack their rule, or a rule lacks them."""
        values = {str(one.create): self.wanted(one) for one in self.fields}
        given = {name: value for name, value in values.items() if value not in (None, [])}
        whole = {**(self.entity or {}), **given}
        for name, (rule, word, option) in _DEPENDING.items():
            if given.get(rule) == word and whole.get(name) in (None, []):
                cause, remedy = f"{rule} is {word}, and {option} not given", f"Give {option}."
            elif whole.get(rule) != word and name in given:
                cause, remedy = f"{option} counts with {rule} {word} only", f"Give {rule}, or leave {option} out."
            else:
                continue
            raise ConfigurationError(cause, action="set", thing=self.told, remedy=remedy)

    # Doing

    def path_of(self, entity: Entity) -> str:
        return paths.SCHEDULED_ACTIVITY.below(self.path(), entity["id"])

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(self.path(), body)

    def update(self, changes: Entity) -> Answer:
        return self.task.client.put(self.path_of(self.existing), self._whole(changes))

    def _whole(self, changes: Entity) -> Entity:
        """Return the activity as a request: what was read, with the changes, without what does not count any more."""
        names = [str(one.create) for one in self.fields]
        whole = {**filled(self.existing, names), **changes}
        whole["timeZoneOffset"] = _told_offset(whole["timeZoneOffset"] or _AT_CREATION["time_zone_offset"])
        left_out = [name for name, (rule, word, _option) in _DEPENDING.items() if whole[rule] != word]
        return {name: value for name, value in whole.items() if value is not None and name not in left_out}

    # Telling

    def predicted(self, body: Entity) -> Entity:
        return {**body, "occurrenceCount": 0}

    def apply(self, entity: Entity, changes: Entity) -> None:
        whole = self._whole(changes)
        entity.update({str(one.create): whole.get(str(one.create)) for one in self.fields})
        entity.update(isExpired=None, nextOccurrenceDateUTC=None)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return an activity: moments in UTC and whole seconds, the offset as [-]hh:mm, days always a list."""
        return {
            "id": entity.get("id"),
            **self.group_keys(),
            "type": entity.get("type"),
            "begin_date": _told_moment(entity.get("beginDateUTC")),
            "status": entity.get("status"),
            "time_zone_offset": _told_offset(entity.get("timeZoneOffset")),
            "repeat": entity.get("repeat"),
            "custom_weekly_days": list(entity.get("customWeeklyDays") or []),
            "expire": entity.get("expire"),
            "expire_count": entity.get("expireCount"),
            "expire_date": _told_moment(entity.get("expireDateUTC")),
            "is_expired": entity.get("isExpired"),
            "occurrence_count": entity.get("occurrenceCount"),
            "last_occurrence_date": _told_moment(entity.get("lastOccurrenceDateUTC")),
            "next_occurrence_date": _told_moment(entity.get("nextOccurrenceDateUTC")),
            "change_info": change_info(entity),
        }

    # Reading

    def select(self) -> list[Entity]:
        own_id = self.task.option("id")
        return self._read_all() if own_id is None else self._read_one(str(own_id))

    def _read_all(self) -> list[Entity]:
        """Read the activities of the group; none for a group that cannot have any. One request."""
        answer = self.follow()
        return list(answer.body or []) if answer else []

    def _read_one(self, own_id: str) -> list[Entity]:
        """Read one activity of the group; none if there is none of this id. One request."""
        if self.place is None or links.href_of(self.place.group, self.rel) is None:
            return []
        found = self.task.read(self.path_of({"id": own_id}))
        return [] if found is None else [found]


found_activities = ServerGroupScheduledActivity.gather
