# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the inventory plugin against a simulator in this process."""

from __future__ import annotations

import contextlib
import shutil
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins import inventory as base
from ansible.plugins import loader

from .clock import Clock
from .simulated import URL, SimulatedService, serving


class Inventory:
    """An account, and sources that are read from it."""

    def __init__(self, service: SimulatedService, directory: Path) -> None:
        self.service, self.directory = service, directory
        self.extra_vars: dict[str, t.Any] = {}
        self.warnings: list[str] = []

    def source(self, content: str | dict[str, t.Any], name: str = "test.clc.yml") -> Path:
        """Write a source file; of a dictionary, the plugin's name is added."""
        path = self.directory / name
        text = content if isinstance(content, str) else yaml.safe_dump({"plugin": "centurylink.cloud.clc", **content})
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, options: str | dict[str, t.Any] | None = None, cache: bool = True) -> InventoryData:
        """Read a source with these options, as a run of its own: no token of an earlier one is left."""
        shutil.rmtree(self.directory / "tmp", ignore_errors=True)
        path = self.source(options or {})
        data = InventoryData()
        plugin = self.plugin()
        plugin.parse(data, DataLoader(), str(path), cache)
        data.reconcile_inventory()
        if "_cache" in vars(plugin):
            plugin.update_cache_if_changed()
        return data

    def hosts(self, options: str | dict[str, t.Any] | None = None) -> list[str]:
        """Return the names of the hosts that a source adds."""
        return sorted(self.read(options).hosts)

    def plugin(self) -> t.Any:
        """Return the plugin; its warnings are collected."""
        plugin = loader.inventory_loader.get("centurylink.cloud.clc")
        plugin.display = _Display(self.warnings)
        return plugin

    def cached(self, **options: t.Any) -> dict[str, t.Any]:
        """Return options with a cache in files."""
        kept = {
            "cache": True,
            "cache_plugin": "ansible.builtin.jsonfile",
            "cache_connection": str(self.directory / "cache"),
        }
        return {**kept, **options}

    def requests(self) -> list[str]:
        """Return the operations requested since the last call, without logins."""
        return [str(entry.operationId) for entry in self.service.log()]


class _Display:
    def __init__(self, warnings: list[str]) -> None:
        self._warnings = warnings

    def warning(self, message: str, **_more: t.Any) -> None:
        self._warnings.append(message)

    def __getattr__(self, name: str) -> t.Callable[..., None]:
        return lambda *_arguments, **_options: None


@contextlib.contextmanager
def simulated(clock: Clock, directory: Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[Inventory]:
    """Make an inventory of the seed small, with credentials in the environment."""
    for name, value in {"URL": URL, "USERNAME": "demo", "PASSWD": "demo-password"}.items():
        monkeypatch.setenv(f"CLC_V2_API_{name}", value)
    service = SimulatedService(clock, t.cast(t.Any, None))
    made = Inventory(service, directory)
    monkeypatch.setattr(base, "load_extra_vars", lambda _loader: made.extra_vars)
    monkeypatch.setattr("ansible.constants.DEFAULT_LOCAL_TMP", str(directory / "tmp"))
    with serving(service):
        yield made
