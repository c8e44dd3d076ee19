# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The horizontal autoscale policy of a group.

Decisions:
  - Unknown load balancers and pools are accepted; the response has name and address of an existing load balancer.
  - A group without autoscale policy is an empty 404.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.errors import not_found
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Group
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.load_balancer import find_shared_load_balancer
from clc_simulator.services.policy._shared import policy_from_body
from clc_simulator.services.policy.horizontal_autoscale_policy import HorizontalAutoscalePolicy
from clc_simulator.services.server_group import group_from_path


def _view(request: RequestContext, group: Group, mapping: dict[str, Any]) -> dict[str, Any]:
    alias = request.alias.lower()
    servers = inventory.servers_in(request.world, group)
    started = sum(server.status == models.ACTIVE and server.power == "started" for server in servers)
    return {
        "groupId": group.id,
        "policyId": mapping["policyId"],
        "locationId": group.data_center,
        "availableServers": sum(server.status == models.ACTIVE for server in servers),
        "targetSize": started,
        "scaleDirection": "None",
        "scaleResourceReason": "None",
        **(
            {"loadBalancer": _pool_view(request, group, mapping["loadBalancerPool"])}
            if "loadBalancerPool" in mapping
            else {}
        ),
        "timestamp": mapping["at"],
        "links": [
            {"rel": "self", "href": href("getGroupHorizontalAutoscalePolicy", alias, group.id)},
            {"rel": "group", "href": href("getGroup", alias, group.id)},
            {
                "rel": "horizontalAutoscalePolicy",
                "href": href("getHorizontalAutoscalePolicy", alias, mapping["policyId"]),
            },
        ],
    }


def _pool_view(request: RequestContext, group: Group, pool: dict[str, Any]) -> dict[str, Any]:
    """Return the pool of a mapping; name and address are missing if its load balancer does not exist."""
    load_balancer = find_shared_load_balancer(request, group.data_center, pool["id"])
    known = {"name": load_balancer.name, "publicIP": load_balancer.address} if load_balancer else {}
    own = href("getSharedLoadBalancer", request.alias.lower(), group.data_center, pool["id"])
    return {**pool, **known, "links": [{"rel": "self", "href": own}]}


@operation("getGroupHorizontalAutoscalePolicy")
def get_mapping(request: RequestContext) -> HandlerResponse:
    """Return the mapping of a group; an empty 404 if there is none, as recorded for vertical autoscale policies."""
    group = group_from_path(request)
    if group.autoscale is None:
        raise not_found()
    return HandlerResponse(_view(request, group, group.autoscale))


@operation("setGroupHorizontalAutoscalePolicy", writes=(Group,))
def set_mapping(request: RequestContext) -> HandlerResponse:
    """Set the policy of a group, which replaces its previous policy."""
    group = group_from_path(request)
    policy_from_body(request, HorizontalAutoscalePolicy, request.body["policyId"], "policyId")
    mapping = {**request.body, "at": request.now}
    group = request.world[Group].update(group, autoscale=mapping)
    return HandlerResponse(_view(request, group, mapping))


@operation("removeGroupHorizontalAutoscalePolicy", writes=(Group,))
def remove_mapping(request: RequestContext) -> HandlerResponse:
    """Remove the policy from a group; 404 if it has none."""
    group = group_from_path(request)
    if group.autoscale is None:
        raise not_found()
    request.world[Group].update(group, autoscale=None)
    return HandlerResponse()
