# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers as a service: a public address in one data center. Their pools are a resource of their own.

Facts (contract lbaas.yaml): the service has a host of its own and wants data centers in upper case; creation and deletion are
requests, whose id is not that of the load balancer; a new one cannot be read before its request is complete; a change is made
at once and needs the name; names are not unique; one that was deleted may still be shown.

Left open by the contract, and decided here: a change sends name and description, since what becomes of one left out is not
known. One whose creation has failed is no load balancer to go on with, but can be removed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import LookupFailed
from ...api.jobs import Queued, folded, started_by
from ...kit import compare
from ...kit.declaration import Entity, Field, member
from ...kit.listed import Listed
from ...kit.shape import filled, snaked
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

SERVICE = "lbaas"
KEYS = ("id", "name", "description", "data_center", "public_ip_address", "status", "creation_time", "pools")
POOL_KEYS = (
    "id",
    "port",
    "load_balancing_method",
    "persistence",
    "idle_timeout_ms",
    "load_balancing_mode",
    "nodes",
    "force_https",
    "health_check",
)
NODE_KEYS = ("ip_address", "private_port", "status", "server_weight")
# How long a load balancer may stay out of sight once it was made (a client of the service waits as long).
OUT_OF_SIGHT = 120.0


def collection(task: Task) -> str:
    """Return the path of the load balancers of the task's data center."""
    return paths.LOAD_BALANCERS(task.account, task.data_center)


def queued(task: Task, answer: Answer, thing: str) -> Queued:
    """Read the request that a change has started."""
    path = functools.partial(paths.LOAD_BALANCER_REQUEST, task.account, task.data_center)
    return started_by(task.client, answer, (thing,), request_path=path)


def read_values(task: Task, path: str) -> list[Entity]:
    """Read a list of the service, which wraps its lists; null in the place of one is none."""
    return list(task.client.get(path, service=SERVICE).body["values"] or [])


def _lives(entity: Entity) -> bool:
    return folded(entity.get("status")) != _shared.DELETED


def _path(task: Task, key: str) -> str:
    return paths.LOAD_BALANCER(task.account, task.data_center, key)


def lock(task: Task, wanted: str) -> str:
    """Name what only one task of a run may change at a time: two requests on one load balancer are not documented."""
    return f"load balancer {wanted} {task.account} {task.data_center}"


class LoadBalancer(Listed):
    """One load balancer, without its pools."""

    title = "load balancer"
    result_key = "load_balancer"
    named_by = (("name", "id"),)
    lag = OUT_OF_SIGHT
    created_within = OUT_OF_SIGHT
    lost_create_hint = "One may exist: look with load_balancer_info before the task is run again."
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("description", create="description", update="description", read=member("description"), same=compare.text),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.known: set[str] = set()
        self.own_id: str | None = task.option("id") if task.has_option("id") else None
        self._coming: Entity | None = None

    @property
    def told(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def held(self) -> str | None:
        return lock(self.task, self.task.option("name") or self.task.option("id"))

    def find(self) -> None:
        self.entity = self.read_by_id(self.own_id) if self.own_id else self._named()
        if self.entity is None and not self.task.wait:
            self.entity = self._coming  # nobody can read it yet, but its id is what a later task has to name it by
        self.own_id = str(self.entity["id"]) if self.entity else self.own_id

    def _named(self) -> Entity | None:
        every = self.read_all()
        self.known = {str(one["id"]) for one in every}
        # A prediction of something that has no id yet has no name either.
        return self.pick_any(self.task.option("name"), every) if self.task.option("name") else None

    def read_all(self) -> list[Entity]:
        """Read the load balancers of the data center, or of all, with their pools and without the deleted ones."""
        everywhere = self.task.has_option("all_data_centers") and self.task.option("all_data_centers")
        path = paths.ALL_LOAD_BALANCERS(self.task.account) if everywhere else None
        return [one for one in read_values(self.task, path or collection(self.task)) if _lives(one)]

    def read_by_id(self, own_id: str) -> Entity | None:
        entity: Entity | None = self.task.read(_path(self.task, own_id.lower()), SERVICE)
        return entity if entity is not None and _lives(entity) else None

    def settled(self) -> bool:
        """One that is being made cannot be changed yet."""
        return self.entity is None or folded(self.entity.get("status")) != "creating"

    def plan(self) -> list[Step]:
        if self.entity and self.task.state != "absent" and folded(self.entity.get("status")) == "failed":
            raise LookupFailed(
                f"its creation has failed ({self.entity['id']})",
                action="use",
                thing=self.told,
                remedy="Remove it with state=absent and create it again.",
            )
        return super().plan()

    def create(self, body: Entity) -> Answer:
        self._coming = self.predicted(body)
        return self.task.client.post(collection(self.task), body, service=SERVICE)

    def parse_created(self, answer: Answer) -> Queued:
        """The body's own id is that of the request; the load balancer is what it links to."""
        self.own_id = links.id_of(links.first_of(answer.body, "loadbalancer"))
        self._coming = {**(self._coming or {}), "id": self.own_id}
        return queued(self.task, answer, self.told)

    def find_created(self) -> Entity | None:
        """Return the load balancer of the wanted name that was not there before."""
        new = [one for one in self.read_all() if str(one["id"]) not in self.known]
        return next((one for one in new if one["name"] == self.task.option("name")), None)

    def parse_found(self, found: Entity) -> Queued:
        self.own_id = str(found["id"])
        self.task.warn(f"The answer to a creation was lost; {self.own_id}, which is new, was taken for its result.")
        return Queued()

    def predicted(self, body: Entity) -> Entity:
        return {"status": "active" if self.task.wait else "creating", "pools": [], **body}

    def update(self, changes: Entity) -> Answer:
        whole = {**filled(self.existing, ("name", "description")), **changes}
        body = {name: value for name, value in whole.items() if value is not None}
        return self.task.client.put(_path(self.task, self.existing["id"]), body, service=SERVICE)

    def remove(self) -> Answer:
        path = _path(self.task, self.existing["id"])
        return self.task.client.delete(path, service=SERVICE, done_when=lambda one: not _lives(one))

    def parse_deleted(self, answer: Answer) -> Queued:
        return queued(self.task, answer, self.told)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a load balancer with its pools as results have it."""
        values = snaked({name: value for name, value in entity.items() if name != "pools"})
        center = values.get("data_center") or self.task.data_center
        pools = [shown_pool(one) for one in entity.get("pools") or []]
        return filled({**values, "data_center": str(center).upper(), "pools": pools}, KEYS)


found_load_balancers = LoadBalancer.gather


def shown_pool(pool: Entity) -> dict[str, t.Any]:
    """Return a pool as results have it, every key always there."""
    nodes = [
        {
            **_shared.shown_node(one, NODE_KEYS),
            "health_check": _shared.shown_health_check(one.get("healthCheck")),
        }
        for one in pool.get("nodes") or []
    ]
    health = _shared.shown_health_check(pool.get("healthCheck"))
    values = {**snaked(pool), "idle_timeout_ms": pool.get("idleTimeout"), "nodes": nodes, "health_check": health}
    return filled(values, POOL_KEYS)
