# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventory plugin: servers of CenturyLink Cloud accounts as hosts, server groups as groups."""

from __future__ import annotations

DOCUMENTATION = r"""
name: clc
short_description: CenturyLink Cloud inventory source
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the data centers of an account, and creates hosts from servers and nested groups from server groups.
  - Groups are named C(clc_<data center>_<path>) in a form that is safe for Ansible. If several groups would have the same name,
    the first eight characters of their ids are appended. The variables C(clc_group_name), C(clc_group_id), and
    C(clc_group_path) of a group have the original values.
  - Names of host variables begin with O(hostvars_prefix). C(clc_custom_field_values) maps the names of custom fields to their
    displayed values. Values from the service are never evaluated as templates.
  - With O(layout=legacy), groups and variables are those of the vendor's old inventory script.
  - A source is a file named C(clc.yml) or C(*.clc.yml), or any other C(.yml) file whose key C(plugin) names this plugin; the same
    with C(.yaml).
  - Every option can be a template, in which extra variables are available, and is converted to its type as in modules. An
    unknown option is an error.
notes:
  - A value of a filter that matches nothing in the accounts causes a warning that lists the available values.
options:
  plugin:
    description:
      - Name of this plugin, which marks the file as a source for it.
    type: str
    required: true
    choices: [centurylink.cloud.clc]
  accounts:
    description:
      - Aliases of the accounts to read with the same user. Defaults to the account of the user, or O(account_alias).
      - With more than one account, group names begin with C(clc_<account>_<data center>).
    type: list
    elements: str
    default: []
  layout:
    description:
      - How hosts, groups, and variables are named.
      - V(nested) creates the groups and variables described above.
      - V(legacy) creates those of the vendor's script C(clc_inv.py), for playbooks that were written for it. Hosts have the
        server's name. Each is in groups named by its data center, by its server group, and by both with an underscore between
        them. Each group exists under its original name and under a form that is safe for Ansible, such as C(Default_Group).
        Variables are C(ansible_ssh_host), C(clc_data), which is the server as the service returns it, and
        C(clc_custom_fields); servers with a Windows operating system have variables for WinRM. O(hostnames), O(connect_with),
        O(hostvars_prefix), and O(hostvars_suffix) have no effect then.
    type: str
    choices: [nested, legacy]
    default: nested
  data_centers:
    description:
      - Codes of the data centers to include, case-insensitive. Defaults to all. An unknown code causes a warning.
    type: list
    elements: str
    default: []
    env:
      - name: CLC_FILTER_DATACENTERS
  server_groups:
    description:
      - Server groups to include with all groups below them. Each is an id, a path from the root such as
        V(Default Group/Web), a list of names, or a name. Defaults to all. A group that does not exist causes a warning.
      - Only these parts of the tree are read with their servers.
    type: list
    elements: raw
    default: []
  names:
    description:
      - Include only servers whose name or host name matches one of these patterns, such as V(wa1acmeweb*), case-insensitive.
    type: list
    elements: str
    default: []
  operating_systems:
    description:
      - Include only servers whose operating system matches one of these patterns, such as V(windows*), case-insensitive. Both
        C(clc_os) and C(clc_os_type) are compared.
    type: list
    elements: str
    default: []
  statuses:
    description:
      - Include only servers with one of these statuses, such as V(active), case-insensitive.
    type: list
    elements: str
    default: []
  power_states:
    description:
      - Include only servers with one of these power states.
    type: list
    elements: str
    choices: [started, stopped, paused]
    default: []
  custom_fields:
    description:
      - Include only servers that have all of these custom field values. Keys are names or ids of custom fields. Both the
        displayed and the stored value are accepted; of a list, one has to match.
    type: dict
    default: {}
  filters:
    description:
      - Rules that are evaluated for each host in this order; the first that is true decides. Each is a dictionary with the key
        C(include) or C(exclude), and a Jinja2 expression or a dictionary of conditions. A host that no rule matches is included.
      - Conditions are C(names), C(operating_systems), C(statuses), C(power_states), C(custom_fields), C(data_centers), and
        C(server_groups), in the form of the options of the same names; C(is_template), a boolean; and C(any_of) and C(all_of),
        lists of such dictionaries. A server has to meet all conditions of a dictionary. They can be templates.
      - Expressions are slow; use conditions if they suffice. O(strict) decides about errors in expressions.
    type: list
    elements: dict
    default: []
  archived:
    description:
      - Whether to include the Archive groups and archived servers.
    type: bool
    default: false
  templates:
    description:
      - Whether to include the Templates groups and servers that are templates.
    type: bool
    default: false
  hostnames:
    description:
      - Names for a host; the first that the server has is used, or else its id. Hosts that would have the same name are named
        by their ids, with a warning.
      - An entry is V(id), V(name), V(host_name), V(ip_address), or V(public_ip_address), or a dictionary with one of the keys
        C(name) (one of these words), C(custom_field) (the name of a custom field), or C(expression) (a Jinja2 expression), and
        optionally C(prefix) and C(suffix).
    type: list
    elements: raw
    default: [id]
  allow_duplicated_hosts:
    description:
      - Whether to add a host for each entry of O(hostnames) that a server has, instead of for the first one only.
    type: bool
    default: false
  hostvars_prefix:
    description:
      - Prefix of the names of the variables of hosts and groups.
      - Without a prefix, some variables have names that Ansible reserves, such as C(name).
    type: str
    default: clc_
  hostvars_suffix:
    description:
      - Suffix of the names of the variables of hosts and groups.
    type: str
    default: ""
  omit_null:
    description:
      - Whether to leave out variables without a value, and keys without a value in others, instead of setting them to null.
      - Required for C(ansible-inventory --toml), since TOML has no null.
    type: bool
    default: false
  group:
    description:
      - Name of a group of all hosts of this source. Defaults to no such group.
    type: str
  group_by:
    description:
      - Groups to add by facts of the servers, which is faster than O(keyed_groups).
      - Each is V(os), V(status), V(power_state), V(data_center), or V(custom_field:NAME). Groups are named such as
        C(os_centos7_64Bit) or C(custom_field_Stage_Production).
    type: list
    elements: str
    default: []
  connect_with:
    description:
      - Which address becomes C(ansible_host); the first of these that the server has is used. V(internal) is the primary
        address, V(public) the first public one, a network such as V(10.80.0.0/16) the first address within it.
      - An empty list sets no C(ansible_host).
    type: list
    elements: str
    default: [internal]
  windows_variables:
    description:
      - Variables for servers with a Windows operating system, such as C(ansible_connection) with the value V(winrm). Values can
        be templates that are rendered when the variable is used.
    type: dict
    default: {}
  workers:
    description:
      - Maximum number of concurrent requests, each over a connection of its own. One for each data center is used at most.
    type: int
    default: 16
  on_error:
    description:
      - What to do if the service cannot be read. Invalid options are always an error.
      - V(fail) is an error; the source adds no hosts.
      - V(warn) is a warning; the data center or the account that cannot be read is left out. If the login fails, the source
        adds no hosts. An incomplete result is not cached.
      - V(stale) uses the last complete result from the cache, even if it has expired, with a warning that states its age. It is
        an error if there is none. Requires O(cache=true) and a cache plugin that keeps expired entries, such as
        P(ansible.builtin.jsonfile#cache).
    type: str
    choices: [fail, warn, stale]
    default: fail
extends_documentation_fragment:
  - centurylink.cloud.connection.plugin
  - constructed
  - inventory_cache
"""

