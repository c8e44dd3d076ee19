# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks (VLANs) that an account holds in a data center: claimed from a pool, named, and given back.

Facts (contract network.yaml): a claim takes no name and no range; every call takes another network. Its operation tells the
network by a link once it has succeeded, but one recorded success had none (docs/wire-notes.md, section 2). A fresh network is
named by the platform. A change replaces name and description together, and a description that is left out is cleared. A network
is given back by a post to its release link, which the service refuses while servers have addresses in it.

Left open by the contract, and decided here. A network is found by its id or its name, so one that is not there by that name is
claimed and then named. Where the operation names no network it is the one that was not in the list before; two such are an
error. Nothing tells afterwards for whom a network was claimed, so a claim is never repeated by guess: where its answer was
lost the task fails and says so, and a task that does not wait cannot claim, since it could not name what it has claimed and the
next run would claim another.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import AnswerLost, BadRequest, ClcError, ConfigurationError, LookupFailed, NotFound, NotThere
from ...api.jobs import Queued, started_by
from ...kit import compare
from ...kit.declaration import Entity, Field, member
from ...kit.listed import Listed
from ...kit.lookup import listed, pick, refuse_no_id, refuse_no_name
from ...kit.shape import filled, snaked
from ...kit.task import Task
from ..account import require_data_center

_KEYS = ("cidr", "gateway", "netmask", "type", "vlan")
_ADDRESS = ("address", "claimed", "primary", "server", "type")
_LOOK = "Look with network_info whether a network came all the same; if so, give its id together with the name"


def check(task: Task) -> None:
    """Refuse an id or a name that cannot be one, before anything is read."""
    refuse_no_id(task)
    refuse_no_name(task, "network")


