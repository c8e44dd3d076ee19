# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies from one data center to another: one network on each side, no ports, enabled or disabled.

API behavior (network.yaml): request and response name the destination differently; responses have codes and aliases in lower
case. Only enabled can be updated, with the query of a PUT without a body. Code in common with policies within a data center
is in _shared.py.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.naming import with_keys
from ...kit.resource import Entity, Field, member, plain_field
from ._shared import Family, Policy, to_cidr, upper_code


def _network_field(option: str, name: str) -> Field:
    def write(value: t.Any) -> str:
        return to_cidr(option, value)

    return plain_field(option, name, updatable=False, matches=compare.network, write=write)


def _code_field(option: str, create: str, read: str) -> Field:
    return Field(
        option,
        create=create,
        getter=member(read),
        matches=compare.case_insensitive,
        write=lambda value: str(value).upper(),
    )


class CrossDataCenterFirewallPolicy(Policy):
    """A policy between data centers, identified by its id or its two endpoints."""

    title = "cross data center firewall policy"
    result_key = "cross_data_center_firewall_policy"
    family = Family(paths.CROSS_DATA_CENTER_FIREWALL_POLICIES, paths.CROSS_DATA_CENTER_FIREWALL_POLICY)
    identity_options = ("source_cidr", "destination_account", "destination_data_center", "destination_cidr")
    fields = (
        _network_field("source_cidr", "sourceCidr"),
        _code_field("destination_account", "destinationAccountId", "destinationAccount"),
        _code_field("destination_data_center", "destinationLocationId", "destinationLocation"),
        _network_field("destination_cidr", "destinationCidr"),
        plain_field("enabled"),
    )

    def endpoints(self) -> str:
        source, account, data_center, destination = (self.desired_value(field) for field in self.fields[:4])
        return f"from {source} to {destination} of {account} in {data_center}"

    def desired_value(self, field: Field) -> t.Any:
        """Return the desired value. The service requires enabled for a new policy; it defaults to true."""
        value = super().desired_value(field)
        return True if value is None and field.option == "enabled" and self.entity is None else value

    def send_update(self, entity: Entity, changes: Entity) -> ApiResponse:
        enabled = "true" if changes["enabled"] else "false"
        return self.task.client.request("PUT", self.path_of(entity), params={"enabled": enabled})

    def predicted(self, body: Entity) -> Entity:
        return {
            **body,
            "destinationAccount": body.get("destinationAccountId"),
            "destinationLocation": body.get("destinationLocationId"),
        }

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return the result of a policy, with codes and aliases in upper case."""
        return {
            **with_keys(entity, ("id", "status", "enabled")),
            "source_account": upper_code(self.task.account),
            "data_center": self.task.data_center,
            "source_cidr": entity.get("sourceCidr"),
            "destination_account": upper_code(entity.get("destinationAccount")),
            "destination_data_center": upper_code(entity.get("destinationLocation")),
            "destination_cidr": entity.get("destinationCidr"),
        }


gather_policies = CrossDataCenterFirewallPolicy.gather
