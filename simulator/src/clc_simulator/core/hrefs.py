# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hrefs of links, built from the paths of the contract: so that no path is repeated."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from clc_simulator.core.contract import load_contract


@lru_cache(maxsize=16384)
def href(operation_id: str, *values: str) -> str:
    """Return the path of an operation with values for its path parameters, in the order of the path.

    The values are not changed: the caller chooses upper or lower case (x-clc-conventions). Raise KeyError if the contract
    has no such operation, TypeError if the number of values is not the number of parameters.

    >>> href("getGroup", "demo", "5ffda89a8ce6444baa8d28b9d1581e6d")
    '/v2/groups/demo/5ffda89a8ce6444baa8d28b9d1581e6d'
    """
    return _template(operation_id) % values


@cache
def _template(operation_id: str) -> str:
    return re.sub(r"\{[^}]*\}", "%s", load_contract().operations[operation_id].path)
