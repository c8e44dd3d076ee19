# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secondary networks of servers: each an adapter beside the primary one, with one address in its network.

Facts (contract compute.yaml, addServerNetwork): three secondary adapters at most; which networks they are in is not shown, only
their addresses, so an adapter is known by the network that its address lies in. A network that has an adapter already is refused.

Decided here: one adapter of a server at a time, since what the service does with two at once is not known.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ...api import paths
from ...api.errors import ConfigurationError
from ...kit.declaration import Entity
from ...kit.steps import Step
from ...kit.task import Task
from ..network import find_network
from . import result as server_result
from ._shared import path_to

Wanted = t.Mapping[str, t.Any]


class Adapters:
    """The secondary adapters that a task wants; remembers what was predicted, of which no address is known."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._foreseen: dict[tuple[int, str], Entity] = {}

    def steps(self, server: Entity) -> list[Step]:
        """Return the next adapter to add to or remove from one active server, if any."""
        for one in self._task.option("secondary_networks") or []:
            found = self._network(one, str(server["locationId"]).upper())
            step = self._step(server, one, found)
            if step is not None:
                return [step]
        return []

    def _network(self, one: Wanted, data_center: str) -> Entity:
        """Return the network that is meant; in check mode one that is yet to be claimed has no addresses."""
        missing = {"id": str(one["network"]), "name": str(one["network"]), "cidr": None}
        return self._task.reference(lambda: find_network(self._task, data_center, str(one["network"])), missing)

    def _step(self, server: Entity, one: Wanted, found: Entity) -> Step | None:
        attached = self._attached(server, found)
        if one.get("state") == "absent":
            self._refuse_primary(server, found)
            return self._removal(server, found, attached) if attached is not None else None
        if attached is None:
            return None if _primary(server, found) else self._addition(server, one, found)
        address = attached.get("internal")
        if one.get("ip_address") and address and address != one["ip_address"]:
            raise ConfigurationError(
                f"it has the address {address} there, and that cannot be changed to {one['ip_address']}",
                action="change",
                thing=f"network {found['name']} of {server_result.told([server])}",
                remedy="Remove the network from the server first, by another task.",
            )
        return None

    def _attached(self, server: Entity, found: Entity) -> Entity | None:
        """Return the secondary address that lies in a network, or None."""
        shown = server_result.details(server).get("secondaryIPAddresses") or []
        foreseen = self._foreseen.get((id(server), str(found["id"])))
        return next((one for one in shown if one is foreseen or _inside(one.get("internal"), found)), None)

    @staticmethod
    def _refuse_primary(server: Entity, found: Entity) -> None:
        if _primary(server, found):
            raise ConfigurationError(
                "it is the primary one",
                action="remove",
                thing=f"network {found['name']} of {server_result.told([server])}",
                remedy="Only secondary networks can be removed.",
            )

    def _addition(self, server: Entity, one: Wanted, found: Entity) -> Step:
        body = {"networkId": found["id"], **({"ipAddress": one["ip_address"]} if one.get("ip_address") else {})}

        def predict() -> None:
            entry = {"internal": one.get("ip_address")}
            self._foreseen[id(server), str(found["id"])] = entry
            server["details"].setdefault("secondaryIPAddresses", []).append(entry)

        return Step(
            "add_network",
            server_result.told([server]),
            send=lambda: self._task.client.post(path_to(self._task, server, "networks"), body),
            predict=predict,
            target_ids=server_result.thing_of(server),
            properties=[str(found["id"])],
            phrase=f"add network {found['name']} to",
        )

    def _removal(self, server: Entity, found: Entity, attached: Entity) -> Step:
        return Step(
            "remove_network",
            server_result.told([server]),
            send=lambda: self._task.client.delete(
                paths.SERVER_NETWORK.below(path_to(self._task, server, "networks"), found["id"]),
                probe=path_to(self._task, server),
            ),
            predict=lambda: server["details"]["secondaryIPAddresses"].remove(attached),
            target_ids=server_result.thing_of(server),
            properties=[str(found["id"])],
            phrase=f"remove network {found['name']} from",
        )


def _primary(server: Entity, found: Entity) -> bool:
    return any(_inside(one.get("internal"), found) for one in server_result.details(server).get("ipAddresses") or [])


def _inside(address: t.Any, found: Entity) -> bool:
    if not address or not found.get("cidr"):
        return False
    return ipaddress.ip_address(str(address)) in ipaddress.ip_network(str(found["cidr"]), strict=False)
