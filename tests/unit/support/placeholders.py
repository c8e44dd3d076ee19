# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A value that equals any placeholder of a prediction, for expected results."""

from __future__ import annotations

from ansible_collections.centurylink.cloud.plugins.module_utils.api.placeholders import is_placeholder


class _AnyPlaceholder:
    """Equal to what stands in predictions for what the service assigns."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return is_placeholder(other)

    def __repr__(self) -> str:
        return "PLACEHOLDER"


PLACEHOLDER = _AnyPlaceholder()
