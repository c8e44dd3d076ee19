# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks: for each event, the URLs that the service posts its messages to.

API behavior (webhooks.yaml): one list contains all ten events; an event without targets has no configuration. A PUT sets the
complete list of targets and whether events of sub-accounts are included. Other operations add and remove a single target; a
target is removed by its URL exactly as listed. Targets are https URLs. There are no jobs, and no limit is documented.

Not specified by the contract; design decisions: A PUT always sends recursive and all targets, and keeps the values that the
task omits, since the effect of a partial PUT is unknown. A single target is added only to an event with a configuration, since
recursive is undefined otherwise, and targets of an event are added one at a time. An event without configuration equals an
event with an empty one: it has no targets. http is rejected except for loopback addresses, which simulators use.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from ...api import links, paths
from ...api.endpoints import is_loopback
from ...api.errors import ResourceLookupError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.lookup import format_list
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task


def same_urls(desired: t.Any, actual: t.Any) -> bool:
    """Compare lists of URLs, ignoring their order and the case of scheme and host."""
    return {normalize_url(url) for url in desired or []} == {normalize_url(url) for url in actual or []}


def normalize_url(url: t.Any) -> str:
    """Return a URL with scheme and host in lower case, and a slash for an empty path. A string that is not a URL is kept."""
    try:
        parsed = urlsplit(str(url))
    except ValueError:
        return str(url)
    return parsed._replace(scheme=parsed.scheme.lower(), netloc=parsed.netloc.lower(), path=parsed.path or "/").geturl()


def read_all(task: Task) -> dict[str, Entity]:
    """Return all events by name, in the order of the service. Sends one request."""
    body = task.client.get(paths.WEBHOOKS(task.account)).body or {}
    return {str(item["name"]): item for item in body.get("items") or []}


def targets_of(item: Entity) -> list[str]:
    """Return the target URLs of an event as listed."""
    configuration = item.get("configuration") or {}
    return [str(target["targetUri"]) for target in configuration.get("targetUris") or []]


def to_result(item: Entity) -> dict[str, t.Any]:
    """Return the result of an event; recursive is null if it has no configuration."""
    configuration = item.get("configuration")
    return {
        "event": item["name"],
        "recursive": None if configuration is None else compare.boolean(True, configuration.get("recursive")),
        "target_uris": targets_of(item),
    }


