# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In check mode every module accepts what any module predicts, without a request for it; outside check mode it is rejected."""

from __future__ import annotations

import importlib
import re
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.centurylink.cloud.plugins.module_utils.api import placeholders
from ansible_collections.centurylink.cloud.tests.unit.support import predictions
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import MODULES, Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.predictions import (
    CHECK,
    KINDS,
    base_of,
    is_other,
    required_of,
)
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import Made, Options

ROOT = Path(__file__).parents[2]
DIRECTORY = ROOT / "plugins" / "modules"
NAMES = sorted(file.stem for file in DIRECTORY.glob("*.py"))
Place = tuple[str, str, str]
# What the fixture `made` returns, the same for all tests.
MADE: Made = {}


class _NoScript:
    """What a runner asks of a scripted service, which is not used here."""

    def done(self) -> None:
        pass


class Service(SimulatedService):
    """A simulated service that no request with a placeholder reaches, and in check mode no write."""

    def respond(self, request: t.Any) -> tuple[int, dict[str, str], bytes]:
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
        assert not placeholders.find(f"{request.url} {body}"), request.url
        return super().respond(request)

    def predict(self, module: str, options: Options) -> Outcome:
        """Run a module in check mode."""
        outcome = self.run(module, {**options, **CHECK})
        if outcome.failed:
            pytest.fail(f"{module}: {outcome.msg}")
        assert {entry.method for entry in self.log()} <= {"GET"}
        return outcome


