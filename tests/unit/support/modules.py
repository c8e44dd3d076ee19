# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Real modules, run as ansible-core runs them: arguments as JSON in, a line of JSON out, and the process's exit code."""

from __future__ import annotations

import importlib
import json
import typing as t
from dataclasses import dataclass

import pytest
from ansible.module_utils import _internal
from ansible.module_utils.common import parameters as ansible_parameters
from ansible.module_utils.common import warnings as ansible_warnings
from ansible.module_utils.testing import patch_module_args

from .made import ALIAS, CENTER
from .wire import TOKEN, Scripted

PASSWORD = "PASSWORD-7c6b5a49"  # made up; it must never be seen in an output
MODULES = "ansible_collections.centurylink.cloud.plugins.modules"
# What the action plugin hands over where it has logged in.
HANDED_OVER: dict[str, t.Any] = {"token": TOKEN, "account_alias": ALIAS, "session": {"data_center": CENTER}}


# From ansible-core 2.21 on a result has the module's arguments only on request; secrets have to be looked for there too.
INJECTED = {"_ansible_inject_invocation": True} if "inject_invocation" in ansible_parameters.PASS_VARS else {}


@dataclass
class Outcome:
    """What a module left behind: its result as data, and everything that it wrote."""

    result: dict[str, t.Any]
    written: str
    expected: bool = False

    @property
    def failed(self) -> bool:
        self.expected = True
        return bool(self.result.get("failed"))

    @property
    def changed(self) -> bool:
        """Of a success, unless the test has asked for the failure before: one does not prove that nothing had to be changed."""
        assert self.expected or not self.result.get("failed"), self.result.get("msg")
        return bool(self.result["changed"])

    @property
    def msg(self) -> str:
        self.expected = True
        return str(self.result.get("msg", ""))

    @property
    def warnings(self) -> list[str]:
        told = self.result.get("warnings", [])
        return [str(one["event"]["msg"] if isinstance(one, dict) else one) for one in told]

    def __getitem__(self, key: str) -> t.Any:
        return self.result[key]


class Runner:
    """Runs modules against the scripted service, and looks for secrets in whatever they write."""

    def __init__(self, api: Scripted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._api, self._capsys, self._monkeypatch = api, capsys, monkeypatch

    def __call__(
        self,
        module: str,
        options: t.Mapping[str, t.Any],
        *,
        check: bool = False,
        diff: bool = False,
        connection: t.Mapping[str, t.Any] | None = None,
    ) -> Outcome:
        """Run a module to its end. connection: options that say who speaks; as the action plugin gives them, unless said."""
        # A module is a process of its own: what one warned of goes with it, and it knows nothing of a controller, whose code
        # other tests have imported.
        self._monkeypatch.setattr(ansible_warnings, "_global_warnings", {})
        self._monkeypatch.setattr(_internal, "is_controller", False)
        who = HANDED_OVER if connection is None else connection
        arguments = {**who, **options, **INJECTED, "_ansible_check_mode": check, "_ansible_diff": diff}
        main = importlib.import_module(f"{MODULES}.{module}").main
        self._capsys.readouterr()
        with patch_module_args(arguments), pytest.raises(SystemExit) as exited:
            main()
        captured = self._capsys.readouterr()
        self._api.done()
        written = captured.out + captured.err
        for secret in (TOKEN, PASSWORD):
            assert secret not in written, f"a secret is in the output: {written}"
        outcome = Outcome(json.loads(captured.out), written)
        assert exited.value.code == int(outcome.failed)
        assert "Traceback" not in written
        return outcome
