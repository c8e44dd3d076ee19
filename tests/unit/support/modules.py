# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Real modules, run as ansible-core runs them: as a process with JSON in and out, and in the worker of a task."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import tempfile
import typing as t
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from unittest import mock

import pytest
from ansible import constants
from ansible._internal._datatag._tags import Origin
from ansible._internal._display_utils import DeferredWarningContext
from ansible.module_utils import _internal
from ansible.module_utils._internal._datatag import AnsibleTagHelper
from ansible.module_utils.common import parameters as ansible_parameters
from ansible.module_utils.common import warnings as ansible_warnings
from ansible.module_utils.testing import patch_module_args
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.module_utils.connection import identity_from
from ansible_collections.centurylink.cloud.plugins.plugin_utils import in_worker

from . import returned
from .clock import Clock
from .made import ALIAS, DATA_CENTER
from .wire import TOKEN, Scripted

PASSWORD = "PASSWORD-7c6b5a49"  # made up; it must never be seen in an output
COLLECTION = "centurylink.cloud"
MODULES = "ansible_collections.centurylink.cloud.plugins.modules"
ACTIONS = "ansible_collections.centurylink.cloud.plugins.action"
Result = dict[str, t.Any]
# What the action plugin hands over if it has logged in: options by value, and the rest in the environment.
HANDED_OVER: dict[str, t.Any] = {"token": TOKEN, "account_alias": ALIAS}
SESSION = {"data_center": DATA_CENTER, "locks": None, "can_log_in": False}


# From ansible-core 2.21 on a result has the module's arguments only on request; secrets have to be looked for there too.
INJECTED = {"_ansible_inject_invocation": True} if "inject_invocation" in ansible_parameters.PASS_VARS else {}
# What ansible-core puts into results itself, or reads from them for itself: no module of this collection returns it.
RESERVED = {"results", "stdout", "stderr", "rc", "exception", "warnings", "deprecations", "ansible_facts"}


@dataclass
class Outcome:
    """What a module left behind: its result as data, and everything that it wrote."""

    result: dict[str, t.Any]
    written: str
    output: str
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
        return self._messages("warnings")

    @property
    def deprecations(self) -> list[str]:
        return self._messages("deprecations")

    def _messages(self, key: str) -> list[str]:
        entries = [
            entry.get("event", entry) if isinstance(entry, dict) else entry for entry in self.result.get(key, [])
        ]
        return [str(entry["msg"] if isinstance(entry, dict) else entry) for entry in entries]

    def __getitem__(self, key: str) -> t.Any:
        return self.result[key]


