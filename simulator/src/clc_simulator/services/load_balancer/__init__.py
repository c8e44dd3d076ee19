# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers: what other families may import."""

from clc_simulator.services.load_balancer.shared_load_balancer import find_shared_load_balancer

__all__ = ["find_shared_load_balancer"]
