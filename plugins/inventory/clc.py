# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventory plugin: the servers of CenturyLink Cloud accounts, in the groups that they are in."""

from __future__ import annotations

DOCUMENTATION = r"""
name: clc
short_description: CenturyLink Cloud inventory source
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Walks an account from its data centers' root groups down to the servers, and makes hosts of the servers and nested groups
    of the server groups.
  - A group is named C(clc_<data center>_<path>) in a form that is safe for Ansible. Groups whose names would be the same get the
    first eight characters of their id. The variables C(clc_group_name), C(clc_group_id) and C(clc_group_path) hold the raw ones.
  - Every host variable has the prefix C(clc_). C(clc_custom_field_values) maps the names of custom fields to what they show.
  - With O(layout=legacy) groups and variables are those of the vendor's old inventory script instead.
  - Sources are files named C(clc.yml) or C(*.clc.yml), or the same with C(.yaml).
options:
  plugin:
    description:
      - Token that makes sure that this is a source file for this plugin.
    type: str
    required: true
    choices: [centurylink.cloud.clc]
  accounts:
    description:
      - Aliases of several accounts that the same user may see. Group names then begin with C(clc_<account>_<data center>).
    type: list
    elements: str
    default: []
  layout:
    description:
      - How hosts, groups and variables are named.
      - V(nested) makes the groups and variables that are described above.
      - V(legacy) makes those of the vendor's script C(clc_inv.py), for playbooks that were written for it. Hosts have the server's
        name. Each is in groups named by its data center, by its server group, and by both with an underscore between. Raw names
        with blanks are kept, and every such group is there in a form that is safe for Ansible too, such as C(Default_Group).
        Variables are C(ansible_ssh_host), C(clc_data), which is what the API says of the server, and C(clc_custom_fields); servers
        with a Windows system have variables for WinRM. O(hostnames) and O(connect_with) are not used then.
    type: str
    choices: [nested, legacy]
    default: nested
  data_centers:
    description:
      - Codes of the data centers to walk; all of them without it. One that is not there is a warning.
    type: list
    elements: str
    default: []
    env:
      - name: CLC_FILTER_DATACENTERS
  server_groups:
    description:
      - The server groups to take in with everything below them, each as an id, a path from the root such as
        V(Default Group/Web), a list of names, or a name. All of them without it. One that is nowhere is a warning.
    type: list
    elements: raw
    default: []
  statuses:
    description:
      - Take in servers in one of these statuses only, such as V(active).
    type: list
    elements: str
    default: []
  power_states:
    description:
      - Take in servers in one of these power states only.
    type: list
    elements: str
    choices: [started, stopped, paused]
    default: []
  custom_fields:
    description:
      - Take in servers that have all of these custom field values only, by the field's name or id. What a field shows and what
        it stores are both accepted.
    type: dict
    default: {}
  archived:
    description:
      - Whether to take in the Archive groups and archived servers.
    type: bool
    default: false
  templates:
    description:
      - Whether to take in the Templates groups and the servers that are templates.
    type: bool
    default: false
  hostnames:
    description:
      - What a host is named by, the first of these that it has. Hosts that would have the same name are named by their id.
    type: list
    elements: str
    choices: [id, name, host_name, ip_address, public_ip_address]
    default: [id]
  connect_with:
    description:
      - Which address becomes C(ansible_host), the first of these that the server has. V(internal) is the primary address,
        V(public) the first public one, a network such as V(10.80.0.0/16) the first address within it, public ones included.
      - An empty list sets no C(ansible_host).
    type: list
    elements: str
    default: [internal]
  windows_variables:
    description:
      - Variables for servers with a Windows system, such as C(ansible_connection) with the value V(winrm).
    type: dict
    default: {}
extends_documentation_fragment:
  - centurylink.cloud.connection.plugin
  - constructed
  - inventory_cache
"""

