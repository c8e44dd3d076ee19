# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rewrites tasks of the legacy modules (clc_*) into tasks of the collection centurylink.cloud."""

__version__ = "0.1.0"
