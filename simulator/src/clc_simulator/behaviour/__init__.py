# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each resource of the API does: one file for each, found and imported by name.

A new resource is a new file here. It registers its operations with `operations.operation`, what its jobs do with
`queue.effect`, its entities with `world.entity` and what a seed may hold of it with `seeding.section`.
"""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Import every module of this package, so that each registers what it has."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
