# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies on servers: given to one or to many at once, awaited until they are active, and taken away.

Facts (contract simple-backup.yaml): a server policy ties an account policy to a server and a storage region, which cannot
change; the same policy may be given again for another region. Many are given in one request, whose answer tells the failures.
The agent is installed afterwards: PROVISIONING, PENDING_INSTALL, then ACTIVE, or ERROR. One that did not come up is given up
by PATCH, of which a client has seen that it answers 200 and changes nothing.

Left open by the contract, and decided here: one that is INACTIVE or DELETED is not there, and is given anew. One in ERROR is
told and never mended unasked. Where giving up has no effect, the server policy is deleted. States are awaited with one read of
the list for all servers; there are no jobs.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t
from concurrent.futures import ThreadPoolExecutor

from ..api.answers import Answer
from ..api.errors import AnswerLost, ConfigurationError, JobsFailed, NotThere
from ..api.jobs import Queued, Refusal
from ..kit import compare
from ..kit.declaration import Entity, Resource, Step
from ..kit.lookup import is_id, listed, pick
from ..kit.task import Task
from . import backup, backup_anywhere_server
from .server_requests import read_server

_WORKERS = 8
_BULK = {"Bulk-Operation": "true"}
_GIVE_UP = {"op": "replace", "path": "/status", "value": "INACTIVE"}