class Runner:
    """Runs modules against the scripted service, both ways: as a process, and in the worker over the same exchange.

    What a test gets is the outcome of the process; the worker has to send the same requests and come to the same result. In
    whatever is written and returned it looks for secrets.

    api: the scripted service; None if modules run `alone` against the simulator.
    """

    def __init__(
        self,
        api: Scripted | None,
        clock: Clock,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        directory: Path,
    ) -> None:
        self._api, self._clock, self._capsys, self._monkeypatch = api, clock, capsys, monkeypatch
        self._directory = directory
        self.secrets = {TOKEN, PASSWORD}  # a test may add its own

    def __call__(
        self,
        module: str,
        options: t.Mapping[str, t.Any],
        *,
        check: bool = False,
        diff: bool = False,
        no_log: bool = False,
        connection: t.Mapping[str, t.Any] | None = None,
    ) -> Outcome:
        """Run a module to its end. connection: options that say who speaks; as the action plugin gives them, unless said."""
        arguments = {**(HANDED_OVER if connection is None else connection), **options}
        settings = {"check_mode": check, "diff": diff, "no_log": no_log}
        assert self._api is not None
        expected, before = self._api.expected(), self._clock.now
        with _results_checked():
            outcome = self._process(module, arguments, settings, handed_over=connection is None)
            action = importlib.import_module(f"{ACTIONS}.{module}").ActionModule
            if not action.module.process_only:
                with self._api.again(expected), self._clock.again(before):
                    here = Worker(self._directory)(module, arguments, settings, handed_over=connection is None)
                self._compare(action, outcome, here, with_arguments=connection is None)
        return outcome

    def alone(self, module: str, arguments: t.Mapping[str, t.Any], **settings: bool) -> Outcome:
        """Run a module as a process only, with these arguments and no others. settings: check_mode, diff."""
        return self._process(module, arguments, settings, handed_over=False)

    def _process(
        self, module: str, arguments: t.Mapping[str, t.Any], settings: t.Mapping[str, bool], *, handed_over: bool
    ) -> Outcome:
        main = importlib.import_module(f"{MODULES}.{module}").main
        own = {f"_ansible_{name}": value for name, value in settings.items()}
        given = {**arguments, **INJECTED, **own, "_ansible_module_name": f"{COLLECTION}.{module}"}
        self._capsys.readouterr()
        with self._monkeypatch.context() as process, patch_module_args(given):
            # A module is a process of its own: what one warned of goes with it, and it knows nothing of a controller, whose
            # code other tests have imported.
            process.setattr(ansible_warnings, "_global_warnings", {})
            process.setattr(ansible_warnings, "_global_deprecations", {})
            process.setattr(_internal, "is_controller", False)
            if handed_over:
                process.setenv(running.HANDED_OVER, json.dumps({**SESSION, "pending": _new_directory(self._directory)}))
            with pytest.raises(SystemExit) as exited:
                main()
        captured = self._capsys.readouterr()
        if self._api is not None:
            self._api.done()
        written = captured.out + captured.err
        assert "Traceback" not in written
        self._look_for_secrets(written)
        outcome = Outcome(json.loads(captured.out), written, captured.out)
        assert exited.value.code == int(bool(outcome.result.get("failed")))
        if not outcome.result.get("failed"):
            differences = returned.differences(module, outcome.result)
            assert not differences, "\n".join(differences)
        return outcome

    def _compare(self, action: t.Any, process: Outcome, here: WorkerResult, *, with_arguments: bool) -> None:
        """Compare what ansible-core makes of the output of the process with the result from the worker."""
        written = self._capsys.readouterr()
        result = here.result
        if result.pop("_ansible_no_log", False):
            result.pop("token", None)
        else:
            self._look_for_secrets(repr(result))
        self._look_for_secrets(written.out + written.err + "".join(here.warnings + here.deprecations))
        left_out = {"warnings", "deprecations", *(() if with_arguments else ("invocation",))}
        there, result = (
            {key: parsed[key] for key in parsed if key not in left_out and key[0] != "_"}
            for parsed in (parsed_output(action, process.output), result)
        )
        assert result == there, "the worker has another result than the process"
        assert _typed(result) == _typed(there), "the worker has values of other types or tags than the process"
        assert here.warnings == process.warnings, "the worker warns of something else than the process"
        assert here.deprecations == process.deprecations, "the worker deprecates something else than the process"

    def _look_for_secrets(self, written: str) -> None:
        for secret in self.secrets:
            assert secret not in written, f"a secret is in the output: {written}"


def _new_directory(directory: Path) -> str:
    """Return a directory that does not exist yet: a module knows nothing of the creates of the same module run the other way."""
    return str(directory / f"pending-{uuid.uuid4().hex}")


@contextlib.contextmanager
def _results_checked() -> t.Iterator[None]:
    """Look at each result that a module returns, before anything is added to it."""
    original = running.run

    def checked(*arguments: t.Any) -> running.Outcome:
        outcome = original(*arguments)
        reserved = {key for key in outcome.result if key in RESERVED or key.startswith("_ansible")}
        assert not reserved, f"the module returns what is reserved for ansible-core: {reserved}"
        return outcome

    with mock.patch.object(running, "run", checked):
        yield


def _typed(value: t.Any) -> t.Any:
    """Return a value with the type and the tags of each of its parts, all of which a registered variable keeps."""
    own = (type(value), AnsibleTagHelper.tag_types(value))
    if isinstance(value, dict):
        return own, {key: (type(key), _typed(value[key])) for key in value}
    if isinstance(value, (list, tuple)):
        return own, [_typed(item) for item in value]
    return own, value


