# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From measured runs to figures, goals and Markdown."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .runner import Usage


@dataclass(frozen=True)
class Figure:
    """The median of some values, and the lowest and highest of them."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Figure:
        """Return the figure of at least one value."""
        known = list(values)
        return cls(statistics.median(known), min(known), max(known))

    def text(self, digits: int) -> str:
        """Return the median, and the spread if there is one, as text."""
        median, lowest, highest = (f"{value:.{digits}f}" for value in (self.median, self.lowest, self.highest))
        return median if lowest == highest else f"{median} ({lowest} to {highest})"

    def data(self) -> dict[str, float]:
        """Return the figure as it is written to JSON."""
        return {name: round(getattr(self, name), 4) for name in ("median", "lowest", "highest")}


@dataclass(frozen=True)
class Goal:
    """A ratio that is to be at most some value. ratio: by rounds, so that what disturbs a round disturbs both of its sides."""

    name: str
    at_most: float
    ratio: Figure

    @property
    def is_met(self) -> bool:
        """Whether the median is within the goal."""
        return self.ratio.median <= self.at_most

    def data(self) -> dict[str, Any]:
        """Return the goal as it is written to JSON."""
        return {"name": self.name, "at_most": round(self.at_most, 4), "ratio": self.ratio.data(), "met": self.is_met}


@dataclass(frozen=True)
class Plot:
    """A plot of figures: for each name in series a figure for each label, None for what was not measured.

    name: of its file, without .svg. unit: of the figures. bars: whether the labels are things, and not sizes that grow.
    """

    name: str
    title: str
    unit: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[Figure | None]]
    bars: bool = False

    def markdown(self) -> str:
        """Return the image for the page."""
        return f"![{self.title}]({self.name}.svg)\n"


@dataclass(frozen=True)
class Report:
    """What a suite found: its part of the page, the data of it, its goals by what they were measured on, and plots."""

    markdown: str
    data: dict[str, Any]
    goals: Sequence[tuple[str, Goal]] = ()
    plots: Sequence[Plot] = ()

    def verdicts(self) -> str:
        """Return a line for each goal."""
        return "".join(
            f"{'met    ' if goal.is_met else 'NOT MET'} {where}: {goal.name}: {goal.ratio.text(3)}, at most {goal.at_most:.3g}\n"
            for where, goal in self.goals
        )


def ratio_above(measured: Sequence[Usage], other: Sequence[Usage], base: Sequence[Usage]) -> Figure:
    """Return CPU seconds as a ratio to those of others, both above a base, round by round."""
    rounds = zip(measured, other, base, strict=True)
    return Figure.of((a.cpu_seconds - c.cpu_seconds) / (b.cpu_seconds - c.cpu_seconds) for a, b, c in rounds)


def ratio_of(name: str, measured: Sequence[Usage], other: Sequence[Usage]) -> Figure:
    """Return a ratio, round by round. name: the attribute of Usage that is compared."""
    return Figure.of(getattr(a, name) / getattr(b, name) for a, b in zip(measured, other, strict=True))


def ratio_of_peaks(measured: Sequence[Usage], other: Sequence[Usage]) -> Figure:
    """Return the peak of memory as a ratio to that of others, round by round."""
    return ratio_of("peak_mib", measured, other)


_COLUMNS: tuple[tuple[str, Callable[[Usage], float | None], int], ...] = (
    ("CPU, s", lambda usage: usage.cpu_seconds, 2),
    ("Wall clock, s", lambda usage: usage.wall_seconds, 2),
    ("Peak memory, MiB", lambda usage: usage.peak_mib, 0),
    ("Requests", lambda usage: usage.requests, 0),
)
USAGE_HEAD = [name for name, _, _ in _COLUMNS]


def usage_cells(runs: Sequence[Usage]) -> list[str]:
    """Return the cells of a table for the runs of a command, under USAGE_HEAD."""
    return [figure.text(digits) if figure else "" for figure, digits in _figures(runs)]


def usage_data(runs: Sequence[Usage]) -> dict[str, Any]:
    """Return the runs of a command as they are written to JSON."""
    names = ("cpu_seconds", "wall_seconds", "peak_mib", "requests")
    return {name: figure.data() for name, (figure, _) in zip(names, _figures(runs), strict=True) if figure}


def _figures(runs: Sequence[Usage]) -> list[tuple[Figure | None, int]]:
    columns = [([read(usage) for usage in runs], digits) for _, read, digits in _COLUMNS]
    return [
        (None if None in values else Figure.of(value for value in values if value is not None), digits)
        for values, digits in columns
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose columns after the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def goals_table(goals: Sequence[tuple[str, Goal]]) -> str:
    """Return a table of goals and what was measured."""
    rows = [
        [f"{where}: {goal.name}", f"{goal.at_most:.3g}", f"{goal.ratio.text(2)}{'' if goal.is_met else ', not met'}"]
        for where, goal in goals
    ]
    return f"### Goals\n\n{table(['Goal', 'At most', 'Measured'], rows)}" if rows else ""


def replaced(page: str, name: str, text: str) -> str:
    """Return a page with new text between the markers of that name. Raises ValueError if it does not have them exactly once."""
    begin, end = f"<!-- {name}: begin, written by make bench -->", f"<!-- {name}: end -->"
    found = re.findall(f"{re.escape(begin)}.*?{re.escape(end)}", page, re.DOTALL)
    if len(found) != 1:
        raise ValueError(f"the page has {len(found)} parts between {begin} and {end}")
    return page.replace(found[0], f"{begin}\n\n{text.strip()}\n\n{end}")
