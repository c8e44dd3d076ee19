# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated services: one package per family, one file per resource.

A resource registers its operations with `core.operations.operation`, its entities with `core.entities.entity`, and its
part of a seed with `core.seeds.sections.section`. A family imports another one through its `__init__` only.
"""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Import every module of every family, so that each registers its operations, entities, and seed sections."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        importlib.import_module(module.name)
