# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Updates of every resource, run by the real modules against the simulator, while reads show only a part of the change."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import resources
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.declared_resource import DeclaredResource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.steps import Step
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import (
    FLEET,
    GROUP,
    SERVER,
    UPDATES,
    Made,
    Options,
    Update,
)

WRITING = ("POST", "PUT", "PATCH", "DELETE")
READS = 3
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class _Anything:
    """What a runner asks of a scripted service, which is not used here."""

    def done(self) -> None:
        pass


@pytest.fixture
def make_service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: t.Any
) -> t.Callable[[], SimulatedService]:
    runner = Runner(t.cast(t.Any, _Anything()), clock, capsys, monkeypatch, tmp_path)
    return lambda: SimulatedService(clock, runner)


@pytest.fixture
def service(make_service: t.Callable[[], SimulatedService]) -> t.Iterator[SimulatedService]:
    found = make_service()
    with serving(found):
        yield found


def _subclasses(cls: type) -> set[type]:
    return {cls, *(below for each in cls.__subclasses__() for below in _subclasses(each))}


def _updatable() -> set[str]:
    """The names of all declared resources that can be updated."""
    for found in pkgutil.walk_packages(resources.__path__, f"{resources.__name__}."):
        importlib.import_module(found.name)
    # Modules of other parts, such as the old ones, make subclasses of resources.
    classes = {cls for cls in _subclasses(DeclaredResource) if cls.__module__.startswith(f"{resources.__name__}.")}
    concrete = {cls for cls in classes if hasattr(cls, "result_key") and not classes.intersection(cls.__subclasses__())}
    return {cls.__name__ for cls in concrete if any(field.update for field in cls.fields)}


def _options(options: Options | t.Callable[[Made], Options], made: Made) -> Options:
    return options(made) if callable(options) else options


def _prepared(service: SimulatedService, update: Update) -> Options:
    """Prepare an update, and return its options."""
    made: Made = {}
    for module, options in update.before:
        outcome = service.run(module, _options(options, made))
        assert outcome.changed
        made[module] = outcome.result
    service.log()
    return _options(update.change, made)


def _lasting(outcome: Outcome, update: Update) -> dict[str, t.Any]:
    kept = ("invocation", "changed", *update.volatile)
    result = {key: value for key, value in outcome.result.items() if key not in kept}
    return t.cast(dict[str, t.Any], _without(result, update.volatile))


def _without(value: t.Any, keys: t.Collection[str]) -> t.Any:
    if isinstance(value, dict):
        return {key: _without(item, keys) for key, item in value.items() if key not in keys}
    return [_without(item, keys) for item in value] if isinstance(value, list) else value


def _writes(service: SimulatedService) -> tuple[list[str], bool]:
    """Return the writing requests since the last call, and whether a read has shown a part of a change."""
    entries = service.log()
    writes = [f"{entry.method} {entry.path}" for entry in entries if entry.method in WRITING]
    return writes, any("partly_visible" in entry.faults for entry in entries if entry.method == "GET")


def test_every_declared_resource_that_can_be_updated_is_covered() -> None:
    assert {update.resource for update in UPDATES} == _updatable()


@pytest.mark.parametrize("half", ["first", "second"])
@pytest.mark.parametrize("update", UPDATES, ids=str)
def test_an_update_that_is_partly_visible_is_sent_once(service: SimulatedService, update: Update, half: str) -> None:
    options = _prepared(service, update)
    service.fault({"method": list(WRITING), "partly_visible": {"reads": READS, "half": half}})
    first = service.run(update.module, options)
    writes, partly = _writes(service)
    assert first.changed
    assert len(writes) == update.writes, writes
    assert partly, "no read has shown a part of the change: the test proves nothing"
    service.fault()
    again = service.run(update.module, options)
    assert not again.changed
    assert _writes(service)[0] == []
    assert _lasting(first, update) == _lasting(again, update)


@pytest.mark.parametrize("half", ["first", "second"])
def test_recipients_that_are_visible_later_than_the_name(service: SimulatedService, half: str) -> None:
    policy = {"recipients": ["a@example.com"], "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 80}]}
    made = service.run("alert_policy", {"name": "CPU", **policy})["alert_policy"]
    service.log()
    service.fault({"method": "PUT", "partly_visible": {"reads": READS, "half": half}})
    changed = service.run("alert_policy", {"id": made["id"], "name": "Load", "recipients": ["b@example.com"]})
    assert changed.changed
    assert _writes(service) == ([f"PUT /v2/alertPolicies/demo/{made['id']}"], True)
    assert changed["alert_policy"]["name"] == "Load"
    assert changed["alert_policy"]["recipients"] == ["b@example.com"]


@pytest.mark.parametrize("half", ["first", "second"])
@pytest.mark.parametrize(
    ("change", "methods"),
    [
        ({"state": "stopped"}, ["POST"]),
        ({"state": "paused"}, ["POST"]),
        ({"description": "New", "cpu": 2, "memory_gb": 2}, ["PATCH"] * 3),
    ],
)
def test_a_batch_of_servers_of_which_some_are_visible(
    service: SimulatedService, change: Options, methods: list[str], half: str
) -> None:
    assert service.run("server_group", GROUP).changed
    assert len(service.run("server", {**SERVER, "count": 3})["created_ids"]) == 3
    service.log()
    service.fault({"method": list(WRITING), "partly_visible": {"reads": READS, "half": half}})
    options = {**SERVER, "count": 3, **change}
    first = service.run("server", options)
    writes, partly = _writes(service)
    assert first.changed
    assert [write.partition(" ")[0] for write in writes] == methods
    assert partly, "no read has shown a part of the change: the test proves nothing"
    service.fault()
    again = service.run("server", options)
    assert not again.changed
    without = frozenset({"change_info", "created_ids", "changed_ids"})
    assert _without(first["servers"], without) == _without(again["servers"], without)


class _Reworded(Step):
    """A step whose words are always equal, and say nothing."""

    def __init__(self, operation: str, target: str, *arguments: t.Any, **more: t.Any) -> None:
        super().__init__(operation, "something", *arguments, **{**more, "phrase": "do"})


def _reword(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all modules make steps whose words say nothing."""
    for name, module in list(sys.modules.items()):
        if "centurylink.cloud.plugins.module_utils" in name and vars(module).get("Step") is Step:
            monkeypatch.setattr(module, "Step", _Reworded)


def _whole_life(service: SimulatedService, update: Update) -> tuple[list[str], list[t.Any]]:
    """Create, update under the fault, and remove; return the requests and the results, without ids."""
    made: Made = {}
    results = []
    for module, options in update.before:
        outcome = service.run(module, _options(options, made))
        assert outcome.changed
        made[module] = outcome.result
        results.append(_lasting(outcome, update))
    service.fault({"method": list(WRITING), "partly_visible": {"reads": READS}})
    change = _options(update.change, made)
    for options in (change, change):
        results.append(_lasting(service.run(update.module, options), update))
    service.fault()
    requests = [f"{entry.method} {entry.path} {entry.status}" for entry in service.log()]
    # Ids differ from one simulator to the other, and the order of requests that are sent together from run to run.
    requests, results = json.loads(_ID.sub("id", json.dumps([requests, results])))
    return sorted(requests), results


@pytest.mark.parametrize("update", [*UPDATES, FLEET], ids=str)
def test_words_of_steps_decide_nothing(
    make_service: t.Callable[[], SimulatedService], update: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = []
    for reworded in (False, True):
        with monkeypatch.context() as words, serving(service := make_service()):
            if reworded:
                _reword(words)
            lives.append(_whole_life(service, update))
    assert lives[0] == lives[1]
