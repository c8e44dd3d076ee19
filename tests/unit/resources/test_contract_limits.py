# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each limit that the contract documents for a request body is a limit of the option that sets the property.

A value just outside is rejected by the real module without any request, alike in check mode and outside it; one at the boundary is
accepted.
"""

from __future__ import annotations

import copy
import importlib
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.formats import FORMATS
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.contract_limits import (
    MODULES,
    NO_OPTION,
    Limit,
    limits,
    option_of,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import MODULES as PACKAGE
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving

ALL = list(limits())


def reason(limit: Limit) -> str | None:
    places = (limit.operation, f"{limit.operation} {limit.path}", f"{limit.operation} {limit.path} {limit.kind}")
    return next((NO_OPTION[place] for place in places if place in NO_OPTION), None)


CARRIED = [pytest.param(limit, id=f"{limit.operation}-{limit.path}-{limit.kind}") for limit in ALL if not reason(limit)]


@pytest.fixture
def service(clock: Clock, run: Runner) -> t.Iterator[SimulatedService]:
    simulated = SimulatedService(clock, run, "empty")
    with serving(simulated):
        yield simulated


def entry_of(limit: Limit) -> dict[str, t.Any]:
    """Return the entry of the option with its limits."""
    module = importlib.import_module(f"{PACKAGE}.{MODULES[limit.operation][0]}").MODULE
    spec, own, entry = module.argument_spec, module.limits, {}
    for name in option_of(limit).split("."):
        assert name in spec, f"no option {option_of(limit)} for {limit}: map it in contract_limits.py"
        entry = {**spec[name], **{key: value for key, value in own.get(name, {}).items() if key != "options"}}
        spec, own = entry.get("options") or {}, own.get(name, {}).get("options") or {}
    return entry


def with_value(options: dict[str, t.Any], path: str, value: t.Any) -> dict[str, t.Any]:
    """Return options in which the option of a path has a value; in each list, its first entry."""
    changed = copy.deepcopy(options)
    *above, last = path.split(".")
    place: t.Any = changed
    for name in above:
        place = place.setdefault(name, {})
        place = place[0] if isinstance(place, list) else place
    place[last] = value
    return changed


def outside(limit: Limit, entry: dict[str, t.Any]) -> t.Any:
    least, most = entry.get("minimum", 0), entry.get("maximum", 0)
    value: t.Any = {
        "minimum": least - 1,
        "maximum": most + 1,
        "multipleOf": least + 1,
        "minLength": "Aa1-56789"[: limit.value - 1] if limit.kind == "minLength" else None,
        "maxLength": "A" * (entry.get("max_length", 0) + 1),
        "minItems": [],
    }.get(limit.kind, -1 if entry.get("type") == "int" else "tomorrow!")
    as_list = entry.get("type") == "list" and limit.kind != "minItems"
    return [value] if as_list else value


@pytest.mark.parametrize("limit", CARRIED)
def test_a_value_just_outside_is_rejected_without_a_request(service: SimulatedService, limit: Limit) -> None:
    module, options, _prefix = MODULES[limit.operation]
    path, entry = option_of(limit), entry_of(limit)
    if limit.kind in ("minimum", "maximum") and not entry.get("choices"):
        assert entry.get(limit.kind) == limit.value, "the option has another limit than the contract"
    given = with_value(options, path, outside(limit, entry))
    messages = [service.run(module, {**given, "_ansible_check_mode": check}).msg for check in (True, False)]
    assert messages[0] == messages[1]
    name = path.rpartition(".")[2]
    reasons = ("Invalid value for ", f"value of {name} must be one")
    assert any(reason in messages[0] for reason in reasons), messages[0]
    assert name in messages[0]
    assert not list(service.simulator.request_log._entries), "a request was sent"


@pytest.mark.parametrize("limit", [param for param in CARRIED if param.values[0].kind in ("minimum", "maximum")])
def test_a_value_at_the_boundary_is_accepted(service: SimulatedService, limit: Limit) -> None:
    module, options, _prefix = MODULES[limit.operation]
    given = with_value(options, option_of(limit), limit.value)
    message = service.run(module, {**given, "_ansible_check_mode": True}).msg
    assert not message.startswith("Invalid value for "), message
    assert "must be one of" not in message


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_of_a_format_has_the_format(name: str) -> None:
    assert not FORMATS[name].example or FORMATS[name].accepts(FORMATS[name].example)


def test_each_reason_is_about_a_limit() -> None:
    places = {
        place
        for limit in ALL
        for place in (
            limit.operation,
            f"{limit.operation} {limit.path}",
            f"{limit.operation} {limit.path} {limit.kind}",
        )
    }
    assert not NO_OPTION.keys() - places
