# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The horizontal autoscale policy of a group.

The contract does not say that an unknown pool is refused, so none is; of a known load balancer name and address are shown.
"""

from __future__ import annotations

from typing import Any

from clc_simulator import estate, policies
from clc_simulator.behaviour.shared_load_balancers import SharedLoadBalancer, place_of
from clc_simulator.estate import Group
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.policies import HorizontalAutoscalePolicy
from clc_simulator.problems import unknown


def _group(call: Call) -> Group:
    return estate.find_group(call.world, call.alias, call.path["groupId"])


def _view(call: Call, group: Group, mapping: dict[str, Any]) -> dict[str, Any]:
    base, alias = f"/v2/groups/{call.alias.lower()}/{group.id}", call.alias.lower()
    pool = mapping["loadBalancerPool"]
    href = f"/v2/sharedLoadBalancers/{alias}/{group.data_center}/{pool['id']}"
    found = call.world[SharedLoadBalancer].get(pool["id"].lower())
    own = found is not None and found.place == place_of(call.alias, group.data_center)
    known = {"name": found.name, "publicIP": found.address} if found and own else {}
    held = estate.servers_in(call.world, group)
    started = sum(row.status == estate.ACTIVE and row.power == "started" for row in held)
    return {
        "groupId": group.id,
        "policyId": mapping["policyId"],
        "locationId": group.data_center,
        "availableServers": sum(row.status == estate.ACTIVE for row in held),
        "targetSize": started,
        "scaleDirection": "None",
        "scaleResourceReason": "None",
        "loadBalancer": {**pool, **known, "links": [{"rel": "self", "href": href}]},
        "timestamp": mapping["at"],
        "links": [
            {"rel": "self", "href": f"{base}/horizontalAutoscalePolicy"},
            {"rel": "group", "href": base},
            {
                "rel": "horizontalAutoscalePolicy",
                "href": f"/v2/horizontalAutoscalePolicies/{alias}/{mapping['policyId']}",
            },
        ],
    }


@operation("getGroupHorizontalAutoscalePolicy")
def get_mapping(call: Call) -> Reply:
    """Answer the mapping of a group; an empty 404 where there is none, as the vertical sibling was recorded."""
    group = _group(call)
    if group.autoscale is None:
        raise unknown()
    return Reply(_view(call, group, group.autoscale))


@operation("setGroupHorizontalAutoscalePolicy")
def set_mapping(call: Call) -> Reply:
    """Put a policy of the account on a group in the place of the one it had."""
    group = _group(call)
    policies.named(call, HorizontalAutoscalePolicy, call.body["policyId"], "policyId")
    mapping = {**call.body, "at": call.now}
    group = call.world[Group].update(group, autoscale=mapping)
    return Reply(_view(call, group, mapping))


@operation("removeGroupHorizontalAutoscalePolicy")
def remove_mapping(call: Call) -> Reply:
    """Take the policy off a group; 404 where it has none."""
    group = _group(call)
    if group.autoscale is None:
        raise unknown()
    call.world[Group].update(group, autoscale=None)
    return Reply()
