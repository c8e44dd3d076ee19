# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The groups and variables of the old inventory script."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.centurylink.cloud.plugins.module_utils.api import tree
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import result as server_result
from ansible_collections.centurylink.cloud.plugins.plugin_utils import legacy_layout
from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory.snapshot import GroupEntry
from ansible_collections.centurylink.cloud.tests.unit.support import made

Entity = dict[str, t.Any]


def safe(name: str) -> str:
    return re.sub(r"\W", "_", name)


@dataclass(frozen=True)
class Host:
    """A host with the groups that it is in and its variables."""

    groups: tuple[str, ...]
    variables: dict[str, t.Any]


def account(*groups: Entity, code: str = "VA1", servers: t.Sequence[Entity] = ()) -> Entity:
    """The root group of one data center."""
    return made.root(*groups, servers=servers, code=code)


def hosts(root: Entity) -> dict[str, Host]:
    """The hosts of a data center, as the inventory plugin adds them."""
    found: dict[str, Host] = {}
    for node in tree.nodes_from(root):
        kind = node.group.get("type", "default")
        group = GroupEntry(node.id, node.parent_id, node.group["name"], node.path, kind, "ALTD", "VA1")
        for server in node.group.get("servers") or ():
            variables = legacy_layout.variables(server_result.to_listing(server))
            found[server["id"].upper()] = Host(legacy_layout.group_names(group, safe), variables)
    return found


def test_raw_names_and_safe_ones() -> None:
    web = made.server("va1altdweb01")
    facts = account(made.group("Default Group", made.hex_id(1), servers=[web]))
    assert hosts(facts)["VA1ALTDWEB01"].groups == (
        "VA1",
        "Default Group",
        "VA1_Default Group",
        "Default_Group",
        "VA1_Default_Group",
    )


def test_a_name_that_is_safe_comes_once() -> None:
    facts = account(made.group("Web", made.hex_id(1), servers=[made.server("va1altdweb01")]))
    assert hosts(facts)["VA1ALTDWEB01"].groups == ("VA1", "Web", "VA1_Web")


def test_groups_are_flat_and_those_of_one_name_are_one() -> None:
    deep = made.group("Web", made.hex_id(2), parent=made.hex_id(1), servers=[made.server("va1altdweb02")])
    facts = account(made.group("Web", made.hex_id(1), deep, servers=[made.server("va1altdweb01")]))
    assert {host.groups for host in hosts(facts).values()} == {("VA1", "Web", "VA1_Web")}


def test_the_root_and_system_groups_are_left_out() -> None:
    kept = made.group("Kept", made.hex_id(1), type="archive", servers=[made.archived("va1altdold01")])
    found = hosts(account(kept, servers=[made.server("va1altdtop01")]))
    assert [host.groups for host in found.values()] == [("VA1",), ("VA1",)]


def test_variables() -> None:
    fields = [{"id": made.hex_id(7), "name": "Stage", "value": "1", "displayValue": "Production"}]
    addresses = [{"internal": "10.0.0.12", "public": "203.0.113.7"}, {"internal": "10.0.0.13"}]
    web = made.server("va1altdweb01", details={"customFields": fields, "ipAddresses": addresses})
    facts = account(made.group("Web", made.hex_id(1), servers=[web]))
    assert web.pop("displayName")
    assert hosts(facts)["VA1ALTDWEB01"].variables == {
        "ansible_ssh_host": "10.0.0.12",
        "clc_data": web,
        "clc_custom_fields": fields,
    }


def test_a_windows_server_is_reached_by_winrm() -> None:
    web = made.server(
        "va1altdweb01", os="windows2012R2DataCenter_64Bit", details={"ipAddresses": [{"internal": "10.0.0.12"}]}
    )
    variables = hosts(account(made.group("Web", made.hex_id(1), servers=[web])))["VA1ALTDWEB01"].variables
    assert {key: value for key, value in variables.items() if key.startswith("ansible_")} == {
        "ansible_ssh_host": "10.0.0.12",
        "ansible_host": "10.0.0.12",
        "ansible_connection": "winrm",
        "ansible_ssh_port": 5986,
        "ansible_port": 5986,
    }


def test_a_server_without_address_stays() -> None:
    facts = account(made.group("Web", made.hex_id(1), servers=[made.building("va1altdweb01")]))
    variables = hosts(facts)["VA1ALTDWEB01"].variables
    assert set(variables) == {"clc_data", "clc_custom_fields"}
    assert variables["clc_custom_fields"] == []
