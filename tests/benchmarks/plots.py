# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plots as SVG."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from .report import Figure, Plot

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_COLORS = ("#c1272d", "#0072b2", "#009e73", "#b07d00", "#7b4ea3")
_SIZE = {"width": 760, "height": 460}


def write(plot: Plot, directory: Path) -> None:
    """Write a plot to a file. The file is the same for the same figures, and has no script and no date."""
    import pygal  # in the environment of the benchmarks alone
    from pygal.style import Style

    # Sizes grow tenfold from label to label, and so may figures.
    kind = pygal.HorizontalBar if plot.bars else pygal.Line
    chart = kind(
        title=plot.title,
        x_labels=list(plot.labels),
        logarithmic=not plot.bars,
        js=(),
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        margin_bottom=40,
        truncate_legend=-1,
        style=Style(colors=_COLORS, background="white", guide_stroke_color="#ddd", major_guide_stroke_color="#bbb"),
        value_formatter=lambda value: f"{value:,.3g} {plot.unit}" if value is not None else "",
        **_SIZE,
    )
    for name, figures in plot.series.items():
        chart.add(name, [_value(figure, plot.bars) for figure in figures])
    chart.uuid = plot.name
    if plot.bars:
        chart.config.range = (0, 1.05 * max(_highest(plot)))
    else:
        chart.config.y_labels = scale(min(_medians(plot)), max(_medians(plot)))
    (directory / f"{plot.name}.svg").write_text(
        _COMMENT.sub("", chart.render(is_unicode=True)) + "\n", encoding="utf-8"
    )


def scale(lowest: float, highest: float) -> list[float]:
    """Return labels 1, 2, and 5 of each power of ten, from the last one below figures to the first one above them."""
    labels = [factor * 10.0**power for power in range(-4, 9) for factor in (1, 2, 5)]
    below = max((label for label in labels if label <= lowest), default=labels[0])
    above = min((label for label in labels if label >= highest), default=labels[-1])
    return [label for label in labels if below <= label <= above]


def _medians(plot: Plot) -> list[float]:
    return [figure.median for figures in plot.series.values() for figure in figures if figure and figure.median > 0]


def _highest(plot: Plot) -> list[float]:
    return [figure.highest for figures in plot.series.values() for figure in figures if figure]


def _value(figure: Figure | None, bars: bool) -> Any:
    """Return the median of a figure, for bars with its spread."""
    if figure is None or not bars or figure.lowest == figure.highest:
        return figure.median if figure else None
    return {"value": figure.median, "ci": {"low": figure.lowest, "high": figure.highest}}