class Network(Listed):
    """One network of a data center: held under this name with this description, or given back."""

    title = "network"
    result_key = "network"
    order = ("name", "id")
    create_phrase, delete_phrase = "claim", "release"
    # The link to a claimed network was seen to be missing from the success of its operation.
    lag = 600.0
    rerun = f"{_LOOK}, since a second run by name alone would claim another."
    fields = (
        Field("name", update="name", read=member("name")),
        Field("description", update="description", read=member("description"), same=compare.text),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._before: frozenset[str] | None = None
        self._has_claimed = False
        self._claimed_id: str | None = None

    @property
    def told(self) -> str:
        return f"{self.title} {self.task.option('id') or self.task.option('name')} in {self.task.data_center}"

    def held(self) -> str | None:
        """A claimed network may have to be told from those before by difference, so only one at a time is claimed."""
        return f"networks of {self.task.account} in {self.task.data_center}"

    # Finding

    def find(self) -> None:
        networks = self.read_all()
        if self._before is None:
            self._before = frozenset(str(one["id"]) for one in networks)
        self.entity = self._fresh(networks) if self._has_claimed else self._named(networks)

    def _named(self, networks: t.Sequence[Entity]) -> Entity | None:
        # Once it was found it is known by its id: when it is gone, another may have its name in another case.
        own_id = self.task.option("id") or (self.entity["id"] if self.entity else None)
        try:
            return self.pick(str(own_id or self.task.option("name")), networks)
        except NotThere:
            if own_id and self.task.state != "absent":
                raise
            return None

    def _fresh(self, networks: t.Sequence[Entity]) -> Entity | None:
        """Return the network that this run has claimed; None while the service does not show it."""
        if self._claimed_id:
            return next((one for one in networks if compare.caseless(self._claimed_id, one["id"])), None)
        new = [one for one in networks if one["id"] not in (self._before or ())]
        if len(new) > 1:
            raise LookupFailed(
                f"{len(new)} networks are new, and which of them was claimed is not said: "
                + listed(f"{one['name']} ({one['id']})" for one in new),
                action="find",
                thing=self.told,
                remedy="Choose one and give its id together with the name.",
            )
        return new[0] if new else None

    # Claiming

    def check_create(self) -> None:
        if not self.task.wait:
            raise ConfigurationError(
                "it does not exist, and a network can only be named once its claim is done",
                action="claim",
                thing=self.told,
                remedy="Leave wait at true; the run after one that did not wait would claim another.",
            )

    def predicted(self, body: Entity) -> Entity:
        return {}

    def create(self, body: Entity) -> Answer:
        self._has_claimed = True
        return self.task.client.post(paths.NETWORK_CLAIM(self.task.account, self.task.data_center), {})

    def parse_created(self, answer: Answer) -> Queued:
        queued = started_by(self.task.client, answer, (self.told,))
        return Queued([replace(job, seen=self._note) for job in queued.jobs])

    def _note(self, operation: t.Mapping[str, t.Any]) -> None:
        """Note the network that the operation of the claim names."""
        self._claimed_id = links.id_of(links.first_of(operation.get("summary"), "network")) or self._claimed_id

    def recover_created(self, lost: AnswerLost) -> Queued:
        """After a lost answer nobody knows whether a network is on its way, which takes minutes."""
        lost.remedy = f"{lost.remedy} {self.rerun}".strip()
        raise lost

    # Changing

    def update(self, changes: Entity) -> Answer:
        """A change replaces both members, so the one that was not given is sent back; an empty description is left out."""
        whole = {**filled(self.existing, ("name", "description")), **changes}
        body = {name: value for name, value in whole.items() if value}
        try:
            return self.task.client.put(self._href("self"), body)
        except ClcError as error:
            if self._has_claimed:
                error.remedy = f"{error.remedy} It was claimed as {self.existing['id']}: give this id in a second run."
            raise

    def _href(self, rel: str) -> str:
        return self.task.client.path_of(str(links.href_of(self.existing, rel)))

    def apply(self, entity: Entity, changes: Entity) -> None:
        super().apply(entity, changes)
        if not entity.get("description"):
            entity["description"] = None  # the service leaves out one that is empty

    # Giving back

    def check_delete(self) -> None:
        users = _users(self.task, self.existing) if self.task.runs_ahead else []
        if users:
            self.task.warn(
                f"In check mode, taken as removed by then: {listed(users)}, with addresses in {self.told}. "
                "The service would refuse to release it now."
            )

    def remove(self) -> Answer:
        try:
            return self.task.client.post(self._href("release"), {})
        except BadRequest as error:
            users = _users(self.task, self.existing)
            if users:
                error.cause = f"{listed(users)} still have addresses in it: {error.cause}"
                error.remedy = "Remove the servers, or their adapters on this network, first."
            raise

    def recover_deleted(self, lost: AnswerLost) -> Queued:
        self.find()
        if self.entity is not None:
            raise lost
        return Queued()

    # Telling

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        named = filled(entity, ("id", "name", "description"))
        return {**named, "data_center": self.task.data_center, **filled(snaked(entity), _KEYS)}

    # Reading

    def read_all(self) -> list[Entity]:
        return read_all(self.task)

    def read_by_id(self, own_id: str) -> Entity | None:
        addresses = self.task.option("addresses")
        path = paths.NETWORK(self.task.account, self.task.data_center, own_id.lower())
        found: Entity | None = self.task.read(path, params={"ipAddresses": addresses} if addresses else None)
        return found

    def to_info(self, entity: Entity) -> dict[str, t.Any]:
        """Return a network with the addresses that the task asks for, else null."""
        addresses, listed_ones = self.task.option("addresses"), entity.get("ipAddresses")
        if addresses and listed_ones is None:
            listed_ones = _read_addresses(self.task, entity, addresses)
        kept = [filled(one, _ADDRESS) for one in listed_ones or []] if addresses else None
        return {**self.to_result(entity), "ip_addresses": kept}


found_networks = Network.gather


def named(task: Task, data_center: str, wanted: str) -> Entity:
    """Return the network that an id or a name means, for what is tied to networks. One request for a task and data center.

    Raises LookupFailed and NotThere.
    """
    key = ("networks", data_center)
    networks = task.once(key, lambda: _read_all(task, data_center))
    return pick("network", wanted, networks, where=f"in {data_center}")


def read_all(task: Task) -> list[Entity]:
    """Read the networks of the account in the task's data center. One request."""
    return _read_all(task, task.data_center)


def _read_all(task: Task, data_center: str) -> list[Entity]:
    try:
        return list(task.client.get(paths.NETWORKS(task.account, data_center)).body or [])
    except NotFound:
        require_data_center(task, data_center)
        raise


def _read_addresses(task: Task, entity: Entity, addresses: str) -> list[Entity]:
    """Read the addresses of a network: claimed, free or all. One request."""
    answer = task.client.follow(entity, "ipAddresses", params={"type": addresses})
    return list(answer.body or []) if answer else []


def _users(task: Task, entity: Entity) -> list[str]:
    """Name the servers that have addresses in a network; an address stands for a server that is not named."""
    claimed = [one for one in _read_addresses(task, entity, "claimed") if one.get("claimed")]
    return sorted({str(one.get("server") or one.get("address")) for one in claimed})