class BackupServerPolicies(Resource):
    """One account policy on the servers of a task."""

    title = "backup server policies"
    named_by = (("policy",), ("server_ids",))
    volatile = Resource.volatile | {"unsubscribed_date", "expiration_date"}

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.policy: Entity | None = None
        self.rows: list[Entity] = []
        self._told: str | None = None

    def held(self) -> str | None:
        """Two tasks that find the same servers without the policy would both give it. Others need not wait for each other."""
        return f"backup policy of {self.task.account} on {' '.join(self._wanted())}"

    # Reading

    def find(self) -> None:
        self.policy = self.task.once("policy", self._policy)
        rows = self._read(str(self.policy["policyId"])) if self.policy else []
        self.rows = self._here([row for row in rows if backup.is_there(row) and self._is_named(row)])

    def _policy(self) -> Entity | None:
        look = functools.partial(backup.policy_of, self.task, self.task.option("policy"))
        if self.task.state != "absent":
            return self.task.reference(look, None)
        try:
            return look()
        except NotThere:
            return None

    def _read(self, policy_id: str) -> list[Entity]:
        return backup.read_all(self.task, *backup.server_policy_parts(policy_id))

    def _is_named(self, row: Entity) -> bool:
        return str(row["serverId"]).lower() in self._wanted()

    def _here(self, rows: list[Entity]) -> list[Entity]:
        """Return those of the region. It may be given by its label (EU (Ireland) is GREAT BRITAIN), which the list of regions
        tells; that is read only where rows of other regions leave a doubt.
        """
        kept = [row for row in rows if backup.in_region(row, self.task.option("storage_region"))]
        servers, having = ({str(row["serverId"]) for row in some} for some in (rows, kept))
        if servers == having:
            return kept
        return [row for row in rows if backup.in_region(row, self._region())]

    def _wanted(self) -> list[str]:
        return sorted({str(one).lower() for one in self.task.option("server_ids") if one})

    def _lacking(self) -> list[str | None]:
        """Servers without the policy; null for one that a prediction has no id for yet."""
        having = [str(row["serverId"]).lower() if row["serverId"] else None for row in self.rows]
        nameless = sum(1 for one in self.task.option("server_ids") if not one) - having.count(None)
        return [*(one for one in self._wanted() if one not in having), *([None] * nameless)]

    def settled(self) -> bool:
        return self.task.state == "absent" or not any(row.get("status") in backup.COMING for row in self.rows)

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return [self._removal(row) for row in self.rows]
        self._refuse_broken()
        lacking = self._lacking()
        return [self._giving(lacking)] if lacking else []

    def _refuse_broken(self) -> None:
        broken = [row for row in self.rows if row.get("status") == backup.ERROR]
        if broken:
            raise JobsFailed(
                f"the agent could not be installed (state {backup.ERROR} of server policy "
                f"{listed(str(row['serverPolicyId']) for row in broken)})",
                action="give",
                thing=self._words(str(row["serverId"]).lower() for row in broken),
                remedy="Check the server, take the policy from it with state=absent, and run the task again.",
            )

    def _words(self, servers: t.Iterable[str | None]) -> str:
        return (
            f"backup policy {self.task.option('policy')} to server {listed(one or 'yet to be made' for one in servers)}"
        )

    # Giving

    def _giving(self, lacking: list[str | None]) -> Step:
        """One request for all. Its name stays that of the first one, since a list may show the new ones bit by bit."""
        self._told = self._told or self._words(lacking)
        self.task.once("servers", lambda: self._check_servers([one for one in lacking if one]))
        region = self._region()

        def predict() -> None:
            status = "ACTIVE" if self.task.wait else backup.COMING[0]
            policy_id = self.policy["policyId"] if self.policy else None
            common = {"accountPolicyId": policy_id, "storageRegion": region, "status": status}
            self.rows += [{"serverId": one, **common} for one in lacking]

        return Step(
            "give",
            self._told,
            send=lambda: self._send([str(one) for one in lacking], region),
            predict=predict,
            things=tuple(one or "" for one in lacking),
            effect="created",
            read=_refused,
            recover=self._recover,
        )

    def _send(self, lacking: list[str], region: str) -> Answer:
        path = backup.path_of(*backup.server_policy_parts(str((self.policy or {})["policyId"])))
        entries = [{"serverId": backup.sent_id(one), "storageRegion": region} for one in lacking]
        if len(entries) > 1:
            return self.task.client.post(path, entries, service=backup.SERVICE, headers=_BULK)
        one = {**entries[0], "clcAccountAlias": self.task.account.upper()}
        return self.task.client.post(path, one, service=backup.SERVICE)

    def _recover(self, lost: AnswerLost) -> Queued:
        self.find()
        if self._lacking():
            raise lost
        return Queued()

    def _region(self) -> str:
        """Return the name of the region as the service has it; its label is taken too."""
        wanted = str(self.task.option("storage_region"))
        regions = self.task.once("regions", lambda: backup.read(self.task, "regions"))
        for one in regions:
            if compare.words(wanted, one["name"]) or compare.words(wanted, one.get("regionLabel")):
                return str(one["name"])
        return str(pick("storage region", wanted, regions, id_of=_name, name_of=_name)["name"])

    def _check_servers(self, lacking: list[str]) -> None:
        """Raise before anything is sent where a server is missing or runs another operating system than the policy's."""
        away = backup_anywhere_server.read_servers(self.task) if any(map(is_id, lacking)) else []
        known = {str(one["id"]).lower(): str(one.get("osType")) for one in away}
        inside = [one for one in lacking if not is_id(one)]
        with ThreadPoolExecutor(max(1, min(_WORKERS, len(inside)))) as pool:
            for name, found in zip(inside, pool.map(functools.partial(read_server, self.task), inside), strict=True):
                if found is not None:
                    known[name] = (
                        "Windows" if "windows" in f"{found.get('os')} {found.get('osType')}".lower() else "Linux"
                    )
        missing = [one for one in lacking if one not in known]
        if missing:
            self.task.reference(functools.partial(self._raise_missing, missing), None)
        wanted = (self.policy or {}).get("osType")
        wrong = [f"{one} runs {known[one]}" for one in lacking if one in known and wanted and known[one] != wanted]
        if wrong:
            raise ConfigurationError(
                f"the policy is for {wanted}, but {listed(wrong)}",
                action="give",
                thing=self._words(lacking),
                remedy="Leave these servers out, or name a policy for their operating system.",
            )

    def _raise_missing(self, missing: list[str]) -> None:
        raise NotThere(
            f"there is no server {listed(missing)}",
            action="give",
            thing=self._words(missing),
            remedy="Check server_ids and account_alias.",
        )

    # Taking away

    def _removal(self, row: Entity) -> Step:
        name = str(row["serverId"]).lower()
        thing = f"backup policy {self.task.option('policy')} of server {name} in {row['storageRegion']}"
        path = backup.path_of(*backup.server_policy_parts(str(row["accountPolicyId"]), str(row["serverPolicyId"])))
        client = self.task.client
        came_up = row.get("status") not in (*backup.COMING, backup.ERROR)
        is_last = came_up or self.was_done(f"give up {thing}")

        def send() -> Answer:
            if is_last:
                return client.delete(path, service=backup.SERVICE, done_when=_is_gone)
            return client.patch(path, _GIVE_UP, service=backup.SERVICE)

        return Step(
            "take away" if is_last else "give up",
            thing,
            send=send,
            predict=lambda: self.rows.remove(row),
            things=(f"{name} {row['storageRegion']}",),
            effect="removed",
            read=lambda answer: Queued(),
        )

    def show(self) -> dict[str, t.Any]:
        shown = [backup.shown_server_policy(row, self.policy or {}) for row in self.rows]
        return {
            "backup_server_policies": sorted(
                shown, key=lambda one: (one["server_id"] or "", one["storage_region"], one["id"] or "")
            )
        }


def _name(region: Entity) -> str:
    return str(region["name"])


def _is_gone(body: t.Any) -> bool:
    return not backup.is_there(body)


def _refused(answer: Answer) -> Queued:
    """Read what a request for many tells of each; that for one has no such list."""
    entries = (answer.body or {}).get("createServerPolicyResponseList") or []
    return Queued(refusals=[_refusal(entry) for entry in entries if not entry.get("success")])


def _refusal(entry: Entity) -> Refusal:
    told = entry.get("validationMessages") or []
    reasons = [entry.get("error"), *(told if isinstance(told, list) else [told])]
    reason = " ".join(str(one) for one in reasons if one) or "the service gave no reason"
    return Refusal(str((entry.get("serverPolicy") or {}).get("serverId")).lower(), reason)
