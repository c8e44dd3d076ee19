# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps: the requests that a plan consists of, each with a key by which the engine recognizes it.

Whether a step was carried out, is repeated, or is only half visible to reads is decided by keys, in convergence.py. What a step
is called in messages is text for people and decides nothing.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ..api.errors import ResponseLost
from ..api.jobs import QueueResult
from ..api.placeholders import described
from ..api.responses import ApiResponse

# Words for people, if they are not the operation itself.
_PHRASES = {"update": "change", "delete": "remove"}


@dataclass(frozen=True)
class StepKey:
    """What a step does: the operation, the targets it works on, the properties it sets, and which attempt at the same work it is.

    targets: ids, or the identity of what has none yet; never text for people.
    attempt: 1, and more only for work that is repeated deliberately, because another client may have reverted it.
    """

    operation: str
    targets: frozenset[t.Hashable]
    properties: frozenset[str] = frozenset()
    attempt: int = 1

    def includes(self, other: StepKey) -> bool:
        """Return whether the other key is this work or a part of it, as if reads showed the rest of it already.

        After a batch on a, b, and c, reads may show that of a; what is still planned, on b and c, is the same work.
        """
        return (
            (self.operation, self.attempt) == (other.operation, other.attempt)
            and other.targets <= self.targets
            and other.properties <= self.properties
        )


class Step:
    """A request of a plan, with functions that send, predict, and recover it, and a key that identifies it.

    operation: what it does, for the key ("create", "power_off"). target: its target as text for messages. target_ids: ids of its
    targets, as far as they are known. identity: identifies the target in the key if there are none; see Resource.identity.
    properties: the properties that it sets. attempt: see StepKey. phrase: text for the operation, by default the operation.
    send: sends the request. predict: changes the resource's own model as the service would. parse: parses the response, and returns
    what it queued. recover: called after a lost response; returns what was queued, or raises if that is unknown.
    effect: the list of the result to which its targets are added: created, changed, or removed.
    """

    def __init__(
        self,
        operation: str,
        target: str,
        send: t.Callable[[], ApiResponse],
        predict: t.Callable[[], None],
        *,
        target_ids: t.Iterable[str] = (),
        identity: t.Hashable = None,
        properties: t.Iterable[str] = (),
        attempt: int = 1,
        phrase: str | None = None,
        effect: str = "changed",
        parse: t.Callable[[ApiResponse], QueueResult] | None = None,
        recover: t.Callable[[ResponseLost], QueueResult] | None = None,
    ) -> None:
        self.target, self.send, self.predict, self.effect = target, send, predict, effect
        self.parse, self.recover = parse, recover
        self.target_ids = tuple(target_ids)
        if not self.target_ids and identity is None:
            raise ValueError(f"{operation}: a step needs target_ids or an identity to be recognized by")
        self.key = StepKey(operation, frozenset(self.target_ids or (identity,)), frozenset(properties), attempt)
        self.phrase = phrase or self._default_phrase()

    def _default_phrase(self) -> str:
        phrase = _PHRASES.get(self.key.operation, self.key.operation.replace("_", " "))
        return f"{phrase} {', '.join(sorted(self.key.properties))} of" if self.key.properties else phrase

    @property
    def label(self) -> str:
        """The step in words; what was predicted is named by the readable part of its placeholder."""
        return described(f"{self.phrase} {self.target}")
