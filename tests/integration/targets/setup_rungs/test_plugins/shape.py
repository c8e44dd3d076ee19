# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A test for what the nine rungs ask of a prediction: the same keys as the result, at every level."""

from __future__ import annotations

import typing as t

_OF_THE_RUN = {"changed", "failed", "diff", "invocation", "warnings", "deprecations"}


def same_shape(predicted: t.Any, actual: t.Any) -> bool:
    """Say whether two results have the same keys at every level; null in the prediction stands for what is not known yet."""
    if predicted is None:
        return True
    if isinstance(actual, dict):
        if not isinstance(predicted, dict):
            return False
        keys = {key for key in actual if key not in _OF_THE_RUN}
        theirs = {key for key in predicted if key not in _OF_THE_RUN}
        return keys == theirs and all(same_shape(predicted[key], actual[key]) for key in keys)
    if isinstance(actual, list) and isinstance(predicted, list):
        return len(predicted) == len(actual) and all(map(same_shape, predicted, actual))
    return actual is None or type(predicted) is type(actual)


class TestModule:
    """The plugin's entry."""

    def tests(self) -> dict[str, t.Callable[..., bool]]:
        """Return the tests by name."""
        return {"same_shape": same_shape}
