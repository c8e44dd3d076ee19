# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong with seeds."""

from __future__ import annotations


class SeedError(Exception):
    """A seed is not there or not as the README describes it. str() says which, where and what."""
