# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for servers: fleets, servers by id, changes of their size, packages, and snapshots."""

from __future__ import annotations

import re
import typing as t

from .. import values
from ..finding import Task
from ..results import Results, Root
from ..tables import Module
from ..values import KEPT, Undecided, is_template
from ._shared import (
    GROUP_ID,
    RANGE,
    Knowledge,
    Out,
    Plan,
    begin_plan,
    literal_state,
    require_no_expected_error,
)
from .groups import describe_by_name

_TEMPLATE = re.compile(r"(?i)[a-z0-9._]+(?:-[a-z0-9._]+)*-template")
_SYSTEM = re.compile(r"\w+_64Bit")

_FLEET_RESULTS = Results(
    {
        "group": Root(
            "{0}",
            "fleet",
            note="the servers of the group are those with this base name; before, all servers of the group",
        ),
        "server_ids": Root("({0}.created_ids + {0}.removed_ids)"),
        "servers": Root(
            "({0}.servers | selectattr('id', 'in', {0}.created_ids) | list)", "server", many=True, ids="{0}.created_ids"
        ),
        "partially_created_server_ids": Root("[]"),
    }
)


def plan_server(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_server. Raises Undecided."""
    state = literal_state(task)
    if state != "present":
        return _servers_by_id(task, module, state)
    if task.value("min_count") is not None or task.value("max_count") is not None:
        raise Undecided("server has one number of servers, not a minimum and a maximum")
    values.require_not_omitted(task.value("exact_count"), "exact_count")
    if task.value("exact_count") is None:
        raise Undecided(
            "it creates servers on every run. The count of server is the total number: set exact_count and count_group if that is "
            "what you need"
        )
    return _fleet(task, module, knowledge)


def _servers_by_id(task: Task, module: Module, state: str) -> Plan:
    """Absent, started, stopped: nothing but the ids counted."""
    others = [name for name in task.options if name not in ("server_ids", "state", *module.shared)]
    result = begin_plan(task, module, dropped=others)
    if not task.value("server_ids"):
        raise Undecided("server_ids is missing")
    all_ids = Root("({0}.servers | map(attribute='id') | list)")
    roots = {"server_ids": all_ids, "servers": Root("{0}.servers", "server", many=True)}
    if state == "absent":
        roots = {"server_ids": Root("{0}.removed_ids"), "servers": Root("[]", "server", many=True)}
    result.results = Results({**roots, "partially_created_server_ids": Root("[]")})
    return result


def _fleet(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """A number of servers in a group."""
    own = ("count_group", "add_public_ip", "public_ip_ports", "public_ip_protocol")
    _check_fleet(task)
    if knowledge.resizing:
        raise Undecided(
            "a task of clc_modify_server changes sizes, which server would change back to those of this task"
        )
    result = begin_plan(task, module, dropped=own)
    result.lines["exact_count"].append(Out("allow_removal", True))
    unused = _unused_of_kind(task)
    result.lines.update((name, []) for name in unused if name in result.lines)
    _group_of_fleet(task, result, knowledge)
    _template_of_fleet(task, result, knowledge)
    # What the old module always sent, and the new one leaves to the service or requires.
    for name in ("cpu", "memory", "storage_type"):
        option = module.options[name]
        if name in unused:
            continue
        if task.value(name) is None:
            result.added.append(Out(str(option.renamed_to), option.default))
        else:
            result.lines[name] = [
                Out(str(option.renamed_to), values.with_default(task.value(name), option.default, name))
            ]
    describe_by_name(task, result)
    _public_ip_of_fleet(task, result)
    result.notes.append(
        "all servers with this base name are counted; before, all started servers of the group, with any name. The newest are "
        "deleted first; before, those with the lowest ids"
    )
    result.notes.append(
        "cpu, memory_gb, description, disks, custom_fields, and policies also apply to existing servers"
    )
    _check_range(task, result, "network_id")
    if not task.value("network_id"):
        result.notes.append(
            "if network is omitted, the service selects one; before, it was the first deployable network"
        )
    result.results = _FLEET_RESULTS
    return result


def _unused_of_kind(task: Task) -> tuple[str, ...]:
    """Return the options that the old module passed over for this type of server, whatever they said. Raises Undecided."""
    kind, of_metal = task.value("type") or "standard", ("configuration_id", "os_type")
    if is_template(kind) and any(task.value(name) for name in of_metal):
        raise Undecided("configuration_id and os_type apply to bare metal only, and type is only known at run time")
    if kind != "bareMetal":
        return (
            of_metal if kind == "standard" else (*of_metal, *(() if task.value("storage_type") else ("storage_type",)))
        )
    if not _SYSTEM.fullmatch(str(task.value("os_type"))):
        raise Undecided("os_type may be a part of a name. server requires the full name, such as ubuntu14_64Bit")
    return ("cpu", "memory", "storage_type", "template")


def _check_fleet(task: Task) -> None:
    """Raise Undecided if the number is not that of servers of one name in one group."""
    name, counted = task.value("name"), task.value("count_group")
    if not name:
        raise Undecided("name is missing. server counts the servers with a base name")
    if not is_template(name) and (str(name)[-1].isdigit() or not re.fullmatch(r"[A-Za-z0-9-]+", str(name))):
        raise Undecided(f"'{name}' is not a base name: use letters, digits, and dashes, and no digit at the end")
    if not counted:
        raise Undecided("count_group is missing")
    if task.value("template") is None and task.value("type") != "bareMetal":
        raise Undecided("template is missing, so the task can only delete servers. server also creates missing ones")


def _group_of_fleet(task: Task, result: Plan, knowledge: Knowledge) -> None:
    """The group that servers are made in and counted in. Its case counts now, and its description does not."""
    made, counted = task.value("group") or "Default Group", task.value("count_group")
    names = {_exact(group, knowledge) for group in (made, counted)}
    if len({str(name).lower() for name in names}) != 1:
        raise Undecided(f"servers are created in '{made}' and counted in '{counted}'. server has one group for both")
    name = _exact(made, knowledge)
    if not is_template(name) and "/" in str(name):
        raise Undecided("the name of the group contains a slash, so it would be a path now")
    where = "group" if "group" in task.options else "count_group"
    result.lines[where] = [Out("group", KEPT if name == task.value(where) else name)]
    if not _is_known(name, knowledge):
        result.notes.append(
            f"the name of the group is case-sensitive, and can no longer be its description: check '{name}'"
        )


def _exact(name: t.Any, knowledge: Knowledge) -> t.Any:
    """Return the name of a group as the task that makes it writes it, else as it is given."""
    found = {place.name for place in knowledge.places.get(str(name).lower(), [])}
    return next(iter(found)) if len(found) == 1 else name


def _is_known(name: t.Any, knowledge: Knowledge) -> bool:
    if name == "Default Group" or GROUP_ID.fullmatch(str(name)):
        return True
    return any(place.name == name for place in knowledge.places.get(str(name).lower(), []))


def _template_of_fleet(task: Task, result: Plan, knowledge: Knowledge) -> None:
    """The template by its whole name: a part of one did before."""
    template = str(task.value("template"))
    if task.value("type") == "bareMetal":
        return
    if is_template(template):
        result.notes.append(
            "template must be the full name of a template; before, a part of the name was sufficient, case-insensitive"
        )
    elif template.lower() in knowledge.templates:
        result.lines["template"] = [Out("template", knowledge.templates[template.lower()])]
    elif not _TEMPLATE.fullmatch(template):
        raise Undecided(
            f"'{template}' is a part of the name of a template. Specify the full name with --template {template}=NAME"
        )
    elif template != template.upper():
        result.lines["template"] = [Out("template", template.upper())]


def _public_ip_of_fleet(task: Task, result: Plan) -> None:
    is_enabled = values.truth(task.value("add_public_ip") or False)
    if is_enabled is None:
        raise Undecided("the value of add_public_ip is only known at run time")
    if not is_enabled:
        return
    given = {"public_ip_protocol": task.value("public_ip_protocol")}
    ports = values.RULES["ports"](task.value("public_ip_ports") or [], "public_ip_ports", given)
    if ports is None:
        raise Undecided("add_public_ip is true but public_ip_ports is missing")
    result.lines["add_public_ip"] = [Out("public_ip", {"ports": ports, "internal_ip": "new"})]
    result.notes.append("existing servers with the base name and without a public address get one, too")


def _check_range(task: Task, result: Plan, option: str) -> None:
    """Raise Undecided for a range of addresses, by which the new modules know no network; a note if it may be one."""
    network = task.value(option)
    if RANGE.fullmatch(str(network)):
        raise Undecided(f"{option} is a range of addresses. The new module identifies a network by its id or name")
    if is_template(network):
        result.notes.append(
            f"{option} must be the id or name of a network; before, it could also be a range of addresses"
        )


def plan_modify_server(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_modify_server. Raises Undecided."""
    policies = [name for name in task.options if "policy" in name]
    if literal_state(task) == "absent" and (policies or not task.value("additional_network")):
        raise Undecided("state absent removed policies from servers; with server it would delete the servers")
    result = begin_plan(task, module, dropped=("state", "location"))
    _check_range(task, result, "additional_network")
    if not task.value("server_ids"):
        raise Undecided("server_ids is missing")
    form = "({0}.servers | selectattr('id', 'in', {0}.changed_ids) | list)"
    changed = Root(form, "server", many=True, ids="{0}.changed_ids")
    result.results = Results({"server_ids": Root("{0}.changed_ids"), "servers": changed})
    return result


def plan_server_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_server_fact. Raises Undecided."""
    require_no_expected_error(task, "a server")
    result = begin_plan(task, module, dropped=("credentials",))
    secret = values.truth(task.value("credentials") or False)
    if secret is None:
        raise Undecided("the value of credentials is only known at run time")
    if secret:
        result.lines["credentials"] = [Out("gather", ["credentials"])]
    name = task.value("server_id")
    result.lines["server_id"] = [Out("server_ids", [name])]
    result.notes.append("a server that does not exist gives an empty list; before, it was an error")
    result.results = Results({"server": Root("{0}.servers[0]", "server")})
    return result


def plan_package(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_blueprint_package. Raises Undecided."""
    result = begin_plan(task, module)
    result.results = Results({"server_ids": Root("{0}.server_package.server_ids")})
    return result


def plan_snapshot(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_server_snapshot. Raises Undecided."""
    if literal_state(task) == "restore":
        raise Undecided(
            "servers without a snapshot were ignored, and are an error of server_snapshot. If each server has one, use "
            "server_snapshot with state reverted"
        )
    return begin_plan(task, module)
