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

from ..api.answers import Answer
from ..api.errors import AnswerLost
from ..api.jobs import Queued

# Words for people, where they are not the verb itself.
_PHRASES = {"update": "change", "delete": "remove"}


@dataclass(frozen=True)
class StepKey:
    """What a step does: the verb, the targets it works on, the properties it sets, and which attempt at the same work it is.

    targets: ids, or the identity of what has none yet; never text for people.
    attempt: 1, and more only for work that is repeated deliberately, because somebody else may have undone it.
    """

    verb: str
    targets: frozenset[t.Hashable]
    properties: frozenset[str] = frozenset()
    attempt: int = 1

    def includes(self, other: StepKey) -> bool:
        """Return whether the other key is this work or a part of it, as if reads showed the rest of it already.

        After a batch on a, b, and c, reads may show that of a; what is still planned, on b and c, is the same work.
        """
        return (
            (self.verb, self.attempt) == (other.verb, other.attempt)
            and other.targets <= self.targets
            and other.properties <= self.properties
        )


class Step:
    """One request that a plan wants, with all that is needed to send it, to predict it, to report it, and to recognize it.

    verb: what it does, for the key ("create", "power_off"). target: what it is done to, for people. target_ids: the ids that it
    works on, as far as they are known. identity: what takes their place in the key if there are none; see Resource.identity.
    properties: the properties that it sets.
    attempt: see StepKey. phrase: the verb for people, if it is not the verb itself.
    send: makes the request. predict: changes the resource's own model as the service would. read: takes the response in and
    returns what it queued. recover: called after a lost response; returns what was queued, or raises if it cannot tell.
    effect: the list of the result that the step counts in: created, changed or removed.
    """

    def __init__(
        self,
        verb: str,
        target: str,
        send: t.Callable[[], Answer],
        predict: t.Callable[[], None],
        *,
        target_ids: t.Iterable[str] = (),
        identity: t.Hashable = None,
        properties: t.Iterable[str] = (),
        attempt: int = 1,
        phrase: str | None = None,
        effect: str = "changed",
        read: t.Callable[[Answer], Queued] | None = None,
        recover: t.Callable[[AnswerLost], Queued] | None = None,
    ) -> None:
        self.target, self.send, self.predict, self.effect = target, send, predict, effect
        self.read, self.recover = read, recover
        self.target_ids = tuple(target_ids)
        if not self.target_ids and identity is None:
            raise ValueError(f"{verb}: a step needs target_ids or an identity to be recognized by")
        self.key = StepKey(verb, frozenset(self.target_ids or (identity,)), frozenset(properties), attempt)
        self.phrase = phrase or self._default_phrase()

    def _default_phrase(self) -> str:
        phrase = _PHRASES.get(self.key.verb, self.key.verb.replace("_", " "))
        return f"{phrase} {', '.join(sorted(self.key.properties))} of" if self.key.properties else phrase

    @property
    def label(self) -> str:
        """The step in words."""
        return f"{self.phrase} {self.target}"
