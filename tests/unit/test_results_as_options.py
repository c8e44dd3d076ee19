# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module returns is a value that it accepts, and that changes nothing: over every resource, on the simulator."""

from __future__ import annotations

import importlib
import typing as t
from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import MODULES, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import (
    FLEET,
    GROUP,
    SERVER,
    UPDATES,
    Made,
    Options,
    Result,
    Update,
)

DIRECTORY = Path(__file__).parents[2] / "plugins" / "modules"
ALERT = {
    "name": "Load", "recipients": ["ops@example.com"],
    "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 95}],
}  # fmt: skip
SYSLOG = {"type": "syslog", "syslog_settings": {"ip_address": "10.80.12.9", "facility": 16}}
# Options whose values the result has under another name.
OTHER_NAMES = {"server_group_horizontal_autoscale_policy": {"load_balancer_pool": "load_balancer"}}
# Options that a result does not have, or not as a property of the resource.
NOT_RETURNED = {
    "database": {"users", "destinations"},
    "load_balancer_node": {"exclude"},
    "load_balancer_node_info": {"exclude"},
    "server": {"packages", "public_ip", "secondary_networks"},
    "server_info": {"statistics"},
    "server_group_info": {"statistics"},
}


def _server_id(made: Made) -> str:
    return str(made["server"]["created_ids"][0])


RESOURCES = (
    *UPDATES,
    replace(
        FLEET,
        before=(
            ("server_group", GROUP),
            ("alert_policy", ALERT),
            ("server", {**SERVER, "disks": [{"size_gb": 20}], "alert_policies": ["Load"]}),
        ),
    ),
    Update(
        "IpsNotifications",
        "ips_notification",
        (
            ("server_group", GROUP),
            ("server", SERVER),
            ("ips_agent", lambda made: {"server_ids": made["server"]["created_ids"]}),
            (
                "ips_notification",
                lambda made: {
                    "server_id": _server_id(made),
                    "destinations": [{"type": "email", "email_address": "a@example.com"}, SYSLOG],
                },
            ),
        ),
        {},
    ),
)


@pytest.fixture
def service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> t.Iterator[SimulatedService]:
    simulated = SimulatedService(clock, Runner(None, clock, capsys, monkeypatch, tmp_path))
    with serving(simulated):
        yield simulated


def specs() -> dict[str, Options]:
    names = sorted(file.stem for file in DIRECTORY.glob("*.py") if not file.stem.startswith("clc_"))
    return {name: importlib.import_module(f"{MODULES}.{name}").MODULE.argument_spec for name in names}


def created(service: SimulatedService, update: Update) -> tuple[Options, Result]:
    """Create a resource and what it needs; return the options that created it, and the resource as it was returned."""
    made: Made = {}
    options: Options = {}
    for name, needed in update.before:
        new = needed(made) if callable(needed) else needed
        outcome = service.run(name, new)
        assert outcome.changed
        made[name] = outcome.result
        options = new if name == update.module else options
    result = made[update.module]
    return options, result["servers"][0] if update.module == "server" else result[update.module]


def test_every_module_with_suboptions_is_here() -> None:
    tested = {update.module for update in RESOURCES}
    with_suboptions = {
        (module, option) for module, spec in specs().items() for option, entry in spec.items() if entry.get("options")
    }
    missing = {
        (module, option)
        for module, option in with_suboptions
        # The items of an environment have the options of the other modules, and its result is not a resource.
        if module not in tested and module != "environment" and option not in NOT_RETURNED.get(module, ())
    }
    assert not missing


@pytest.mark.parametrize("update", RESOURCES, ids=str)
def test_a_result_changes_nothing(service: SimulatedService, update: Update) -> None:
    options, result = created(service, update)
    spec, names = specs()[update.module], OTHER_NAMES.get(update.module, {})
    returned = {option: result[names.get(option, option)] for option in spec if names.get(option, option) in result}
    with_options = {name for name, entry in spec.items() if entry.get("options")}
    assert with_options - NOT_RETURNED.get(update.module, set()) <= returned.keys()
    # At the top level ansible-core counts null as a value, and a public address excludes its internal one.
    returned = {name: value for name, value in returned.items() if value is not None}
    if update.module == "public_ip":
        del returned["internal_ip"]
    if update.module == "server":
        del returned["name"]
        returned["server_ids"] = [result["id"]]
    own = {name: value for name, value in options.items() if name not in returned and name not in ("name", "count")}
    own = {"server_ids": returned["server_ids"], "data_center": "WA1"} if update.module == "server" else own
    again = service.run(update.module, {**own, **returned})
    assert not again.failed, again.msg
    assert not again.changed, again.result.get("diff")


@pytest.mark.parametrize("module", ["server", "server_group"])
def test_custom_fields_of_a_result_are_accepted(service: SimulatedService, module: str) -> None:
    field = next(field for field in service.run("custom_field_info", {})["custom_fields"] if field["options"])
    update = FLEET if module == "server" else next(update for update in UPDATES if update.module == module)
    _options, result = created(service, update)
    identity = {"server_ids": [result["id"]]} if module == "server" else {"id": result["id"], "data_center": "WA1"}
    first = service.run(module, {**identity, "custom_fields": {field["name"]: field["options"][0]["value"]}})
    assert first.changed, first.msg
    changed = first["servers"][0] if module == "server" else first[module]
    assert changed["custom_fields"][0]["name"] == field["name"]
    assert not service.run(module, {**identity, "custom_fields": changed["custom_fields"]}).changed


def test_an_inherited_default_of_a_result_is_left_alone(service: SimulatedService) -> None:
    update = next(update for update in UPDATES if update.module == "server_group_default")
    options, result = created(service, update)
    assert result["cpu"] == {"value": 1, "inherited": False}
    again = service.run("server_group_default", {**options, "cpu": {"value": 4, "inherited": True}})
    assert not again.changed


def test_a_disk_is_added_to_those_of_a_result(service: SimulatedService) -> None:
    _options, server = created(service, RESOURCES[-2])
    more = service.run("server", {"server_ids": [server["id"]], "disks": [*server["disks"], {"size_gb": 10}]})
    assert more.changed, more.msg
    assert [disk["size_gb"] for disk in more["servers"][0]["disks"]] == [
        *(disk["size_gb"] for disk in server["disks"]),
        10,
    ]
