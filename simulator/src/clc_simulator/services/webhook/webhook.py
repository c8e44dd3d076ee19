# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks: the URLs to which the events of an account are sent by `notifications`.

Decisions:
  - Targets are https, and http to loopback addresses as well, where nothing else listens. The simulator sends to loopback
    addresses and localhost only, whatever is configured, and checks no certificate there. What it does not send is in the
    log of notifications.
  - A PUT without targetUris keeps the targets. An existing target is not added again. recursive is false on a
    configuration that starts with one target. A configuration without targets is kept. A DELETE of a missing
    configuration or target is a 404.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found
from clc_simulator.core.hrefs import href
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.webhook.notifications import AUDIENCES, EVENTS, Audience

Json = dict[str, Any]


@entity("webhooks", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Webhook:
    """The configuration of one event of one account. id is alias/event."""

    id: str
    account: str
    event: str
    recursive: bool
    targets: list[str]


def _present(request: RequestContext) -> Webhook:
    """Return the configuration of the path. Raise ApiError (404) if the event has none."""
    event = request.path["event"]
    webhook = request.world[Webhook].get(f"{request.alias}/{event}")
    if webhook is None:
        raise not_found(f"The event {event} has no configuration.")
    return webhook


def _put(world: World, alias: str, event: str, recursive: bool, targets: list[str]) -> None:
    """Store a configuration without duplicate targets."""
    world[Webhook].add(Webhook(f"{alias}/{event}", alias, event, recursive, list(dict.fromkeys(targets))))


def _view(request: RequestContext, event: str) -> Json:
    webhook = request.world[Webhook].get(f"{request.alias}/{event}")
    configuration = href("setWebhook", request.alias, event)
    view: Json = {"name": event}
    if webhook is not None:
        targets = [{"targetUri": target} for target in webhook.targets]
        view["configuration"] = {"recursive": webhook.recursive, "targetUris": targets}
    return {**view, "links": [{"rel": "configuration", "href": configuration, "verbs": ["DELETE", "PUT"]}]}


@operation("listWebhooks")
def list_webhooks(request: RequestContext) -> HandlerResponse:
    """Return all events; events without configuration do not have the property."""
    items = [_view(request, event) for event in EVENTS]
    return HandlerResponse({"items": items, "links": [{"rel": "self", "href": href("listWebhooks", request.alias)}]})


@operation("setWebhook", writes=(Webhook,))
def set_webhook(request: RequestContext) -> HandlerResponse:
    """Replace a configuration; without targetUris the targets are not changed."""
    event = request.path["event"]
    webhook = request.world[Webhook].get(f"{request.alias}/{event}")
    targets = webhook.targets if webhook is not None else []
    if "targetUris" in request.body:
        targets = [item["targetUri"] for item in request.body["targetUris"]]
    _put(request.world, request.alias, event, request.body["recursive"], targets)
    return HandlerResponse()


@operation("deleteWebhook", writes=(Webhook,))
def delete_webhook(request: RequestContext) -> HandlerResponse:
    """Remove the configuration of an event; 404 if it has none."""
    request.world[Webhook].remove(_present(request).id)
    return HandlerResponse()


@operation("addWebhookTargetUri", writes=(Webhook,))
def add_target(request: RequestContext) -> HandlerResponse:
    """Add a target, unless it exists; a new configuration is not recursive."""
    event = request.path["event"]
    webhook = request.world[Webhook].get(f"{request.alias}/{event}")
    recursive, targets = (webhook.recursive, webhook.targets) if webhook is not None else (False, [])
    _put(request.world, request.alias, event, recursive, [*targets, request.body["targetUri"]])
    return HandlerResponse()


@operation("deleteWebhookTargetUri", writes=(Webhook,))
def delete_target(request: RequestContext) -> HandlerResponse:
    """Remove a target by its exact URL; 404 if it does not exist. The configuration is kept."""
    webhook, target = _present(request), request.query["targetUri"]
    if target not in webhook.targets:
        raise not_found(f"The event {webhook.event} has no target {target}.")
    request.world[Webhook].update(webhook, targets=[existing for existing in webhook.targets if existing != target])
    return HandlerResponse()


def _targets(world: World, event: str, alias: str) -> Iterator[str]:
    """Yield the targets of an account's event: of the account, then of parent accounts with recursive configurations."""
    account = world[Account].get(alias)
    while account is not None:
        hook = world[Webhook].get(f"{account.id}/{event}")
        if hook is not None and (hook.recursive or account.id == alias):
            yield from hook.targets
        account = world[Account].get(account.parent) if account.parent else None


AUDIENCES.append(Audience(lambda world: len(world[Webhook]) > 0, _targets))


_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["event", "target_uris"],
        "properties": {
            "event": {"enum": list(EVENTS)},
            "recursive": {"type": "boolean"},
            "target_uris": {"type": "array", "items": {"type": "string", "format": "uri"}},
        },
    },
}


@section("account", "webhooks", _SCHEMA)
def load_seed(world: World, owner: Account, specs: list[Json]) -> None:
    """Load the configurations of an account."""
    for spec in specs:
        _put(world, owner.id, spec["event"], spec.get("recursive", False), spec["target_uris"])