EXAMPLES = r"""
# clc.yml: every server of the account; credentials are in CLC_V2_API_USERNAME and CLC_V2_API_PASSWD
plugin: centurylink.cloud.clc

---
# web.clc.yml: running web servers of two data centers, connected to by their public addresses
plugin: centurylink.cloud.clc
data_centers: [WA1, VA1]
server_groups:
  - Shop/Web
statuses: [active]
power_states: [started]
connect_with: [public, internal]
hostnames: [name]
group_by: [os, "custom_field:Stage"]
keyed_groups:
  - prefix: cpu
    key: clc_cpu
compose:
  stage: clc_custom_field_values.Stage | default('none')
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache
on_error: stale

---
# windows.clc.yml: Windows servers with the passwords that the platform stores
plugin: centurylink.cloud.clc
operating_systems: ["windows*"]
group: windows
windows_variables:
  ansible_connection: winrm
  ansible_user: Administrator
  ansible_password: "{{ lookup('centurylink.cloud.server_credentials', clc_id) }}"

---
# stage.yml: the stage and its hosts are chosen with --extra-vars stage=Production
plugin: centurylink.cloud.clc
custom_fields:
  Stage: "{{ stage }}"
filters:
  - exclude: clc_in_maintenance_mode
  - include:
      any_of:
        - server_groups: [Shop/Web]
        - names: ["*db*"]
          power_states: [started]
  - exclude: true
hostnames:
  - custom_field: Hostname
    suffix: .example.com
  - expression: clc_name | lower

---
# old.clc.yml: the hosts, groups, and variables of the vendor's script clc_inv.py
plugin: centurylink.cloud.clc
layout: legacy
"""

