# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public IP addresses of a fleet: adds one to each server that has none.

Existing addresses are not updated; the module public_ip does that.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...kit.predicted import new_id
from ...kit.resource import Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import public_ip
from . import result as server_result
from ._shared import related_path


def steps(task: Task, server: Entity) -> list[Step]:
    """Return the step that adds a public IP address if the task specifies one and an active server has none.

    It is mapped to the primary internal address, or to a new one that the service assigns if the task says so.
    """
    options = task.option("public_ip")
    if options is None or server_result.public_addresses(server):
        return []
    entries = server_result.details(server).get("ipAddresses") or []
    body = public_ip.body_for(options)
    is_new = options.get("internal_ip") == public_ip.NEW
    internal = None if is_new else server_result.primary_address(server)
    if internal:
        body["internalIPAddress"] = internal

    def predict() -> None:
        public = new_id(task, "public-ip", server_result.server_id(server))
        added = {"internal": internal or new_id(task, "private-ip", server_result.server_id(server)), "public": public}
        server["details"]["ipAddresses"] = [*entries, added] if is_new else [added, *entries[1:]]

    return [
        Step(
            "add_public_ip",
            server_result.label([server]),
            send=lambda: task.client.post(related_path(task, server, "publicIPAddresses"), body),
            predict=predict,
            target_ids=server_result.target_ids(server),
            phrase="add a public IP address to",
        )
    ]
