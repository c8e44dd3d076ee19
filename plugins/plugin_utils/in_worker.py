# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin of every module: connection options resolved once, one login a run, and the module run where it is cheapest.

A module that only sends requests from the controller needs no payload, no interpreter and no file of its own: it runs in the
worker process that ansible-core has forked for the task. It runs as a module process if the connection is not local, with
`become` or `async`, with an interpreter of the user's own, if it writes files on a target, and by choice (the variable
`clc_run_as_process`). Author and user of a module do not see where it runs: arguments and results go through ansible-core's own
encoders and its own parser of results both ways, so that types, trust, warnings and failures come out the same.

Differences that are accepted: a module process notes its arguments in the syslog of its machine, and finds out an interpreter
for hosts that name none; neither happens in the worker.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import threading
import time
import typing as t
from collections import deque
from pathlib import Path

from ansible import constants
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import warn
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils import running
from ..module_utils.api.connections import Connections, import_error
from ..module_utils.api.errors import ClcError, ConnectionFailed
from ..module_utils.api.identity import Exchange, Identity
from ..module_utils.arguments import prepared
from ..module_utils.connection import has_user, identity_from, in_account, make_client
from ..module_utils.options import CONNECTION, connection_arguments
from ..module_utils.run_files import PendingFiles, RunLocks, digest
from . import module_results, option_sources
from .token_store import TokenStore

AS_PROCESS = "clc_run_as_process"
# Imported with this file, which is before ansible-core forks the workers, so that a run pays for it once.
with running.quiet_warnings():
    _CAN_SEND = import_error() is None
display = Display()
Options = dict[str, t.Any]
Result = dict[str, t.Any]


class _Worker:
    """What a worker keeps from one item of a loop, or one attempt, to the next: connections and responses that never change."""

    connections = Connections()


def start_worker() -> None:
    """Drop what earlier items have left, also after an interrupted request, whose connection may still receive a response."""
    _Worker.connections = Connections()


