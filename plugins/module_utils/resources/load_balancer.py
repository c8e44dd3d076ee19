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

import typing as t

from ..api import links
from ..api.answers import Answer
from ..api.errors import AnswerLost, LookupFailed, NotFound, NotThere
from ..api.jobs import Queued, folded, started_by
from ..kit import compare
from ..kit.declaration import Declared, Entity, Field, Step, member
from ..kit.lookup import is_id, pick
from ..kit.shape import filled, snaked
from ..kit.task import Task
from . import pool_nodes

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
    return f"/{task.account}/{task.data_center}/loadbalancers"


def request_path(task: Task) -> str:
    """Return where a request of the task's data center is read; {id} stands for its id."""
    return f"{collection(task)}/requests/{{id}}"


def queued(task: Task, answer: Answer, thing: str) -> Queued:
    """Read the request that a change has started."""
    return started_by(task.client, answer, (thing,), request_path=request_path(task))


def listed(task: Task, path: str | None = None) -> list[Entity]:
    """Read a list of load balancers with their pools: those of the data center, without the deleted ones."""
    return [one for one in read_values(task, path or collection(task)) if _lives(one)]


def read_values(task: Task, path: str) -> list[Entity]:
    """Read a list of the service, which wraps its lists; null in the place of one is none."""
    return list(task.client.get(path, service=SERVICE).body["values"] or [])


def _lives(entity: Entity) -> bool:
    return folded(entity.get("status")) != pool_nodes.DELETED


def read_one(task: Task, key: str) -> Entity | None:
    """Read the load balancer of an id; None where it is not there or deleted."""
    try:
        entity: Entity = task.client.get(f"{collection(task)}/{key.lower()}", service=SERVICE).body
    except NotFound:
        return None
    return entity if _lives(entity) else None


def named(task: Task, name: str, every: t.Sequence[Entity]) -> Entity:
    """Return the load balancer that an id or a name means. Raises LookupFailed."""
    return pick(
        LoadBalancer.title,
        name,
        every,
        id_of=lambda one: str(one["id"]),
        name_of=lambda one: str(one["name"]),
        where=f"in {task.data_center}",
    )


def lock(task: Task, wanted: str) -> str:
    """Name what only one task of a run may change at a time: two requests on one load balancer are not documented."""
    return f"load balancer {wanted} {task.account} {task.data_center}"


class LoadBalancer(Declared):
    """One load balancer, without its pools."""

    title = "load balancer"
    named_by = (("name", "id"),)
    lag = OUT_OF_SIGHT
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("description", create="description", update="description", read=member("description"), same=compare.text),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.known: set[str] = set()
        self.key: str | None = task.option("id")
        self._coming: Entity | None = None

    @property
    def told(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def held(self) -> str | None:
        return lock(self.task, self.task.option("name") or self.task.option("id"))

    def find(self) -> None:
        self.entity = read_one(self.task, self.key) if self.key else self._named()
        if self.entity is None and not self.task.wait:
            self.entity = self._coming  # nobody can read it yet, but its id is what a later task has to name it by
        self.key = str(self.entity["id"]) if self.entity else self.key

    def _named(self) -> Entity | None:
        every = listed(self.task)
        self.known = {str(one["id"]) for one in every}
        if not self.task.option("name"):
            return None  # a prediction of something that has no id yet
        try:
            return named(self.task, self.task.option("name"), every)
        except NotThere:
            return None

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

    def _creation(self) -> Step:
        if self.task.option("id"):
            raise NotThere(
                f"there is none of that id in {self.task.data_center}",
                action="find",
                thing=f"{self.title} {self.task.option('id')}",
                remedy="Check id and data_center, or give the name alone to have one made; the service chooses the id.",
            )
        step = super()._creation()
        step.read, step.recover = self._started, self._adopted
        return step

    def create(self, body: Entity) -> Answer:
        self._coming = self.predicted(body)
        return self.task.client.post(collection(self.task), body, service=SERVICE)

    def _started(self, answer: Answer) -> Queued:
        """The body's own id is that of the request; the load balancer is what it links to."""
        self.key = links.id_of(links.first_of(answer.body, "loadbalancer"))
        self._coming = {**(self._coming or {}), "id": self.key}
        return queued(self.task, answer, self.told)

    def _newcomer(self) -> Entity | None:
        """Look for a load balancer of the wanted name that was not there before."""
        new = [one for one in listed(self.task) if str(one["id"]) not in self.known]
        return next((one for one in new if one["name"] == self.task.option("name")), None)

    def _adopted(self, error: AnswerLost) -> Queued:
        """After a lost answer, take what has appeared under the name; it may take a while. Nothing is posted twice."""
        found = self.task.until(self._newcomer, OUT_OF_SIGHT)
        if found is None:
            error.remedy = "One may exist: look with load_balancer_info before the task is run again."
            raise error
        self.key = str(found["id"])
        self.task.warn(f"The answer to a creation was lost; {self.key}, which is new, was taken for its result.")
        return Queued()

    def predicted(self, body: Entity) -> Entity:
        return {"status": "active" if self.task.wait else "creating", "pools": [], **body}

    def update(self, changes: Entity) -> Answer:
        whole = {**filled(self.existing, ("name", "description")), **changes}
        return self.task.client.put(
            self._path(), {name: value for name, value in whole.items() if value is not None}, service=SERVICE
        )

    def _path(self) -> str:
        return f"{collection(self.task)}/{self.existing['id']}"

    def remove(self) -> Answer:
        return self.task.client.delete(self._path(), service=SERVICE, done_when=lambda one: not _lives(one))

    def read_answer(self, step: Step, answer: Answer) -> Queued:
        return queued(self.task, answer, self.told) if step.effect == "removed" else super().read_answer(step, answer)

    def show(self) -> dict[str, t.Any]:
        return {"load_balancer": shown(self.task, self.entity) if self.entity is not None else None}


def shown(task: Task, entity: Entity) -> dict[str, t.Any]:
    """Return a load balancer with its pools as results have it, every key always there."""
    values = snaked({name: value for name, value in entity.items() if name != "pools"})
    center = values.get("data_center") or task.data_center
    pools = [shown_pool(one) for one in entity.get("pools") or []]
    return filled({**values, "data_center": str(center).upper(), "pools": pools}, KEYS)


def shown_pool(pool: Entity) -> dict[str, t.Any]:
    """Return a pool as results have it, every key always there."""
    nodes = [
        {
            **pool_nodes.shown_node(one, NODE_KEYS),
            "health_check": pool_nodes.shown_health_check(one.get("healthCheck")),
        }
        for one in pool.get("nodes") or []
    ]
    health = pool_nodes.shown_health_check(pool.get("healthCheck"))
    values = {**snaked(pool), "idle_timeout_ms": pool.get("idleTimeout"), "nodes": nodes, "health_check": health}
    return filled(values, POOL_KEYS)


def found_load_balancers(task: Task) -> list[dict[str, t.Any]]:
    """Return the load balancers of a data center or of all, those of a name, or the one of an id. One request.

    An empty text is no id and means none.
    """
    key, name = task.option("id"), task.option("name")
    if key is not None:
        one = read_one(task, key) if is_id(key) else None
        return [shown(task, one)] if one is not None else []
    path = f"/{task.account}/loadbalancers" if task.option("all_data_centers") else None
    return [shown(task, one) for one in listed(task, path) if name in (None, one["name"])]
