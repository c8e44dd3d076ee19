# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cache of the inventory plugin, and what it does if the service cannot be read."""

from __future__ import annotations

import contextlib
import gc
import json
import multiprocessing
import os
import re
import sys
import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import cache_loader

from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory.snapshot import GroupEntry, Snapshot
from ansible_collections.centurylink.cloud.tests.unit.support.inventories import Inventory

DENIED = {"operation": "getGroup", "status": 403}
DOWN = {"operation": "listDataCenters", "status": 403}
NO_LOGIN = {"operation": "login", "status": 403}


def listing(data: t.Any) -> dict[str, t.Any]:
    """Everything that an inventory holds, comparable."""
    groups = {
        name: ([host.name for host in group.hosts], [child.name for child in group.child_groups], group.vars)
        for name, group in data.groups.items()
    }
    return {"groups": groups, "hosts": {name: host.vars for name, host in data.hosts.items()}}


def test_a_warm_cache_sends_nothing_and_gives_the_same(inventory: Inventory) -> None:
    fresh = inventory.read(inventory.cached())
    assert inventory.requests()
    inventory.service.fault(NO_LOGIN)
    again = inventory.read(inventory.cached())
    assert listing(again) == listing(fresh)
    assert list(again.hosts) == list(fresh.hosts)
    assert inventory.requests() == []


def test_one_compact_entry(inventory: Inventory) -> None:
    inventory.read(inventory.cached())
    (entry,) = (inventory.directory / "cache").iterdir()
    plain = json.dumps(listing(inventory.read())["hosts"])
    assert entry.stat().st_size < len(plain) / 3


def test_filters_that_do_not_shape_the_fetch_share_an_entry(inventory: Inventory) -> None:
    inventory.read(inventory.cached())
    inventory.requests()
    assert inventory.hosts(inventory.cached(names=["wa1demoweb01"], hostnames=["name"])) == ["WA1DEMOWEB01"]
    assert inventory.requests() == []


@pytest.mark.parametrize(
    "options",
    [
        {"data_centers": ["WA1"]},
        {"server_groups": ["{{ grp }}"]},
        {"accounts": ["DEMO", "DEM2"]},
        {"archived": True},
        {"templates": True},
        {"layout": "legacy"},
        {"username": "viewer", "password": "viewer-password"},
        {"api_url": "http://127.0.0.1:1/v2/"},
    ],
)
def test_what_shapes_the_fetch_has_an_entry_of_its_own(inventory: Inventory, options: dict[str, t.Any]) -> None:
    inventory.extra_vars = {"grp": "Shop/Web"}
    inventory.read(inventory.cached())
    inventory.requests()
    inventory.read(inventory.cached(**options))
    assert inventory.requests()


def test_a_template_of_another_value_has_an_entry_of_its_own(inventory: Inventory) -> None:
    options = inventory.cached(data_centers=["{{ dc }}"])
    hosts = []
    for code in ("WA1", "VA1"):
        inventory.extra_vars = {"dc": code}
        hosts.append(inventory.hosts(options))
    assert not set(hosts[0]) & set(hosts[1])


def test_without_permission_to_read_the_cache(inventory: Inventory) -> None:
    inventory.read(inventory.cached())
    inventory.requests()
    path = inventory.source(inventory.cached())
    inventory.plugin().parse(inventory.read(), DataLoader(), str(path), False)
    assert inventory.requests()


@pytest.mark.parametrize("damage", ["", "{}", "not base64", None, 5, {"a": 1}, "AAAA"])
def test_a_damaged_entry_is_read_anew(inventory: Inventory, damage: t.Any) -> None:
    inventory.read(inventory.cached())
    (entry,) = (inventory.directory / "cache").iterdir()
    _cache(inventory.directory / "cache").set(_key(entry), damage)
    inventory.requests()
    assert "wa1demoweb01" in inventory.hosts(inventory.cached())
    assert inventory.requests()
    assert entry.exists()


def test_an_unreadable_file_is_read_anew(inventory: Inventory) -> None:
    inventory.read(inventory.cached())
    (entry,) = (inventory.directory / "cache").iterdir()
    entry.write_text("{", encoding="utf-8")
    assert "wa1demoweb01" in inventory.hosts(inventory.cached())
    assert "the cache cannot be read" in inventory.warnings[0]


