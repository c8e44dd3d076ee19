# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications: messages about events to the targets of webhooks, and their signature.

The table of servers is watched for events.

Decisions:
  - Server.Created is sent when the server is active, Server.Deleted when it is removed, Server.Updated after a change.
    Snapshots, maintenance mode, and custom fields are not documented as causes, so they cause no event. Messages have the
    properties of the contract, without newer properties of servers.
  - Accounts, users, and alerts do not change here; their events come from `POST /_simulator/notifications` only.
"""

from __future__ import annotations

import base64
import sys
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from clc_simulator.core import models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.contract import Contract
from clc_simulator.core.entities import World, entity
from clc_simulator.core.models import Server
from clc_simulator.services.server import server_view
from clc_simulator.services.webhook.delivery import Deliverer, Delivery

Json = dict[str, Any]

MAX_DELIVERIES = 1000
"""Number of deliveries in the log; the oldest are dropped first."""
EVENTS = (
    "Account.Created", "Account.Deleted", "Account.Updated", "Alert.Notification", "Server.Created", "Server.Deleted",
    "Server.Updated", "User.Created", "User.Deleted", "User.Updated",
)  # fmt: skip
"""All events, in the order of the service."""
CREATED, DELETED, UPDATED = "Server.Created", "Server.Deleted", "Server.Updated"
_CAUSES = (
    "status", "is_template", "disks", "cpu", "memory_mb", "group", "description", "ip_addresses", "secondary", "power",
)  # fmt: skip
"""Fields of a server whose change causes Server.Updated, as the contract documents."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A source of subscriptions to events. Resources with subscriptions add theirs to AUDIENCES."""

    listens: Callable[[World], bool]
    """Whether there are subscriptions; called for every request, so it must be cheap."""
    targets: Callable[[World, str, str], Iterable[str]]
    """The URLs for an event (second argument) of an account (third argument)."""


AUDIENCES: list[Audience] = []


def has_audience(world: World) -> bool:
    """Return whether any target gets notifications of a world."""
    return any(audience.listens(world) for audience in AUDIENCES)


def _targets(world: World, event: str, alias: str) -> list[str]:
    """Return the URLs to which an account's event is sent."""
    listening = (audience for audience in AUDIENCES if audience.listens(world))
    return [target for audience in listening for target in audience.targets(world, event, alias)]


@entity("webhookKeys")
@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private key (PEM) that messages are signed with; id is always "key"."""

    id: str
    pem: str


@cache
def _opened(pem: str) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _key(world: World) -> rsa.RSAPrivateKey:
    """Return the key of a world, of the size and exponent of the service's; generated when it is first used."""
    signing_key = world[SigningKey].get("key")
    if signing_key is None:
        generated = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = generated.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        signing_key = world[SigningKey].add(SigningKey("key", pem))
    return _opened(signing_key.pem)


def public_key(world: World) -> str:
    """Return the public key (PEM) for receivers."""
    return _key(world).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signature(key: rsa.RSAPrivateKey, body: bytes) -> str:
    """Return the value of the signature header: RSASSA-PKCS1-v1_5 with SHA-1 over the bytes of the body, in base64."""
    return base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA1())).decode()


class Notifier:
    """Watches a world and sends its events to the targets of webhooks."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._worker = Deliverer()
        self._deliveries: deque[Delivery] = deque(maxlen=MAX_DELIVERIES)
        self._last = 0

    def watch(self, world: World) -> None:
        """Watch a world; the log of the previous world is cleared."""
        self._deliveries.clear()
        world[Server].watchers.append(lambda old, new: self._see(world, old, new))

    def log(self, since: int) -> list[Json]:
        """Return the deliveries with a number above the given one, oldest first."""
        return [asdict(delivery) for delivery in self._deliveries if delivery.number > since]

    def notify(self, world: World, event: str, alias: str, body: Json) -> list[Json]:
        """Send the message of an event to its targets; return the deliveries. Return early without targets."""
        targets = _targets(world, event, alias)
        if not targets:
            return []
        raw, key = orjson.dumps(body), _key(world)
        deliveries = []
        for target in targets:
            self._last += 1
            delivery = Delivery(self._last, format_timestamp(world.now), event, alias, target, body)
            self._deliveries.append(delivery)
            self._worker.send(delivery, raw, lambda message: signature(key, message))
            deliveries.append(asdict(delivery))
        return deliveries

    def _see(self, world: World, old: Server | None, new: Server | None) -> None:
        event, server = _event_of(old, new), new or old
        if event is None or server is None or not _targets(world, event, server.account):
            return
        if event == DELETED:
            body = {"accountAlias": server.account, "name": server.id.upper()}
        else:
            body = self._documented(event, server_view(world, server))
        error = self._contract.notification(event).check.errors(body)
        if error:
            print(f"clc-simulator: contract violation: {event}: {error[0].message}", file=sys.stderr, flush=True)
            return
        # The key is made within the change, so that both are saved together.
        _key(world)
        world.at_commit(lambda: self.notify(world, event, server.account, body))

    def _documented(self, event: str, view: Json) -> Json:
        """Return an entity without the properties that messages do not have."""
        body: Json = self._contract.schemas.select_properties(view, self._contract.notification(event).schema)
        return body


def _event_of(old: Server | None, new: Server | None) -> str | None:
    """Return the event of a change of a server, or None."""
    if new is None:
        return DELETED
    if old is None or new.status not in (models.ACTIVE, models.ARCHIVED):
        return None
    if old.status == models.UNDER_CONSTRUCTION:
        return CREATED
    return UPDATED if any(getattr(old, name) != getattr(new, name) for name in _CAUSES) else None
