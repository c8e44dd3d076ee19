# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run packages of the control portal on servers.

API behavior (compute.yaml, executePackage): not idempotent; every request runs the package again, and the service does not report
which packages have run on a server; parameters are strings by the package's own names; no operation lists packages.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.responses import ApiResponse
from ...kit import problems
from ...kit.lookup import format_list
from ...kit.resource import Action, Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from . import targets as server_targets
from ._shared import post_batch


def parameters_to_api(parameters: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Return the parameters of a package as strings; booleans as true and false.

    Raises InvalidTaskError, without the values, for null values, maps, and lists.
    """
    invalid = sorted(
        str(name) for name, value in parameters.items() if value is None or isinstance(value, (dict, list))
    )
    if invalid:
        raise problems.invalid_option(
            "parameters",
            f"{format_list(invalid)} {'is not a string' if len(invalid) == 1 else 'are not strings'}",
            "Specify a string for each parameter; omit parameters without a value.",
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
        """Read the servers once, since reads do not return what a package has done."""
        if self.servers is None:
            self.servers = server_targets.read_targets(self.task)

    def steps(self) -> list[Step]:
        servers = self.servers or []
        if not servers:
            return []
        server_targets.require_active("run a package on", servers)
        return [
            Step(
                "run_package",
                server_result.label(servers),
                send=lambda: self._send(servers),
                predict=lambda: None,
                phrase=f"run package {self.task.option('package_id')} on",
                target_ids=tuple(server_targets.id_of(server) for server in servers),
            )
        ]

    def _send(self, servers: list[Entity]) -> ApiResponse:
        parameters = parameters_to_api(_parameters(self.task))
        return run_package(self.task, servers, str(self.task.option("package_id")), parameters)

    def show(self) -> dict[str, t.Any]:
        """Return the names of parameters only, since their values may be passwords."""
        return {
            "server_package": {
                "package_id": self.task.option("package_id"),
                "server_ids": [server_targets.id_of(server) for server in self.servers or []],
                "parameter_names": sorted(_parameters(self.task)),
            }
        }


def run_package(task: Task, servers: list[Entity], package_id: str, parameters: t.Mapping[str, str]) -> ApiResponse:
    """Send the request that runs a package on servers."""
    package = {"packageId": package_id, "parameters": dict(parameters)}
    return post_batch(task, "executePackage", {"servers": server_targets.batch_ids(servers), "package": package})


def check_parameters(task: Task) -> None:
    """Validate the parameters before anything is read. Raises InvalidTaskError."""
    parameters_to_api(_parameters(task))
