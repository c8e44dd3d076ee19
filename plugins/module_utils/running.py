# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs what a module file declares, in either place: a module process, or the worker of the task on the controller.

A module file makes one object of a class of this file and calls its `main`, which runs it as a module process. The action
plugin of the same name (plugin_utils/in_worker.py) takes the same object and runs it in the task's own worker process, wherever
that is possible. Both end in `run`, so that a module does not know where it is.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import copy
import errno
import json
import os
import time
import traceback
import typing as t
import warnings
from dataclasses import dataclass, field, replace

from ansible.module_utils.basic import AnsibleFallbackNotFound, AnsibleModule, env_fallback, missing_required_lib

from . import convergence
from .api.client import Client
from .api.connections import Connections, import_error
from .api.errors import ClcError, InvalidOptionError, PredictedNotFound, error_context
from .api.identity import Exchange, Identity
from .arguments import prepared, secrets_in, without_secret_maps
from .connection import has_user, identity_from, in_account, make_client, unverified
from .kit import limits
from .kit.files import Host
from .kit.pending import PendingCreates
from .kit.resource import Resource
from .kit.task import Task
from .options import CONNECTION, DATA_CENTER, WAITING, Spec, spec_of
from .run_files import PendingFiles, RunLocks

Params = t.Mapping[str, t.Any]
Result = dict[str, t.Any]
# The environment variable by which the action plugin hands over to a module process what is not an option: JSON of
# `data_center` (the user's default one), `locks` (the run's directory of locks), `pending` (the user's directory of creates that
# have not ended), and `can_log_in`. It contains no secret.
HANDED_OVER = "CENTURYLINK_CLOUD_TASK"


class Module:
    """What a module file declares: its options with their rules, and the work.

    work: returns the result for a task. arguments: the module's own part of the argument spec, generated from its
    documentation. waits: whether there is queued work to wait for; the options wait and wait_timeout then come with it.
    renamed: what connection options are called in this module, if it has others of their names. process_only: whether it needs
    AnsibleModule itself, to write files on a target. check: raises ClcError for invalid options, before the login. secret_if:
    pairs of an option and a value with which the result contains a credential, so that it is not displayed; the value True
    stands for any way to write it. has_free_data: whether options and results contain bodies or URLs, in which secrets are
    looked for and masked. suboption_rules: AnsibleModule's
    rules for the suboptions of an option, by its name, such as `disks` or `public_ip.ports`. rules: those for the options
    themselves (required_one_of, mutually_exclusive, ...).
    """

    def __init__(
        self,
        work: t.Callable[[Task], Result],
        arguments: Spec,
        *,
        waits: bool = True,
        renamed: t.Mapping[str, str] | None = None,
        process_only: bool = False,
        check: t.Callable[[Task], None] | None = None,
        secret_if: t.Sequence[tuple[str, t.Any]] = (),
        has_free_data: bool = False,
        suboption_rules: t.Mapping[str, t.Mapping[str, t.Any]] | None = None,
        **rules: t.Any,
    ) -> None:
        self.work, self.check, self.rules, self.renamed = work, check, rules, renamed or {}
        self.process_only, self.secret_if, self.has_free_data = process_only, tuple(secret_if), has_free_data
        shared = spec_of([*CONNECTION, *(WAITING if waits else ())], _set_variable)
        shared = {self.renamed.get(name, name): entry for name, entry in shared.items()}
        taken = shared.keys() & arguments.keys()
        if taken:
            raise AssertionError(f"options that every module has already: {sorted(taken)}")
        self.arguments = _own_copy(arguments)
        for option, own in (suboption_rules or {}).items():
            _suboptions_entry(self.arguments, option.split(".")).update(own)
        self.limits = limits.take(self.arguments)
        self.argument_spec: dict[str, dict[str, t.Any]] = {**shared, **_own_copy(self.arguments)}
        # What a module calls a data center that has a default; in the legacy modules it has the name of the alias.
        names = (DATA_CENTER.name, *DATA_CENTER.aliases)
        self.data_center = next((name for name in names if _has_default(self.argument_spec.get(name))), None)
        if self.data_center:
            self.argument_spec[self.data_center]["fallback"] = (_set_variable, list(DATA_CENTER.env))

    def check_options(self, task: Task) -> None:
        """Raise ClcError for an option outside its limits or one that `check` rejects; called before the login."""
        limits.check(self.limits, task.params)
        if self.check:
            self.check(task)

    def connection_params(self, params: Params) -> dict[str, t.Any]:
        """Return a module's parameters with the connection options under their own names."""
        return {**params, **{name: params.get(own) for name, own in self.renamed.items()}}

    def main(self) -> None:
        """Run as a module process: arguments on standard input, result on standard output."""
        _run_process(self)


