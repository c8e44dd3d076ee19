# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Callback plugin of the unit tests: writes what callbacks get, a line of JSON for each event, and at the end what is imported."""

from __future__ import annotations

import json
import os
import sys
import typing as t
from pathlib import Path

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: record
type: aggregate
short_description: Write events of a run
description: Writes events of a run.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Appends events to the file that RECORD_EVENTS names."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "record"

    def _add(self, event: str, **values: t.Any) -> None:
        with Path(os.environ["RECORD_EVENTS"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **values}, default=str) + "\n")

    def _add_result(self, event: str, result: t.Any) -> None:
        task = result._task
        action = str(getattr(task, "resolved_action", "") or task.action)
        self._add(event, host=result._host.get_name(), task=task.get_name(), action=action, result=result._result)

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._add_result("ok", result)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._add_result("ignored" if ignore_errors else "failed", result)

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._add_result("unreachable", result)

    def v2_runner_retry(self, result: t.Any) -> None:
        self._add_result("retry", result)

    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        self._add_result("item ok", result)

    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        self._add_result("item failed", result)

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        modules = sorted(
            name for name in sys.modules if name.startswith("ansible_collections.centurylink.cloud.plugins.")
        )
        self._add("end", imported=modules)
