# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding of network logs: one setting of an account in a data center, on or off.

Facts (contract network.yaml): a put replaces the setting, protocol being required even to switch forwarding off, which is done by
leaving remoteAddress out. The answer has an operationID and no address where it could be read. Only accounts with a virtual
firewall have log forwarding.

Left open by the contract, and decided here: an answer without remoteAddress and a 404 both mean that forwarding is off. Where
the operation is tracked is not documented, so a task that waits reads the setting until it shows what was sent; one that does
not wait names the operation at the place where those of claims are, which is not verified.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.answers import Answer
from ..api.errors import ConfigurationError, NotFound
from ..api.jobs import Queued
from ..kit import compare
from ..kit.declaration import Declared, Entity, Field, Step, member
from ..kit.task import Task
from . import data_center, network
from .job import job_of

_AT_OFF = "tcp"  # what is sent as protocol where none is known, since the service wants one


def _field(option: str, name: str) -> Field:
    return Field(option, create=name, update=name, read=member(name), same=compare.caseless)


class LogForwarding(Declared):
    """The setting: on with this address and protocol, or off."""

    title = "log forwarding"
    # How long a new setting takes is not known; claims of networks, their nearest kin, took up to six minutes.
    lag = 900.0
    fields = (_field("remote_address", "remoteAddress"), _field("protocol", "protocol"))

    @property
    def told(self) -> str:
        return f"{self.title} of {self.task.account} in {self.task.data_center}"

    def find(self) -> None:
        self.entity = _read(self.task)

    def wanted(self, one: Field) -> t.Any:
        value = super().wanted(one)
        if value == "":
            raise ConfigurationError(
                f"{one.option} is empty", action="set", thing=self.told, remedy="Use state absent to switch it off."
            )
        return value

    def _creation(self) -> Step:
        lacking = [one.option for one in self.fields if self.wanted(one) is None]
        if lacking:
            raise ConfigurationError(
                f"it is off, and {' and '.join(lacking)} not given",
                action="switch on",
                thing=self.told,
                remedy="Give remote_address and protocol.",
            )
        return super()._creation()

    def create(self, body: Entity) -> Answer:
        # The path itself may be a 404 while forwarding is off, so after a lost answer the networks are what can be read.
        return self.task.client.put(_path(self.task), body, probe=network.path(self.task))

    def update(self, changes: Entity) -> Answer:
        return self.create({**self.existing, **changes})

    def remove(self) -> Answer:
        return self.create({"protocol": self.existing.get("protocol") or _AT_OFF})

    def read_answer(self, step: Step, answer: Answer) -> Queued:
        if self.task.wait or not isinstance(answer.body, dict) or not answer.body.get("operationID"):
            return Queued()
        return Queued([job_of(self.task, str(answer.body["operationID"]))])

    def show(self) -> dict[str, t.Any]:
        return {"log_forwarding": shown(self.task, self.entity) if self.entity is not None else None}


def _path(task: Task) -> str:
    return f"{network.path(task)}/logging"


def _read(task: Task) -> Entity | None:
    """Read the setting; None while forwarding is off. One request."""
    try:
        body = task.client.get(_path(task)).body
    except NotFound:
        data_center.require(task, task.data_center)
        return None
    return (
        {name: body.get(name) for name in ("remoteAddress", "protocol")} if (body or {}).get("remoteAddress") else None
    )


def shown(task: Task, entity: Entity) -> dict[str, t.Any]:
    """Return the setting as results have it."""
    return {
        "data_center": task.data_center,
        "remote_address": entity.get("remoteAddress"),
        "protocol": entity.get("protocol"),
    }


def found_log_forwardings(task: Task) -> list[dict[str, t.Any]]:
    """Return the setting of the data center; none while forwarding is off."""
    entity = _read(task)
    return [] if entity is None else [shown(task, entity)]
