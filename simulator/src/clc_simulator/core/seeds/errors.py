# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The error of seeds."""

from __future__ import annotations


class SeedError(Exception):
    """A seed does not exist or is not valid. str() has the seed, the location in it, and the cause."""