def test_two_processes_read_while_another_one_writes(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    end = context.Event()
    counts = context.Queue()
    _write(tmp_path, 0)
    readers = [context.Process(target=_read_often, args=(tmp_path, end, counts)) for _number in range(2)]
    for reader in readers:
        reader.start()
    for number in range(150):
        _write(tmp_path, number)
    end.set()
    results = [counts.get(timeout=60) for _reader in readers]
    for reader in readers:
        reader.join(timeout=60)
        assert reader.exitcode == 0
    assert all(whole > 5 and damaged == 0 for whole, damaged in results)


def _cache(directory: Path) -> t.Any:
    return cache_loader.get("ansible.builtin.jsonfile", _uri=str(directory), _prefix="ansible_inventory_")


def _key(file: Path) -> str:
    """Return the key of an entry; ansible-core has put the version of its format in front."""
    return re.sub(r"^(s\d+_)?ansible_inventory_(s\d+_)?", "", file.name)


def _write(directory: Path, number: int) -> None:
    group = GroupEntry("0" * 32, None, "root", (), "default", "DEMO", "WA1")
    values = [f"value {number} {position}" for position in range(2000)]
    rows = [[0, position] for position in range(2000)]
    _cache(directory).set("entry", Snapshot([group], ("id",), values, rows).encode())


def _read_often(directory: Path, end: t.Any, counts: t.Any) -> None:
    whole = damaged = 0
    while not end.is_set():
        snapshot = Snapshot.decode(_cache(directory).get("entry"))
        is_whole = snapshot is not None and len({value.split()[1] for value in snapshot.values}) == 1
        whole, damaged = whole + is_whole, damaged + (not is_whole)
    counts.put((whole, damaged))


@pytest.mark.parametrize("fault", [DENIED, DOWN, NO_LOGIN])
@pytest.mark.parametrize("options", [{}, {"on_error": "fail"}, {"on_error": "stale"}])
def test_a_failure_is_an_error_by_default(
    inventory: Inventory, fault: dict[str, t.Any], options: dict[str, t.Any]
) -> None:
    inventory.service.fault(fault)
    with pytest.raises(AnsibleParserError, match="403"):
        inventory.read(inventory.cached(**options))


def test_a_data_center_that_fails_is_left_out(inventory: Inventory) -> None:
    expected = inventory.hosts()
    inventory.service.fault({**DENIED, "count": 1})
    hosts = inventory.hosts({"on_error": "warn", "workers": 1})
    assert hosts == [host for host in expected if not host.startswith("de1")]
    (warning,) = inventory.warnings
    assert "data center DE1 of account DEMO is left out" in warning
    assert "403" in warning


def test_an_account_that_fails_is_left_out(inventory: Inventory) -> None:
    assert inventory.hosts({"accounts": ["DEMO", "NOPE"], "on_error": "warn"}) == inventory.hosts()
    (warning,) = inventory.warnings
    assert "account NOPE is left out" in warning
    with pytest.raises(AnsibleParserError, match="NOPE"):
        inventory.read({"accounts": ["DEMO", "NOPE"]})


def test_a_login_that_fails_is_a_warning(inventory: Inventory) -> None:
    inventory.service.fault(NO_LOGIN)
    assert inventory.hosts({"on_error": "warn"}) == []
    assert "the source adds no hosts" in inventory.warnings[0]


def test_an_incomplete_result_is_not_cached(inventory: Inventory) -> None:
    options = inventory.cached(on_error="warn", workers=1)
    inventory.service.fault({**DENIED, "count": 1})
    partial = inventory.hosts(options)
    inventory.service.fault()
    assert set(partial) < set(inventory.hosts(options))


@pytest.mark.parametrize("fault", [DENIED, DOWN, NO_LOGIN])
def test_stale_uses_the_last_result_and_states_its_age(inventory: Inventory, fault: dict[str, t.Any]) -> None:
    options = inventory.cached(on_error="stale", cache_timeout=60)
    expected = inventory.hosts(options)
    _age_entry(inventory, 7200)
    inventory.service.fault(fault)
    assert inventory.hosts(options) == expected
    (warning,) = inventory.warnings
    assert "hosts are from the cache and 72" in warning
    assert "403" in warning


def _age_entry(inventory: Inventory, seconds: int) -> None:
    """Let the only cache entry be older than it is, by its file and by what it says."""
    (file,) = (inventory.directory / "cache").iterdir()
    cache = _cache(inventory.directory / "cache")
    snapshot = Snapshot.decode(cache.get(_key(file)))
    assert snapshot is not None
    snapshot.created -= seconds
    cache.set(_key(file), snapshot.encode())
    os.utime(file, (snapshot.created, snapshot.created))


def test_stale_ignores_nothing_that_the_user_can_repair(inventory: Inventory) -> None:
    options = inventory.cached(on_error="stale")
    inventory.read(options)
    with pytest.raises(AnsibleParserError, match="statuse"):
        inventory.read({**options, "statuse": ["active"]})


def test_stale_without_a_cache_is_an_error(inventory: Inventory) -> None:
    inventory.service.fault(DOWN)
    with pytest.raises(AnsibleParserError, match="403"):
        inventory.read({"on_error": "stale"})


@pytest.mark.parametrize("fault", [{"operation": "getGroup", "latency_ms": 0}, DENIED])
def test_the_interpreter_is_left_as_it_was(inventory: Inventory, fault: dict[str, t.Any]) -> None:
    before = gc.isenabled(), sys.getswitchinterval()
    inventory.service.fault(fault)
    with contextlib.suppress(AnsibleParserError):
        inventory.read()
    assert (gc.isenabled(), sys.getswitchinterval()) == before
