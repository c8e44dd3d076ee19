# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivers notifications to their targets in the background: one attempt each, to this machine only.

Threads deliver them, since requests must not wait for a target. They end with the process. The messages to a target are
sent by the same thread, and so in order.
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

WORKERS = 4
MAX_WAITING = 250
"""Maximum number of waiting messages per worker; more messages are dropped."""
TIMEOUT_SECONDS = 5.0
"""Timeout for connecting, and for the response."""

NOT_LOOPBACK = "not sent: the simulator sends to loopback addresses only"
WAITING, SENT, DROPPED = "waiting", "sent", "dropped: too many messages are waiting"


@dataclass(slots=True)
class Delivery:
    """A message to one target, as in the log of notifications. status is the status code of the target's response."""

    number: int
    time: str
    event: str
    account: str
    target: str
    body: Any
    outcome: str = WAITING
    status: int | None = None


@dataclass
class Worker:
    """A thread and its queue."""

    waiting: queue.Queue[Callable[[], None]] = field(default_factory=lambda: queue.Queue(MAX_WAITING))
    thread: threading.Thread | None = None

    def put(self, work: Callable[[], None]) -> bool:
        """Add work to the queue. Return False if the queue is full."""
        if self.thread is None:
            self.thread = threading.Thread(target=self._run, name="delivery", daemon=True)
            self.thread.start()
        try:
            self.waiting.put_nowait(work)
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        while True:
            self.waiting.get()()


class Deliverer:
    """Delivers messages and records their outcome."""

    def __init__(self) -> None:
        self._workers = [Worker() for _number in range(WORKERS)]

    def send(self, delivery: Delivery, body: bytes, sign: Callable[[bytes], str]) -> None:
        """Send a body to the delivery's target; sign is called in the background, and its result is the signature header."""
        try:
            target = urlsplit(delivery.target)
        except ValueError:
            target = SplitResult("", "", "", "", "")
        if _loopback(target) is None:
            delivery.outcome = NOT_LOOPBACK
        elif not self._workers[hash(delivery.target) % WORKERS].put(lambda: _try(delivery, target, body, sign)):
            delivery.outcome = DROPPED


def _loopback(target: SplitResult) -> str | None:
    """Return the address of a target on this machine, else None. Host names are not resolved."""
    host = target.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return host if ipaddress.ip_address(host).is_loopback else None
    except ValueError:
        return None


def _try(delivery: Delivery, target: SplitResult, body: bytes, sign: Callable[[bytes], str]) -> None:
    """Send a message and record the outcome. Never raises, so that the thread continues."""
    try:
        delivery.status = _post(target, body, {**HEADERS, "Tier3-RsaSha1": sign(body)})
        delivery.outcome = SENT
    except Exception as error:
        delivery.outcome = f"failed: {type(error).__name__}: {error}"


HEADERS = {
    "Accept": "application/json",
    "Content-Type": "application/json; charset=utf-8",
    "Expect": "100-continue",
}
"""Headers of a message that a receiver has published, without the signature."""


def _post(target: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """Post a body and return the status of the response, whose body is not read; redirections are not followed."""
    address = _loopback(target) or ""
    if target.scheme.lower() == "https":
        # On loopback, certificates are not signed by a CA, and no other host can listen.
        trusting = ssl._create_unverified_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            address, target.port, timeout=TIMEOUT_SECONDS, context=trusting
        )
    else:
        connection = http.client.HTTPConnection(address, target.port, timeout=TIMEOUT_SECONDS)
    try:
        path = f"{target.path or '/'}{f'?{target.query}' if target.query else ''}"
        connection.request("POST", path, body, {"Host": target.netloc.rpartition("@")[2], **headers})
        return connection.getresponse().status
    finally:
        connection.close()
