# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding of network logs: one setting of an account in a data center, enabled or disabled.

API behavior (network.yaml): a PUT replaces the setting. A PUT without remoteAddress disables forwarding, but still requires
protocol. The response has an operationID, but no path to read the operation. Only accounts with a virtual firewall have log
forwarding.

Not specified by the contract; design decisions: A response without remoteAddress and a 404 both mean that forwarding is
disabled. The path of the operation is not documented, so a task that waits reads the setting until it has the new values. A
task that does not wait returns the operation with the path that operations of claims have, which is not verified.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import NotFound
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.resource import Entity, Field, plain_field
from ...kit.task import Task
from ..account import job_of, require_data_center

_DEFAULT_PROTOCOL = "tcp"  # sent to disable forwarding if no protocol is known, since the service requires one


def _field(option: str, name: str) -> Field:
    return plain_field(option, name, matches=compare.case_insensitive, required=True)


class LogForwarding(DeclaredResource):
    """The setting: enabled with an address and a protocol, or disabled."""

    title = "log forwarding"
    result_key = "log_forwarding"
    # How long an update takes is unknown; claims of networks, the most similar operation, took up to six minutes.
    consistency_timeout = 900.0
    assigned = None
    assigned_properties = ()
    fields = (_field("remote_address", "remoteAddress"), _field("protocol", "protocol"))

    @property
    def label(self) -> str:
        return f"{self.title} of {self.task.account} in {self.task.data_center}"

    def find(self) -> None:
        self.entity = _read(self.task)

    def desired_value(self, field: Field) -> t.Any:
        value = super().desired_value(field)
        if value == "":
            raise problems.invalid_option(field.option, "it is empty", "Set state to absent to disable forwarding.")
        return value

    def create(self, body: Entity) -> ApiResponse:
        # The path may return 404 while forwarding is disabled, so the list of networks verifies a lost response.
        return self.task.client.put(
            _path(self.task), body, verify_path=paths.NETWORKS(self.task.account, self.task.data_center)
        )

    def update(self, changes: Entity) -> ApiResponse:
        return self.create({**self.existing, **changes})

    def remove(self) -> ApiResponse:
        return self.create({"protocol": self.existing.get("protocol") or _DEFAULT_PROTOCOL})

    def parse_created(self, response: ApiResponse) -> QueueResult:
        return self._parse(response)

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return self._parse(response)

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return self._parse(response)

    def _parse(self, response: ApiResponse) -> QueueResult:
        if self.task.wait or not isinstance(response.body, dict) or not response.body.get("operationID"):
            return QueueResult()
        return QueueResult([job_of(self.task, str(response.body["operationID"]))])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return {
            "data_center": self.task.data_center,
            "remote_address": entity.get("remoteAddress"),
            "protocol": entity.get("protocol"),
        }


def _path(task: Task) -> str:
    return paths.LOG_FORWARDING(task.account, task.data_center)


def _read(task: Task) -> Entity | None:
    """Read the setting; None while forwarding is disabled. Sends one request."""
    try:
        body = task.client.get(_path(task)).body
    except NotFound:
        require_data_center(task, task.data_center)
        return None
    return (
        {name: body.get(name) for name in ("remoteAddress", "protocol")} if (body or {}).get("remoteAddress") else None
    )


def gather_log_forwardings(task: Task) -> list[dict[str, t.Any]]:
    """Return the setting of the data center; an empty list while forwarding is disabled."""
    entity = _read(task)
    return [] if entity is None else [LogForwarding(task).to_result(entity)]
