# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin that every module of the collection is routed to: connection options resolved once, one login a run."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import typing as t
from importlib.util import find_spec
from pathlib import Path

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible.utils.vars import merge_hash

from ..module_utils.api.client import Identity
from ..module_utils.api.errors import ClcError, NotSent
from ..module_utils.connection import given_identity, has_user, in_account, make_client
from ..module_utils.options import CONNECTION, RENAMED, connection_arguments
from ..module_utils.session import FRESH, PROGRESS, STALE, digest, write_private
from ..plugin_utils import levels
from ..plugin_utils.token_store import TokenStore

_LOOK_SECONDS = 0.1
# Looked for and not imported: with a login in the store nothing is sent from here.
_CAN_SPEAK = find_spec("requests") is not None
display = Display()


class ActionModule(ActionBase):  # type: ignore[misc]
    """Resolves the connection options of a task, logs in once a run, and runs the module with what came of it."""

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Run the module that the task names."""
        result: dict[str, t.Any] = super().run(tmp, task_vars)
        self._local = getattr(self._connection, "transport", "") == "local"
        try:
            given = self._given()
            identity = self._identity(given)
        except ClcError as error:
            # Returned and not raised, so that failed_when, ignore_errors and rescue have the facts to look at.
            result.update(failed=True, msg=str(error), **error.details)
            return result
        in_background = bool(self._task.async_val and not self._connection.has_native_async)
        with self._channel(given, in_background) as channel:
            arguments = self._arguments(given, identity, channel, in_background)
            done = self._execute_module(module_args=arguments, task_vars=task_vars, wrap_async=in_background)
        if (
            identity
            and done.get("status_code") == 401
            and not done.get("changed")
            and channel is None
            and not in_background
        ):
            done = self._again(given, identity, task_vars)
        result = merge_hash(result, done)
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        if self._module_name() == "login" and identity and not result.get("failed"):
            # Added after the module, which would have its result masked; registered and usable, but never shown.
            result.update(token=identity.token, _ansible_no_log=True)
        if self._asks_for_credentials():
            result["_ansible_no_log"] = True
        return result

    def _again(self, given: dict[str, t.Any], stale: Identity, task_vars: dict[str, t.Any] | None) -> dict[str, t.Any]:
        """Run a module on another machine once more with a fresh token, since it had nobody to ask for one."""
        if not has_user(given):
            return {"failed": True, "msg": "The token ran out, and no user was given to log in again."}
        client = make_client(self._typed(given), "login", observe=self._show)
        try:
            user, password = str(given["username"]), str(given["password"])
            own = self._store().renewed(client, user, password, digest(stale.token))
        except ClcError as error:
            return {"failed": True, "msg": str(error), **error.details}
        arguments = self._arguments(given, in_account(own, given.get("account_alias")), None, False)
        done: dict[str, t.Any] = self._execute_module(module_args=arguments, task_vars=task_vars)
        return done

    def _asks_for_credentials(self) -> bool:
        """Say whether the result will hold the passwords of servers."""
        asked = self._task.args.get("credentials") if self._module_name() == "clc_server_fact" else False
        return "credentials" in (self._task.args.get("gather") or []) or bool(boolean(asked, strict=False))

    def _module_name(self) -> str:
        return str(self._task.action).rpartition(".")[2]

    # Who speaks, to whom

    def _given(self) -> dict[str, t.Any]:
        """Return the connection options of the task, the most specific place that gives one first.

        Over a connection that is not local only the task's own arguments count (with module_defaults, which ansible-core has
        merged into them): what the controller's environment holds was not meant for that machine.
        """
        places = [levels.from_arguments(connection_arguments(self._module_name(), self._task.args))]
        if self._local:
            environment: dict[str, t.Any] = {}
            self._compute_environment_string(environment)
            places += [levels.from_environment(environment), levels.from_environment(os.environ)]
        return levels.resolved(places)

    def _identity(self, given: t.Mapping[str, t.Any]) -> Identity | None:
        """Return who speaks, by the token given or by this run's one login; None where the module has to log in itself."""
        identity = given_identity(given)
        if identity is not None or not has_user(given) or not _CAN_SPEAK:
            return identity
        if not self._local and not given.get("api_url"):
            return None
        client = make_client(self._typed(given), "login", observe=self._show)
        try:
            own = self._store().identity(client, str(given["username"]), str(given["password"]))
        except NotSent:
            if self._local:
                raise
            return None
        return in_account(own, given.get("account_alias"))

    @staticmethod
    def _typed(given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """Return the options as the client takes them; a task's arguments are still as they were written."""
        checks = given.get("validate_certs", True)
        path = given.get("ca_path")
        return {
            **given,
            "validate_certs": boolean(checks, strict=False),
            "ca_path": str(Path(os.path.expandvars(str(path))).expanduser()) if path else None,
        }

    @staticmethod
    def _store() -> TokenStore:
        return TokenStore(constants.DEFAULT_LOCAL_TMP)

    @staticmethod
    def _show(exchange: t.Any) -> None:
        display.vvv(
            f"centurylink.cloud: {exchange.verb} {exchange.path}: {exchange.outcome} in {exchange.seconds:.3f} s"
        )

    # What the module gets

    def _arguments(
        self, given: dict[str, t.Any], identity: Identity | None, channel: str | None, in_background: bool
    ) -> dict[str, t.Any]:
        """Return the module's arguments: the task's own, and the whole connection by value."""
        renamed = RENAMED.get(self._module_name(), {})
        names = {renamed.get(name, name) for one in CONNECTION for name in (one.name, *one.aliases)}
        arguments = {name: value for name, value in self._task.args.items() if name not in names}
        arguments.update({renamed.get(name, name): value for name, value in given.items()})
        if identity is not None:
            arguments.update(token=identity.token, account_alias=identity.account_alias)
            # In the background nobody is left to ask for a fresh token, so the module keeps the means to log in itself.
            if not in_background:
                arguments.pop("username", None)
                arguments.pop(renamed.get("password", "password"), None)
            arguments["session"] = {"data_center": identity.data_center, "channel": channel, "locks": self._locks()}
        return arguments

    def _locks(self) -> str | None:
        """Return the run's folder of locks, where module and controller are one machine."""
        if not self._local:
            return None
        folder = Path(constants.DEFAULT_LOCAL_TMP, "clc-locks")
        folder.mkdir(mode=0o700, exist_ok=True)
        return str(folder)

    @contextlib.contextmanager
    def _channel(self, given: t.Mapping[str, t.Any], in_background: bool) -> t.Iterator[str | None]:
        """Share a folder with the module while it runs: show its progress, and renew its token when it asks."""
        if not self._local or in_background:
            yield None
            return
        folder = Path(tempfile.mkdtemp(prefix="clc-session-", dir=constants.DEFAULT_LOCAL_TMP))
        over = threading.Event()
        helper = threading.Thread(target=self._serve, args=(folder, given, over), daemon=True)
        helper.start()
        try:
            yield str(folder)
        finally:
            over.set()
            helper.join()
            shutil.rmtree(folder, ignore_errors=True)

    def _serve(self, folder: Path, given: t.Mapping[str, t.Any], over: threading.Event) -> None:
        """Look into the folder until the module is done."""
        shown = 0
        while True:
            last = over.wait(_LOOK_SECONDS)
            shown = self._show_progress(folder, shown)
            for asked in folder.glob(f"{STALE}*"):
                stale = asked.name.removeprefix(STALE)
                if not (folder / (FRESH + stale)).exists():
                    self._renew(folder, stale, given)
            if last:
                return

    def _show_progress(self, folder: Path, shown: int) -> int:
        """Show the lines of progress that came since, and return how much was read; half a line waits for its end."""
        path = folder / PROGRESS
        if not path.exists():
            return shown
        with path.open(encoding="utf-8") as progress:
            progress.seek(shown)
            lines = progress.read().rpartition("\n")[0]
        for line in lines.splitlines():
            display.v(f"{self._task.action}: {line}", host=self._task.delegate_to or None)
        return shown + len(lines.encode()) + 1 if lines else shown

    def _renew(self, folder: Path, stale: str, given: t.Mapping[str, t.Any]) -> None:
        """Answer a module's call for a fresh token: by one login for all forks that ask."""
        try:
            if not has_user(given):
                raise ClcError(
                    "it ran out, and no user was given to log in again", remedy="Give a token that is still valid."
                )
            client = make_client(self._typed(given), "login", observe=self._show)
            fresh = self._store().renewed(client, str(given["username"]), str(given["password"]), stale)
            answer = f"token {fresh.token}"
        except ClcError as error:
            answer = f"error {error.cause}"
        write_private(folder / (FRESH + stale), answer)
