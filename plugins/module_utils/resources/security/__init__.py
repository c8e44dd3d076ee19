# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intrusion prevention (IPS): agents and notifications.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

# What `NoSuchResource.requested` says if notifications need an agent.
NO_AGENT = "IPS agent"
