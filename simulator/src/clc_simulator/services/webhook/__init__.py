# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Webhooks and notifications: what the web layer and other families may import."""

from clc_simulator.services.webhook.notifications import EVENTS, Notifier, has_audience, public_key

__all__ = ["EVENTS", "Notifier", "has_audience", "public_key"]