def _has_default(entry: t.Mapping[str, t.Any] | None) -> bool:
    return entry is not None and not entry.get("required")


def _set_variable(*names: str) -> t.Any:
    """Return the value of an environment variable like env_fallback, but none of an empty one."""
    value = env_fallback(*names)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def _own_copy(arguments: Spec) -> dict[str, dict[str, t.Any]]:
    return {name: copy.deepcopy({**entry}) for name, entry in arguments.items()}


def _suboptions_entry(spec: dict[str, dict[str, t.Any]], path: t.Sequence[str]) -> dict[str, t.Any]:
    """Return the entry of an option that has suboptions. path: its name, after those of the options that contain it."""
    entry = spec[path[0]]
    return _suboptions_entry(entry["options"], path[1:]) if path[1:] else entry


class ResourceModule(Module):
    """A module that changes things: builds what `resource` says and converges.

    The other parameters are those of Module.
    """

    def __init__(
        self,
        resource: t.Callable[[Task], Resource],
        arguments: Spec,
        **settings: t.Any,
    ) -> None:
        def work(task: Task) -> Result:
            return convergence.converge(resource(task))

        super().__init__(work, arguments, **settings)
        self.resource = resource


class InfoModule(Module):
    """A module that only reads: its one key is the list that `gather` returns. The other parameters are those of Module."""

    def __init__(
        self, key: str, gather: t.Callable[[Task], t.Sequence[t.Any]], arguments: Spec, **settings: t.Any
    ) -> None:
        def work(task: Task) -> Result:
            found: t.Sequence[t.Any] = ()
            # What a task in check mode has predicted does not exist yet.
            with error_context("read", key.replace("_", " ")), contextlib.suppress(PredictedNotFound):
                found = gather(task)
            return convergence.info_result(key, found)

        super().__init__(work, arguments, waits=False, **settings)
        self.gather = gather


class LoginModule(Module):
    """The module `login`: returns who is logged in. The token itself is added by the action plugin, after masking."""

    def __init__(self) -> None:
        super().__init__(_who_is_logged_in, {}, waits=False)


def _who_is_logged_in(task: Task) -> Result:
    identity = task.client.identity
    return {"changed": False, "account_alias": task.account, "data_center": identity.data_center if identity else None}


# One run, in either place


