# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Horizontal autoscale policies. None of their members but the id is known, so they are kept as they are sent.

Which group has which is in autoscale_mapping.py.
"""

from __future__ import annotations

from typing import Any

from clc_simulator import policies
from clc_simulator.accounts import Account
from clc_simulator.estate import Group
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.policies import HorizontalAutoscalePolicy
from clc_simulator.problems import refused
from clc_simulator.seeding import section
from clc_simulator.world import World

Json = dict[str, Any]
_OWN = ("id", "links")
"""Members that the service makes itself; in a request they are passed over."""


def _view(call: Call, row: HorizontalAutoscalePolicy) -> Json:
    href = f"/v2/horizontalAutoscalePolicies/{call.alias.lower()}/{row.id}"
    links = [{"rel": "self", "href": href, "verbs": ["GET", "PUT", "DELETE"]}]
    return {"id": row.id, **row.members, "links": links}


def _members(body: Json) -> Json:
    return {name: value for name, value in body.items() if name not in _OWN}


@operation("listHorizontalAutoscalePolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies of the account."""
    held = call.world[HorizontalAutoscalePolicy].by("account", call.alias)
    link = {
        "rel": "self",
        "href": f"/v2/horizontalAutoscalePolicies/{call.alias.lower()}",
        "verbs": ["GET", "POST"],
    }
    return Reply({"items": [_view(call, row) for row in held], "links": [link]})


@operation("createHorizontalAutoscalePolicy")
def create_policy(call: Call) -> Reply:
    """Make another policy of whatever was sent."""
    row = HorizontalAutoscalePolicy(call.world.new_id(), call.alias, _members(call.body))
    view = _view(call, call.world[HorizontalAutoscalePolicy].add(row))
    return Reply(view, location=view["links"][0]["href"])


@operation("getHorizontalAutoscalePolicy")
def get_policy(call: Call) -> Reply:
    """Answer a policy."""
    return Reply(_view(call, policies.find(call, HorizontalAutoscalePolicy)))


@operation("updateHorizontalAutoscalePolicy")
def update_policy(call: Call) -> Reply:
    """Replace a policy; what is left out is gone."""
    row = policies.find(call, HorizontalAutoscalePolicy)
    return Reply(_view(call, call.world[HorizontalAutoscalePolicy].update(row, members=_members(call.body))))


@operation("deleteHorizontalAutoscalePolicy")
def delete_policy(call: Call) -> Reply:
    """Remove a policy that no group has."""
    row = policies.find(call, HorizontalAutoscalePolicy)
    if any(group.autoscale and group.autoscale["policyId"].lower() == row.id for group in call.world[Group]):
        raise refused("The policy is in use.")
    call.world[HorizontalAutoscalePolicy].remove(row.id)
    return Reply()


_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {**policies.NAMED, "members": {"type": "object"}},
}


@section("account", "horizontal_autoscale_policies", {"type": "array", "items": _POLICY})
def plant(world: World, account: Account, described: list[Json]) -> None:
    """Plant the horizontal autoscale policies of an account, with members as the API would have them."""
    for item in described:
        members = {"name": item["name"], **_members(item.get("members", {}))}
        key = policies.seed_id(world, HorizontalAutoscalePolicy, account, item)
        world[HorizontalAutoscalePolicy].add(HorizontalAutoscalePolicy(key, account.id, members))
