# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots of servers: created for many servers in one request, deleted, and reverted to.

API behavior (compute.yaml; docs/wire-notes.md, section 3): a server has at most one snapshot; the response to a create contains no
id, which is the last segment of the snapshot's link of the server; the service assigns name and id, and the expiration cannot be
read back; a deleted snapshot may be listed for minutes; servers with more than 1 TB of storage cannot have a snapshot; a server
that was reverted keeps its snapshot.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.errors import InvalidTaskError, NoSuchResource, ResourceLookupError
from ...api.responses import ApiResponse
from ...kit.lookup import format_list
from ...kit.predicted import new_id
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from . import targets as server_targets
from ._shared import post_batch

_MAX_STORAGE_GB = 1024


def _snapshots(server: Entity) -> list[Entity]:
    return server_result.details(server).get("snapshots") or []


def _snapshot_id(snapshot: Entity) -> str | None:
    """Return the id of a snapshot: the last segment of its link, or the placeholder of a predicted one."""
    return snapshot.get("id") or links.id_of(links.first_of(snapshot, "self"))


class ServerSnapshots(Resource):
    """The snapshots of the servers of one task."""

    title = "server snapshots"
    # Clients of the service poll for up to ten minutes until a deleted snapshot is no longer listed.
    consistency_timeout = 600.0

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] = []

    def find(self) -> None:
        self.servers = server_targets.read_targets(self.task)

    def plan(self) -> list[Step]:
        """Create missing snapshots, delete existing ones, or revert each server once per run."""
        if self.task.state == "absent":
            with_snapshot = [server for server in self.servers if _snapshots(server)]
            server_targets.require_active("delete the snapshot of", with_snapshot)
            return [self._delete_step(server, snapshot) for server in with_snapshot for snapshot in _snapshots(server)]
        if self.task.state == "reverted":
            return self._revert_steps()
        without_snapshot = [server for server in self.servers if not _snapshots(server)]
        return [self._create_step(without_snapshot)] if without_snapshot else []

    def is_done_anyway(self) -> bool:
        """Return whether all snapshots exist, or none: a server has one, and creating or deleting it again fails."""
        self.find()
        return self.task.state in ("present", "absent") and not self.plan()

    # Creating

    def _create_step(self, servers: list[Entity]) -> Step:
        """Return the step that creates a snapshot of each server, in one request."""
        server_targets.require_active("create a snapshot of", servers)
        self._check_storage(servers)
        days = self.task.option("expiration_days")

        def predict() -> None:
            for server in servers:
                self._predict_snapshot(server)

        def send() -> ApiResponse:
            body = {"snapshotExpirationDays": days, "serverIds": server_targets.batch_ids(servers)}
            return post_batch(self.task, "createSnapshot", body)

        return Step(
            "create_snapshot",
            server_result.label(servers),
            send=send,
            predict=predict,
            target_ids=tuple(server_targets.id_of(server) for server in servers),
            phrase="create a snapshot of",
            effect="created",
        )

    @staticmethod
    def _check_storage(servers: t.Iterable[Entity]) -> None:
        too_large = [
            server for server in servers if (server_result.details(server).get("storageGB") or 0) > _MAX_STORAGE_GB
        ]
        if too_large:
            raise InvalidTaskError(
                f"servers with more than {_MAX_STORAGE_GB} GB of storage cannot have a snapshot",
                action="create a snapshot of",
                target=server_result.label(too_large),
                help_text="Omit them from server_ids.",
            )

    # Deleting

    def _delete_step(self, server: Entity, snapshot: Entity) -> Step:
        server_id, snapshot_id = server_result.server_id(server), _snapshot_id(snapshot)
        return Step(
            "delete_snapshot",
            f"snapshot {snapshot_id} of server {server_id}",
            send=lambda: self.task.client.delete(
                self._path(snapshot, "delete"),
                verify_path=self.task.client.href_to_path(str(links.href_of(server, "self"))),
                is_deleted=lambda body: snapshot_id not in map(_snapshot_id, _snapshots(body)),
            ),
            predict=lambda: _snapshots(server).remove(snapshot),
            target_ids=(server_id,),
            properties=(str(snapshot_id),),
            phrase="delete",
            effect="removed",
        )

    def _path(self, snapshot: Entity, rel: str) -> str:
        href = links.href_of(snapshot, rel)
        if href is None:
            raise ResourceLookupError(
                f"it has no link with the relation {rel}", action=rel, target=f"snapshot {snapshot['name']}"
            )
        return self.task.client.href_to_path(href)

    # Reverting

    def _revert_steps(self) -> list[Step]:
        """Return the steps that revert each server once per run.

        Reverted servers are not checked again: the vendor's pages differ on whether the service then keeps the snapshot.
        """
        remaining = [server for server in self.servers if not self.is_done(self._revert_step(server))]
        self._check_one_snapshot(remaining)
        return [self._revert_step(server) for server in remaining]

    def _check_one_snapshot(self, servers: list[Entity]) -> None:
        """Raise NoSuchResource if a server has no snapshot, and ResourceLookupError if it has more than one."""
        without_snapshot = [server for server in servers if not _snapshots(server) and not server.get("predicted")]
        if without_snapshot:
            label = server_result.label(without_snapshot)
            cause = f"{label} {'has' if len(without_snapshot) == 1 else 'have'} no snapshot"
            help_text = "Create a snapshot first, or omit these servers."
            self.task.raise_missing(NoSuchResource(cause, action="revert", target=label, help_text=help_text))
        with_multiple = [server for server in servers if len(_snapshots(server)) > 1]
        if with_multiple:
            ids = (
                f"{server_targets.id_of(server)}: {format_list(str(_snapshot_id(snapshot)) for snapshot in _snapshots(server))}"
                for server in with_multiple
            )
            raise ResourceLookupError(
                f"more than one snapshot exists ({'; '.join(ids)})",
                action="revert",
                target=server_result.label(with_multiple),
                help_text="Delete all but one.",
            )
        server_targets.require_active("revert", servers)

    def _revert_step(self, server: Entity) -> Step:
        snapshot = next(iter(_snapshots(server)), {"name": None})
        return Step(
            "revert",
            server_result.label([server]),
            send=lambda: self.task.client.post(self._path(snapshot, "restore")),
            predict=lambda: self._predict_revert(server),
            target_ids=(server_targets.id_of(server),),
        )

    def _predict_snapshot(self, server: Entity) -> None:
        snapshot_id = new_id(self.task, "snapshot", server_targets.id_of(server))
        server_result.details(server).setdefault("snapshots", []).append({"id": snapshot_id, "name": snapshot_id})

    def _predict_revert(self, server: Entity) -> None:
        """Predict that a server keeps its snapshot, including a snapshot that does not exist yet."""
        if not _snapshots(server):
            self._predict_snapshot(server)

    # Result

    def show(self) -> dict[str, t.Any]:
        return {
            "server_snapshots": [
                {"server_id": server_targets.id_of(server), "id": _snapshot_id(snapshot), "name": snapshot.get("name")}
                for server in self.servers
                for snapshot in _snapshots(server)
            ]
        }