import functools
import re
import time
import typing as t
from pathlib import Path

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import (
    BaseInventoryPlugin,
    Cacheable,
    Constructable,
    get_cache_plugin,
    to_safe_group_name,
)

from ..module_utils.api.errors import ClcError, InvalidTaskError
from ..module_utils.run_files import digest
from ..plugin_utils import legacy_layout
from ..plugin_utils.inventory import fetch, filters, names, rules
from ..plugin_utils.inventory.collector import suspended_collector
from ..plugin_utils.inventory.options import convert_source, invalid
from ..plugin_utils.inventory.snapshot import VERSION, Server, Snapshot, Variables
from ..plugin_utils.inventory.writing import HostWriter
from ..plugin_utils.run_client import connection_params, logged_in_client

SUFFIXES = ("clc.yml", "clc.yaml")
# The key that marks a source, in a file that may have vault values, which a YAML parser without their tags rejects.
_PLUGIN_KEY = re.compile(
    r"""^(?:\{\s*)?["']?plugin["']?\s*:\s*["']?centurylink\.cloud\.clc["']?\s*(?:[,#}].*)?$""", re.MULTILINE
)
# Options that decide what is fetched, and so which cache entry applies.
_FETCHING = ("accounts", "account_alias", "data_centers", "server_groups", "archived", "templates", "layout")
_HIDDEN_TYPES = {"archive": "archived", "templates": "templates"}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):  # type: ignore[misc]
    """Takes a snapshot of the accounts, from the cache or the service, and adds what the options select to the inventory."""

    NAME = "centurylink.cloud.clc"
    _source = ""

    def verify_file(self, path: str) -> bool:
        """Accept clc.yml, *.clc.yml, and any .yml file whose key plugin names this plugin; the same with .yaml."""
        if not super().verify_file(path):
            return False
        name = Path(path).name
        accepted = name in SUFFIXES or name.endswith(tuple(f".{suffix}" for suffix in SUFFIXES)) or _is_source(path)
        if not accepted:
            self.display.debug(f"{self.NAME}: '{path}' is not named *.clc.yml and its key plugin is not {self.NAME}")
        return accepted

    def set_options(
        self, task_keys: t.Any = None, var_options: t.Any = None, direct: t.Mapping[str, t.Any] | None = None
    ) -> None:
        """Check, render, and convert the options of the source before ansible-core sets them."""
        if direct is not None:
            self.templar.available_variables = self._vars or {}
            directory = Path(self._source).absolute().parent
            direct = convert_source(direct, self.option_definitions, self.templar.template, directory)
            self._specified = frozenset(direct)
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Read the source file and fill the inventory."""
        super().parse(inventory, loader, path, cache)
        self._source = path
        try:
            self._read_config_data(path)
            # Invalid options are reported before anything is fetched.
            self._preferences = [names.read_preference(entry) for entry in self.get_option("connect_with")]
            self._namer = names.HostNamer(self.get_option("hostnames"))
            reader = rules.ConditionReader(rules.condition_definitions(self.option_definitions), self.templar.template)
            self._rules = rules.Rules(self.get_option("filters"), reader)
            self._presets = names.Presets(self.get_option("group_by"), to_safe_group_name)
            snapshot = self._snapshot(path, cache)
            for warning in (*filters.unmatched(snapshot, self.get_option), *self._rules.unmatched(snapshot)):
                self.display.warning(f"{self.NAME}: {warning}")
            self._populate(snapshot)
        except ClcError as error:
            raise AnsibleParserError(f"{self.NAME}: {error}") from None

    # Fetching

    def _snapshot(self, path: str, use_cache: bool) -> Snapshot:
        """Return a snapshot from the cache, without any login, or else from the service."""
        # Options of the source take precedence over the environment.
        params = connection_params({name: self.get_option(name) for name in self._specified})
        key = self._key(path, params)
        cached = self._cached(key) if self.get_option("cache") and use_cache else None
        if cached:
            return cached
        try:
            snapshot = self._fetch(params)
        except InvalidTaskError:
            raise
        except ClcError as error:
            return self._without_service(key, error)
        if self.get_option("cache") and snapshot.complete:
            self._cache[key] = snapshot.encode()
        return snapshot

    def _cached(self, key: str) -> Snapshot | None:
        try:
            return Snapshot.decode(self._cache[key])
        except KeyError:
            return None
        except AnsibleError as error:
            self.display.warning(f"{self.NAME}: the cache cannot be read: {error}")
            return None

    def _without_service(self, key: str, error: ClcError) -> Snapshot:
        """Return what on_error says in place of a snapshot that cannot be fetched, or raise the error."""
        action = self.get_option("on_error")
        if action == "warn":
            self.display.warning(f"{self.NAME}: the source adds no hosts: {error}")
            return Snapshot(complete=False)
        if action == "stale" and self.get_option("cache"):
            last = self._last_cached(key)
            if last:
                age = int(max(0, time.time() - last.created))
                self.display.warning(f"{self.NAME}: hosts are from the cache and {age} seconds old: {error}")
                return last
        raise error

    def _last_cached(self, key: str) -> Snapshot | None:
        """Return a cache entry whatever its age: a cache plugin without a timeout does not expire entries."""
        options = {
            "_uri": self.get_option("cache_connection"),
            "_prefix": self.get_option("cache_prefix"),
            "_timeout": 0,
        }
        plugin = get_cache_plugin(
            self.get_option("cache_plugin"), **{name: value for name, value in options.items() if value is not None}
        )
        return Snapshot.decode(plugin.get(key))

    def _key(self, path: str, params: t.Mapping[str, t.Any]) -> str:
        """Return a cache key that differs if the snapshot could: source, URL, user, and what is fetched."""
        user = digest(str(params.get("token"))) if params.get("token") else params.get("username")
        fetching = [str(self.get_option(name)) for name in _FETCHING]
        return f"{self.get_cache_key(path)}_{digest(repr([VERSION, params.get('api_url'), user, fetching]))[:16]}"

    def _fetch(self, params: t.Mapping[str, t.Any]) -> Snapshot:
        """Log in through the token store of the run, and read the accounts."""
        if self.get_option("workers") < 1:
            raise invalid("workers", f"{self.get_option('workers')} is less than 1")
        client = logged_in_client(params, self.NAME.rpartition(".")[2], self._log_request)
        aliases = [str(alias).upper() for alias in self.get_option("accounts")] or [client.account]
        return fetch.read_accounts(client, list(dict.fromkeys(aliases)), self._selection(), self._on_part_error)

    def _log_request(self, exchange: t.Any) -> None:
        self.display.vvv(
            f"{self.NAME}: {exchange.method} {exchange.path}: {exchange.outcome} in {exchange.seconds:.3f} s"
        )

    def _on_part_error(self, part: str, error: ClcError) -> None:
        if self.get_option("on_error") != "warn":
            raise error
        self.display.warning(f"{self.NAME}: {part} is left out: {error}")

    def _selection(self) -> fetch.Selection:
        """Return what of an account is read."""
        codes = frozenset(str(code).lower() for code in self.get_option("data_centers") if code)
        hidden = frozenset(kind for kind, option in _HIDDEN_TYPES.items() if not self.get_option(option))
        is_legacy = self.get_option("layout") == "legacy"
        return fetch.Selection(
            codes or None, self.get_option("server_groups"), hidden, is_legacy, self.get_option("workers")
        )

    # Populating

    def _populate(self, snapshot: Snapshot) -> None:
        self._keys = tuple(self._variable(key) for key in snapshot.keys)
        self._omits_null = self.get_option("omit_null")
        if self._omits_null:
            snapshot = snapshot.without_nulls()
        selects = filters.ServerFilter(self.get_option).matches
        included = self._rules.bind(snapshot, functools.partial(self._evaluate_row, snapshot))
        rows = [row for row in snapshot.rows if selects(snapshot.server(row)) and included(row)]
        self._is_constructed = any(self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        group = self.get_option("group")
        self._top = self.inventory.add_group(to_safe_group_name(group)) if group else "all"
        populate = self._populate_legacy if self.get_option("layout") == "legacy" else self._populate_nested
        with suspended_collector(not (self._is_constructed or self._namer.needs_expressions)):
            populate(snapshot, rows)

    def _variable(self, key: str) -> str:
        return f"{self.get_option('hostvars_prefix')}{key}{self.get_option('hostvars_suffix')}"

    def _evaluate_row(self, snapshot: Snapshot, row: list[int], expression: t.Any) -> t.Any:
        """Return the value of an expression for the server in a row."""
        return self._evaluate(self._facts(snapshot, row), expression)

    def _facts(self, snapshot: Snapshot, row: list[int]) -> Variables:
        """Return the variables of the server in a row."""
        facts = snapshot.variables(row, self._keys)
        return {key: value for key, value in facts.items() if value is not None} if self._omits_null else facts

    def _evaluate(self, variables: Variables, expression: t.Any) -> t.Any:
        """Return the value of an expression for a server; None if it fails and strict is false."""
        try:
            return expression if isinstance(expression, bool) else self._compose(expression, variables)
        except Exception as error:
            if self.get_option("strict"):
                raise AnsibleParserError(f"{self.NAME}: expression '{expression}' failed: {error}") from error
            return None

    def _populate_legacy(self, snapshot: Snapshot, rows: list[list[int]]) -> None:
        writer = HostWriter(self.inventory, ())
        for row in rows:
            server = snapshot.server(row)
            host = str(server["id"]).upper()
            for group in legacy_layout.group_names(snapshot.group_of(row), to_safe_group_name):
                self.inventory.add_host(host, group=self.inventory.add_group(group))
            if self._top != "all":
                self.inventory.add_host(host, group=self._top)
            self._finish_host(writer, host, server, {}, legacy_layout.variables(server[fetch.LEGACY_KEY]))

    def _populate_nested(self, snapshot: Snapshot, rows: list[list[int]]) -> None:
        groups = names.group_names(snapshot.groups, len(snapshot.accounts) > 1, to_safe_group_name)
        self._add_groups(snapshot, groups)
        writer = HostWriter(self.inventory, self._keys)
        for host, row in self._hosts(snapshot, rows):
            server, variables = snapshot.server(row), self._facts(snapshot, row)
            writer.add(host, groups[row[0]], variables)
            address = names.address(server, self._preferences)
            self._finish_host(writer, host, server, variables, {"ansible_host": address} if address else {})

    def _add_groups(self, snapshot: Snapshot, groups: list[str]) -> None:
        by_id = {entry.id: name for entry, name in zip(snapshot.groups, groups, strict=True)}
        writer = HostWriter(self.inventory, ())
        for entry, name in zip(snapshot.groups, groups, strict=True):
            self.inventory.add_group(name)
            self.inventory.add_child(by_id.get(entry.parent_id or "", self._top), name)
            facts = {
                "group_id": entry.id,
                "group_name": entry.name,
                "group_path": "/".join(entry.path),
                "group_data_center": entry.data_center,
                "group_account_alias": entry.account,
            }
            writer.set(name, {self._variable(key): value for key, value in facts.items()})

    def _hosts(self, snapshot: Snapshot, rows: list[list[int]]) -> list[tuple[str, list[int]]]:
        """Return the name and the row of each host; names that several servers would have are replaced by their ids."""
        most = None if self.get_option("allow_duplicated_hosts") else 1
        pairs, ids = [], []
        for row in rows:
            server = snapshot.server(row)
            variables = self._facts(snapshot, row) if self._namer.needs_expressions else {}
            for name in self._namer.names(server, functools.partial(self._evaluate, variables))[:most]:
                pairs.append((name, row))
                ids.append(str(server["id"]))
        unique, duplicates = names.unique_names([name for name, _row in pairs], ids)
        for name in duplicates:
            self.display.warning(f"{self.NAME}: several servers would be named '{name}'; they are named by their ids")
        return [(name, row) for name, (_name, row) in zip(unique, pairs, strict=True)]

    def _finish_host(self, writer: HostWriter, host: str, server: Server, variables: Variables, own: Variables) -> None:
        """Set the variables that options ask for, and add the host to the groups that they ask for."""
        if "windows" in str(server["os"] or "").lower():
            own.update(self.get_option("windows_variables"))
        writer.set(host, own)
        for group in self._presets.groups(server):
            self.inventory.add_child(self.inventory.add_group(group), host)
        if self._is_constructed:
            self._construct(host, {**variables, **own})

    def _construct(self, host: str, variables: Variables) -> None:
        """Evaluate the constructed options that are set; their templates cost more than everything else together."""
        strict = self.get_option("strict")
        if self.get_option("compose"):
            self._set_composite_vars(self.get_option("compose"), variables, host, strict=strict)
        if self.get_option("groups"):
            self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict=strict)
        if self.get_option("keyed_groups"):
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host, strict=strict)


def _is_source(path: str) -> bool:
    """Return whether a YAML file has the key plugin with the name of this plugin."""
    if not path.endswith((".yml", ".yaml")):
        return False
    return _PLUGIN_KEY.search(Path(path).read_text(encoding="utf-8", errors="replace")) is not None
