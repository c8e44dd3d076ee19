# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies on servers: given to one or to many at once, awaited until they are active, and taken away.

Facts (contract simple-_shared.yaml): a server policy ties an account policy to a server and a storage region, which cannot
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

from ...api import paths
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, JobsFailed, NotThere
from ...api.jobs import Queued, Refusal
from ...api.pool import map_concurrently
from ...kit.declaration import Entity, Resource
from ...kit.lookup import is_id, listed, pick
from ...kit.steps import Step
from ...kit.task import Task
from ..server import read_server
from . import _shared
from . import anywhere_server as backup_anywhere_server

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

    def held(self) -> str | None:
        """Two tasks that find the same servers without the policy would both give it. Others need not wait for each other."""
        return f"backup policy of {self.task.account} on {' '.join(self._wanted())}"

    # Reading

    def find(self) -> None:
        self.policy = self.task.once("policy", self._policy)
        rows = self._read(str(self.policy["policyId"])) if self.policy else []
        self.rows = self._here([row for row in rows if _shared.is_there(row) and self._is_named(row)])

    def _policy(self) -> Entity | None:
        look = functools.partial(_shared.policy_of, self.task, self.task.option("policy"))
        return self.task.related(look, None, None)

    def _read(self, policy_id: str) -> list[Entity]:
        return _shared.read_all(self.task, paths.BACKUP_SERVER_POLICIES(policy_id))

    def _is_named(self, row: Entity) -> bool:
        return str(row["serverId"]).lower() in self._wanted()

    def _here(self, rows: list[Entity]) -> list[Entity]:
        """Return those of the region. It may be given by its label (EU (Ireland) is GREAT BRITAIN), which the list of regions
        tells; that is read only where rows of other regions leave a doubt.
        """
        kept = [row for row in rows if _shared.in_region(row, self.task.option("storage_region"))]
        servers, having = ({str(row["serverId"]) for row in some} for some in (rows, kept))
        if servers == having:
            return kept
        return [row for row in rows if _shared.in_region(row, self._region())]

    def _wanted(self) -> list[str]:
        return sorted({str(one).lower() for one in self.task.option("server_ids") if one})

    def _lacking(self) -> list[str | None]:
        """Servers without the policy; null for one that a prediction has no id for yet."""
        having = [str(row["serverId"]).lower() if row["serverId"] else None for row in self.rows]
        nameless = sum(1 for one in self.task.option("server_ids") if not one) - having.count(None)
        return [*(one for one in self._wanted() if one not in having), *([None] * nameless)]

    def settled(self) -> bool:
        return self.task.state == "absent" or not any(row.get("status") in _shared.COMING for row in self.rows)

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return [self._removal(row) for row in self.rows]
        self._refuse_broken()
        lacking = self._lacking()
        return [self._giving(lacking)] if lacking else []

    def _refuse_broken(self) -> None:
        broken = [row for row in self.rows if row.get("status") == _shared.ERROR]
        if broken:
            raise JobsFailed(
                f"the agent could not be installed (state {_shared.ERROR} of server policy "
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
        """One request for all."""
        self.task.once("servers", lambda: self._check_servers([one for one in lacking if one]))
        region = self._region()

        def predict() -> None:
            status = "ACTIVE" if self.task.wait else _shared.COMING[0]
            policy_id = self.policy["policyId"] if self.policy else None
            common = {"accountPolicyId": policy_id, "storageRegion": region, "status": status}
            self.rows += [{"serverId": one, **common} for one in lacking]

        return Step(
            "give",
            self._words(lacking),
            send=lambda: self._send([str(one) for one in lacking], region),
            predict=predict,
            target_ids=tuple(one or "" for one in lacking),
            effect="created",
            read=_refused,
            recover=self._recover,
        )

    def _send(self, lacking: list[str], region: str) -> Answer:
        path = paths.BACKUP_SERVER_POLICIES((self.policy or {})["policyId"])
        entries = [{"serverId": _shared.sent_id(one), "storageRegion": region} for one in lacking]
        if len(entries) > 1:
            return self.task.client.post(path, entries, service=_shared.SERVICE, headers=_BULK)
        one = {**entries[0], "clcAccountAlias": self.task.account.upper()}
        return self.task.client.post(path, one, service=_shared.SERVICE)

    def _recover(self, lost: AnswerLost) -> Queued:
        self.find()
        if self._lacking():
            raise lost
        return Queued()

    def _region(self) -> str:
        """Return the name of the region as the service has it; its label is taken too."""
        wanted = str(self.task.option("storage_region"))
        regions = self.task.once("regions", lambda: _shared.read(self.task, paths.BACKUP_REGIONS()))
        for one in regions:
            if _shared.same_words(wanted, one["name"]) or _shared.same_words(wanted, one.get("regionLabel")):
                return str(one["name"])
        return str(pick("storage region", wanted, regions, id_member="name")["name"])

    def _check_servers(self, lacking: list[str]) -> None:
        """Raise before anything is sent where a server is missing or runs another operating system than the policy's."""
        away = backup_anywhere_server.read_servers(self.task) if any(map(is_id, lacking)) else []
        known = {str(one["id"]).lower(): str(one.get("osType")) for one in away}
        inside = [one for one in lacking if not is_id(one)]
        servers = map_concurrently(functools.partial(read_server, self.task), inside)
        for name, found in zip(inside, servers, strict=True):
            if found is not None:
                known[name] = "Windows" if "windows" in f"{found.get('os')} {found.get('osType')}".lower() else "Linux"
        missing = [one for one in lacking if one not in known]
        if missing:
            self.task.raise_missing(
                NotThere(
                    f"there is no server {listed(missing)}",
                    action="give",
                    thing=self._words(missing),
                    remedy="Check server_ids and account_alias.",
                )
            )
        wanted = (self.policy or {}).get("osType")
        wrong = [f"{one} runs {known[one]}" for one in lacking if one in known and wanted and known[one] != wanted]
        if wrong:
            raise ConfigurationError(
                f"the policy is for {wanted}, but {listed(wrong)}",
                action="give",
                thing=self._words(lacking),
                remedy="Leave these servers out, or name a policy for their operating system.",
            )

    # Taking away

    def _removal(self, row: Entity) -> Step:
        """Give the policy up while the agent is being installed, or has not been; take it away once that has had no effect."""
        path = paths.BACKUP_SERVER_POLICY(row["accountPolicyId"], row["serverPolicyId"])
        client = self.task.client
        give_up = self._taking(row, "give_up", "give up", lambda: client.patch(path, _GIVE_UP, service=_shared.SERVICE))
        if row.get("status") in (*_shared.COMING, _shared.ERROR) and not self.is_done(give_up):
            return give_up
        return self._taking(
            row,
            "take_away",
            "take away",
            lambda: client.delete(path, service=_shared.SERVICE, done_when=_is_gone),
        )

    def _taking(self, row: Entity, verb: str, phrase: str, send: t.Callable[[], Answer]) -> Step:
        name = str(row["serverId"]).lower()
        return Step(
            verb,
            f"backup policy {self.task.option('policy')} of server {name} in {row['storageRegion']}",
            send=send,
            predict=lambda: self.rows.remove(row),
            target_ids=(f"{name} {row['storageRegion']}",),
            phrase=phrase,
            effect="removed",
            read=lambda answer: Queued(),
        )

    def show(self) -> dict[str, t.Any]:
        shown = [_shared.shown_server_policy(row, self.policy or {}) for row in self.rows]
        return {
            "backup_server_policies": sorted(
                shown, key=lambda one: (one["server_id"] or "", one["storage_region"], one["id"] or "")
            )
        }


def _is_gone(body: t.Any) -> bool:
    return not _shared.is_there(body)


def _refused(answer: Answer) -> Queued:
    """Read what a request for many tells of each; that for one has no such list."""
    entries = (answer.body or {}).get("createServerPolicyResponseList") or []
    return Queued(refusals=[_refusal(entry) for entry in entries if not entry.get("success")])


def _refusal(entry: Entity) -> Refusal:
    told = entry.get("validationMessages") or []
    reasons = [entry.get("error"), *(told if isinstance(told, list) else [told])]
    reason = " ".join(str(one) for one in reasons if one) or "the service gave no reason"
    return Refusal(str((entry.get("serverPolicy") or {}).get("serverId")).lower(), reason)