@pytest.fixture
def runner(clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(t.cast(t.Any, _NoScript()), clock, capsys, monkeypatch, tmp_path)


@pytest.fixture
def made(clock: Clock, runner: Runner) -> Made:
    """The predictions of the whole play on an empty account."""
    if not MADE:
        empty = Service(clock, runner, "empty")
        with serving(empty):
            MADE.update(play(empty))
    return MADE


@pytest.fixture
def service(clock: Clock, runner: Runner, made: Made) -> t.Iterator[Service]:
    simulated = Service(clock, runner)
    with serving(simulated):
        yield simulated


def play(service: Service) -> Made:
    """Predict the whole play, each task with the predictions of those before."""
    made: Made = {}
    for module, options in predictions.PLAY:
        outcome = service.predict(module, options(made) if callable(options) else options)
        assert outcome.changed, module
        made[module] = outcome.result
    return made


@pytest.fixture
def found(made: Made) -> dict[str, t.Any]:
    """The values of the predictions that tasks may refer to."""
    return predictions.values(made)


def spec_of(module: str) -> Options:
    spec: Options = importlib.import_module(f"{MODULES}.{module}").MODULE.argument_spec
    return spec


def options_of(spec: Options, prefix: str = "") -> t.Iterator[tuple[str, Options]]:
    """Return all options and suboptions with their specs, such as nodes[].ip_address."""
    for name, entry in spec.items():
        yield f"{prefix}{name}", entry
        below = f"{prefix}{name}{'[]' if entry.get('type') == 'list' else ''}."
        yield from options_of(entry.get("options") or {}, below)


def kinds_of(module: str, option: str) -> tuple[str, ...]:
    """Return what an option takes; nothing if it takes no value that a prediction has."""
    name = option.rpartition(".")[2]
    whole = option.replace("[]", "")
    if is_other(module, option):
        return ()
    if whole == "id":
        own = module.removesuffix("_info").removeprefix("clc_").removesuffix("_fact")
        return (own,) if own in {name for name, _options in predictions.PLAY} else ()
    kinds = KINDS.get(whole) or KINDS.get(name) or ()
    return ("backup_policy",) if (module, name) == ("backup_server_policy", "policy") else kinds


PLACES: list[Place] = [
    (module, option, kind)
    for module in NAMES
    for option, entry in options_of(spec_of(module))
    if entry.get("type", "str") in ("str", "raw", "int", "list") and not entry.get("options")
    for kind in kinds_of(module, option)
]
# The others read, or have nothing to do: a server that does not exist yet is in no pool.
WRITING = [place for place in PLACES if not re.search("_info$|_fact$|^billing|^load_balancer_node$", place[0])]

REMOVING = [
    (module, option, kind)
    for module, option, kind in WRITING
    if option in ("id", "server_ids", "server_id")
    and "absent" in (spec_of(module).get("state") or {}).get("choices", ())
    and module != "clc_modify_server"  # which rejects it
]
# Removals of what a predicted server may not have: no task is known that adds it.
UNCHANGED = {
    ("backup_server_policy", "server_ids"),
    ("clc_publicip", "server_ids"),
    ("clc_server_snapshot", "server_ids"),
    ("ips_agent", "server_ids"),
    ("ips_notification", "server_id"),
    ("public_ip", "server_id"),
    ("server_snapshot", "server_ids"),
}


def task(module: str, option: str, value: t.Any) -> Options:
    """Return a task that has a value as an option."""
    options = base_of(module, option, MADE)
    for name, other in required_of(module, option).items():
        insert(options, name, other)
    entry = dict(options_of(spec_of(module)))[option]
    insert(options, option, [value] if entry.get("type") == "list" else value)
    return options


def insert(options: Options, path: str, value: t.Any) -> None:
    """Set an option or suboption, of the first entry of a list."""
    first, dot, rest = path.partition(".")
    name = first.removesuffix("[]")
    if not dot:
        options[name] = value
    elif first.endswith("[]"):
        entries = options.setdefault(name, [{}])
        insert(entries[0], rest, value)
    else:
        insert(options.setdefault(name, {}), rest, value)


def test_a_play_on_an_empty_account_is_predicted(made: Made) -> None:
    names = [server["name"] for server in made["server"]["servers"]]
    addresses = [server["ip_address"] for server in made["server"]["servers"]]
    assert len({*names, *addresses}) == 4
    assert all(map(placeholders.is_placeholder, [*names, *addresses, *made["server"]["created_ids"]]))
    assert made["firewall_policy"]["firewall_policy"]["source"] == addresses
    assert made["server"]["servers"][0]["group_id"] == made["server_group"]["server_group"]["id"]


def test_a_prediction_has_the_types_of_results(made: Made) -> None:
    for module, result in made.items():
        text = (
            (DIRECTORY / f"{module}.py").read_text(encoding="utf-8").partition('RETURN = r"""')[2].partition('"""')[0]
        )
        for key, documented in yaml.safe_load(text).items():
            compare(f"{module}.{key}", documented.get("sample"), result.get(key))


def compare(place: str, sample: t.Any, value: t.Any) -> None:
    """Compare the types of a predicted value with those of the documented sample; null is allowed."""
    if sample is None or value is None:
        return
    if isinstance(sample, dict):
        for name, part in sample.items():
            compare(f"{place}.{name}", part, value.get(name))
    elif isinstance(sample, list):
        for item in value:
            compare(f"{place}[]", sample[0] if sample else None, item)
    else:
        numbers = isinstance(sample, (int, float)) and isinstance(value, (int, float))
        assert numbers or type(sample) is type(value), (place, sample, value)


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_a_predicted_value_is_accepted_in_check_mode(service: Service, found: dict[str, t.Any], place: Place) -> None:
    module, option, kind = place
    outcome = service.predict(module, task(module, option, found[kind]))
    assert outcome.changed == (place in WRITING)


@pytest.mark.parametrize("place", REMOVING, ids="-".join)
def test_the_removal_of_what_was_predicted_is_predicted(
    service: Service, found: dict[str, t.Any], place: Place
) -> None:
    module, option, kind = place
    outcome = service.predict(module, {**task(module, option, found[kind]), "state": "absent"})
    assert outcome.changed == ((module, option) not in UNCHANGED)


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_a_predicted_value_is_rejected_outside_check_mode(
    service: Service, found: dict[str, t.Any], place: Place
) -> None:
    module, option, kind = place
    service.log()
    outcome = service.run(module, task(module, option, found[kind]))
    assert outcome.failed
    assert "was predicted by a task in check mode" in outcome.msg
    assert option.replace("[]", "[0]") in outcome.msg
    assert not service.log()
