# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The arithmetic of the benchmarks, and what they write; and that a command's whole tree of processes is measured."""

from __future__ import annotations

import os
import sys

import pytest

from tests.benchmarks import inventory, plots, report, runner
from tests.benchmarks.runner import Command, CommandFailed, Usage


def used(*cpu_seconds: float, peak: float = 50) -> list[Usage]:
    return [Usage(seconds, seconds + 1, peak, 3) for seconds in cpu_seconds]


def test_ratios_are_taken_above_the_base_and_round_by_round() -> None:
    # The second round ran on a machine half as fast: both sides double, the ratio stays.
    assert report.ratio_above(used(2, 4), used(5, 10), used(1, 2)) == report.Figure(0.25, 0.25, 0.25)
    assert report.ratio_of_peaks(used(1, peak=60), used(1, peak=50)).median == pytest.approx(1.2)


def test_a_goal_is_met_by_its_median() -> None:
    assert report.Goal("", 0.2, report.Figure(0.2, 0.1, 0.9)).is_met
    assert not report.Goal("", 0.2, report.Figure(0.21, 0.1, 0.3)).is_met


def test_cells_hold_median_and_spread_and_nothing_for_what_was_not_counted() -> None:
    assert report.usage_cells(used(3, 1, 2)) == ["2.00 (1.00 to 3.00)", "3.00 (2.00 to 4.00)", "50", "3"]
    assert report.usage_cells([Usage(1, 2, 50)])[-1] == ""
    assert "requests" not in report.usage_data([Usage(1, 2, 50)])


def test_only_what_stands_between_the_markers_is_written_anew() -> None:
    page = "a\n<!-- tasks: begin, written by make bench -->\nold\n<!-- tasks: end -->\nb\n"
    once = report.replaced(page, "tasks", report.table(["x", "y"], [["1", "2"]]))
    assert "old" not in once
    assert "| x | y |\n| --- | ---: |\n| 1 | 2 |" in once
    assert once.startswith("a\n<!-- tasks")
    assert once.endswith("-->\nb\n")
    assert report.replaced(once, "tasks", report.table(["x", "y"], [["1", "2"]])) == once
    with pytest.raises(ValueError, match="0 parts"):
        report.replaced(page, "fleets", "")


def python(code: str, *expected: str, optional: bool = False) -> Command:
    return Command(code, [sys.executable, "-c", code], os.environ, expected=expected, optional=optional)


@pytest.mark.parametrize("start", ["run", "Popen"], ids=["waited for", "left behind"])
def test_processes_that_a_command_starts_are_measured_too(start: str) -> None:
    work = "import time; held = bytearray(200 << 20)\nwhile time.process_time() < 0.5: pass"
    usage = runner.run(python(f"import subprocess, sys; subprocess.{start}([sys.executable, '-c', {work!r}])"))
    assert usage.cpu_seconds >= 0.5
    assert usage.peak_mib >= 200
    assert usage.requests is None


def test_a_command_that_does_something_else_is_not_measured() -> None:
    with pytest.raises(CommandFailed, match="exit status 3"):
        runner.run(python("raise SystemExit(3)"))
    with pytest.raises(CommandFailed, match="changed=1"):
        runner.run(python("print('changed=1')", "changed=0"))


def test_an_optional_command_that_fails_is_left_out_with_the_reason() -> None:
    works, fails = python("print(1)"), python("raise SystemExit('not on this core')", optional=True)
    measured = runner.measure([fails, works], rounds=2)
    assert len(measured.runs[works.name]) == 2
    assert fails.name not in measured.runs
    assert "not on this core" in measured.failures[fails.name]


def test_the_labels_of_a_plot_enclose_its_figures() -> None:
    assert plots.scale(0.7, 28) == [0.5, 1, 2, 5, 10, 20, 50]
    assert plots.scale(1, 1) == [1]


def test_the_groups_of_a_graph_are_read_with_their_hosts() -> None:
    text = "@all:\n  |--@ungrouped:\n  |--@a:\n  |  |--@a_b:\n  |  |  |--one\n  |  |--two\n  |--@c:\n  |  |--three\n"
    groups = {"ungrouped": {}, "a": {"a_b": {"one": None}, "two": None}, "c": {"three": None}}
    assert inventory.parse_graph(text) == {"all": groups}


def test_growth_is_compared_with_that_of_servers() -> None:
    runs = {size: {"--graph, plugin": used(size / 1000, peak=size)} for size in (100, 1000, 10_000, 100_000)}
    assert [(size, goal.ratio.median) for size, goal in inventory.growth(runs)] == [(100_000, 1), (100_000, 1)]
    assert inventory.further_servers(runs).count("| 1000.0 | 1024.0 |") == 3
    runs[100_000] = {"--graph, plugin": used(101, peak=100_001)}
    assert [goal.is_met for _size, goal in inventory.growth(runs)] == [False, False]
    assert inventory.growth({1000: runs[1000]}) == []


def test_a_command_may_measure_a_part_of_itself() -> None:
    code = "print('x'); print('{\"cpu_seconds\": 0.5, \"wall_seconds\": 7}')"
    usage = runner.run(Command("", [sys.executable, "-c", code], os.environ, measures_itself=True))
    assert (usage.cpu_seconds, usage.wall_seconds) == (0.5, 7)


def test_a_single_round_has_no_warm_up() -> None:
    fails = python("raise SystemExit('not on this core')", optional=True)
    assert len(runner.measure([python("print(1)")], rounds=1).runs["print(1)"]) == 1
    assert runner.measure([fails], rounds=1).failures.keys() == {fails.name}
