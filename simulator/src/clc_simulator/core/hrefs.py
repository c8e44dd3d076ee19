# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hrefs of links, built from the paths of the contract: no path is written a second time."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from clc_simulator.core.contract import load_contract


@lru_cache(maxsize=16384)
def href(operation_id: str, *values: str) -> str:
    """Return the path of an operation with values for its path parameters, in the order of the path.

    The values are used as they are: what a href shows of an account or a data center in which case is the caller's
    knowledge (x-clc-conventions). Raises KeyError if the contract has no such operation, TypeError if there are more or
    fewer values than parameters.

    >>> href("getGroup", "demo", "5ffda89a8ce6444baa8d28b9d1581e6d")
    '/v2/groups/demo/5ffda89a8ce6444baa8d28b9d1581e6d'
    """
    return _template(operation_id) % values


@cache
def _template(operation_id: str) -> str:
    return re.sub(r"\{[^}]*\}", "%s", load_contract().operations[operation_id].path)
