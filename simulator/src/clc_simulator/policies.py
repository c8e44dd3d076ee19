# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies of an account and how they are found: alert, anti-affinity, vertical and horizontal autoscale.

Servers hold the ids of their policies themselves, so that a server that goes takes its mappings along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from clc_simulator import estate
from clc_simulator.accounts import Account
from clc_simulator.estate import Server
from clc_simulator.operations import Call
from clc_simulator.problems import invalid, unknown
from clc_simulator.seeds.errors import SeedError
from clc_simulator.seeds.planting import hashed
from clc_simulator.world import World, entity

Json = dict[str, Any]

NAMED = {"id": {"$ref": "#/$defs/id"}, "name": {"type": "string", "minLength": 1}}
"""What every policy of a seed may have; the id is made from the name where it is not given."""


@entity("alertPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """An alert policy; actions and triggers as they are shown."""

    id: str
    account: str
    name: str
    actions: list[dict[str, Any]]
    triggers: list[dict[str, Any]]


@entity("antiAffinityPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AntiAffinityPolicy:
    """An anti-affinity policy of a data center, whose code is in upper case."""

    id: str
    account: str
    name: str
    data_center: str


@entity("autoscalePolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AutoscalePolicy:
    """A vertical autoscale policy; shown are its members but id, name and links."""

    id: str
    account: str
    name: str
    shown: dict[str, Any]


@entity("horizontalAutoscalePolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class HorizontalAutoscalePolicy:
    """A horizontal autoscale policy; the members are whatever was sent, since none but the id is known."""

    id: str
    account: str
    members: dict[str, Any]

    @property
    def name(self) -> str:
        """The member name, where there is one."""
        return str(self.members.get("name", ""))


Policy = TypeVar("Policy", AlertPolicy, AntiAffinityPolicy, AutoscalePolicy, HorizontalAutoscalePolicy)


def find(call: Call, kind: type[Policy]) -> Policy:
    """Return the policy of the path. Raises Problem: an empty 404, as recorded for other resources."""
    found = _get(call.world, kind, call.alias, call.path["policyId"])
    if found is None:
        raise unknown()
    return found


def named(call: Call, kind: type[Policy], key: str, member: str) -> Policy:
    """Return the policy whose id a body gives as that member. Raises Problem (400) as for other wrong references."""
    found = _get(call.world, kind, call.alias, key)
    if found is None:
        raise invalid(member, f"The policy {key} does not exist.")
    return found


def _get(world: World, kind: type[Policy], alias: str, key: str) -> Policy | None:
    row = world[kind].get(key.lower())
    return row if row is not None and row.account == alias else None


def check_spread(row_type: str, data_center: str, policy: AntiAffinityPolicy, member: str) -> None:
    """Refuse an anti-affinity policy for a server that cannot have it. Raises Problem (400)."""
    if row_type != "hyperscale":
        raise invalid(member, "Anti-affinity policies are for servers of type hyperscale only.")
    if policy.data_center != data_center:
        raise invalid(member, f"The policy is in {policy.data_center}, not in {data_center}.")


def of_new_server(call: Call, data_center: str, kind: str, body: Json) -> Json:
    """Return the members of a planned server for the policies that a create request names. Raises Problem (400)."""
    members: Json = {}
    scaling, spread = body.get("cpuAutoscalePolicyId"), body.get("antiAffinityPolicyId")
    if scaling and kind != "bareMetal":
        members["cpu_autoscale"] = named(call, AutoscalePolicy, scaling, "cpuAutoscalePolicyId").id
    if spread:
        policy = named(call, AntiAffinityPolicy, spread, "antiAffinityPolicyId")
        check_spread(kind, data_center, policy, "antiAffinityPolicyId")
        members["anti_affinity"] = policy.id
    return members


def servers_with(world: World, policy: AntiAffinityPolicy) -> list[Server]:
    """Return the servers that have an anti-affinity policy, by id; not those that nobody sees yet."""
    held = (row for row in world[Server].by("anti_affinity", policy.id) if row.status != estate.REQUESTED)
    return sorted(held, key=lambda row: row.id)


def seed_id(world: World, kind: type[Policy], account: Account, item: Json) -> str:
    """Return the id of a policy of a seed: as given, or the same for the same name and place in the seed."""
    return str(item.get("id") or hashed(kind.__name__, account.id, item["name"], len(world[kind])))


def seeded(world: World, kind: type[Policy], row: Server, wanted: str) -> Policy:
    """Return the policy that a server of a seed names, by id or name. Raises SeedError where it is not there once."""
    held = world[kind].by("account", row.account)
    found = [policy for policy in held if wanted in (policy.id, policy.name)]
    if len(found) != 1:
        raise SeedError(f"servers: {row.id} names the policy {wanted}, of which there are {len(found)}")
    return found[0]
