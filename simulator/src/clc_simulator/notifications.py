# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications: what the targets of webhooks are told when something happens, and how it is signed.

Servers are watched, since all that happens to them ends in their table. Nothing in the simulator changes accounts and users,
or measures what alerts are made of; such events can be raised on a control path.
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

from clc_simulator import estate, views
from clc_simulator.clock import stamp
from clc_simulator.contract import Contract
from clc_simulator.courier import Courier, Notice
from clc_simulator.estate import Server
from clc_simulator.world import World, entity

Json = dict[str, Any]

KEPT = 1000
"""Notices that the log holds; the oldest go first."""
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
    """Who wants to be told. A behaviour that knows of some adds itself to AUDIENCES."""

    listens: Callable[[World], bool]
    """Whether anybody wants to be told of anything; asked with every request, so it has to cost nothing."""
    targets: Callable[[World, str, str], Iterable[str]]
    """The addresses that an event, the second argument, of an account, the third, is told to."""


AUDIENCES: list[Audience] = []


def anybody_listens(world: World) -> bool:
    """Say whether anybody wants to be told what happens to a world."""
    return any(audience.listens(world) for audience in AUDIENCES)


def _targets(world: World, event: str, alias: str) -> list[str]:
    """Return the addresses that an account's event is told to."""
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
    row = world[SigningKey].get("key")
    if row is None:
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        row = world[SigningKey].add(SigningKey("key", pem))
    return _opened(row.pem)


def public_key(world: World) -> str:
    """Return the public half of the key (PEM), which a receiver needs."""
    return _key(world).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signature(key: rsa.RSAPrivateKey, body: bytes) -> str:
    """Return the value of the signature header: RSASSA-PKCS1-v1_5 with SHA-1 over the bytes of the body, in base64."""
    return base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA1())).decode()


class Notifier:
    """Watches a world and tells the targets of webhooks what happens there."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._courier = Courier()
        self._notices: deque[Notice] = deque(maxlen=KEPT)
        self._last = 0

    def watch(self, world: World) -> None:
        """Tell what happens to a world from now on; what was told of another one is forgotten."""
        self._notices.clear()
        world[Server].watchers.append(lambda old, new: self._see(world, old, new))

    def log(self, since: int) -> list[Json]:
        """Return the notices of a higher number than that, oldest first."""
        return [asdict(notice) for notice in self._notices if notice.number > since]

    def tell(self, world: World, event: str, alias: str, body: Json) -> list[Json]:
        """Send the message of an event to all who want it; return the notices. Who wants nothing costs nothing."""
        targets = _targets(world, event, alias)
        if not targets:
            return []
        told, key = orjson.dumps(body), _key(world)
        notices = []
        for target in targets:
            self._last += 1
            notice = Notice(self._last, stamp(world.now), event, alias, target, body)
            self._notices.append(notice)
            self._courier.send(notice, told, lambda raw: signature(key, raw))
            notices.append(asdict(notice))
        return notices

    def _see(self, world: World, old: Server | None, new: Server | None) -> None:
        event, row = _event_of(old, new), new or old
        if event is None or row is None or not _targets(world, event, row.account):
            return
        if event == DELETED:
            body = {"accountAlias": row.account, "name": row.id.upper()}
        else:
            body = self._documented(event, views.server(world, row))
        error = self._contract.notification(event).check.errors(body)
        if error:
            print(f"clc-simulator: contract violation: {event}: {error[0].message}", file=sys.stderr, flush=True)
            return
        self.tell(world, event, row.account, body)

    def _documented(self, event: str, view: Json) -> Json:
        """Return what a message has of an entity that has got more members since the messages were made."""
        body: Json = self._contract.listed(view, self._contract.notification(event).schema)
        return body


def _event_of(old: Server | None, new: Server | None) -> str | None:
    """Return what has happened to a server; None where nobody is told of it."""
    if new is None:
        return DELETED
    if old is None or new.status not in (estate.ACTIVE, estate.ARCHIVED):
        return None
    if old.status == estate.UNDER_CONSTRUCTION:
        return CREATED
    return UPDATED if any(getattr(old, name) != getattr(new, name) for name in _CAUSES) else None
