# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies on servers: applied to one or several at once, awaited until they are active, and removed.

API behavior (simple-backup.yaml): a server policy connects an account policy to a server and a storage region, which cannot
change; the same policy can be applied again in another region. Several server policies are created in one request, whose response
lists the failures. The agent is installed afterwards: PROVISIONING, PENDING_INSTALL, then ACTIVE, or ERROR. A server policy that
never became active is canceled with PATCH; a client observed that this can return 200 without an effect.

Not specified by the contract; design decisions: a server policy that is INACTIVE or DELETED is absent and is created again. One
in ERROR causes an error and is never replaced automatically. If canceling has no effect, the server policy is deleted. Statuses
are polled with one request for all servers; there are no jobs.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, JobError, NoSuchResource
from ...api.jobs import QueueResult, Rejection
from ...api.pool import map_concurrently
from ...api.responses import ApiResponse
from ...kit.lookup import format_list, is_id
from ...kit.predicted import is_placeholder, new_id, reference
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from ..server import read_server
from . import _shared, anywhere_server

_BULK_HEADER = {"Bulk-Operation": "true"}
_CANCEL = {"op": "replace", "path": "/status", "value": "INACTIVE"}


class BackupServerPolicies(Resource):
    """The server policies that connect an account policy to the servers of a task."""

    title = "backup server policies"
    identified_by = (("policy",), ("server_ids",))
    volatile = Resource.volatile | {"unsubscribed_date", "expiration_date"}

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.policy: Entity | None = None
        self.server_policies: list[Entity] = []

    def lock_names(self) -> str | None:
        """Lock the set of servers: two tasks that find the policy missing on the same servers would both apply it."""
        return f"backup policy of {self.task.account} on {' '.join(self._server_ids())}"

    # Reading

    def find(self) -> None:
        self.policy = self.task.cached(("backup policy", self.task.option("policy")), self._find_policy)
        server_policies = self._read(str(self.policy["policyId"])) if self.policy else []
        self.server_policies = self._in_region(
            [item for item in server_policies if _shared.is_in_use(item) and self._is_selected(item)]
        )

    def _find_policy(self) -> Entity | None:
        lookup = functools.partial(_shared.find_policy, self.task, self.task.option("policy"))
        return self.task.resolve_related(lookup, None, None)

    def _read(self, policy_id: str) -> list[Entity]:
        return _shared.read_all(self.task, paths.BACKUP_SERVER_POLICIES(policy_id))

    def _is_selected(self, server_policy: Entity) -> bool:
        return str(server_policy["serverId"]).lower() in self._server_ids()

    def _in_region(self, server_policies: list[Entity]) -> list[Entity]:
        """Return the server policies in the region of the task.

        The task may specify the region by its label: EU (Ireland) is GREAT BRITAIN. The regions, which have the labels, are only
        read if a server has server policies in other regions only.
        """
        region = self.task.option("storage_region")
        matching = [item for item in server_policies if _shared.is_in_region(item, region)]
        servers, matching_servers = ({str(item["serverId"]) for item in items} for items in (server_policies, matching))
        if servers == matching_servers:
            return matching
        return [item for item in server_policies if _shared.is_in_region(item, _shared.region_name(self.task))]

    def _server_ids(self) -> list[str]:
        return sorted({str(server_id).lower() for server_id in self.task.option("server_ids")})

    def _missing(self) -> list[str]:
        """Return the ids of servers without the policy."""
        present = [str(item["serverId"]).lower() for item in self.server_policies]
        return [server_id for server_id in self._server_ids() if server_id not in present]

    def is_stable(self) -> bool:
        if self.task.state == "absent":
            return True
        return not any(item.get("status") in _shared.TRANSITIONAL_STATUSES for item in self.server_policies)

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return [self._remove_step(item) for item in self.server_policies]
        self._check_no_failures()
        missing = self._missing()
        return [self._apply_step(missing)] if missing else []

    def _check_no_failures(self) -> None:
        failed = [item for item in self.server_policies if item.get("status") == _shared.ERROR]
        if failed:
            ids = format_list(str(item["serverPolicyId"]) for item in failed)
            raise JobError(
                f"the agent could not be installed (server policy {ids} has the status {_shared.ERROR})",
                action="apply",
                target=self._label(str(item["serverId"]).lower() for item in failed),
                help_text="Check the server, remove the policy from it (state=absent), and run the task again.",
            )

    def _label(self, server_ids: t.Iterable[str]) -> str:
        return f"backup policy {self.task.option('policy')} to server {format_list(server_ids)}"

    # Applying

    def _apply_step(self, missing: list[str]) -> Step:
        """Return the step that applies the policy to all servers without it, in one request."""
        self.task.cached(("active servers", *missing), lambda: self._check_servers(missing))
        region, policy = _shared.region_name(self.task), self.task.option("policy")

        def predict() -> None:
            status = "ACTIVE" if self.task.wait else _shared.TRANSITIONAL_STATUSES[0]
            policy_id = self.policy["policyId"] if self.policy else reference(self.task, "backup policy", policy)
            common = {"accountPolicyId": policy_id, "storageRegion": region, "status": status}
            self.server_policies += [
                {
                    "serverId": server_id,
                    "serverPolicyId": new_id(self.task, "server-policy", policy_id, server_id, region),
                    **common,
                }
                for server_id in missing
            ]

        return Step(
            "apply",
            self._label(missing),
            send=lambda: self._send(missing, region),
            predict=predict,
            target_ids=tuple(missing),
            effect="created",
            parse=_parse_created,
        )

    def _send(self, server_ids: list[str], region: str) -> ApiResponse:
        path = paths.BACKUP_SERVER_POLICIES((self.policy or {})["policyId"])
        entries = [{"serverId": _shared.to_api_id(server_id), "storageRegion": region} for server_id in server_ids]
        if len(entries) > 1:
            return self.task.client.post(path, entries, service=_shared.SERVICE, headers=_BULK_HEADER)
        body = {**entries[0], "clcAccountAlias": self.task.account.upper()}
        return self.task.client.post(path, body, service=_shared.SERVICE)

    def _check_servers(self, server_ids: list[str]) -> None:
        """Raise, before a request is sent, if a server does not exist or runs another operating system than the policy's."""
        os_types = self._os_types(server_ids)
        missing = [server_id for server_id in server_ids if server_id not in os_types and not is_placeholder(server_id)]
        if missing:
            self.task.raise_missing(
                NoSuchResource(
                    f"server {format_list(missing)} does not exist",
                    action="apply",
                    target=self._label(missing),
                    help_text="Check server_ids and account_alias.",
                )
            )
        policy_os = (self.policy or {}).get("osType")
        different = [name for name in server_ids if policy_os and os_types.get(name, policy_os) != policy_os]
        if different:
            raise InvalidTaskError(
                f"the policy is for {policy_os}, but {format_list(f'{name} runs {os_types[name]}' for name in different)}",
                action="apply",
                target=self._label(server_ids),
                help_text="Omit these servers, or use a policy for their operating system.",
            )

    def _os_types(self, server_ids: list[str]) -> dict[str, str]:
        """Return the operating systems of existing servers by id."""
        server_ids = [server_id for server_id in server_ids if not is_placeholder(server_id)]
        external = anywhere_server.read_servers(self.task) if any(map(is_id, server_ids)) else []
        os_types = {str(server["id"]).lower(): str(server.get("osType")) for server in external}
        names = [server_id for server_id in server_ids if not is_id(server_id)]
        servers = map_concurrently(functools.partial(read_server, self.task), names)
        for name, server in zip(names, servers, strict=True):
            if server is not None:
                system = f"{server.get('os')} {server.get('osType')}".lower()
                os_types[name] = "Windows" if "windows" in system else "Linux"
        return os_types

    # Removing

    def _remove_step(self, server_policy: Entity) -> Step:
        """Return the step that cancels a server policy that never became active, or else, or if that had no effect, deletes it."""
        path = paths.BACKUP_SERVER_POLICY(server_policy["accountPolicyId"], server_policy["serverPolicyId"])
        client = self.task.client
        cancel = self._step(server_policy, "cancel", lambda: client.patch(path, _CANCEL, service=_shared.SERVICE))
        never_active = server_policy.get("status") in (*_shared.TRANSITIONAL_STATUSES, _shared.ERROR)
        if never_active and not self.is_done(cancel):
            return cancel
        return self._step(
            server_policy,
            "remove",
            lambda: client.delete(path, service=_shared.SERVICE, is_deleted=_is_removed),
        )

    def _step(self, server_policy: Entity, phrase: str, send: t.Callable[[], ApiResponse]) -> Step:
        server_id = str(server_policy["serverId"]).lower()
        region = server_policy["storageRegion"]
        return Step(
            phrase,
            f"backup policy {self.task.option('policy')} of server {server_id} in {region}",
            send=send,
            predict=lambda: self.server_policies.remove(server_policy),
            target_ids=(f"{server_id} {region}",),
            effect="removed",
            parse=lambda response: QueueResult(),
        )

    def show(self) -> dict[str, t.Any]:
        results = [_shared.server_policy_to_result(item, self.policy or {}) for item in self.server_policies]
        return {
            "backup_server_policies": sorted(
                results, key=lambda result: (result["server_id"], result["storage_region"], result["id"] or "")
            )
        }


def _is_removed(body: t.Any) -> bool:
    return not _shared.is_in_use(body)


def _parse_created(response: ApiResponse) -> QueueResult:
    """Return the failures that the response to a request for several servers lists; that for one server has no list."""
    entries = (response.body or {}).get("createServerPolicyResponseList") or []
    return QueueResult(rejections=[_refusal(entry) for entry in entries if not entry.get("success")])


def _refusal(entry: Entity) -> Rejection:
    messages = entry.get("validationMessages") or []
    reasons = [entry.get("error"), *(messages if isinstance(messages, list) else [messages])]
    reason = " ".join(str(item) for item in reasons if item) or "the service did not report why"
    return Rejection(str((entry.get("serverPolicy") or {}).get("serverId")).lower(), reason)