EXAMPLES = r"""
# clc.yml: every server of the account, as the environment's CLC_V2_API_USERNAME and CLC_V2_API_PASSWD say
plugin: centurylink.cloud.clc

---
# web.clc.yml: running web servers of two data centers, reached by their public addresses
plugin: centurylink.cloud.clc
data_centers: [WA1, VA1]
server_groups:
  - Shop/Web
statuses: [active]
power_states: [started]
connect_with: [public, internal]
hostnames: [name]
keyed_groups:
  - prefix: os
    key: clc_os
compose:
  stage: clc_custom_field_values.Stage | default('none')
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache

---
# old.clc.yml: as the vendor's script clc_inv.py had it
plugin: centurylink.cloud.clc
layout: legacy
"""

import ipaddress
import os
import typing as t

from ansible import constants
from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable, to_safe_group_name

from ..module_utils.api import tree
from ..module_utils.api.client import Exchange
from ..module_utils.api.errors import ClcError, InvalidTaskError
from ..module_utils.connection import has_user, identity_from, in_account, make_client
from ..module_utils.resources.server import result as server_result
from ..module_utils.resources.server_group import groups as server_group
from ..module_utils.run_files import digest
from ..plugin_utils import legacy_layout, option_sources
from ..plugin_utils.token_store import TokenStore