class InWorker(ActionBase):  # type: ignore[misc]
    """Runs the module that the subclass, one generated file for each module, names.

    A file for each module, and not one that all are redirected to: a redirect loses module_defaults. The subclass imports its
    module, so that the module's own imports are paid once, before the forks, and only for modules that a play uses.
    """

    module: t.ClassVar[running.Module]
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        """Run the module and return its result."""
        variables = task_vars or {}
        result: Result = super().run(tmp, task_vars)
        self._is_local = getattr(self._connection, "transport", "") == "local"
        raw: Options = {}
        self._compute_environment_string(raw)
        self._environment = {name: str(value) for name, value in raw.items()}
        done, identity = self._run_module(variables)
        result.update(done)
        if self._module_name() == "login" and identity and not result.get("failed"):
            # Added after the module, which would have its result masked; registered and usable, but never shown.
            result.update(token=identity.token, _ansible_no_log=True)
        if self._has_secret_result():
            result["_ansible_no_log"] = True
        return result

    def _run_module(self, variables: t.Mapping[str, t.Any]) -> tuple[Result, Identity | None]:
        """Return the result of the module, and who spoke to the service if that was settled here."""
        runs_here = self._runs_here(variables)
        try:
            with self._surroundings():
                options = self._connection_options()
                identity = None if self._is_invalid(options) else self._identity(options)
                if runs_here:
                    return self._run_here(options, identity, variables), identity
        except ClcError as error:
            # Returned and not raised, so that failed_when, ignore_errors and rescue have the facts to look at.
            return module_results.parsed(self, {"failed": True, "msg": str(error), **error.details}), None
        return self._run_as_process(options, identity, variables), identity

    def _is_invalid(self, options: Options) -> bool:
        """Return whether the module will reject its options, so that there is no login for it."""
        if self.module.process_only:
            return False  # with options for files, which only AnsibleModule knows
        arguments = prepared(self.module.argument_spec, module_results.arguments_of(self._arguments(options, None)))
        checked = module_results.validator_of(self.module).validate(arguments)
        if checked.error_messages:
            return True
        params = {**arguments, **checked.validated_parameters}
        return running.is_invalid(self.module, params, self._context(options, None, self._requests()))

    @contextlib.contextmanager
    def _surroundings(self) -> t.Iterator[None]:
        """Run the block in the surroundings of a local process of the task: the task's environment, and the playbook's directory.

        Nothing that Python libraries warn of gets to standard error, where ansible-core expects nothing of a worker.
        """
        with contextlib.ExitStack() as restored:
            restored.enter_context(running.quiet_warnings())
            if self._is_local:
                restored.enter_context(_environment_of_task(self._environment))
                restored.enter_context(_directory(self._loader.get_basedir()))
            yield

    def _module_name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def _has_secret_result(self) -> bool:
        """Return whether the result contains credentials of servers."""
        return any(
            bool(boolean(self._task.args.get(option), strict=False))
            if value is True
            else value in (self._task.args.get(option) or [])
            for option, value in self.module.secret_if
        )

    # Who speaks, to whom

    def _connection_options(self) -> Options:
        """Return the connection options of the task, the most specific source that has one first.

        Over a connection that is not local only the task's own arguments count (with module_defaults, which ansible-core has
        merged into them): what the controller's environment holds was not meant for that machine.
        """
        sources = [option_sources.from_arguments(connection_arguments(self.module.renamed, self._task.args))]
        if self._is_local:
            # The environment of the task is in os.environ by now; it still takes precedence, since credentials come as one.
            sources += [option_sources.from_environment(self._environment), option_sources.from_environment(os.environ)]
        return option_sources.resolved(sources)

    def _identity(self, options: t.Mapping[str, t.Any]) -> Identity | None:
        """Return who speaks, by the token given or by this run's one login; None if the module has to log in itself."""
        identity = identity_from(options)
        if identity is not None or not has_user(options) or not _CAN_SEND:
            return identity
        if not self._is_local and not options.get("api_url"):
            return None
        try:
            own = self._store().identity(
                self._login_client(options), str(options["username"]), str(options["password"])
            )
        except ConnectionFailed:
            if self._is_local:
                raise
            return None
        return in_account(own, options.get("account_alias"))

    def _login_client(self, options: t.Mapping[str, t.Any]) -> t.Any:
        return make_client(
            option_sources.converted(options),
            "login",
            observe=self._requests().add,
            connections=_Worker.connections,
            most_seconds=self._task.timeout or None,
        )

    @staticmethod
    def _store() -> TokenStore:
        return TokenStore(constants.DEFAULT_LOCAL_TMP)

    def _requests(self) -> _Requests:
        return _Requests(None if self._task.no_log else f"{self._task.action}")

    # What the module gets

    def _arguments(self, options: Options, identity: Identity | None) -> Options:
        """Return the module's arguments: the task's own, and the whole connection by value."""
        renamed = self.module.renamed
        names = {renamed.get(option.name, option.name) for option in CONNECTION}
        names |= {alias for option in CONNECTION if option.name not in renamed for alias in option.aliases}
        arguments = {name: value for name, value in self._task.args.items() if name not in names}
        arguments.update({renamed.get(name, name): value for name, value in options.items()})
        if self._is_local and self.module.data_center:
            environment = {**os.environ, **self._environment}
            arguments.update(option_sources.data_center(self.module.data_center, arguments, environment))
        if identity is not None:
            arguments.update(token=identity.token, account_alias=identity.account_alias)
        return arguments

    def _locks(self) -> str | None:
        """Return the run's directory of locks, if this machine is the one that runs the module."""
        if not self._is_local:
            return None
        directory = Path(constants.DEFAULT_LOCAL_TMP, "clc-locks")
        directory.mkdir(mode=0o700, exist_ok=True)
        return str(directory)

    def _pending_directory(self) -> str | None:
        """Return the user's directory for creates that the next run waits for, if this machine is the one that runs the module."""
        return str(Path(constants.config.get_config_value("ANSIBLE_HOME"), "clc-pending")) if self._is_local else None

    # As a module process

    def _run_as_process(self, options: Options, identity: Identity | None, variables: t.Mapping[str, t.Any]) -> Result:
        in_background = bool(self._task.async_val and not self._connection.has_native_async)
        handed_over = {
            "data_center": identity.data_center if identity else None,
            "locks": self._locks(),
            "pending": self._pending_directory(),
            "can_log_in": has_user(options) or identity is None,
        }
        own_environment = self._task.environment
        # Task.environment is what ansible-core makes the environment of the process of; it is the task's own again afterwards.
        self._task.environment = [*_as_list(own_environment), {running.HANDED_OVER: json.dumps(handed_over)}]
        arguments = self._arguments(options, identity)
        try:
            done: Result = self._execute_module(module_args=arguments, task_vars=variables, wrap_async=in_background)
        finally:
            self._task.environment = own_environment
        if done.get("failed") and "invocation" in done:
            # AnsibleModule masks nothing in it if it could not even look for secrets in options of a wrong type.
            _result, secrets = running.prepare_result(self.module, arguments, running.Outcome({"failed": True}), set())
            done["invocation"] = remove_values(done["invocation"], secrets)
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return done

    # In the worker

    def _runs_here(self, variables: t.Mapping[str, t.Any]) -> bool:
        return (
            self._is_local
            and _CAN_SEND
            and not self._connection.become
            and not self._task.async_val
            and not self.module.process_only
            and not constants.DEFAULT_KEEP_REMOTE_FILES
            and not self._has_own_interpreter(variables)
            and not boolean(self._templar.template(variables.get(AS_PROCESS, False)), strict=False)
        )

    def _has_own_interpreter(self, variables: t.Mapping[str, t.Any]) -> bool:
        """Return whether the user has chosen a Python for the module that is not the one that runs this.

        Values such as auto choose none. The implicit localhost always has the Python of the controller.
        """
        delegated = (
            variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to) if self._task.delegate_to else None
        )
        chosen = self._templar.template((delegated or variables).get("ansible_python_interpreter"))
        return bool(chosen) and Path(str(chosen)).is_absolute() and chosen != variables.get("ansible_playbook_python")

    def _run_here(self, options: Options, identity: Identity | None, variables: t.Mapping[str, t.Any]) -> Result:
        requests = self._requests()
        own = module_results.arguments_of(self._arguments(options, identity))
        arguments = prepared(self.module.argument_spec, own)
        try:
            result = self._validated_and_run(arguments, self._context(options, identity, requests), variables)
        except BaseException:
            start_worker()
            raise
        finally:
            requests.show()
        return module_results.parsed(self, result)

    def _validated_and_run(
        self, arguments: Options, context: running.RunContext, variables: t.Mapping[str, t.Any]
    ) -> Result:
        """Return the masked result of validation and work, as AnsibleModule would have it."""
        checked = module_results.validator_of(self.module).validate(arguments)
        module_results.show_warnings_of(checked)
        # Copied, since a default is the object that stands in the argument spec, which all items of a loop share.
        params = {**arguments, **copy.deepcopy(checked.validated_parameters)}
        message = module_results.validation_message(checked, self._task.action)
        outcome = (
            running.Outcome({"failed": True, "msg": message}) if message else running.run(self.module, params, context)
        )
        result, secrets = running.prepare_result(self.module, params, outcome, checked._no_log_values)
        if not module_results.wants_invocation(variables):
            del result["invocation"]
        elif message:
            result["invocation"] = {"module_args": params}  # AnsibleModule returns these itself
        if outcome.traceback and module_results.wants_tracebacks():
            result["exception"] = outcome.traceback
        return module_results.masked(result, secrets)

    def _context(self, options: Options, identity: Identity | None, requests: _Requests) -> running.RunContext:
        def renew(stale: Identity) -> Identity:
            client = self._login_client(options)
            return self._store().renewed(
                client, str(options["username"]), str(options["password"]), digest(stale.token)
            )

        return running.RunContext(
            name=self._module_name(),
            check_mode=bool(self._task.check_mode),
            diff_mode=bool(self._task.diff),
            warn=warn,
            report=self._show_progress,
            observe=requests.add,
            locks=RunLocks(self._locks()),
            pending=PendingFiles.at(self._pending_directory()),
            renew=renew if has_user(options) else None,
            can_log_in=False,
            data_center=identity.data_center if identity else None,
            masks_result=True,
            connections=_Worker.connections,
            most_seconds=self._task.timeout or None,
        )

    def _show_progress(self, line: str) -> None:
        if not self._task.no_log:
            display.v(f"{self._task.action}: {line}", host=self._task.delegate_to or None)


