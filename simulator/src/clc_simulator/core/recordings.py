# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Responses of the real service that a seed has, as they were recorded.

Decisions:
  - A response whose content is in the state (data centers, groups, servers, public addresses, networks) is returned as it was
    recorded until the state that it shows has changed; from then on, the response is made from the state.
  - Any other response is returned as it was recorded, whatever is written later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core.entities import entity


@entity("recordedResponses", internal=True)
@dataclass(frozen=True, slots=True)
class RecordedResponse:
    """A recorded response; id identifies its request: operation, path values, and query parameters."""

    id: str
    status: int
    body: Any
    model: str | None
    """Digest of the response that the state gave when the seed was loaded; None if the state does not have its content."""


@dataclass(frozen=True)
class Recording:
    """A recorded response as a seed has it."""

    location: str
    """Its request and its file, for errors."""
    path: str
    query: str
    status: int
    body: Any
    is_loaded: bool = False
    """Whether its content is in the state."""