Facts = list[dict[str, t.Any]]
SUFFIXES = ("clc.yml", "clc.yaml")
# Options that decide what is fetched, and so what a cache entry is good for.
_FETCHING = ("accounts", "account_alias", "data_centers", "server_groups", "archived", "templates")


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):  # type: ignore[misc]
    """Fetches everything, through the cache or by the walk, and then populates."""

    NAME = "centurylink.cloud.clc"

    def verify_file(self, path: str) -> bool:
        """Accept clc.yml and *.clc.yml, and the same with .yaml."""
        name = path.replace("\\", "/").rpartition("/")[2]
        fits = name in SUFFIXES or name.endswith(tuple(f".{suffix}" for suffix in SUFFIXES))
        if not fits:
            self.display.debug(f"{self.NAME}: '{path}' is not named clc.yml or *.clc.yml")
        return bool(super().verify_file(path)) and fits

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Read the source file and fill the inventory."""
        super().parse(inventory, loader, path, cache)
        self._written = self._read_config_data(path)
        try:
            # Told before anything is fetched, and not with half an inventory made.
            self._preferences = [_preference(one) for one in self.get_option("connect_with")]
            facts = self._facts(path, cache)
            self._warn_of_missing(facts)
            self._populate(facts)
        except ClcError as error:
            raise AnsibleParserError(f"{self.NAME}: {error}") from None

    # Fetching

    def _facts(self, path: str, cache: bool) -> Facts:
        """Return the raw facts, from the cache where it may be read and has them. It is asked before any login."""
        params = self._params()
        key = self._key(path, params)
        if self.get_option("cache") and cache and key in self._cache:
            cached: Facts = self._cache[key]
            return cached
        found = self._fetch(params)
        if self.get_option("cache"):
            self._cache[key] = found
        return found

    def _key(self, path: str, params: t.Mapping[str, t.Any]) -> str:
        """Return a cache key that differs wherever the facts could: source, address, who asks, and what is fetched."""
        who = digest(str(params.get("token"))) if params.get("token") else params.get("username")
        shaping = [str(self._templated(name)) for name in _FETCHING]
        return f"{self.get_cache_key(path)}_{digest(repr([params.get('api_url'), who, shaping]))[:16]}"

    def _params(self) -> dict[str, t.Any]:
        """Return the connection options: those of the source file before those of the environment."""
        written = {key: self._rendered(value) for key, value in self._written.items()}
        return option_sources.resolved(
            [option_sources.from_arguments(written), option_sources.from_environment(os.environ)]
        )

    def _templated(self, name: str) -> t.Any:
        return self._rendered(self.get_option(name))

    def _rendered(self, value: t.Any) -> t.Any:
        return self.templar.template(value) if self.templar.is_template(value) else value

    def _fetch(self, params: t.Mapping[str, t.Any]) -> Facts:
        """Log in, through the run's token store, and walk each account."""
        client = make_client(params, self.NAME.rpartition(".")[2], observe=self._show)
        identity = identity_from(params)
        if identity is None and has_user(params):
            store = TokenStore(constants.DEFAULT_LOCAL_TMP)
            identity = store.identity(client, str(params["username"]), str(params["password"]))
            identity = in_account(identity, params.get("account_alias"))
        client.identity = identity
        aliases = [str(one).upper() for one in self._templated("accounts")] or [client.account]
        return [{"alias": alias, "centers": tree.walk(client, alias, self._scope())} for alias in aliases]

    def _show(self, exchange: Exchange) -> None:
        self.display.vvv(f"{self.NAME}: {exchange}")

    def _scope(self) -> tree.Scope:
        """Return what of an account is walked."""
        codes = frozenset(str(one).lower() for one in self._templated("data_centers") if one)
        wanted = self._templated("server_groups")
        unwanted = {"archive": "archived", "templates": "templates"}
        return tree.Scope(
            codes or None,
            (lambda place: any(server_group.matching([place], one) for one in wanted)) if wanted else None,
            frozenset(kind for kind, option in unwanted.items() if not self.get_option(option)),
        )

    def _warn_of_missing(self, facts: Facts) -> None:
        """Warn of data centers and server groups that were asked for and are nowhere: mistyped, they would just be empty.

        A data center is left out of the facts too where it has none of the groups, so with those they alone are looked for.
        """
        centers = [center for account in facts for center in account["centers"]]
        groups = self._templated("server_groups") or []
        places = [place for center in centers for place in tree.nodes_from(center["tree"])] if groups else []
        missing = [f"server group {one}" for one in groups if not server_group.matching(places, one)]
        if not groups:
            codes = {_code(center) for center in centers}
            asked = self._templated("data_centers") or []
            missing = [f"data center {one}" for one in asked if one and str(one).lower() not in codes]
        for one in missing:
            self.display.warning(f"{self.NAME}: there is no {one}")

    # Populating

    def _populate(self, facts: Facts) -> None:
        if self.get_option("layout") == "legacy":
            self._populate_legacy(facts)
        else:
            self._populate_nested(facts)

    def _populate_legacy(self, facts: Facts) -> None:
        for host in legacy_layout.hosts(facts, self._filter(), to_safe_group_name):
            for group in host.groups:
                self.inventory.add_host(host.name, group=self.inventory.add_group(group))
            self._set_variables(host.name, host.variables, host.variables["clc_data"].get("os"))

    def _populate_nested(self, facts: Facts) -> None:
        places = [
            (account["alias"], center, place)
            for account in facts
            for center in account["centers"]
            for place in tree.nodes_from(center["tree"])
        ]
        names = self._group_names(places, len(facts) > 1)
        passes = self._filter()
        shown = [
            (names[place.id], _host_variables(alias, place, server_result.to_listing(server)))
            for alias, _center, place in places
            for server in place.group["servers"]
            if passes(server)
        ]
        for alias, center, place in places:
            self._add_group(names, alias, center, place)
        hosts = self._host_names([variables for _group, variables in shown])
        for (group, variables), host in zip(shown, hosts, strict=True):
            self._add_host(group, host, variables)

    def _group_names(self, places: t.Sequence[t.Any], several: bool) -> dict[str, str]:
        """Return a safe name for each group by its id; those that would have the same one get a part of their id."""
        plain = {
            place.id: to_safe_group_name("_".join(["clc", *([alias] if several else []), _code(center), *place.path]))
            for alias, center, place in places
        }
        seen: dict[str, int] = {}
        for name in plain.values():
            seen[name] = seen.get(name, 0) + 1
        return {key: f"{name}_{key[:8]}" if seen[name] > 1 else name for key, name in plain.items()}

    def _add_group(self, names: t.Mapping[str, str], alias: str, center: t.Any, place: tree.GroupNode) -> None:
        name = self.inventory.add_group(names[place.id])
        self.inventory.add_child(names.get(place.parent_id or "", "all"), name)
        facts = {
            "clc_group_id": place.id,
            "clc_group_name": place.group["name"],
            "clc_group_path": server_group.format_path(place.path),
            "clc_group_data_center": str(center["id"]).upper(),
            "clc_group_account_alias": alias,
        }
        for key, value in facts.items():
            self.inventory.set_variable(name, key, value)

    def _filter(self) -> t.Callable[[dict[str, t.Any]], bool]:
        """Return what says whether a server passes the filters; their options are rendered once, not for each server."""
        statuses, powers = self._templated("statuses"), self._templated("power_states")
        fields = self._templated("custom_fields")
        archived, templates = self.get_option("archived"), self.get_option("templates")

        def passes(server: dict[str, t.Any]) -> bool:
            details = server_result.details(server)
            return (
                (archived or server["status"] != "archived")
                and (templates or not server.get("isTemplate"))
                and (not statuses or server["status"] in statuses)
                and (not powers or details.get("powerState") in powers)
                and all(server_result.has_custom_field(server, name, value) for name, value in fields.items())
            )

        return passes

    def _host_names(self, hosts: t.Sequence[t.Mapping[str, t.Any]]) -> list[str]:
        """Return a name for each host: the first of hostnames that it has, its id where that would not be its alone."""
        keys = [
            "clc_public_ip_addresses" if one == "public_ip_address" else f"clc_{one}"
            for one in self.get_option("hostnames")
        ]
        chosen = []
        for variables in hosts:
            values = (variables.get(key) for key in keys)
            value = next((one for one in values if one), variables["clc_id"])
            chosen.append(str(value[0] if isinstance(value, list) else value))
        twice = {name for name in chosen if chosen.count(name) > 1} if len(set(chosen)) < len(chosen) else set()
        for name in sorted(twice):
            self.display.warning(f"{self.NAME}: several servers would be named '{name}'; they are named by their ids")
        return [
            str(variables["clc_id"]) if name in twice else name for name, variables in zip(chosen, hosts, strict=True)
        ]

    def _add_host(self, group: str, host: str, variables: dict[str, t.Any]) -> None:
        self.inventory.add_host(host, group=group)
        address = _address(variables, self._preferences)
        if address:
            variables["ansible_host"] = address
        self._set_variables(host, variables, variables["clc_os"])

    def _set_variables(self, host: str, variables: dict[str, t.Any], system: t.Any) -> None:
        if str(system or "").lower().startswith("windows"):
            variables.update(self.get_option("windows_variables"))
        for key, value in variables.items():
            self.inventory.set_variable(host, key, value)
        self._construct(host, variables)

    def _construct(self, host: str, variables: dict[str, t.Any]) -> None:
        """Run the constructed options that are set; templates cost more than everything else together."""
        strict = self.get_option("strict")
        if self.get_option("compose"):
            self._set_composite_vars(self.get_option("compose"), variables, host, strict=strict)
        if self.get_option("groups"):
            self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict=strict)
        if self.get_option("keyed_groups"):
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host, strict=strict)