@dataclass(frozen=True)
class RunContext:
    """What a run gets from where it happens, the worker of the task or a module process.

    name: the module's, for the User-Agent header. warn, report: show a warning, a line of progress; called in the thread that
    called `run`. observe: called after each request, in any thread. renew: returns a fresh identity for an expired one; None if
    the client may only log in by itself, which can_log_in allows. data_center: the user's default one, if the identity was
    handed over. masks_result: whether a result that contains a credential is kept from being shown. most_seconds: how long a
    single request may take at most.
    """

    name: str
    check_mode: bool
    diff_mode: bool
    warn: t.Callable[[str], None]
    report: t.Callable[[str], None] = lambda line: None
    observe: t.Callable[[Exchange], None] = lambda exchange: None
    locks: RunLocks = field(default_factory=lambda: RunLocks(None))
    renew: t.Callable[[Identity], Identity] | None = None
    can_log_in: bool = True
    data_center: str | None = None
    masks_result: bool = False
    host: Host = field(default_factory=Host)
    pending: PendingCreates = field(default_factory=PendingCreates)
    connections: Connections | None = None
    most_seconds: float | None = None


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the result, and the traceback of a failure, which is only displayed on request."""

    result: Result
    traceback: str | None = None


def run(module: Module, params: Params, context: RunContext) -> Outcome:
    """Do the work of one task. Every failure, an unexpected one too, becomes a result; no Exception leaves this function.

    A BaseException, such as the timeout of the task, goes through. SystemExit, which would end the worker of ansible-core and
    with it the whole run, does not.
    """
    try:
        if unverified(module.connection_params(params)):
            context.warn("validate_certs is false: the certificates of the services are not verified.")
        task = _task(module, params, context)
        module.check_options(task)
        if task.client.identity is None and _can_log_in(module, params, context):
            connection = module.connection_params(params)
            task.client.identity = in_account(_log_in(task.client, connection), connection.get("account_alias"))
        return Outcome(module.work(task))
    except ClcError as error:
        facts = {key: value for key, value in error.details.items() if value is not None and key != "msg"}
        return Outcome({"failed": True, "msg": str(error), **facts}, traceback.format_exc())
    except (Exception, SystemExit) as error:
        return Outcome({"failed": True, "msg": _unexpected(error)}, traceback.format_exc())


def is_invalid(module: Module, params: Params, context: RunContext) -> bool:
    """Return whether the module rejects its options before the login. Raises ClcError for a connection that cannot work."""
    _client(module.connection_params(params), context)
    try:
        module.check_options(_task(module, params, context))
    except ClcError:
        return True
    return False


def _unexpected(error: BaseException) -> str:
    return (
        f"Unexpected error in centurylink.cloud: {type(error).__name__}: {error}. This is a bug of the collection; report it "
        "with what the task was to do. ANSIBLE_DISPLAY_TRACEBACK=error shows where it happened."
    )


def _task(module: Module, params: Params, context: RunContext) -> Task:
    deadline = time.monotonic() + _seconds(params.get("wait_timeout"))
    connection = module.connection_params(params)
    client = _client(connection, context)
    client.deadline = deadline
    return Task(
        client,
        params,
        module=context.name,
        options=frozenset(module.argument_spec),
        check_mode=context.check_mode,
        diff_mode=context.diff_mode,
        warn=context.warn,
        report=context.report,
        lock=context.locks.hold,
        deadline=deadline,
        hidden=context.masks_result,
        host=context.host,
        pending=context.pending,
    )


def _seconds(wait_timeout: int | None) -> float:
    """Return the seconds that the whole task may take; those of modules that do not wait are bounded as well."""
    if wait_timeout is None:
        return 3600.0
    if wait_timeout <= 0:
        raise InvalidOptionError(
            "wait_timeout",
            f"{wait_timeout} is not a positive number of seconds",
            "Specify more seconds, or set wait to false.",
        )
    return float(wait_timeout)


def _can_log_in(module: Module, params: Params, context: RunContext) -> bool:
    return context.can_log_in and has_user(module.connection_params(params))


def _log_in(client: Client, params: Params) -> Identity:
    return client.login(str(params["username"]), str(params["password"]))


def _client(params: Params, context: RunContext) -> Client:
    """Return a client with the identity that was handed over, or without one until the login. Raises InvalidTaskError."""

    def log_in(_stale: Identity) -> Identity:
        return _log_in(client, params)

    can_log_in = context.can_log_in and has_user(params)
    client = make_client(
        params,
        context.name,
        renew=context.renew or (log_in if can_log_in else None),
        observe=context.observe,
        connections=context.connections,
        most_seconds=context.most_seconds,
    )
    identity = identity_from(params)
    if identity is not None:
        identity = replace(identity, data_center=context.data_center)
    client.identity = identity
    return client


def prepare_result(module: Module, params: Params, outcome: Outcome, secrets: set[str]) -> tuple[Result, set[str]]:
    """Return a result with the module's arguments (`invocation`), and the values that are to be masked in it.

    A map of secrets (the parameters of a package) is hidden as a whole, and none of its values is in a result of ours. Ansible
    would still mask them there, and replace a value such as 1 in every id; so they are not masked. The
    text of a failure can quote the service, which may quote them, so there they are.
    """
    of_maps: set[str] = set()
    others: set[str] = set()
    arguments = without_secret_maps(module.argument_spec, params, of_maps, others)
    if module.has_free_data:
        others |= secrets_in(dict(params)) | secrets_in(outcome.result)
    failed = bool(outcome.result.get("failed"))
    # Ansible finds no secret at all if one option with options of its own is of a wrong type.
    secrets = secrets | others | of_maps if failed else (secrets - of_maps) | others
    return {**outcome.result, "invocation": {"module_args": arguments}}, secrets


# As a module process


class _Process(AnsibleModule):  # type: ignore[misc]
    """What ansible-core makes of a module process, which takes more forms of arguments than ansible-core."""

    def __init__(self, module: Module) -> None:
        self._has_free_data = module.has_free_data
        super().__init__(argument_spec=module.argument_spec, supports_check_mode=True, **module.rules)

    def _load_params(self) -> None:
        super()._load_params()
        self.params: dict[str, t.Any] = prepared(self.argument_spec, self.params)
        if self._has_free_data:
            self.no_log_values |= secrets_in(
                self.params
            )  # before AnsibleModule writes the arguments to the system's log


def _run_process(module: Module) -> None:
    """Run a module as ansible-core's AnsibleModule does, and exit with its result."""
    process = _Process(module)
    missing = import_error()
    if missing:
        process.fail_json(msg=missing_required_lib("requests"), exception=missing)
    with quiet_warnings():
        outcome = run(module, process.params, _process_context(process))
    result, secrets = prepare_result(module, process.params, outcome, process.no_log_values)
    process.no_log_values = secrets
    if result.pop("failed", False):
        process.fail_json(msg=result.pop("msg"), exception=outcome.traceback, **result)
    process.exit_json(**result)


