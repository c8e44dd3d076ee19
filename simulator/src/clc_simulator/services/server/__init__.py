# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: what other families may import."""

from clc_simulator.services.server._shared import (
    active_server_from_path,
    queued_item,
    remove_server,
    require_active,
    server_from_path,
    target_group,
)
from clc_simulator.services.server.archive import start_archiving
from clc_simulator.services.server.batch import Batch, run_same
from clc_simulator.services.server.fields import parse_custom_fields, parse_patch
from clc_simulator.services.server.limits import used_limits
from clc_simulator.services.server.package import package_was_run
from clc_simulator.services.server.power import start_power_change
from clc_simulator.services.server.provisioning import NEW_SERVER, usable_networks
from clc_simulator.services.server.server import start_deletion
from clc_simulator.services.server.snapshot import start_snapshot, start_snapshot_deletion
from clc_simulator.services.server.views import DETAILS, change_info, custom_field_values, server_view

__all__ = [
    "DETAILS",
    "NEW_SERVER",
    "Batch",
    "active_server_from_path",
    "change_info",
    "custom_field_values",
    "package_was_run",
    "parse_custom_fields",
    "parse_patch",
    "queued_item",
    "remove_server",
    "require_active",
    "run_same",
    "server_from_path",
    "server_view",
    "start_archiving",
    "start_deletion",
    "start_power_change",
    "start_snapshot",
    "start_snapshot_deletion",
    "target_group",
    "usable_networks",
    "used_limits",
]
