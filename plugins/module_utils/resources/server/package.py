# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Packages of the control portal, run on servers.

Facts (contract compute.yaml, executePackage): never idempotent, every call runs the package again, and nothing tells afterwards
which packages a server has; parameters are texts by the package's own names; there is no call that lists packages.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit.declaration import Action, Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import targets as server_targets
from ._shared import post_batch


def texts(parameters: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Write the parameters of a package as the service takes them; what YAML made a boolean is written as YAML does.

    Raises ConfigurationError, without their values, for those that cannot be written as one text.
    """
    unfit = sorted(str(name) for name, value in parameters.items() if value is None or isinstance(value, (dict, list)))
    if unfit:
        raise ConfigurationError(
            f"{', '.join(unfit)} is not a text",
            action="use",
            thing="parameters",
            remedy="The service takes one text for each parameter; leave out those without a value.",
        )
    return {
        str(name): str(value).lower() if isinstance(value, bool) else str(value) for name, value in parameters.items()
    }


def _parameters(task: Task) -> dict[str, t.Any]:
    return dict(task.option("parameters") or {})


class ServerPackage(Action):
    """One run of one package on all servers of the task, in one request."""

    title = "package"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] | None = None

    def find(self) -> None:
        """Read the servers once: what a package does to them is not shown."""
        if self.servers is None:
            self.servers = server_targets.read_named(self.task)

    def steps(self) -> list[Step]:
        servers = self.servers or []
        if not servers:
            return []
        server_targets.refuse_inactive("run a package on", servers)
        return [
            Step(
                "run_package",
                server_targets.told(servers),
                send=lambda: self._send(servers),
                predict=lambda: None,
                phrase=f"run package {self.task.option('package_id')} on",
                target_ids=tuple(server_targets.id_of(one) or "" for one in servers),
            )
        ]

    def _send(self, servers: list[Entity]) -> Answer:
        values = texts(_parameters(self.task))
        return run_package(self.task, servers, str(self.task.option("package_id")), values)

    def show(self) -> dict[str, t.Any]:
        """The values of parameters are left out: passwords are among them."""
        return {
            "server_package": {
                "package_id": self.task.option("package_id"),
                "server_ids": [server_targets.id_of(one) for one in self.servers or []],
                "parameter_names": sorted(_parameters(self.task)),
            }
        }


def run_package(task: Task, servers: list[Entity], package_id: str, parameters: t.Mapping[str, str]) -> Answer:
    """Send the request that runs a package on servers."""
    package = {"packageId": package_id, "parameters": dict(parameters)}
    return post_batch(task, "executePackage", {"servers": server_targets.sent_ids(servers), "package": package})


def check_parameters(task: Task) -> None:
    """Refuse parameters that cannot be written as a text, before anything is read."""
    texts(_parameters(task))