# ansible-core makes tables at the first result of a process; made here, before it forks, every worker has them.
module_results.parsed(object.__new__(InWorker), {})


class _Requests:
    """The requests of a task, shown with -vvv. Threads add them; they are shown by the thread of the task, as all of Display is.

    label: what stands before each; None to show nothing.
    """

    def __init__(self, label: str | None) -> None:
        self._label, self._waiting, self._thread = label, deque[Exchange](), threading.get_ident()

    def add(self, exchange: Exchange) -> None:
        """Add a request, and show it if this is the thread of the task."""
        self._waiting.append(exchange)
        if threading.get_ident() == self._thread:
            self.show()

    def show(self) -> None:
        """Show what has not been shown yet."""
        while self._waiting:
            exchange = self._waiting.popleft()
            if self._label is not None:
                display.vvv(f"{self._label}: {exchange}")


@contextlib.contextmanager
def _environment_of_task(variables: t.Mapping[str, str]) -> t.Iterator[None]:
    """Set the environment that the task and its play ask for, as a process of its own would have it, and restore it exactly."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    _apply_time_zone(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _apply_time_zone(variables)


def _apply_time_zone(changed: t.Container[str]) -> None:
    if "TZ" in changed:
        time.tzset()


@contextlib.contextmanager
def _directory(path: str) -> t.Iterator[None]:
    """Work in the directory of the playbook, as ansible-core runs local modules, so that relative paths mean the same."""
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


def _as_list(value: t.Any) -> list[t.Any]:
    return list(value) if isinstance(value, list) else [value] if value else []
