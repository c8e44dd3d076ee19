# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks: for each event the addresses that the service posts its messages to.

Facts (contract webhooks.yaml): one list holds all ten events, an event without targets has no configuration; a PUT takes the
whole list of targets and whether events of sub-accounts count; single targets are added and removed by calls of their own, a
removal by the target exactly as it is listed; targets are https. There are no jobs, and no limit is documented.

Left open by the contract, and decided here: recursive and targets are sent together always, those that the task leaves out as
they were read, since what a PUT without them does is not said. A target is added alone only to an event that has a
configuration, since recursive is not said otherwise, and one of an event at a time. An event without configuration has the same
targets as one whose configuration is empty: none. http is refused but to loopback addresses, where a simulator sends to.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from ...api import links, paths
from ...api.addresses import is_loopback
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, LookupFailed
from ...api.jobs import Queued
from ...kit import compare
from ...kit.declaration import Entity, Resource
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task


def same_uris(wanted: t.Any, shown: t.Any) -> bool:
    """The same addresses of the web, whatever their order and the case of scheme and host."""
    return {plain_uri(one) for one in wanted or []} == {plain_uri(one) for one in shown or []}


def plain_uri(uri: t.Any) -> str:
    """Return the form in which two texts of one address of the web are equal: an empty path is the same as a slash.

    A text that is no address is equal to itself alone.
    """
    try:
        parts = urlsplit(str(uri))
    except ValueError:
        return str(uri)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def read_all(task: Task) -> dict[str, Entity]:
    """Return all events by name, in the service's order. One request."""
    body = task.client.get(paths.WEBHOOKS(task.account)).body or {}
    return {str(item["name"]): item for item in body.get("items") or []}


def targets_of(item: Entity) -> list[str]:
    """Return the targets of an event as they are listed."""
    configured = item.get("configuration") or {}
    return [str(one["targetUri"]) for one in configured.get("targetUris") or []]


def shown(item: Entity) -> dict[str, t.Any]:
    """Return an event as results have it; recursive is null where it has no configuration."""
    configured = item.get("configuration")
    return {
        "event": item["name"],
        "recursive": None if configured is None else compare.flag(True, configured.get("recursive")),
        "target_uris": targets_of(item),
    }


