# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secondary networks of servers: each has a network adapter in addition to the primary one, with one IP address.

API behavior (compute.yaml, addServerNetwork): at most three secondary adapters; the service returns their IP addresses but not
their networks, so an adapter is identified by the network that contains its address. A second adapter in a network is rejected.

Design decision: one adapter of a server at a time, since the behavior of the service for two at once is unknown.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError
from ...kit.predicted import is_placeholder, new_id, reference
from ...kit.resource import Entity
from ...kit.steps import Step
from ...kit.task import Task
from ..network import find_network
from . import result as server_result
from ._shared import related_path

# An entry of the option secondary_networks.
NetworkOption = t.Mapping[str, t.Any]


class Adapters:
    """The secondary adapters of a task. Remembers predicted adapters, whose addresses may be unknown."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._predicted: dict[tuple[int, str], Entity] = {}

    def steps(self, server: Entity) -> list[Step]:
        """Return the next adapter to add to or remove from one active server, if any."""
        for option in self._task.option("secondary_networks") or []:
            network = self._find_network(option, str(server["locationId"]).upper())
            step = self._step(server, option, network)
            if step is not None:
                return [step]
        return []

    def _find_network(self, option: NetworkOption, data_center: str) -> Entity:
        """Return the network of an entry; in check mode a network that is not claimed yet has no addresses."""
        name_or_id = str(option["network"])
        missing = {"id": reference(self._task, "network", name_or_id), "name": name_or_id, "cidr": None}
        return self._task.resolve_reference(lambda: find_network(self._task, data_center, name_or_id), missing)

    def _step(self, server: Entity, option: NetworkOption, network: Entity) -> Step | None:
        adapter = self._adapter(server, network)
        if option.get("state") == "absent":
            self._check_not_primary(server, network)
            return self._remove_step(server, network, adapter) if adapter is not None else None
        if adapter is None:
            return None if _is_primary(server, network) else self._add_step(server, option, network)
        address = adapter.get("internal")
        if option.get("ip_address") and address and address != option["ip_address"]:
            raise InvalidTaskError(
                f"its IP address {address} cannot be changed to {option['ip_address']}",
                action="update",
                target=f"network {network['name']} of {server_result.label([server])}",
                help_text="Remove the network from the server first, in another task.",
            )
        return None

    def _adapter(self, server: Entity, network: Entity) -> Entity | None:
        """Return the secondary IP address that is in a network, or None."""
        addresses = server_result.details(server).get("secondaryIPAddresses") or []
        predicted = self._predicted.get((id(server), str(network["id"])))
        return next(
            (entry for entry in addresses if entry is predicted or contains(network, entry.get("internal"))), None
        )

    @staticmethod
    def _check_not_primary(server: Entity, network: Entity) -> None:
        if _is_primary(server, network):
            raise InvalidTaskError(
                "it is the primary network",
                action="remove",
                target=f"network {network['name']} of {server_result.label([server])}",
                help_text="Only secondary networks can be removed.",
            )

    def _add_step(self, server: Entity, option: NetworkOption, network: Entity) -> Step:
        address = option.get("ip_address")
        body = {"networkId": network["id"], **({"ipAddress": address} if address else {})}

        def predict() -> None:
            entry = {"internal": address or new_id(self._task, "secondary-address", server["id"], network["id"])}
            self._predicted[id(server), str(network["id"])] = entry
            server["details"].setdefault("secondaryIPAddresses", []).append(entry)

        return Step(
            "add_network",
            server_result.label([server]),
            send=lambda: self._task.client.post(related_path(self._task, server, "networks"), body),
            predict=predict,
            target_ids=server_result.target_ids(server),
            properties=[str(network["id"])],
            phrase=f"add network {network['name']} to",
        )

    def _remove_step(self, server: Entity, network: Entity, adapter: Entity) -> Step:
        return Step(
            "remove_network",
            server_result.label([server]),
            send=lambda: self._task.client.delete(
                paths.SERVER_NETWORK.below(related_path(self._task, server, "networks"), network["id"]),
                verify_path=related_path(self._task, server),
            ),
            predict=lambda: server["details"]["secondaryIPAddresses"].remove(adapter),
            target_ids=server_result.target_ids(server),
            properties=[str(network["id"])],
            phrase=f"remove network {network['name']} from",
        )


def _is_primary(server: Entity, network: Entity) -> bool:
    addresses = server_result.details(server).get("ipAddresses") or []
    return any(contains(network, entry.get("internal")) for entry in addresses)


def contains(network: Entity, address: t.Any) -> bool:
    """Return whether an address is in a network; not in one that has no addresses yet, and no address that is a placeholder."""
    if not address or not network.get("cidr") or is_placeholder(address):
        return False
    return ipaddress.ip_address(str(address)) in ipaddress.ip_network(str(network["cidr"]), strict=False)
