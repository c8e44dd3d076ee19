# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications: what is sent to the targets of webhooks when something happens, and how it is signed.

Servers are watched, since all that happens to them ends in their table.

Decisions:
  - Server.Created is sent when the server is active, Server.Deleted when it is gone, Server.Updated when a change is done.
    Snapshots, maintenance mode, and custom fields are not named as causes, and are none. Messages have the properties of
    the contract, not those that servers got later.
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

KEPT = 1000
"""Deliverys that the log holds; the oldest go first."""
EVENTS = (
    "Account.Created", "Account.Deleted", "Account.Updated", "Alert.Notification", "Server.Created", "Server.Deleted",
    "Server.Updated", "User.Created", "User.Deleted", "User.Updated",
)  # fmt: skip
"""All events there are, in the order in which the service lists them."""
CREATED, DELETED, UPDATED = "Server.Created", "Server.Deleted", "Server.Updated"
_CAUSES = (
    "status", "is_template", "disks", "cpu", "memory_mb", "group", "description", "ip_addresses", "secondary", "power",
)  # fmt: skip
"""Members of a server whose change the contract names as a cause of Server.Updated."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who subscribes to events. A resource that knows of some adds itself to AUDIENCES."""

    listens: Callable[[World], bool]
    """Whether anything is subscribed to; called with every request, so it has to cost nothing."""
    targets: Callable[[World, str, str], Iterable[str]]
    """The URLs to which an event, the second argument, of an account, the third, is sent."""


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
    """Return the key of a world, of the size and exponent of the service's; made when it is first needed."""
    signing_key = world[SigningKey].get("key")
    if signing_key is None:
        generated = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = generated.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        signing_key = world[SigningKey].add(SigningKey("key", pem))
    return _opened(signing_key.pem)


def public_key(world: World) -> str:
    """Return the public half of the key (PEM), which a receiver needs."""
    return _key(world).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signature(key: rsa.RSAPrivateKey, body: bytes) -> str:
    """Return the value of the signature header: RSASSA-PKCS1-v1_5 with SHA-1 over the bytes of the body, in base64."""
    return base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA1())).decode()


class Notifier:
    """Watches a world and sends what happens there to the targets of webhooks."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._worker = Deliverer()
        self._deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self._last = 0

    def watch(self, world: World) -> None:
        """Send what happens to a world from now on; the log of another world is cleared."""
        self._deliveries.clear()
        world[Server].watchers.append(lambda old, new: self._see(world, old, new))

    def log(self, since: int) -> list[Json]:
        """Return the deliveries of a higher number than that, oldest first."""
        return [asdict(delivery) for delivery in self._deliveries if delivery.number > since]

    def notify(self, world: World, event: str, alias: str, body: Json) -> list[Json]:
        """Send the message of an event to its targets; return the deliveries. An event without target costs nothing."""
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
        self.notify(world, event, server.account, body)

    def _documented(self, event: str, view: Json) -> Json:
        """Return what a message has of an entity that has got more properties since the messages were made."""
        body: Json = self._contract.schemas.keep_listed_properties(view, self._contract.notification(event).schema)
        return body


def _event_of(old: Server | None, new: Server | None) -> str | None:
    """Return what has happened to a server; None if it is not an event."""
    if new is None:
        return DELETED
    if old is None or new.status not in (models.ACTIVE, models.ARCHIVED):
        return None
    if old.status == models.UNDER_CONSTRUCTION:
        return CREATED
    return UPDATED if any(getattr(old, name) != getattr(new, name) for name in _CAUSES) else None
