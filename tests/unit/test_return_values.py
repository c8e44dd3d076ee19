# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RETURN of each module has every key of real results, at every depth and with its type, and no key that no result has.

Real modules run against the simulator. That results have no other keys than RETURN is also checked wherever a unit test runs a
module (support/modules.py); here are runs that together return every documented key with a value.
"""

from __future__ import annotations

import json
import tempfile
import typing as t
from collections import defaultdict
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support import returned
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.never_returned import NEVER_RETURNED
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_cases import Task
from ansible_collections.centurylink.cloud.tests.unit.support.return_cases import PAUSE, SCENARIOS, scenarios
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import Made
from tools.return_values import Returns

ROOT = Path(__file__).parents[2]
FAMILY = Returns(ROOT).family
# The family that shows what all modules that wait return alike.
SHOWS_JOBS = "server"

NewService = t.Callable[[], SimulatedService]


@pytest.fixture
def new_service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> NewService:
    monkeypatch.chdir(tmp_path)  # reports and installers are written there

    def made() -> SimulatedService:
        # What is pending in one world is unknown in the next.
        handed_over = {"can_log_in": True, "pending": tempfile.mkdtemp(dir=tmp_path)}
        monkeypatch.setenv(running.HANDED_OVER, json.dumps(handed_over))
        return SimulatedService(clock, Runner(None, clock, capsys, monkeypatch, tmp_path))

    return made


def _run(service: SimulatedService, tasks: t.Sequence[Task], seen: dict[str, returned.Seen]) -> None:
    made: Made = {}
    with serving(service):
        for module, options in tasks:
            if module == PAUSE:
                service.simulator.world.clock.advance(86_400.0 * t.cast("dict[str, float]", options)["days"])
                continue
            outcome = service.run(module, options(made) if callable(options) else options)
            assert not outcome.failed, (module, outcome.msg)
            made[module] = outcome.result
            returned.differences(module, outcome.result, seen[module])  # the runner looks at them


def _not_waiting(family: str, tasks: t.Sequence[Task]) -> t.Iterator[tuple[Task, ...]]:
    """Yield for each module of the family that can leave its jobs to themselves the tasks up to its last one, which does so."""
    last = {name: number for number, (name, _options) in enumerate(tasks)}
    for module, number in last.items():
        if module != PAUSE and FAMILY[module] == family and {"jobs", "pending"} <= returned.documented(module).keys():
            yield (*tasks[:number], (module, _with_wait_false(tasks[number][1])))


def _of_jobs(place: str) -> bool:
    module, key, *_more = place.split(".")
    return key in ("jobs", "pending") and {"jobs", "pending"} <= returned.documented(module).keys()


def _with_wait_false(options: t.Any) -> t.Callable[[Made], dict[str, t.Any]]:
    return lambda made: {**(options(made) if callable(options) else options), "wait": False}


@pytest.mark.parametrize("family", sorted(set(FAMILY.values())))
def test_results_have_the_documented_keys_and_no_others(new_service: NewService, family: str) -> None:
    modules = [module for module in FAMILY if FAMILY[module] == family]
    seen: dict[str, returned.Seen] = defaultdict(returned.Seen)
    for tasks in scenarios(family, modules):
        _run(new_service(), tasks, seen)
        for shortened in _not_waiting(family, tasks):
            _run(new_service(), shortened, seen)
    missing = {place for place in returned.never_seen(seen, modules) if family == SHOWS_JOBS or not _of_jobs(place)}
    if family not in SCENARIOS:
        # The cases of a new resource have no rare values: that results have the keys is enough.
        missing -= {f"{module}.{place}" for module in modules for place in seen[module].keys}
    reasons = {place for place in NEVER_RETURNED if FAMILY[place.partition(".")[0]] == family}
    wrong = [f"{place}: every result lacks it or has null there" for place in sorted(missing - reasons)]
    wrong += [f"{place}: a result has it, against NEVER_RETURNED" for place in sorted(reasons - missing)]
    assert not wrong, "\n".join(wrong)


def test_every_module_has_a_family() -> None:
    assert set(SCENARIOS) <= set(FAMILY.values())
    assert {file.stem for file in (ROOT / "plugins" / "modules").glob("[!_]*.py")} == set(FAMILY)


ENTRIES: returned.Entries = {
    "widget": {
        "type": "dict",
        "contains": {
            "size": {"type": "int"},
            "names": {"type": "list", "elements": "str"},
            "parts": {"type": "list", "elements": "dict", "contains": {"kind": {"type": "str", "choices": ["a", "b"]}}},
        },
    }
}


@pytest.mark.parametrize(
    ("widget", "difference"),
    [
        ({"size": 1, "names": ["x"], "parts": [{"kind": "a"}]}, None),
        ({"size": None, "names": [None], "parts": []}, None),
        ({"size": 1.5}, "widget.size is float, and not int: 1.5"),
        ({"size": True}, "widget.size is bool, and not int: True"),
        ({"names": [1]}, "an item of widget.names is int, and not str: 1"),
        ({"parts": [{"kind": "c"}]}, "widget.parts.kind is 'c', and not one of ['a', 'b']"),
        ({"parts": [{"kind": "a", "other": 1}]}, "widget.parts.other is not documented"),
        ({"other": None}, "widget.other is not documented"),
        ("name", "widget is str, and not dict: 'name'"),
    ],
)
def test_each_difference_is_found(monkeypatch: pytest.MonkeyPatch, widget: t.Any, difference: str | None) -> None:
    monkeypatch.setattr(returned, "documented", lambda module: ENTRIES)
    assert returned.differences("x", {"widget": widget, "changed": False}) == (
        [f"x: {difference}"] if difference else []
    )


def test_the_places_of_documented_keys() -> None:
    assert list(returned.places(ENTRIES)) == [
        "widget",
        "widget.size",
        "widget.names",
        "widget.parts",
        "widget.parts.kind",
    ]