@dataclass
class WorkerResult:
    """How a task ended in the worker: the result of the action plugin, and the messages that ansible-core collected."""

    result: Result
    warnings: list[str]
    deprecations: list[str]


class Worker:
    """Runs modules by their action plugin in this process, as a worker of ansible-core does."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __call__(
        self, module: str, arguments: t.Mapping[str, t.Any], settings: t.Mapping[str, bool], *, handed_over: bool
    ) -> WorkerResult:
        """Run a module as a task with these arguments, which are as trusted as those of a playbook."""
        in_worker.start_worker()
        action = importlib.import_module(f"{ACTIONS}.{module}").ActionModule
        plugin = action_plugin(action, args=_from_playbook(arguments), action=f"{COLLECTION}.{module}", **settings)
        if handed_over:
            # The login that came before, with the user's default data center.
            plugin._identity = lambda options: replace(identity_from(options), data_center=DATA_CENTER)
        before = dict(os.environ), Path.cwd()
        with (
            mock.patch.object(constants.config, "get_config_value", _with_arguments(constants.config.get_config_value)),
            mock.patch.object(action, "_pending_directory", return_value=_new_directory(self._directory)),
            mock.patch.object(constants, "DEFAULT_LOCAL_TMP", tempfile.mkdtemp(dir=self._directory)),
            DeferredWarningContext(variables={}) as collected,
        ):
            result: Result = plugin.run(None, {"ansible_playbook_python": sys.executable})
        assert (dict(os.environ), Path.cwd()) == before, "the worker leaves its process changed"
        return WorkerResult(
            result,
            [str(warning.event.msg) for warning in collected.get_warnings()],
            [str(deprecation.event.msg) for deprecation in collected.get_deprecation_warnings()],
        )


def parsed_output(action: t.Any, output: str) -> Result:
    """Return the result that ansible-core makes of the output of a module process."""
    executed = {"rc": 0, "stdout": output, "stderr": "", "stdout_lines": [output], "stderr_lines": []}
    parsed: t.Any = action_plugin(action)._parse_returned_data(executed, "legacy")
    if not isinstance(parsed, dict):
        # An object since ansible-core 2.21.
        parsed.remove_internal_keys()
        parsed = parsed.as_result_dict(for_round_trip=True)
    return dict(parsed)


def action_plugin(
    cls: t.Any, /, variables: t.Mapping[str, t.Any] = MappingProxyType({}), transport: str = "local", **task: t.Any
) -> t.Any:
    """Return the action plugin of a class for a task with these keywords, with variables for its templates."""
    loader = DataLoader()
    shell = SimpleNamespace(tmpdir="x", env_prefix=lambda **names: "")
    connection = SimpleNamespace(transport=transport, become=None, has_native_async=False, _shell=shell)
    keywords: Result = {
        "args": {},
        "action": f"{COLLECTION}.server_info",
        "async_val": 0,
        "environment": [],
        "delegate_to": None,
        "check_mode": False,
        "diff": False,
        "no_log": False,
        "timeout": 0,
    }
    templar = Templar(loader=loader, variables=dict(variables))
    return cls(
        SimpleNamespace(**{**keywords, **task}), connection, SimpleNamespace(), loader, templar, SimpleNamespace()
    )


def _from_playbook(value: t.Any) -> t.Any:
    """Return a value as ansible-core reads it from a playbook: strings know where they stand, and are trusted as templates."""
    if isinstance(value, dict):
        return {key: _from_playbook(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_from_playbook(item) for item in value]
    return trust_as_template(Origin(path="/play.yml", line_num=1).tag(value)) if isinstance(value, str) else value


def _with_arguments(ask: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
    """Ask the configuration of ansible-core, which is to put the arguments into results, so that secrets are looked for there."""

    def asked(name: str, *arguments: t.Any, **more: t.Any) -> t.Any:
        return True if name == "INJECT_INVOCATION" else ask(name, *arguments, **more)

    return asked
