# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lookup plugin: the administrator's credentials of servers, as the platform stores them."""

from __future__ import annotations

DOCUMENTATION = r"""
name: server_credentials
short_description: Look up the administrator credentials of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the administrator's password, or user name, that the platform stores for each server.
  - One login is performed for all lookups, tasks, and forks of a run. Credentials are kept in memory only, and each process reads
    those of a server once.
  - For a server that a task in check mode has predicted, placeholders are returned, without a request.
  - Values are not displayed by this plugin. Set C(no_log) on tasks that would display them, such as M(ansible.builtin.debug).
options:
  _terms:
    description:
      - Ids of the servers, case-insensitive.
    type: list
    elements: str
    required: true
  property:
    description:
      - Which of the credentials to return.
    type: str
    choices: [password, user_name]
    default: password
extends_documentation_fragment:
  - centurylink.cloud.connection.plugin
seealso:
  - plugin: centurylink.cloud.clc
    plugin_type: inventory
  - module: centurylink.cloud.server_info
"""

EXAMPLES = r"""
# group_vars/windows.yml, for hosts of the inventory plugin
ansible_connection: winrm
ansible_user: "{{ lookup('centurylink.cloud.server_credentials', clc_id, property='user_name') }}"
ansible_password: "{{ lookup('centurylink.cloud.server_credentials', clc_id) }}"

---
# windows.clc.yml: the same in an inventory source
plugin: centurylink.cloud.clc
windows_variables:
  ansible_connection: winrm
  ansible_user: Administrator
  ansible_password: "{{ lookup('centurylink.cloud.server_credentials', clc_id) }}"
"""

RETURN = r"""
_raw:
  description: The password or the user name of each server, in the order of the terms.
  type: list
  elements: str
"""

import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ..module_utils.api import paths
from ..module_utils.api.client import Client
from ..module_utils.api.errors import ClcError, InvalidTaskError, NotFound, ResourceLookupError
from ..module_utils.api.identity import Exchange
from ..module_utils.api.placeholders import is_placeholder, of_part
from ..module_utils.run_files import digest
from ..plugin_utils.inventory.options import unsupported
from ..plugin_utils.run_client import connection_params, logged_in_client

_NAME = "server_credentials"
_PROPERTIES = {"password": "password", "user_name": "userName"}
# Parts of the placeholder of a server that a task in check mode has predicted, in the place of its credentials.
_PARTS = {"password": "password", "user-name": "userName"}
# Variables such as ansible_password are evaluated several times in a task. Keyed by digests, never written to a file.
_READ: dict[str, t.Mapping[str, t.Any]] = {}
_DISPLAY = Display()


class LookupModule(LookupBase):  # type: ignore[misc]
    """Reads the credentials of servers."""

    def run(self, terms: t.Sequence[t.Any], variables: t.Any = None, **kwargs: t.Any) -> list[str]:
        """Return the password or the user name of each server."""
        self.set_options(var_options=variables, direct=kwargs)
        try:
            for name in kwargs:
                if not self.has_option(name):
                    raise unsupported("option", name, self.get_options(), "the lookup")
            reader = _Reader(connection_params({name: self.get_option(name) for name in kwargs}))
            name = _PROPERTIES[self.get_option("property")]
            return [str(reader.credentials(term)[name]) for term in terms]
        except ClcError as error:
            raise AnsibleLookupError(f"{_NAME}: {error}") from None


class _Reader:
    """Reads credentials, each once in this process. The login is that of the run."""

    def __init__(self, params: t.Mapping[str, t.Any]) -> None:
        self._params = params
        self._connected: Client | None = None

    def credentials(self, term: t.Any) -> t.Mapping[str, t.Any]:
        """Return the credentials of a server. Raises ResourceLookupError if it does not exist or has none."""
        server_id = str(term).strip().lower()
        if not server_id:
            raise InvalidTaskError("the id of a server is empty", help_text="Check the variable that it comes from.")
        if is_placeholder(server_id):
            return {name: of_part(server_id, part) for part, name in _PARTS.items()}
        key = digest(repr([sorted((name, str(value)) for name, value in self._params.items()), server_id]))
        if key not in _READ:
            _READ[key] = self._read(server_id)
        return _READ[key]

    def _read(self, server_id: str) -> t.Mapping[str, t.Any]:
        client = self._client()
        try:
            body = client.get(paths.SERVER_CREDENTIALS(client.account, server_id)).body
        except NotFound:
            body = None
        if not isinstance(body, dict) or not body.get("password"):
            raise ResourceLookupError(
                f"account {client.account} has no credentials for a server {server_id}",
                help_text="Check the id and account_alias.",
            )
        return body

    def _client(self) -> Client:
        if self._connected is None:
            self._connected = logged_in_client(self._params, _NAME, _log_request)
        return self._connected


def _log_request(exchange: Exchange) -> None:
    """Display a request, which has no credentials in its path; its response is not displayed."""
    _DISPLAY.vvv(f"{_NAME}: {exchange}")
