# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plots as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .report import Figure, Plot

_SIZE = {"width": 760, "height": 420}


def write(plot: Plot, directory: Path) -> None:
    """Write a plot to a file. The file is the same for the same figures, and has no script."""
    import pygal  # in the environment of the benchmarks alone

    # Sizes grow tenfold from label to label, and so may figures.
    kind = pygal.HorizontalBar if plot.bars else pygal.Line
    chart = kind(
        title=plot.title,
        x_labels=list(plot.labels),
        logarithmic=not plot.bars,
        js=(),
        no_prefix=True,
        legend_at_bottom=True,
        value_formatter=lambda value: f"{value:,.3g} {plot.unit}" if value is not None else "",
        **_SIZE,
    )
    for name, figures in plot.series.items():
        chart.add(name, [_value(figure, plot.bars) for figure in figures])
    (directory / f"{plot.name}.svg").write_bytes(chart.render())


def _value(figure: Figure | None, bars: bool) -> Any:
    """Return the median of a figure, for bars with its spread."""
    if figure is None or not bars or figure.lowest == figure.highest:
        return figure.median if figure else None
    return {"value": figure.median, "ci": {"low": figure.lowest, "high": figure.highest}}
