# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the events of a server's IPS agent are sent.

Facts (contract intrusion-prevention.yaml): one call sets the whole list, which must not be empty, and another empties it; there
is none for a single destination. What a kind of destination does not use may be null, empty or absent in answers. Answers may
have a code of an interval besides, whose name is not certain; it cannot be set.

Left open by the contract, and decided here: 404 means that the server has no agent, or is not there.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ...api.answers import Answer
from ...api.errors import ConfigurationError, NotThere
from ...api.jobs import Queued
from ...kit.declaration import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_SYSLOG = {"ip_address": "ipAddress", "udp_port": "udpPort", "facility": "facility"}
_HIGHEST_PORT = 65535


def same_destinations(wanted: t.Any, shown: t.Any) -> bool:
    """The same destinations of notifications, whatever their order, the case of their kind, and how what is unset is written."""
    return _destinations(wanted) == _destinations(shown)


def _destinations(destinations: t.Any) -> set[t.Any]:
    return {
        (
            str(one["typeCode"]).upper(),
            str(one.get("url") or ""),
            str(one.get("emailAddress") or "").lower(),
            _syslog(one.get("sysLogSettings") or {}),
        )
        for one in destinations or []
    }


def _syslog(settings: t.Mapping[str, t.Any]) -> tuple[str, int, int]:
    """Return settings of syslog with numbers as numbers; the documentation quotes them."""
    address = str(settings.get("ipAddress") or "")
    try:
        address = str(ipaddress.ip_address(address))
    except ValueError:
        address = address.lower()
    return address, int(settings.get("udpPort") or 0), int(settings.get("facility") or 0)


def _sent(one: t.Mapping[str, t.Any]) -> Entity:
    """Write a destination as the service takes it, without the members that its kind does not use."""
    syslog = one.get("syslog_settings")
    members = {
        "typeCode": str(one["type"]).upper(),
        "url": one.get("url"),
        "emailAddress": one.get("email_address"),
        "sysLogSettings": syslog and {member: syslog[option] for option, member in _SYSLOG.items()},
    }
    return {name: value for name, value in members.items() if value}


class IpsNotification(Resource):
    """All destinations of one server: always a list, which may be empty."""

    title = "IPS notifications"
    named_by = (("server_id",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.destinations: list[Entity] | None = None

    @property
    def _name(self) -> str | None:
        """The server's id in lower case; null where a prediction of a new server has none yet."""
        given = self.task.option("server_id")
        return str(given).lower() if given else None

    @property
    def told(self) -> str:
        return f"the IPS notifications of server {self._name or 'that is yet to be made'}"

    def find(self) -> None:
        self.destinations = _shared.read_notifications(self.task, self._name) if self._name else None
        if self.destinations is None and self.task.state != "absent":
            self.task.raise_missing(
                NotThere(
                    f"server {self._name} has no IPS agent",
                    action="find",
                    thing=self.told,
                    remedy="Install it with ips_agent, and check server_id and account_alias.",
                )
            )

    def plan(self) -> list[Step]:
        wanted = [] if self.task.state == "absent" else [_sent(one) for one in self.task.option("destinations")]
        if same_destinations(wanted, self.destinations):
            return []
        return [self._setting(wanted) if wanted else self._removal()]

    def _setting(self, wanted: list[Entity]) -> Step:
        return Step(
            "set",
            self.told,
            send=lambda: self.task.client.put(self._path(), wanted, service=_shared.SERVICE),
            predict=lambda: self._foresee(wanted),
            identity=self.identity,
            effect="changed" if self.destinations else "created",
            read=lambda answer: Queued(),
        )

    def _removal(self) -> Step:
        return Step(
            "remove",
            self.told,
            send=self._remove,
            predict=lambda: self._foresee([]),
            identity=self.identity,
            effect="removed",
            read=lambda answer: Queued(),
        )

    def _remove(self) -> Answer:
        return self.task.client.delete(self._path(), service=_shared.SERVICE, done_when=lambda body: not body)

    def _path(self) -> str:
        return _shared.notifications_path(self.task, str(self._name))

    def _foresee(self, destinations: list[Entity]) -> None:
        self.destinations = destinations

    def show(self) -> dict[str, t.Any]:
        return {"ips_notification": shown(self._name, self.destinations or [])}


def shown(server_id: str | None, destinations: t.Iterable[Entity]) -> dict[str, t.Any]:
    """Return the notifications of a server as results have them, in the service's order."""
    return {"server_id": server_id, "destinations": [_shown(one) for one in destinations]}


def _shown(one: Entity) -> dict[str, t.Any]:
    settings = one.get("sysLogSettings")
    syslog = {option: settings.get(member) for option, member in _SYSLOG.items()} if settings else None
    return {
        "type": str(one["typeCode"]).lower(),
        "url": one.get("url") or None,
        "email_address": one.get("emailAddress") or None,
        "syslog_settings": syslog,
        # One client reads it by a name that lacks its last letter.
        "interval_code": one.get("intervalCode") or one.get("IntervalCod") or None,
    }


def found_notifications(task: Task) -> list[dict[str, t.Any]]:
    """Return the notifications of a server; nothing where it has no agent or is not there. One request."""
    name = str(task.option("server_id")).lower()
    destinations = _shared.read_notifications(task, name)
    return [] if destinations is None else [shown(name, destinations)]


def check_destinations(task: Task) -> None:
    """Refuse a port that cannot be, before anything is read."""
    for one in task.option("destinations") or []:
        port = (one.get("syslog_settings") or {}).get("udp_port")
        if port is not None and not 1 <= port <= _HIGHEST_PORT:
            raise ConfigurationError(
                f"{port} is not between 1 and {_HIGHEST_PORT}",
                action="use",
                thing="udp_port",
                remedy="Give the port that the syslog server listens on.",
            )
