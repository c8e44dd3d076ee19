# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for the resources of server groups."""

from __future__ import annotations

from clc_simulator.core import inventory
from clc_simulator.core.models import Group
from clc_simulator.core.operations import RequestContext


def group_from_path(request: RequestContext) -> Group:
    """Return the group of the path. Raise ApiError (404)."""
    return inventory.find_group(request.world, request.alias, request.path["groupId"])
