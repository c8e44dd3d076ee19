# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The horizontal autoscale policy of a server group: which policy scales it, and which load balancer pool it serves.

Facts (contract groups.yaml, get-, set- and removeGroupHorizontalAutoscalePolicy): a group has one policy at most, and putting
another replaces it; the request's loadBalancerPool is the answer's loadBalancer; id and both ports together pick the pool, for
which there is no id of its own; case of ids does not matter.

Left open by the contract, and decided here: what a group without policy answers is not documented, so 404 (recorded for the
vertical sibling), an empty 204 and a body without policyId all mean none. A put replaces both parts, so the one that the task
leaves out is sent back as it was read. Policies are made elsewhere and only named here by id.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, member
from ...kit.shape import filled, snaked
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


def _same_pool(wanted: t.Any, shown: t.Any) -> bool:
    """The same load balancer, whatever the case of its id, with the same two ports."""
    return _pool_key(wanted) == _pool_key(shown or {})


def _pool_key(pool: Entity) -> tuple[str, ...]:
    return tuple(str(pool.get(name)).lower() for name in _POOL)


def _written_pool(option: t.Mapping[str, t.Any]) -> Entity:
    return {"id": option["id"], "publicPort": option["public_port"], "privatePort": option["private_port"]}


class ServerGroupHorizontalAutoscalePolicy(_shared.OfGroup):
    """The policy on one group: there with these parts, or none."""

    title = "horizontal autoscale policy"
    result_key = "server_group_horizontal_autoscale_policy"
    rel, kind = "horizontalAutoscalePolicyMapping", "horizontal autoscale policies"
    volatile = Declared.volatile | {
        "available_servers",
        "target_size",
        "scale_direction",
        "scale_resource_reason",
        "timestamp",
    }
    assigned = None
    fields = (
        Field(
            "policy_id",
            create="policyId",
            update="policyId",
            read=member("policyId"),
            same=compare.caseless,
            required=True,
        ),
        Field(
            "load_balancer_pool",
            create="loadBalancerPool",
            update="loadBalancerPool",
            read=member("loadBalancer"),
            same=_same_pool,
            write=_written_pool,
            required=True,
        ),
    )

    @property
    def told(self) -> str:
        return f"{self.title} of {self.group_label}"

    def find(self) -> None:
        self.find_place()
        self.entity = next(iter(self.select()), None)

    def select(self) -> list[Entity]:
        """Read the policy of the group; none if it has none or cannot have one."""
        answer = self.follow()
        body = answer.body if answer else None
        return [body] if isinstance(body, dict) and body.get("policyId") else []

    def create(self, body: Entity) -> Answer:
        # The path itself is a 404 until there is a policy, so after a lost answer the group is what can be read.
        group_href = links.href_of(self.place.group, "self") if self.place else None
        return self.task.client.put(self.path(), body, probe=self.task.client.path_of(str(group_href)))

    def check_update(self, changes: Entity) -> None:
        if "loadBalancerPool" not in changes and None in self._pool().values():
            raise ConfigurationError(
                "the service does not show its load balancer pool, which has to be sent back",
                action="change",
                thing=self.told,
                remedy="Give load_balancer_pool.",
            )

    def _pool(self) -> Entity:
        """The pool as it was read, in the form of a request."""
        return filled(self.existing.get("loadBalancer") or {}, _POOL)

    def update(self, changes: Entity) -> Answer:
        whole = {"policyId": self.existing["policyId"], "loadBalancerPool": self._pool(), **changes}
        return self.task.client.put(self.path(), whole)

    def remove(self) -> Answer:
        return self.task.client.delete(self.path())

    def predicted(self, body: Entity) -> Entity:
        return {"policyId": body["policyId"], "loadBalancer": dict(body["loadBalancerPool"])}

    def apply(self, entity: Entity, changes: Entity) -> None:
        """What was read of another policy or load balancer (its name, its address) does not hold for the new one."""
        if "policyId" in changes:
            entity.update(policyId=changes["policyId"], name=None)
        if "loadBalancerPool" in changes:
            entity["loadBalancer"] = dict(changes["loadBalancerPool"])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        values = {**snaked(entity), **self.group_keys()}
        values["load_balancer"] = filled(values.get("load_balancer") or {}, _LOAD_BALANCER)
        return filled(values, KEYS)


found_policies = ServerGroupHorizontalAutoscalePolicy.gather