class Webhook(Resource):
    """The targets of some events, which the task has in common for them."""

    title = "webhook"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.items: dict[str, Entity] = {}
        wanted = task.option("target_uris")
        # Written in two ways, a target is still one.
        self.targets: list[str] | None = None
        if wanted is not None:
            self.targets = list({plain_uri(one): str(one) for one in wanted}.values())

    @property
    def _events(self) -> list[str]:
        return list(dict.fromkeys(self.task.option("events")))

    def held(self) -> str | None:
        """A PUT sends what was read, so only one task at a time may change the webhooks of an account."""
        return f"webhooks of {self.task.account}"

    def find(self) -> None:
        everything = read_all(self.task)
        unknown = [event for event in self._events if event not in everything]
        if unknown:
            raise LookupFailed(
                f"the service does not list {listed(unknown)}",
                action="find",
                thing=self.title,
                remedy=f"It lists {listed(everything) or 'none'}.",
            )
        self.items = {event: everything[event] for event in self._events}

    # Planning

    def plan(self) -> list[Step]:
        """One step for each event that is not as wanted; targets that are added or removed alone take turns."""
        steps = map(self._removal if self.task.state == "absent" else self._setting, self._events)
        return [step for step in steps if step is not None]

    def _setting(self, event: str) -> Step | None:
        item = self.items[event]
        configured = item.get("configuration") or {}
        present, recursive = targets_of(item), self.task.option("recursive")
        targets = present if self.targets is None else self._joined(present)
        turned = recursive is not None and not compare.flag(recursive, configured.get("recursive"))
        if not turned and same_uris(targets, present):
            return None
        if turned or self.task.option("purge") or not configured:
            value = configured.get("recursive") if recursive is None else recursive
            return self._put(event, compare.flag(True, value), targets)
        return self._addition(event, targets[len(present)])

    def _joined(self, present: list[str]) -> list[str]:
        """Return the targets that an event shall have: with those that it has unless they are to be purged."""
        kept = [] if self.task.option("purge") else present
        known = {plain_uri(one) for one in kept}
        return [*kept, *(one for one in self.targets or [] if plain_uri(one) not in known)]

    def _removal(self, event: str) -> Step | None:
        """Remove the configuration, or of the targets that the task names the first that is there."""
        item = self.items[event]
        if self.targets is None:
            return self._clearing(event) if item.get("configuration") is not None else None
        unwanted = {plain_uri(one) for one in self.targets}
        found = next((one for one in targets_of(item) if plain_uri(one) in unwanted), None)
        return self._subtraction(event, found) if found is not None else None

    # Steps

    def _step(
        self,
        event: str,
        verb: str,
        phrase: str,
        send: t.Callable[[], Answer],
        after: Entity | None,
        *,
        target: str | None = None,
        recover: t.Callable[[AnswerLost], Queued] | None = None,
    ) -> Step:
        """Return a step after which an event has this configuration. target: the one that is added or removed."""

        def predict() -> None:
            self.items[event] = {**self.items[event], "configuration": after}

        return Step(
            verb,
            f"webhook {event}",
            send,
            predict,
            target_ids=[event],
            properties=[target] if target else [],
            phrase=phrase,
            read=lambda answer: Queued(),
            recover=recover,
        )

    def _put(self, event: str, recursive: bool, targets: list[str]) -> Step:
        body = {"recursive": recursive, "targetUris": [{"targetUri": one} for one in targets]}
        path, probe = self._path(event), paths.WEBHOOKS(self.task.account)
        return self._step(event, "set", "set", lambda: self.task.client.put(path, body, probe=probe), body)

    def _addition(self, event: str, target: str) -> Step:
        body = {"targetUri": target}
        path = paths.WEBHOOK_TARGETS.below(self._path(event))
        after = self._changed(event, [*targets_of(self.items[event]), target])
        return self._step(
            event,
            "add_target",
            f"add {target} to",
            lambda: self.task.client.post(path, body),
            after,
            target=target,
            recover=lambda lost: self._look_for(event, target, lost),
        )

    def _look_for(self, event: str, target: str, lost: AnswerLost) -> Queued:
        """After a lost answer see whether the target is there; what a second one would do is not said."""
        self.find()
        if target not in targets_of(self.items[event]):
            raise lost
        return Queued()

    def _subtraction(self, event: str, target: str) -> Step:
        path = paths.with_query(paths.WEBHOOK_TARGETS.below(self._path(event)), targetUri=target)
        after = self._changed(event, [one for one in targets_of(self.items[event]) if one != target])
        return self._step(
            event,
            "remove_target",
            f"remove {target} from",
            lambda: self._delete(path, event, lambda item: target not in targets_of(item)),
            after,
            target=target,
        )

    def _clearing(self, event: str) -> Step:
        path = self._path(event)
        return self._step(
            event,
            "delete",
            "remove the configuration of",
            lambda: self._delete(path, event, lambda item: item.get("configuration") is None),
            None,
        )

    def _delete(self, path: str, event: str, is_done: t.Callable[[Entity], bool]) -> Answer:
        """Delete; after a lost answer the list tells whether that was done, since nothing else can be read."""

        def done(body: t.Any) -> bool:
            return all(is_done(item) for item in (body or {}).get("items") or [] if item["name"] == event)

        return self.task.client.delete(path, probe=paths.WEBHOOKS(self.task.account), done_when=done)

    def _changed(self, event: str, targets: list[str]) -> Entity:
        """Return the configuration of an event that has one, with other targets."""
        return {**self.items[event]["configuration"], "targetUris": [{"targetUri": one} for one in targets]}

    def _path(self, event: str) -> str:
        href = links.href_of(self.items[event], "configuration")
        if href is None:
            raise LookupFailed(
                "the service does not link to its configuration", action="change", thing=f"webhook {event}"
            )
        return self.task.client.path_of(href)

    def show(self) -> dict[str, t.Any]:
        return {"webhooks": [shown(item) for item in self.items.values()]}


def refuse_plain(task: Task) -> None:
    """Raise ConfigurationError for a target that the service would not send to; what is to go may be anything."""
    for target in task.option("target_uris") or []:
        if task.state == "present" and not _is_sent_to(str(target)):
            raise ConfigurationError(
                f"'{target}' is no https address",
                action="use",
                thing="target_uris",
                remedy="The service sends to https alone; http is for a simulator and loopback addresses.",
            )


def _is_sent_to(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    return secure and bool(parts.hostname)


def found_webhooks(task: Task) -> list[dict[str, t.Any]]:
    """Return all events of the account, or those of the names given; an unknown one gives none."""
    wanted = task.option("events")
    return [shown(item) for event, item in read_all(task).items() if wanted is None or event in wanted]
