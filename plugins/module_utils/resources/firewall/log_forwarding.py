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

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, NotFound
from ...api.jobs import Queued
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, member
from ...kit.task import Task
from ..account import job_of, require_data_center

_AT_OFF = "tcp"  # what is sent as protocol where none is known, since the service wants one


def _field(option: str, name: str) -> Field:
    return Field(option, create=name, update=name, read=member(name), same=compare.caseless, required=True)


class LogForwarding(Declared):
    """The setting: on with this address and protocol, or off."""

    title = "log forwarding"
    result_key = "log_forwarding"
    # How long a new setting takes is not known; claims of networks, their nearest kin, took up to six minutes.
    lag = 900.0
    assigned = None
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

    def create(self, body: Entity) -> Answer:
        # The path itself may be a 404 while forwarding is off, so after a lost answer the networks are what can be read.
        return self.task.client.put(
            _path(self.task), body, probe=paths.NETWORKS(self.task.account, self.task.data_center)
        )

    def update(self, changes: Entity) -> Answer:
        return self.create({**self.existing, **changes})

    def remove(self) -> Answer:
        return self.create({"protocol": self.existing.get("protocol") or _AT_OFF})

    def parse_created(self, answer: Answer) -> Queued:
        return self._parse(answer)

    def parse_updated(self, answer: Answer) -> Queued:
        return self._parse(answer)

    def parse_deleted(self, answer: Answer) -> Queued:
        return self._parse(answer)

    def _parse(self, answer: Answer) -> Queued:
        if self.task.wait or not isinstance(answer.body, dict) or not answer.body.get("operationID"):
            return Queued()
        return Queued([job_of(self.task, str(answer.body["operationID"]))])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return {
            "data_center": self.task.data_center,
            "remote_address": entity.get("remoteAddress"),
            "protocol": entity.get("protocol"),
        }


def _path(task: Task) -> str:
    return paths.LOG_FORWARDING(task.account, task.data_center)


def _read(task: Task) -> Entity | None:
    """Read the setting; None while forwarding is off. One request."""
    try:
        body = task.client.get(_path(task)).body
    except NotFound:
        require_data_center(task, task.data_center)
        return None
    return (
        {name: body.get(name) for name in ("remoteAddress", "protocol")} if (body or {}).get("remoteAddress") else None
    )


def found_log_forwardings(task: Task) -> list[dict[str, t.Any]]:
    """Return the setting of the data center; none while forwarding is off."""
    entity = _read(task)
    return [] if entity is None else [LogForwarding(task).to_result(entity)]
