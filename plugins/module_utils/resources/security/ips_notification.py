# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notification destinations of a server's IPS agent.

API behavior (intrusion-prevention.yaml): one request sets the whole list, which must not be empty, and another clears it; there is
none for a single destination. Properties that a type of destination does not use may be null, empty, or missing in responses.
Responses may also contain an interval code, whose name is uncertain; it cannot be set.

Not specified by the contract; design decision: 404 means that the server has no agent or does not exist.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ...api.errors import NoSuchResource
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import NO_AGENT, _shared

_SYSLOG_PROPERTIES = {"ip_address": "ipAddress", "udp_port": "udpPort", "facility": "facility"}


def same_destinations(desired: t.Any, actual: t.Any) -> bool:
    """Compare destinations in any order; types are case-insensitive, and unused properties may be null, empty, or missing."""
    return _destination_keys(desired) == _destination_keys(actual)


def _destination_keys(destinations: t.Any) -> set[t.Any]:
    return {
        (
            str(item["typeCode"]).upper(),
            str(item.get("url") or ""),
            str(item.get("emailAddress") or "").lower(),
            _syslog_key(item.get("sysLogSettings") or {}),
        )
        for item in destinations or []
    }


def _syslog_key(settings: t.Mapping[str, t.Any]) -> tuple[str, int, int]:
    """Return syslog settings for a comparison, with numbers as numbers; the documentation has them as strings."""
    address = str(settings.get("ipAddress") or "")
    try:
        address = str(ipaddress.ip_address(address))
    except ValueError:
        address = address.lower()
    return address, int(settings.get("udpPort") or 0), int(settings.get("facility") or 0)


def _to_api(destination: t.Mapping[str, t.Any]) -> Entity:
    """Return a destination for a request, without the properties that its type does not use."""
    syslog = destination.get("syslog_settings")
    properties = {
        "typeCode": str(destination["type"]).upper(),
        "url": destination.get("url"),
        "emailAddress": destination.get("email_address"),
        "sysLogSettings": syslog and {name: syslog[option] for option, name in _SYSLOG_PROPERTIES.items()},
    }
    return {name: value for name, value in properties.items() if value}


class IpsNotification(Resource):
    """All destinations of a server, as a list that may be empty."""

    title = "IPS notifications"
    identified_by = (("server_id",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.destinations: list[Entity] | None = None

    @property
    def _name(self) -> str:
        """The server's id in lower case."""
        return str(self.task.option("server_id")).lower()

    @property
    def label(self) -> str:
        return f"the IPS notifications of server {self._name}"

    def find(self) -> None:
        self.destinations = _shared.read_notifications(self.task, self._name)
        if self.destinations is None and self.task.state != "absent":
            self.task.raise_missing(
                NoSuchResource(
                    f"server {self._name} has no IPS agent",
                    action="find",
                    target=self.label,
                    help_text="Install it with ips_agent, or check server_id and account_alias.",
                    requested=NO_AGENT,
                )
            )

    def plan(self) -> list[Step]:
        is_absent = self.task.state == "absent"
        desired = [] if is_absent else [_to_api(item) for item in self.task.option("destinations")]
        if same_destinations(desired, self.destinations):
            return []
        return [self._set_step(desired) if desired else self._delete_step()]

    def _set_step(self, desired: list[Entity]) -> Step:
        return Step(
            "set",
            self.label,
            send=lambda: self.task.client.put(self._path(), desired, service=_shared.SERVICE),
            predict=lambda: self._predict(desired),
            identity=self.identity,
            effect="changed" if self.destinations else "created",
            parse=lambda response: QueueResult(),
        )

    def _delete_step(self) -> Step:
        return Step(
            "remove",
            self.label,
            send=self._remove,
            predict=lambda: self._predict([]),
            identity=self.identity,
            effect="removed",
            parse=lambda response: QueueResult(),
        )

    def _remove(self) -> ApiResponse:
        return self.task.client.delete(self._path(), service=_shared.SERVICE, is_deleted=lambda body: not body)

    def _path(self) -> str:
        return _shared.notifications_path(self.task, self._name)

    def _predict(self, destinations: list[Entity]) -> None:
        self.destinations = destinations

    def show(self) -> dict[str, t.Any]:
        return {"ips_notification": to_result(self._name, self.destinations or [])}


def to_result(server_id: str | None, destinations: t.Iterable[Entity]) -> dict[str, t.Any]:
    """Return the notifications of a server in result format, in the order of the service."""
    return {"server_id": server_id, "destinations": [_destination_to_result(item) for item in destinations]}


def _destination_to_result(destination: Entity) -> dict[str, t.Any]:
    settings = destination.get("sysLogSettings")
    syslog = {option: settings.get(name) for option, name in _SYSLOG_PROPERTIES.items()} if settings else None
    return {
        "type": str(destination["typeCode"]).lower(),
        "url": destination.get("url") or None,
        "email_address": destination.get("emailAddress") or None,
        "syslog_settings": syslog,
        # One client reads it under a name without the last letter.
        "interval_code": destination.get("intervalCode") or destination.get("IntervalCod") or None,
    }


def gather_notifications(task: Task) -> list[dict[str, t.Any]]:
    """Return the notifications of a server; an empty list if it has no agent or does not exist. Sends one request."""
    name = str(task.option("server_id")).lower()
    destinations = _shared.read_notifications(task, name)
    return [] if destinations is None else [to_result(name, destinations)]
