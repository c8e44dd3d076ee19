# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixture of the inventory plugin's tests."""

from __future__ import annotations

import importlib
import typing as t
from pathlib import Path

import pytest


@pytest.fixture
def inventory(clock: t.Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[t.Any]:
    """An account of the seed small. Imported late, since the collection is not importable before the root's conftest ran."""
    support = importlib.import_module("ansible_collections.centurylink.cloud.tests.unit.support.inventories")
    with support.simulated(clock, tmp_path, monkeypatch) as made:
        yield made
