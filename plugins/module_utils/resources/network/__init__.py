# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks of a data center.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from .network import find_network

__all__ = ["find_network"]
