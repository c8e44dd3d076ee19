# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: fleets, their properties, operations on them, and their public IP addresses.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from . import fleets as server_fleets
from . import package as server_package
from . import references as server_references
from . import result as server_result
from . import targets as server_targets
from ._shared import read_server, read_servers
from .disks import sizes_of_additional

__all__ = [
    "read_server",
    "read_servers",
    "server_fleets",
    "server_package",
    "server_references",
    "server_result",
    "server_targets",
    "sizes_of_additional",
]