class Webhook(Resource):
    """The targets of one or more events; the task sets the same targets for all of them."""

    title = "webhook"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.items: dict[str, Entity] = {}
        urls = task.option("target_uris")
        # Two notations of the same URL are one target.
        self.targets: list[str] | None = None
        if urls is not None:
            self.targets = list({normalize_url(url): str(url) for url in urls}.values())

    @property
    def _events(self) -> list[str]:
        return list(dict.fromkeys(self.task.option("events")))

    def lock_names(self) -> str | None:
        """A PUT sends values that were read before, so only one task at a time may update the webhooks of an account."""
        return f"webhooks of {self.task.account}"

    def find(self) -> None:
        items = read_all(self.task)
        unknown = [event for event in self._events if event not in items]
        if unknown:
            raise ResourceLookupError(
                f"the service has no event {format_list(unknown)}",
                action="find",
                target=self.title,
                help_text=f"Available events: {format_list(items) or 'none'}.",
            )
        self.items = {event: items[event] for event in self._events}

    # Planning

    def plan(self) -> list[Step]:
        """Return one step for each event that differs; single targets are added or removed one at a time."""
        steps = map(self._absent_step if self.task.state == "absent" else self._present_step, self._events)
        return [step for step in steps if step is not None]

    def _present_step(self, event: str) -> Step | None:
        item = self.items[event]
        configuration = item.get("configuration") or {}
        current, recursive = targets_of(item), self.task.option("recursive")
        targets = current if self.targets is None else self._merged_targets(current)
        recursive_differs = recursive is not None and not compare.boolean(recursive, configuration.get("recursive"))
        if not recursive_differs and same_urls(targets, current):
            return None
        if recursive_differs or self.task.option("purge") or not configuration:
            value = configuration.get("recursive") if recursive is None else recursive
            return self._set_step(event, compare.boolean(True, value), targets)
        return self._add_target_step(event, targets[len(current)])

    def _merged_targets(self, current: list[str]) -> list[str]:
        """Return the desired targets of an event, including its current ones if purge is false."""
        kept = [] if self.task.option("purge") else current
        kept_urls = {normalize_url(url) for url in kept}
        return [*kept, *(url for url in self.targets or [] if normalize_url(url) not in kept_urls)]

    def _absent_step(self, event: str) -> Step | None:
        """Return the step that removes the configuration, or the first existing target of the task."""
        item = self.items[event]
        if self.targets is None:
            return self._delete_step(event) if item.get("configuration") is not None else None
        urls = {normalize_url(url) for url in self.targets}
        target = next((url for url in targets_of(item) if normalize_url(url) in urls), None)
        return self._remove_target_step(event, target) if target is not None else None

    # Steps

    def _step(
        self,
        event: str,
        key: str,
        phrase: str,
        send: t.Callable[[], ApiResponse],
        after: Entity | None,
        *,
        target: str | None = None,
    ) -> Step:
        """Return a step after which an event has the configuration `after`. target: the URL that is added or removed."""

        def predict() -> None:
            self.items[event] = {**self.items[event], "configuration": after}

        return Step(
            key,
            f"webhook {event}",
            send,
            predict,
            target_ids=[event],
            properties=[target] if target else [],
            phrase=phrase,
            effect="removed" if after is None else "changed",
            parse=lambda response: QueueResult(),
        )

    def _set_step(self, event: str, recursive: bool, targets: list[str]) -> Step:
        body = {"recursive": recursive, "targetUris": [{"targetUri": url} for url in targets]}
        path, probe = self._path(event), paths.WEBHOOKS(self.task.account)
        return self._step(event, "set", "set", lambda: self.task.client.put(path, body, verify_path=probe), body)

    def _add_target_step(self, event: str, target: str) -> Step:
        body = {"targetUri": target}
        path = paths.WEBHOOK_TARGETS.below(self._path(event))
        after = self._with_targets(event, [*targets_of(self.items[event]), target])
        return self._step(
            event,
            "add_target",
            f"add {target} to",
            lambda: self.task.client.post(path, body),
            after,
            target=target,
        )

    def _remove_target_step(self, event: str, target: str) -> Step:
        path = paths.with_query(paths.WEBHOOK_TARGETS.below(self._path(event)), targetUri=target)
        after = self._with_targets(event, [url for url in targets_of(self.items[event]) if url != target])
        return self._step(
            event,
            "remove_target",
            f"remove {target} from",
            lambda: self._delete(path, event, lambda item: target not in targets_of(item)),
            after,
            target=target,
        )

    def _delete_step(self, event: str) -> Step:
        path = self._path(event)
        return self._step(
            event,
            "delete",
            "remove the configuration of",
            lambda: self._delete(path, event, lambda item: item.get("configuration") is None),
            None,
        )

    def _delete(self, path: str, event: str, is_done: t.Callable[[Entity], bool]) -> ApiResponse:
        """Send a DELETE. After a lost response, the list verifies it, since there is no other operation to read events."""

        def is_deleted(body: t.Any) -> bool:
            return all(is_done(item) for item in (body or {}).get("items") or [] if item["name"] == event)

        return self.task.client.delete(path, verify_path=paths.WEBHOOKS(self.task.account), is_deleted=is_deleted)

    def _with_targets(self, event: str, targets: list[str]) -> Entity:
        """Return the existing configuration of an event with other targets."""
        return {**self.items[event]["configuration"], "targetUris": [{"targetUri": url} for url in targets]}

    def _path(self, event: str) -> str:
        href = links.href_of(self.items[event], "configuration")
        if href is None:
            raise ResourceLookupError(
                "the service does not link to its configuration", action="update", target=f"webhook {event}"
            )
        return self.task.client.href_to_path(href)

    def show(self) -> dict[str, t.Any]:
        return {"webhooks": [to_result(item) for item in self.items.values()]}


def validate_targets(task: Task) -> None:
    """Raise InvalidTaskError for a target to set that the service does not accept. Any target can be removed."""
    for target in task.option("target_uris") or []:
        if task.state == "present" and not _is_supported(str(target)):
            raise problems.invalid_option(
                "target_uris",
                f"'{target}' is not an https URL",
                "Use https; http is only allowed for loopback addresses.",
            )


def _is_supported(target: str) -> bool:
    try:
        parsed = urlsplit(target)
    except ValueError:
        return False
    is_secure = parsed.scheme == "https" or (parsed.scheme == "http" and is_loopback(parsed.hostname))
    return is_secure and bool(parsed.hostname)


def gather_webhooks(task: Task) -> list[dict[str, t.Any]]:
    """Return all events of the account, or those that the task names; unknown names are ignored."""
    names = task.option("events")
    return [to_result(item) for event, item in read_all(task).items() if names is None or event in names]
