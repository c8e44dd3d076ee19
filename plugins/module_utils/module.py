# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible's side of a module: argument spec, client, one call into convergence, and the way results and errors are told.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import errno
import time
import typing as t
from dataclasses import replace
from types import MappingProxyType

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from . import convergence
from .api.client import Client, Identity, import_error
from .api.errors import ClcError, ConfigurationError, doing
from .connection import given_identity, has_user, in_account, make_client
from .kit.declaration import Resource
from .kit.files import Host
from .kit.task import Task
from .options import CONNECTION, SESSION, WAITING, spec_of
from .session import Session

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
# Ansible's own words for what it does not show.
_HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def run_resource(
    make: t.Callable[[Task], Resource],
    arguments: Spec,
    *,
    check: t.Callable[[Task], None] | None = None,
    waits: bool = True,
    **rules: t.Any,
) -> None:
    """Run a module that changes things: build what `make` says, converge, and exit.

    check: refuses options that cannot be meant, before anything is read. waits: whether there is queued work to wait for.
    rules: AnsibleModule's own (required_one_of, mutually_exclusive, required_if, ...).
    """

    def work(task: Task) -> convergence.Result:
        if check:
            check(task)
        return convergence.converge(make(task))

    run_work(work, arguments, waits=waits, **rules)


def run_work(
    work: t.Callable[[Task], convergence.Result],
    arguments: Spec,
    *,
    waits: bool = True,
    renamed: t.Mapping[str, str] | None = None,
    **rules: t.Any,
) -> None:
    """Run a module whose result `work` makes by itself, of one convergence or several.

    renamed: what connection options are called in this module, where it has others of their names.
    """
    spec = {**arguments, **(spec_of(WAITING, env_fallback) if waits else {})}
    _run(_module(spec, rules, renamed or {}), work, renamed or {})


def run_info(key: str, found: t.Callable[[Task], t.Sequence[t.Any]], arguments: Spec, **rules: t.Any) -> None:
    """Run an info module: its one key is the list that `found` returns."""

    def work(task: Task) -> convergence.Result:
        with doing("read", key.replace("_", " ")):
            return convergence.look(key, found(task))

    _run(_module(arguments, rules), work)


def run_login() -> None:
    """Run the module `login`: tell who speaks. The token itself is added by the action plugin, past this module's masks."""
    module = _module({}, {})
    _run(module, lambda task: {"changed": False, "account_alias": task.account, "data_center": _home(task)})


def _home(task: Task) -> str | None:
    return task.client.identity.data_center if task.client.identity else None


def _module(
    arguments: Spec, rules: t.Mapping[str, t.Any], renamed: t.Mapping[str, str] = MappingProxyType({})
) -> AnsibleModule:
    shared = spec_of([*CONNECTION, SESSION], env_fallback)
    shared = {renamed.get(name, name): entry for name, entry in shared.items()}
    taken = shared.keys() & arguments.keys()
    if taken:
        raise AssertionError(f"options that every module has already: {sorted(taken)}")
    spec = {**shared, **arguments}
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True, **rules)
    missing = import_error()
    if missing:
        module.fail_json(msg=missing_required_lib("requests"), exception=missing)
    return module


