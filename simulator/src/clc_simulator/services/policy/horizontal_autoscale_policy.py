# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Horizontal autoscale policies; group_autoscale.py applies them to groups.

Decisions:
  - Only the id is documented: properties are returned as they were sent, and a PUT replaces all of them.
  - A policy in use cannot be deleted (400).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import bad_request
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Group
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.policy._shared import NAMED, policy_from_path, seed_id

Json = dict[str, Any]
_SERVICE_PROPERTIES = ("id", "links")
"""Properties that the service sets; they are ignored in requests."""


@entity("horizontalAutoscalePolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class HorizontalAutoscalePolicy:
    """A horizontal autoscale policy; properties are as they were sent."""

    id: str
    account: str
    members: dict[str, Any]

    @property
    def name(self) -> str:
        """The property name, or an empty string."""
        return str(self.members.get("name", ""))


def _view(request: RequestContext, policy: HorizontalAutoscalePolicy) -> Json:
    own = href("getHorizontalAutoscalePolicy", request.alias.lower(), policy.id)
    links = [{"rel": "self", "href": own, "verbs": ["GET", "PUT", "DELETE"]}]
    return {"id": policy.id, **policy.members, "links": links}


def _members(body: Json) -> Json:
    return {name: value for name, value in body.items() if name not in _SERVICE_PROPERTIES}


@operation("listHorizontalAutoscalePolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies of the account."""
    policies = request.world[HorizontalAutoscalePolicy].find_by("account", request.alias)
    link = {
        "rel": "self",
        "href": href("listHorizontalAutoscalePolicies", request.alias.lower()),
        "verbs": ["GET", "POST"],
    }
    return HandlerResponse({"items": [_view(request, policy) for policy in policies], "links": [link]})


@operation("createHorizontalAutoscalePolicy", writes=(HorizontalAutoscalePolicy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create a policy with the properties of the body."""
    policy = HorizontalAutoscalePolicy(request.world.new_id(), request.alias, _members(request.body))
    view = _view(request, request.world[HorizontalAutoscalePolicy].add(policy))
    return HandlerResponse(view, location=view["links"][0]["href"])


@operation("getHorizontalAutoscalePolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return a policy."""
    return HandlerResponse(_view(request, policy_from_path(request, HorizontalAutoscalePolicy)))


@operation("updateHorizontalAutoscalePolicy", writes=(HorizontalAutoscalePolicy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Replace a policy; omitted properties are removed."""
    policy = policy_from_path(request, HorizontalAutoscalePolicy)
    return HandlerResponse(
        _view(request, request.world[HorizontalAutoscalePolicy].update(policy, members=_members(request.body)))
    )


@operation("deleteHorizontalAutoscalePolicy", writes=(HorizontalAutoscalePolicy,))
def delete_policy(request: RequestContext) -> HandlerResponse:
    """Delete a policy that no group has."""
    policy = policy_from_path(request, HorizontalAutoscalePolicy)
    if any(group.autoscale and group.autoscale["policyId"].lower() == policy.id for group in request.world[Group]):
        raise bad_request("The policy is in use.")
    request.world[HorizontalAutoscalePolicy].remove(policy.id)
    return HandlerResponse()


_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {**NAMED, "members": {"type": "object"}},
}


@section("account", "horizontal_autoscale_policies", {"type": "array", "items": _POLICY})
def load_seed(world: World, account: Account, specs: list[Json]) -> None:
    """Load the horizontal autoscale policies of an account, with properties as the API would have them."""
    for spec in specs:
        members = {"name": spec["name"], **_members(spec.get("members", {}))}
        key = seed_id(world, HorizontalAutoscalePolicy, account, spec)
        world[HorizontalAutoscalePolicy].add(HorizontalAutoscalePolicy(key, account.id, members))
