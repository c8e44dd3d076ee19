# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator of the CenturyLink Cloud v2 API: its responses, its state, its clock, its queue and its faults."""

__version__ = "0.1.0"
