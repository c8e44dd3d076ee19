# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots of servers: taken of many in one request, deleted, gone back to.

Facts (contract compute.yaml; docs/wire-notes.md, section 3): a server holds one snapshot at a time; the request tells no id,
which is the last segment of the snapshot's link on the server; name and id are the service's, and the expiration cannot be read
back; after a delete was done the snapshot may be listed for minutes; servers with more than 1 TB of storage cannot have one; a
server that went back to its snapshot keeps it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed, NotThere
from ...kit.declaration import Entity, Resource
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from . import targets as server_targets
from ._shared import post_batch

_LARGEST_GB = 1024
_SHORTEST_DAYS, _LONGEST_DAYS = 1, 10


def _snapshots(server: Entity) -> list[Entity]:
    return server_result.details(server).get("snapshots") or []


def _number(snapshot: Entity) -> str | None:
    """Return the id of a snapshot: the last segment of its link; null for one that is only predicted."""
    return links.id_of(links.first_of(snapshot, "self"))


class ServerSnapshots(Resource):
    """The snapshots of the servers of one task."""

    title = "server snapshots"
    # Clients of the service have read for up to ten minutes until a deleted snapshot was gone.
    lag = 600.0

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] = []

    def find(self) -> None:
        self.servers = server_targets.read_named(self.task)

    def plan(self) -> list[Step]:
        """Take what is missing, delete what is there, or go back once a run."""
        if self.task.state == "absent":
            having = [one for one in self.servers if _snapshots(one)]
            server_targets.refuse_inactive("delete the snapshot of", having)
            return [self._deletion(one, snapshot) for one in having for snapshot in _snapshots(one)]
        if self.task.state == "reverted":
            return self._returns()
        lacking = [one for one in self.servers if not _snapshots(one)]
        return [self._creation(lacking)] if lacking else []

    # Taking

    def _creation(self, lacking: list[Entity]) -> Step:
        """One request for all."""
        server_targets.refuse_inactive("take a snapshot of", lacking)
        self._refuse_large(lacking)
        days = self.task.option("expiration_days")

        def predict() -> None:
            for one in lacking:
                server_result.details(one).setdefault("snapshots", []).append({"name": None})

        def send() -> Answer:
            body = {"snapshotExpirationDays": days, "serverIds": server_targets.sent_ids(lacking)}
            return post_batch(self.task, "createSnapshot", body)

        return Step(
            "create_snapshot",
            server_targets.told(lacking),
            send=send,
            predict=predict,
            target_ids=tuple(server_targets.id_of(one) or "" for one in lacking),
            phrase="take a snapshot of",
            effect="created",
        )

    @staticmethod
    def _refuse_large(servers: t.Iterable[Entity]) -> None:
        large = [one for one in servers if (server_result.details(one).get("storageGB") or 0) > _LARGEST_GB]
        if large:
            raise ConfigurationError(
                f"it has more than {_LARGEST_GB} GB of storage, which is too much for a snapshot",
                action="take a snapshot of",
                thing=server_targets.told(large),
                remedy="Leave it out.",
            )

    # Deleting

    def _deletion(self, server: Entity, snapshot: Entity) -> Step:
        name, number = server_result.server_id(server), _number(snapshot)
        return Step(
            "delete_snapshot",
            f"snapshot {number} of server {name}",
            send=lambda: self.task.client.delete(
                self._path(snapshot, "delete"),
                probe=self.task.client.path_of(str(links.href_of(server, "self"))),
                done_when=lambda body: number not in map(_number, _snapshots(body)),
            ),
            predict=lambda: _snapshots(server).remove(snapshot),
            target_ids=(name,),
            properties=(str(number),),
            phrase="delete",
            effect="removed",
        )

    def _path(self, snapshot: Entity, rel: str) -> str:
        href = links.href_of(snapshot, rel)
        if href is None:
            raise LookupFailed(
                f"the snapshot has no link to {rel} it", action=rel, thing=f"snapshot {snapshot['name']}"
            )
        return self.task.client.path_of(href)

    # Going back

    def _returns(self) -> list[Step]:
        """Each server once a run. What was reverted is not looked at again: the vendor's pages differ on whether the service
        keeps the snapshot then.
        """
        left = [one for one in self.servers if not self.is_done(self._return(one))]
        self._refuse_unclear(left)
        return [self._return(one) for one in left]

    def _refuse_unclear(self, servers: list[Entity]) -> None:
        """Raise where a server has no snapshot to go back to, or more than the one that the service keeps."""
        bare = [one for one in servers if not _snapshots(one) and not one.get("foreseen")]
        if bare:
            label = server_targets.told(bare)
            remedy = "Take one first, or leave these servers out."
            self.task.raise_missing(NotThere(f"{label} has no snapshot", action="revert", thing=label, remedy=remedy))
        several = [one for one in servers if len(_snapshots(one)) > 1]
        if several:
            shown = (
                f"{server_targets.id_of(one)}: {listed(str(_number(two)) for two in _snapshots(one))}"
                for one in several
            )
            raise LookupFailed(
                f"there are several snapshots ({'; '.join(shown)})",
                action="revert",
                thing=server_targets.told(several),
                remedy="Delete all but one; the service is known to keep only one.",
            )
        server_targets.refuse_inactive("revert", servers)

    def _return(self, server: Entity) -> Step:
        snapshot = next(iter(_snapshots(server)), {"name": None})
        return Step(
            "revert",
            server_targets.told([server]),
            send=lambda: self.task.client.post(self._path(snapshot, "restore")),
            predict=lambda: self._foresee(server),
            target_ids=(server_targets.id_of(server) or "",),
        )

    @staticmethod
    def _foresee(server: Entity) -> None:
        """A snapshot that is yet to be taken is kept too."""
        if not _snapshots(server):
            server_result.details(server).setdefault("snapshots", []).append({"name": None})

    # Telling

    def show(self) -> dict[str, t.Any]:
        return {
            "server_snapshots": [
                {"server_id": server_targets.id_of(one), "id": _number(snapshot), "name": snapshot.get("name")}
                for one in self.servers
                for snapshot in _snapshots(one)
            ]
        }


def check_days(task: Task) -> None:
    """Refuse an expiration that the service does not take, before anything is read."""
    days = task.option("expiration_days")
    if not _SHORTEST_DAYS <= days <= _LONGEST_DAYS:
        raise ConfigurationError(
            f"{days} is not between {_SHORTEST_DAYS} and {_LONGEST_DAYS}",
            action="use",
            thing="expiration_days",
            remedy=f"Give {_SHORTEST_DAYS} to {_LONGEST_DAYS} days.",
        )
