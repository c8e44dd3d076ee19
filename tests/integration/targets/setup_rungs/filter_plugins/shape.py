# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A filter for what the nine rungs ask of a prediction: the same keys as the result, at every level."""

from __future__ import annotations

import typing as t

_OF_THE_RUN = {"changed", "failed", "diff", "invocation", "warnings", "deprecations"}
# The guest system of a server reports these some time after the job (recorded), so that nothing can predict them.
_OF_THE_GUEST = {"partitions"}


def shape_differences(predicted: t.Any, actual: t.Any, where: str = "result") -> list[str]:
    """Return where two results differ in keys, lengths or types; null in the prediction stands for what is not known yet."""
    if predicted is None or actual is None:
        return []
    difference = f"{where}: {predicted!r:.200} is predicted, {actual!r:.200} came of it"
    if isinstance(actual, dict) and isinstance(predicted, dict):
        keys = {key for key in actual if key not in _OF_THE_RUN}
        if keys != {key for key in predicted if key not in _OF_THE_RUN}:
            return [difference]
        pairs = [(predicted[key], actual[key], f"{where}.{key}") for key in sorted(keys - _OF_THE_GUEST)]
    elif isinstance(actual, list) and isinstance(predicted, list) and len(predicted) == len(actual):
        pairs = [(*pair, f"{where}[{index}]") for index, pair in enumerate(zip(predicted, actual, strict=True))]
    else:
        return [] if type(predicted) is type(actual) and not isinstance(actual, list) else [difference]
    return [line for pair in pairs for line in shape_differences(*pair)]


class FilterModule:
    """The plugin's entry."""

    def filters(self) -> dict[str, t.Callable[..., list[str]]]:
        """Return the filters by name."""
        return {"shape_differences": shape_differences}
