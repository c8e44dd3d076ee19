# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for public IP addresses, networks, and firewall policies."""

from __future__ import annotations

import re
import typing as t

from .. import document as docs
from .. import values
from ..finding import Task
from ..results import Results, Root
from ..tables import COLLECTION, Module
from ..values import Undecided, is_template
from ._shared import (
    GROUP_ID,
    RANGE,
    Knowledge,
    Out,
    Plan,
    begin_plan,
    literal_state,
    require_no_expected_error,
    results_if_present,
)

# Expressions that are lists of ids for certain: of a result, made by a filter, a slice, and one that is written down.
_A_LIST = re.compile(r"(?s).*(?:\.server_ids|\|\s*list|\[[^\[\]]*:[^\[\]]*\])\s*|\[[^\[\]]*\]\s*")
_AN_ID = re.compile(r"\w+(?:\.\w+)*\.(?:id|name)")


def plan_public_ip(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Present: server adds an address to servers without one and does not change the others, as the old module did; public_ip
    would change the ports of an existing address. Absent: public_ip, in a loop over the servers."""
    if literal_state(task) == "absent":
        return _no_public_ip(task, module)
    own = ("ports", "protocol", "source_restrictions", "state")
    result = begin_plan(task, module, dropped=own)
    result.module = f"{COLLECTION}.server"
    given = {name: option.data for name, option in task.options.items()}
    ports = values.RULES["ports"](given.get("ports") or [], "ports", given)
    if ports is None or not given.get("ports"):
        raise Undecided("ports is missing")
    address: dict[str, t.Any] = {"ports": ports, "internal_ip": "new"}
    sources = given.get("source_restrictions")
    values.require_not_omitted(sources, "source_restrictions")
    if sources:
        address["source_restrictions"] = (
            sources
            if isinstance(sources, list) or is_template(sources)
            else [source.strip() for source in str(sources).split(",")]
        )
    result.lines["ports"] = [Out("public_ip", address)]
    result.notes.append(
        "the ports and sources of an existing address are not changed, as before; use public_ip for that"
    )
    result.results = Results({"server_ids": Root("{0}.changed_ids")})
    return result


def _no_public_ip(task: Task, module: Module) -> Plan:
    result = begin_plan(task, module, dropped=("ports", "protocol", "source_restrictions"))
    given = task.value("server_ids")
    values.require_not_omitted(given, "server_ids")
    result.notes.append(
        "a server with several public addresses is an error that lists them; before, all of them were removed"
    )
    names = given if isinstance(given, list) else [name.strip() for name in str(given).split(",")]
    if len(names) == 1 and (not is_template(given) or isinstance(given, list) or _is_one_id(task, given)):
        result.lines["server_ids"] = [Out("server_id", names[0])]
        return result
    if task.looped:
        raise Undecided("the task already has a loop, and public_ip requires another one over the servers")
    inner = values.expression(given)
    if inner is None and is_template(given) and not isinstance(given, list):
        raise Undecided("server_ids is only known at run time")
    loop = names if inner is None else "{{ " + (inner if _A_LIST.fullmatch(inner) else values.NAMES_OF % inner) + " }}"
    result.lines["server_ids"] = [Out("server_id", "{{ item }}")]
    result.keywords = [Out("loop", loop)]
    changed = "({0}.results | selectattr('changed') | map(attribute='item') | list)"
    result.results = Results({"server_ids": Root(changed)}, looped=True)
    return result


def _is_one_id(task: Task, given: t.Any) -> bool:
    """Return whether a template is certainly a single id: that of a resource, or an item of a list of ids in a result."""
    inner = values.expression(given) or ""
    looped = [node for node in map(task.keyword, ("loop", "with_items")) if node is not None]
    items = docs.data(looped[0]) if looped else None
    if isinstance(items, list):
        of_ids = not any(is_template(item) or "," in str(item) or not isinstance(item, str) for item in items)
    else:
        of_ids = (values.expression(items) or "").endswith(".server_ids")
    return bool(_AN_ID.fullmatch(inner)) or (inner == "item" and of_ids and not task.has("loop_control"))


def _named_network(task: Task, result: Plan) -> None:
    """Write the old id, which may be an id, a name, or a range, as id or name. Raises Undecided."""
    identifier = task.value("id")
    if not result.lines.get("id"):
        return
    if _is_network_id(identifier):
        return
    if is_template(identifier) or RANGE.fullmatch(str(identifier)):
        raise Undecided("id may be an id, a name, or a range of addresses. The new module has the options id and name")
    if task.value("name"):
        raise Undecided("it renames a network that it identifies by name. The new module requires the id")
    result.lines["id"] = [Out("name")]


def _is_network_id(identifier: t.Any) -> bool:
    inner = values.expression(identifier) or ""
    return bool(re.search(r"\.(?:id|networkId)$", inner) or GROUP_ID.fullmatch(str(identifier)))


def plan_network(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_network. Raises Undecided."""
    result = begin_plan(task, module)
    if not result.lines.get("id") and not result.lines.get("name"):
        raise Undecided("id and name are missing")
    if task.value("id") and literal_state(task) == "present" and not _is_network_id(task.value("id")):
        raise Undecided("a network with this id or name had to exist. The new module would claim one with the name")
    _named_network(task, result)
    result.results = results_if_present(task, {"network": Root("{0}.network", "network")})
    return result


def plan_network_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_network_fact. Raises Undecided."""
    result = begin_plan(task, module)
    if result.lines.get("id"):
        require_no_expected_error(task, "a network")
        result.notes.append("a network that does not exist gives an empty list; before, it was an error")
    _named_network(task, result)
    networks = Root("{0}.networks", "network", many=True)
    result.results = Results({"network": Root("{0}.networks[0]", "network"), "networks": networks})
    return result


def plan_firewall_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_firewall_policy. Raises Undecided."""
    result = begin_plan(task, module, dropped=("source_account_alias",))
    result.lines["source_account_alias"] = [Out("account_alias")]
    if task.value("enabled") is None and task.value("state") != "absent":
        result.added.append(Out("enabled", True))
    elif task.value("enabled") is not None:
        result.lines["enabled"] = [Out("enabled", values.with_default(task.value("enabled"), True, "enabled"))]
    policy = Root("{0}.firewall_policy", "firewall_policy")
    result.results = results_if_present(
        task, {"firewall_policy_id": Root("{0}.firewall_policy.id"), "firewall_policy": policy}
    )
    return result
