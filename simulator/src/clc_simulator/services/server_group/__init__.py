# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups: what other families may import."""

from clc_simulator.services.server_group._shared import group_from_path
from clc_simulator.services.server_group.views import activity_links, creation_links, defaults_and_billing_links

__all__ = ["activity_links", "creation_links", "defaults_and_billing_links", "group_from_path"]
