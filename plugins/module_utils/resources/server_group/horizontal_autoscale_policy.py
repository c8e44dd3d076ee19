# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The horizontal autoscale policy of a server group: which policy scales it, and which load balancer pool it serves.

API behavior (groups.yaml, get-, set- and removeGroupHorizontalAutoscalePolicy): a group has at most one policy, and a PUT
replaces it; the loadBalancerPool of the request is the loadBalancer of the response; id and both ports together identify the
pool, which has no id of its own; ids are case-insensitive.

Not specified by the contract; design decisions: the response for a group without a policy is not documented, so 404 (recorded
for vertical autoscale policies), an empty 204, and a body without policyId all mean that there is none. A PUT replaces both
properties, so an omitted option is sent back as it was read. Policies are created elsewhere and only referenced here by id.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.errors import InvalidTaskError
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.declared_resource import DeclaredResource
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity, Field, member, plain_field
from . import _shared

KEYS = (
    "group_id",
    "group_path",
    "data_center",
    "policy_id",
    "name",
    "load_balancer",
    "available_servers",
    "target_size",
    "scale_direction",
    "scale_resource_reason",
    "timestamp",
)
_LOAD_BALANCER = ("id", "name", "public_port", "private_port", "public_ip")
_POOL = ("id", "publicPort", "privatePort")


def _same_pool(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two pools have the same load balancer (case-insensitive id) and the same two ports."""
    return _pool_key(desired) == _pool_key(actual or {})


def _pool_key(pool: Entity) -> tuple[str, ...]:
    return tuple(str(pool.get(name)).lower() for name in _POOL)


def _pool_to_api(option: t.Mapping[str, t.Any]) -> Entity:
    return {"id": option["id"], "publicPort": option["public_port"], "privatePort": option["private_port"]}


class ServerGroupHorizontalAutoscalePolicy(_shared.OfGroup):
    """The policy of one group, or none."""

    title = "horizontal autoscale policy"
    result_key = "server_group_horizontal_autoscale_policy"
    rel, kind = "horizontalAutoscalePolicyMapping", "horizontal autoscale policies"
    volatile = DeclaredResource.volatile | {
        "available_servers",
        "target_size",
        "scale_direction",
        "scale_resource_reason",
        "timestamp",
    }
    assigned = None
    assigned_properties = ()
    fields = (
        plain_field("policy_id", "policyId", matches=compare.case_insensitive, required=True),
        Field(
            "load_balancer_pool",
            create="loadBalancerPool",
            update="loadBalancerPool",
            getter=member("loadBalancer"),
            matches=_same_pool,
            write=_pool_to_api,
            required=True,
        ),
    )

    @property
    def label(self) -> str:
        return f"{self.title} of {self.group_label}"

    def find(self) -> None:
        self.find_group()
        self.entity = next(iter(self.select()), None)

    def select(self) -> list[Entity]:
        """Read the policy of the group; empty if it has none or cannot have one."""
        response = self.follow()
        body = response.body if response else None
        return [body] if isinstance(body, dict) and body.get("policyId") else []

    def create(self, body: Entity) -> ApiResponse:
        # The path itself returns 404 until there is a policy, so if the response was lost, the group is read instead.
        group_href = links.href_of(self.group.group, "self") if self.group else None
        return self.task.client.put(self.path(), body, verify_path=self.task.client.href_to_path(str(group_href)))

    def check_update(self, changes: Entity) -> None:
        if "loadBalancerPool" not in changes and None in self._pool().values():
            raise InvalidTaskError(
                "the service does not return its load balancer pool, which must be sent back",
                action="update",
                target=self.label,
                help_text="Set load_balancer_pool.",
            )

    def _pool(self) -> Entity:
        """Return the pool as it was read, in the form of a request."""
        return with_keys(self.existing.get("loadBalancer") or {}, _POOL)

    def update(self, changes: Entity) -> ApiResponse:
        body = {"policyId": self.existing["policyId"], "loadBalancerPool": self._pool(), **changes}
        return self.task.client.put(self.path(), body)

    def remove(self) -> ApiResponse:
        return self.task.client.delete(self.path())

    def predicted(self, body: Entity) -> Entity:
        return {"policyId": body["policyId"], "loadBalancer": dict(body["loadBalancerPool"])}

    def apply(self, entity: Entity, changes: Entity) -> None:
        """The name of the old policy and of the old load balancer do not apply to the new ones."""
        if "policyId" in changes:
            entity.update(policyId=changes["policyId"], name=None)
        if "loadBalancerPool" in changes:
            entity["loadBalancer"] = dict(changes["loadBalancerPool"])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        values = {**to_snake_case(entity), **self.group_keys()}
        values["load_balancer"] = with_keys(values.get("load_balancer") or {}, _LOAD_BALANCER)
        return with_keys(values, KEYS)


gather_policies = ServerGroupHorizontalAutoscalePolicy.gather
