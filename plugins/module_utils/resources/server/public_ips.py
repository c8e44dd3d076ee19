# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public addresses that servers get with their creation: every server of a task has one at least.

What an address that is there lets in is left to the module public_ip.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...kit.declaration import Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import public_ip
from . import result as server_result
from ._shared import path_to


def steps(task: Task, server: Entity) -> list[Step]:
    """Return the request for a public address where the task wants one and an active server has none."""
    wanted = task.option("public_ip")
    if wanted is None or server_result.public_addresses(server):
        return []
    entries = server_result.details(server).get("ipAddresses") or []
    body = public_ip.body_for(wanted)
    thing = server_result.thing_of(server)
    internal = server_result.primary_address(server)
    if internal:
        body["internalIPAddress"] = internal

    def predict() -> None:
        server["details"]["ipAddresses"] = [{"internal": internal, "public": None}, *entries[1:]]

    return [
        Step(
            "add_public_ip",
            server_result.told([server]),
            send=lambda: task.client.post(path_to(task, server, "publicIPAddresses"), body),
            predict=predict,
            target_ids=thing,
            phrase="add a public address to",
        )
    ]