def _code(center: dict[str, t.Any]) -> str:
    """Return the code of a data center as group names have it."""
    return str(center["id"]).lower()


def _host_variables(alias: str, place: tree.GroupNode, server: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a server's variables, all with the prefix clc_."""
    shown = {f"clc_{key}": value for key, value in server_result.to_result(server).items() if key != "display_name"}
    fields = server_result.details(server).get("customFields") or []
    shown["clc_custom_field_values"] = {str(one.get("name") or one["id"]): one.get("displayValue") for one in fields}
    shown["clc_group_path"] = server_group.format_path(place.path)
    shown["clc_account_alias"] = alias
    return shown


def _address(variables: t.Mapping[str, t.Any], preferences: t.Iterable[t.Any]) -> str | None:
    """Return the address that a host is reached by: the first preference that one of its addresses meets."""
    public = list(variables["clc_public_ip_addresses"] or [])
    pairs = [*(variables["clc_ip_addresses"] or []), *(variables["clc_secondary_ip_addresses"] or [])]
    every = [str(pair[key]) for pair in pairs for key in ("internal", "public") if pair.get(key)]
    for one in preferences:
        if one == "internal":
            found = [variables["clc_ip_address"]]
        elif one == "public":
            found = public
        else:
            found = [address for address in every if ipaddress.ip_address(address) in one]
        if found and found[0]:
            return str(found[0])
    return None


def _preference(text: str) -> t.Any:
    """Return what connect_with names: the word internal or public, or a network. Raises InvalidTaskError."""
    if text in ("internal", "public"):
        return text
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise InvalidTaskError(
            f"'{text}' is neither internal nor public nor a network", action="use", target="connect_with"
        ) from None