def _process_context(process: AnsibleModule) -> RunContext:
    handed_over: dict[str, t.Any] = json.loads(os.environ.get(HANDED_OVER) or "{}")
    return RunContext(
        name=str(process._name).rpartition(".")[2],
        check_mode=process.check_mode,
        diff_mode=process._diff,
        warn=process.warn,
        observe=lambda exchange: process.debug(str(exchange)),
        locks=RunLocks(handed_over.get("locks")),
        # A user may stand in this process's environment who has nothing to do with the token that was handed over.
        can_log_in=bool(handed_over.get("can_log_in", True)),
        data_center=handed_over.get("data_center"),
        # What came through the action plugin is masked by it; else only the task itself can have said so.
        masks_result=bool(handed_over) or bool(process.no_log),
        host=_ProcessHost(process),
        pending=PendingFiles.at(handed_over.get("pending")),
    )


@contextlib.contextmanager
def quiet_warnings() -> t.Iterator[None]:
    """Keep warnings of Python libraries off standard error, since Ansible displays the module's own ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _ProcessHost(Host):
    """AnsibleModule's ways with files, which know SELinux, odd file systems and the options that all file modules have."""

    def __init__(self, process: AnsibleModule) -> None:
        self._process = process

    def move(self, source: str, target: str, *, keeps_attributes: bool) -> None:
        unsafe = bool(self._process.params.get("unsafe_writes"))
        try:
            self._process.atomic_move(source, target, unsafe_writes=unsafe, keep_dest_attrs=keeps_attributes)
        except OSError:
            raise
        except Exception as error:  # what atomic_move raises has no class of its own
            raise OSError(errno.EIO, str(error)) from None

    def attributes_differ(self, path: str) -> bool:
        # To ask without setting, AnsibleModule has no other way than its check mode.
        real, self._process.check_mode = self._process.check_mode, True
        try:
            return self._set(path)
        finally:
            self._process.check_mode = real

    def set_attributes(self, path: str) -> None:
        self._set(path)

    def _set(self, path: str) -> bool:
        attributes = self._process.load_file_common_arguments(self._process.params, path)
        return bool(self._process.set_fs_attributes_if_different(attributes, False))
