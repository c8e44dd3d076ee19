# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Eras of the service: what its responses looked like in 2015 and in 2016.

Decisions:
  - The era is that of the option --era, else of the seed, else 2016. It applies to all responses, except recorded responses
    that are returned as they are.
  - In 2015, hrefs of /v2-experimental (links, the header Location, and uri of a job) are absolute, with http, on the vendor's
    host; in 2016 they are paths. Hrefs of all other paths are always paths (docs/wire-notes.md, sections 2 and 4).
  - In 2015, servers have no displayName; in 2016 they have one, but not in groups, as in the contract. Servers that were
    recorded without it have none.
"""

from __future__ import annotations

from dataclasses import dataclass

from clc_simulator.core.entities import World, entity
from clc_simulator.core.hrefs import href

ERAS = (2015, 2016)
DEFAULT_ERA = 2016
VENDOR_HOST = "http://api.ctl.io"
"""Start of the recorded absolute hrefs."""
_KEY = "era"


@entity("eras", internal=True)
@dataclass(frozen=True, slots=True)
class Era:
    """The era of a world (id is always "era")."""

    id: str
    year: int


def set_era(world: World, year: int) -> None:
    """Set the era of a world: 2015 or 2016."""
    world[Era].add(Era(_KEY, year))


def era_of(world: World) -> int:
    """Return the era of a world."""
    era = world[Era].get(_KEY)
    return era.year if era is not None else DEFAULT_ERA


def experimental_href(world: World, operation_id: str, *values: str) -> str:
    """Return the href of an operation of /v2-experimental in the form of the era; arguments as those of `hrefs.href`."""
    path = href(operation_id, *values)
    return f"{VENDOR_HOST}{path}" if era_of(world) == min(ERAS) else path
