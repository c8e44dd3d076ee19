# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies from one data center to another: one network on each side, no ports, on or off.

Facts (contract network.yaml): request and answer name the destination in different words; answers have codes and aliases in
lower case. Only enabled can be changed, by the query of a put without a body. See firewall_parts for what the policies inside
a data center share.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...kit import compare
from ...kit.declaration import Entity, Field, member
from ...kit.shape import filled
from ._shared import Family, Policy, code, written_network


def _network(option: str, name: str) -> Field:
    def write(value: t.Any) -> str:
        return written_network(option, value)

    return Field(option, create=name, read=member(name), same=compare.network, write=write)


def _coded(option: str, create: str, read: str) -> Field:
    return Field(
        option, create=create, read=member(read), same=compare.caseless, write=lambda value: str(value).upper()
    )


class CrossDataCenterFirewallPolicy(Policy):
    """One policy between data centers, known by its id or by its two ends."""

    title = "cross data center firewall policy"
    result_key = "cross_data_center_firewall_policy"
    family = Family(paths.CROSS_DATA_CENTER_FIREWALL_POLICIES, paths.CROSS_DATA_CENTER_FIREWALL_POLICY)
    naming = ("source_cidr", "destination_account", "destination_data_center", "destination_cidr")
    fields = (
        _network("source_cidr", "sourceCidr"),
        _coded("destination_account", "destinationAccountId", "destinationAccount"),
        _coded("destination_data_center", "destinationLocationId", "destinationLocation"),
        _network("destination_cidr", "destinationCidr"),
        Field("enabled", create="enabled", update="enabled", read=member("enabled")),
    )

    def ends(self) -> str:
        source, account, center, destination = (self._given(one) for one in self.fields[:4])
        return f"from {source} to {destination} of {account} in {center}"

    def wanted(self, one: Field) -> t.Any:
        """A new policy needs a word on whether it is in force; it is, where the task does not say."""
        value = super().wanted(one)
        return True if value is None and one.option == "enabled" and self.entity is None else value

    def change(self, entity: Entity, changes: Entity) -> Answer:
        enabled = "true" if changes["enabled"] else "false"
        return self.task.client.request("PUT", self.path_of(entity), params={"enabled": enabled})

    def predicted(self, body: Entity) -> Entity:
        return {
            **body,
            "destinationAccount": body["destinationAccountId"],
            "destinationLocation": body["destinationLocationId"],
        }

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy as results have it: codes and aliases in upper case."""
        return {
            **filled(entity, ("id", "status", "enabled")),
            "source_account": code(self.task.account),
            "data_center": self.task.data_center,
            "source_cidr": entity.get("sourceCidr"),
            "destination_account": code(entity.get("destinationAccount")),
            "destination_data_center": code(entity.get("destinationLocation")),
            "destination_cidr": entity.get("destinationCidr"),
        }


found_policies = CrossDataCenterFirewallPolicy.gather
