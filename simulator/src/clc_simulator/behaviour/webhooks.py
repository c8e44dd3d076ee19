# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks: which addresses an account wants to be told at of which event. `notifications` tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clc_simulator.accounts import Account
from clc_simulator.notifications import AUDIENCES, EVENTS, Audience
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem
from clc_simulator.seeding import section
from clc_simulator.world import World, entity

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


def _present(call: Call) -> Webhook:
    """Return the configuration of the path. Raises Problem (404) where the event has none."""
    event = call.path["event"]
    found = call.world[Webhook].get(f"{call.alias}/{event}")
    if found is None:
        raise Problem(404, {"message": f"The event {event} has no configuration."})
    return found


def _put(world: World, alias: str, event: str, recursive: bool, targets: list[str]) -> None:
    """Keep a configuration; a target that comes twice is kept once."""
    world[Webhook].add(Webhook(f"{alias}/{event}", alias, event, recursive, list(dict.fromkeys(targets))))


def _view(call: Call, event: str) -> Json:
    row = call.world[Webhook].get(f"{call.alias}/{event}")
    href = f"/v2/webhooks/{call.alias}/{event}/configuration"
    view: Json = {"name": event}
    if row is not None:
        targets = [{"targetUri": target} for target in row.targets]
        view["configuration"] = {"recursive": row.recursive, "targetUris": targets}
    return {**view, "links": [{"rel": "configuration", "href": href, "verbs": ["DELETE", "PUT"]}]}


@operation("listWebhooks")
def list_webhooks(call: Call) -> Reply:
    """Answer all events; those without a configuration lack the member."""
    items = [_view(call, event) for event in EVENTS]
    return Reply({"items": items, "links": [{"rel": "self", "href": f"/v2/webhooks/{call.alias}"}]})


@operation("setWebhook")
def set_webhook(call: Call) -> Reply:
    """Replace a configuration; without targetUris the targets stay."""
    event = call.path["event"]
    row = call.world[Webhook].get(f"{call.alias}/{event}")
    targets = row.targets if row is not None else []
    if "targetUris" in call.body:
        targets = [item["targetUri"] for item in call.body["targetUris"]]
    _put(call.world, call.alias, event, call.body["recursive"], targets)
    return Reply()


@operation("deleteWebhook")
def delete_webhook(call: Call) -> Reply:
    """Take the configuration off an event; 404 where it has none."""
    call.world[Webhook].remove(_present(call).id)
    return Reply()


@operation("addWebhookTargetUri")
def add_target(call: Call) -> Reply:
    """Add a target; one that is there already stays as it is, and a new configuration is not recursive."""
    event = call.path["event"]
    row = call.world[Webhook].get(f"{call.alias}/{event}")
    recursive, targets = (row.recursive, row.targets) if row is not None else (False, [])
    _put(call.world, call.alias, event, recursive, [*targets, call.body["targetUri"]])
    return Reply()


@operation("deleteWebhookTargetUri")
def delete_target(call: Call) -> Reply:
    """Remove a target, written as it is listed; 404 where it is not. The configuration stays, be it without targets."""
    row, target = _present(call), call.query["targetUri"]
    if target not in row.targets:
        raise Problem(404, {"message": f"The event {row.event} has no target {target}."})
    call.world[Webhook].update(row, targets=[one for one in row.targets if one != target])
    return Reply()


def _targets(world: World, event: str, alias: str) -> Iterator[str]:
    """Yield the targets of an account's event: its own, then those of the accounts above that want it of all below."""
    at = world[Account].get(alias)
    while at is not None:
        hook = world[Webhook].get(f"{at.id}/{event}")
        if hook is not None and (hook.recursive or at.id == alias):
            yield from hook.targets
        at = world[Account].get(at.parent) if at.parent else None


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
def plant(world: World, owner: Account, described: list[Json]) -> None:
    """Plant the configurations of an account."""
    for item in described:
        _put(world, owner.id, item["event"], item.get("recursive", False), item["target_uris"])