def _run(
    module: AnsibleModule,
    work: t.Callable[[Task], convergence.Result],
    renamed: t.Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Do the work of a task and exit the module with its result, or with its error told as text and data."""
    try:
        result = work(_task(module, renamed))
    except ClcError as error:
        facts = {key: value for key, value in error.details.items() if value is not None and key != "msg"}
        module.fail_json(msg=str(error), **facts)
    _exit(module, result)


def _exit(module: AnsibleModule, result: convergence.Result) -> None:
    """Exit with a result.

    A map of secrets (the parameters of a package) is hidden as a whole, and none of its values is in a result of ours. Ansible
    would look for them there all the same, and of a value such as 1 make stars of every id; so they are not looked for.
    """
    of_maps: set[str] = set()
    others: set[str] = set()
    arguments = _without_maps(module.argument_spec, module.params, of_maps, others)
    if of_maps:
        module.no_log_values -= of_maps - others
        result = {**result, "invocation": {"module_args": arguments}}
    module.exit_json(**result)


def _without_maps(spec: Spec, params: t.Mapping[str, t.Any], of_maps: set[str], others: set[str]) -> dict[str, t.Any]:
    """Return options as they may be shown, each map of secrets hidden. Adds the secrets of maps, and all others, to the sets."""
    shown = dict(params)
    for name, entry in spec.items():
        value = params.get(name)
        if not value:
            continue
        if entry.get("no_log") and entry.get("type") == "dict":
            of_maps.update(map(str, value.values()))
            new: t.Any = _HIDDEN
        elif entry.get("no_log"):
            others.update(map(str, _several(value)))
            continue
        elif entry.get("options"):
            parts = [_without_maps(entry["options"], one, of_maps, others) for one in _several(value)]
            new = parts if isinstance(value, list) else parts[0]
        else:
            continue
        # What was given by another name stands under both.
        shown.update((one, new) for one in (name, *entry.get("aliases", ())) if one in params)
    return shown


def _several(value: t.Any) -> list[t.Any]:
    return value if isinstance(value, list) else [value]


def _task(module: AnsibleModule, renamed: t.Mapping[str, str]) -> Task:
    params = module.params
    deadline = time.monotonic() + _seconds(params.get("wait_timeout"))
    session = Session(params.get("session") or {})
    client = _client(module, session, {**params, **{name: params[own] for name, own in renamed.items()}})
    client.deadline = deadline
    return Task(
        client,
        params,
        check_mode=module.check_mode,
        diff_mode=module._diff,
        warn=module.warn,
        report=session.report,
        lock=session.lock,
        deadline=deadline,
        # What came through the action plugin is masked by it; else only the task itself can have said so.
        hidden=bool(params.get("session")) or bool(module.no_log),
        host=_Host(module),
    )


def _seconds(wait_timeout: int | None) -> float:
    """Return the seconds that the whole task may take; those of modules that do not wait are bounded as well."""
    if wait_timeout is None:
        return 3600.0
    if wait_timeout <= 0:
        raise ConfigurationError(
            f"{wait_timeout} seconds leave no time for the work",
            action="use",
            thing="wait_timeout",
            remedy="Give more, or wait: false.",
        )
    return float(wait_timeout)


class _Host(Host):
    """AnsibleModule's ways with files, which know SELinux, odd file systems and the options that all file modules have."""

    def __init__(self, module: AnsibleModule) -> None:
        self._module = module

    def move(self, source: str, target: str, *, keeps_attributes: bool) -> None:
        unsafe = bool(self._module.params.get("unsafe_writes"))
        try:
            self._module.atomic_move(source, target, unsafe_writes=unsafe, keep_dest_attrs=keeps_attributes)
        except OSError:
            raise
        except Exception as error:  # what atomic_move raises has no class of its own
            raise OSError(errno.EIO, str(error)) from None

    def attributes_differ(self, path: str) -> bool:
        # To ask without setting, AnsibleModule has no other way than its check mode.
        real, self._module.check_mode = self._module.check_mode, True
        try:
            return self._set(path)
        finally:
            self._module.check_mode = real

    def set_attributes(self, path: str) -> None:
        self._set(path)

    def _set(self, path: str) -> bool:
        wanted = self._module.load_file_common_arguments(self._module.params, path)
        return bool(self._module.set_fs_attributes_if_different(wanted, False))


def _client(module: AnsibleModule, session: Session, params: t.Mapping[str, t.Any]) -> Client:
    """Return a client with the identity that the action plugin handed over, or with a login of its own.

    Raises ConfigurationError for options that cannot work, before anything is sent, and LoginRefused.
    """

    def renew(stale: Identity) -> Identity:
        # The controller first, which logs in once for all forks; a user may still stand in this process's environment.
        if session.can_renew:
            return session.renew(stale)
        return client.login(str(params["username"]), str(params["password"]))

    client = make_client(
        params,
        module._name.rpartition(".")[2],
        renew=renew if has_user(params) or session.can_renew else None,
        observe=lambda one: module.debug(f"{one.verb} {one.path}: {one.outcome} in {one.seconds:.3f} s"),
    )
    identity = given_identity(params)
    if identity is not None:
        identity = replace(identity, data_center=session.data_center)
    elif has_user(params):
        identity = in_account(
            client.login(str(params["username"]), str(params["password"])), params.get("account_alias")
        )
    client.identity = identity
    return client
