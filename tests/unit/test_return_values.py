# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The samples of RETURN have the keys of real results: info modules against the simulator."""

from __future__ import annotations

import typing as t
from pathlib import Path
from unittest import mock

import pytest
import yaml

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_cases import CASES
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import Made
from tools.rules import documented, modules

ROOT = Path(__file__).parents[2]
OPTIONS: dict[str, dict[str, t.Any]] = {
    "server": {"server_ids": ["wa1demoapp01"]},
    "server_group_default_info": {"group": "Default Group", "data_center": "WA1"},
}
_REQUIRES = "it has required options, for which this test has no values yet"
# Info modules whose result has no entry to compare in these runs, and why.
NOT_COMPARED = {
    "backup_os_type_info": "its entries are names",
    "backup_restore_point_info": _REQUIRES,
    "backup_server_policy_info": _REQUIRES,
    "backup_stored_data_info": _REQUIRES,
    "database_backup_info": _REQUIRES,
    "database_notification_info": _REQUIRES,
    "invoice_info": _REQUIRES,
    "ips_notification_info": _REQUIRES,
    "job_info": _REQUIRES,
    "load_balancer_info": "the case of its create is in another data center",
    "load_balancer_pool_info": _REQUIRES,
    "public_ip_info": _REQUIRES,
    "server_group_horizontal_autoscale_policy_info": _REQUIRES,
    "server_group_scheduled_activity_info": _REQUIRES,
    "server_patch_info": _REQUIRES,
}
NAMES = [file.stem for file in modules(ROOT) if file.stem.endswith("_info") or file.stem in OPTIONS]


# What creates an entry, by the name of the info module.
BEFORE = {f"{case.module}_info": (*case.before, (case.module, case.options)) for case in CASES if case.kind == "create"}


def _prepare(service: SimulatedService, name: str) -> None:
    """Create what an info module returns, as far as a case of its resource describes it."""
    made: Made = {}
    for module, options in BEFORE.get(name, ()):
        made[module] = service.run(module, options(made) if callable(options) else options).result


def _returned(name: str) -> dict[str, t.Any]:
    """Return the documented keys of a module's result."""
    text = documented(ROOT / "plugins" / "modules" / f"{name}.py", "RETURN")
    return t.cast("dict[str, t.Any]", yaml.safe_load(text))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_has_the_keys_of_a_result(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)  # an installer is written there
    service = SimulatedService(clock, Runner(mock.Mock(), clock, capsys, monkeypatch, tmp_path))
    with serving(service):
        _prepare(service, name)
        result = service.run(name, OPTIONS.get(name, {})).result
    compared = 0
    for key, entry in _returned(name).items():
        items = result.get(key)
        if isinstance(items, list) and items and isinstance(items[0], dict):
            assert set(entry["sample"][0]) == set(items[0]), key
            compared += 1
    assert bool(compared) != (name in NOT_COMPARED), result.get("msg")


def test_an_imported_server_is_documented_as_any_server() -> None:
    assert set(_returned("server_import")["servers"]["sample"][0]) == set(_returned("server")["servers"]["sample"][0])
