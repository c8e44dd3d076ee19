# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a task of a legacy module is written with the new modules: a plan, or Undecided with the reason.

The tables say what becomes of single options. Written here is what they cannot say: which tasks mean the same at all, what old
defaults have to be written out, and what the new result has. A plan never does more, to other things, than the old task; where
it cannot be known whether it would, the task is left to the module of the old name, which this collection has too.
"""

from __future__ import annotations

import re
import typing as t
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import document as docs
from . import values
from .finding import Task, raise_problem
from .results import Results, Root
from .tables import COLLECTION, MODULES, Module
from .values import KEPT, Undecided, is_template

_TEMPLATE = re.compile(r"(?i)[a-z0-9._]+(?:-[a-z0-9._]+)*-template")
_SYSTEM = re.compile(r"\w+_64Bit")
_GROUP_ID = re.compile(r"(?i)[0-9a-f]{32}")
_RANGE = re.compile(r"[\d.]+/\d+")
_VARIABLE = re.compile(r"(\w+)\.")
# Expressions that are lists of ids for certain: of a result, made by a filter, a slice, and one that is written down.
_A_LIST = re.compile(r"(?s).*(?:\.server_ids|\|\s*list|\[[^\[\]]*:[^\[\]]*\])\s*|\[[^\[\]]*\]\s*")
_AN_ID = re.compile(r"\w+(?:\.\w+)*\.(?:id|name)")
_COUNTS = ("exact_count", "min_count", "max_count")


@dataclass(frozen=True)
class Out:
    """A line of the new task: an option and its value, KEPT where it stays as it is written."""

    name: str
    value: t.Any = KEPT


@dataclass
class Plan:
    """A task in its new form.

    lines: for each old option the lines that stand in its place, none where it goes. added: lines that no old option stands for.
    keywords: keywords that the task gets. notes: differences for the report.
    """

    module: str
    lines: dict[str, list[Out]] = field(default_factory=dict)
    added: list[Out] = field(default_factory=list)
    keywords: list[Out] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    results: Results = field(default_factory=Results)


@dataclass
class Place:
    """Where a group of these files is: the name of the group above, None for the root, and its data center as it is written."""

    name: str
    parent: t.Any
    data_center: t.Any


@dataclass
class Knowledge:
    """What is known beyond a task.

    templates: whole names of templates by the part of a name that stands for them, in lower case. places: groups that tasks of
    these files make, by name and by description in lower case. balancers: names, data centers and ports of load balancers that
    they make, as they are written. registered: data center, as it is written, of what tasks register. resizing: whether tasks
    change the sizes of servers.
    """

    templates: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    balancers: set[tuple[str, ...]] = field(default_factory=set)
    registered: dict[str, set[str]] = field(default_factory=dict)
    resizing: bool = False


def learn(knowledge: Knowledge, tasks: t.Iterable[Task]) -> None:
    """Collect what tasks say about groups, load balancers, and data centers."""
    for task in tasks:
        knowledge.resizing |= task.old == "clc_modify_server" and bool({"cpu", "memory"} & task.options.keys())
        if task.register:
            where = repr(task.value("location")) if task.old in ("clc_group", "clc_server") else "unknown"
            knowledge.registered.setdefault(task.register, set()).add(where)
        name, state = task.value("name"), task.value("state")
        if task.old == "clc_loadbalancer" and state in (None, "present"):
            knowledge.balancers |= {_balancer(task, "name", "location"), _balancer(task, "name", "location", "port")}
        if task.old != "clc_group" or state not in (None, "present") or not isinstance(name, str) or is_template(name):
            continue
        place = Place(name, task.value("parent") or None, task.value("location"))
        for known in {name.lower(), str(task.value("description") or name).lower()}:
            if place not in knowledge.places.setdefault(known, []):
                knowledge.places[known].append(place)


def _balancer(task: Task, *parts: str) -> tuple[str, ...]:
    return tuple(str(task.value(part)) for part in parts)


def plan(task: Task, knowledge: Knowledge) -> Plan:
    """Return the plan for a task of a legacy module. Raises Undecided."""
    raise_problem(task)
    module = MODULES[str(task.old)]
    if module.removed_reason:
        raise Undecided(module.removed_reason)
    for name in task.options:
        if name not in module.options and name not in module.shared:
            raise Undecided(f"{task.old} has no option {name}")
        unsupported = module.options[name].unsupported if name in module.options else ""
        if unsupported and task.value(name) is not None:
            raise Undecided(f"{name}: {unsupported}")
    planner = _PLANNERS.get(module.name)
    if planner is None:
        raise Undecided(f"this program does not support {module.name}")
    return planner(task, module, knowledge)


# Options


def _begun(task: Task, module: Module, dropped: t.Container[str] = ()) -> Plan:
    """Return the plan that the tables alone make. dropped: options that the planner looks after itself.

    Raises Undecided where an option that no single new one replaces says something else than its default.
    """
    result = Plan(module.new)
    given = {name: option.data for name, option in task.options.items()}
    for name, value in given.items():
        if name in module.shared:
            result.lines[name] = [Out(module.shared[name])]
        elif name in dropped or value is None:
            result.lines[name] = []
        elif module.options[name].renamed_to is None:
            option = module.options[name]
            if not _is_default(value, option.default, option.type):
                raise Undecided(option.note.rstrip(".") or f"no option of {module.new} replaces {name}")
            result.lines[name] = []
        else:
            result.lines[name] = _lines(module, name, value, given)
    return result


def _is_default(value: t.Any, default: t.Any, kind: str) -> bool:
    if kind == "bool":
        return values.truth(value) is bool(default)
    return str(value).lower() == str(default).lower() or (not value and not default)


def _lines(module: Module, name: str, value: t.Any, given: Mapping[str, t.Any]) -> list[Out]:
    option = module.options[name]
    new = values.RULES[option.rule](value, name, given) if option.rule in values.RULES else None
    if option.rule not in values.RULES:
        raise Undecided(f"this program does not support {name}")
    if new is None:
        return []
    if option.renamed_to == "state" and module.states:
        new = _state(module, value)
    return [Out(str(option.renamed_to), new)]


def _state(module: Module, value: t.Any) -> t.Any:
    if is_template(value):
        raise Undecided("state is only known at run time")
    return module.states.get(value, KEPT)


def _literal_state(task: Task, default: str = "present") -> str:
    """Return the state; raises Undecided where it is a template, since the states mean different tasks."""
    state = task.value("state") or default
    if is_template(state):
        raise Undecided("state is only known at run time, and each state is a different task now")
    return str(state)


def _of_present(task: Task, roots: Mapping[str, Root]) -> Results:
    """Return the result of a task with state present; for other states the new modules return no resource."""
    return Results(roots if task.value("state") in (None, "present") else {})


def _require_no_expected_error(task: Task, what: str) -> None:
    """Raise Undecided where a task counts on failing: old reading modules failed where new ones return an empty list."""
    if task.rescued or task.has("ignore_errors", "failed_when", "until"):
        raise Undecided(
            f"{what} that does not exist was an error, and is an empty list now; the tasks after it expect the error"
        )


# Groups


def _group(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    parent = task.value("parent")
    # Below a parent both states mean the same group; without one the old ones did not.
    state = task.value("state") if parent else _literal_state(task)
    result = _begun(task, module)
    if isinstance(parent, str) and "/" in parent and not is_template(parent):
        raise Undecided("the name of the parent contains a slash, so it would be a path now")
    if state == "absent" and not result.lines.get("parent"):
        _place_absent(task, result, knowledge)
    if state not in (None, "present") and not values.truth(task.value("force")):
        result.notes.append(
            "a group with servers in it or its subgroups is deleted only with force: true; before, the servers were deleted, too"
        )
    if _description_of_name(task, result):
        result.notes.append(
            "the description of an existing group is changed to its name too; before, only a new group got it"
        )
    result.results = _of_present(task, {"group": Root("{0}.server_group", "group", without=frozenset({"servers"}))})
    return result


def _description_of_name(task: Task, result: Plan) -> bool:
    """Add the name as description if the task has none, as the old modules sent it; return whether it was added."""
    if task.value("name") and not task.value("description") and task.value("state") != "absent":
        result.added.append(Out("description", task.value("name")))
        return True
    return False


def _place_absent(task: Task, result: Plan, knowledge: Knowledge) -> None:
    """Add the parent of a group to delete. Without it, the old module deleted any group of the name, the new one below the root."""
    name = task.value("name")
    known = [place for place in knowledge.places.get(str(name).lower(), []) if place.name == name]
    if len(known) != 1 or known[0].data_center != task.value("location"):
        raise Undecided(
            "parent is missing, so it deletes any group with the name. server_group deletes the one below parent, which "
            "defaults to the root. Set parent"
        )
    if known[0].parent is not None:
        result.lines.setdefault("name", []).append(Out("parent", known[0].parent))


def _group_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    _require_no_expected_error(task, "a group")
    result = _begun(task, module)
    result.notes.append("a group that does not exist gives an empty list; before, it was an error")
    data_center = _data_center_of(values.expression(task.value("group_id")) or "", knowledge)
    if data_center is not None:
        result.added.append(Out("data_center", data_center))
    result.results = Results({"group": Root("{0}.server_groups[0]", "group")})
    return result


def _data_center_of(expression: str, knowledge: Knowledge) -> t.Any:
    """Return the data center of a registered group, None where it is the login's own. Raises Undecided."""
    found = _VARIABLE.match(expression)
    data_centers = knowledge.registered.get(found[1], set()) if found else set()
    if len(data_centers) != 1 or data_centers == {"unknown"}:
        raise Undecided(
            "the new module looks for the id of a group in one data center, which is not known here. Set data_center"
        )
    data_center = next(iter(data_centers))
    return None if data_center == "None" else data_center[1:-1]


# Servers


def _server(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    state = _literal_state(task)
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
    result = _begun(task, module, dropped=others)
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
    result = _begun(task, module, dropped=own)
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
    _description_of_name(task, result)
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


def _check_fleet(task: Task) -> None:
    """Raise Undecided where the number is not that of servers of one name in one group."""
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
    if name == "Default Group" or _GROUP_ID.fullmatch(str(name)):
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
    """Raise Undecided for a range of addresses, by which the new modules know no network; a note where it may be one."""
    network = task.value(option)
    if _RANGE.fullmatch(str(network)):
        raise Undecided(f"{option} is a range of addresses. The new module identifies a network by its id or name")
    if is_template(network):
        result.notes.append(
            f"{option} must be the id or name of a network; before, it could also be a range of addresses"
        )


def _modify_server(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    policies = [name for name in task.options if "policy" in name]
    if _literal_state(task) == "absent" and (policies or not task.value("additional_network")):
        raise Undecided("state absent removed policies from servers; with server it would delete the servers")
    result = _begun(task, module, dropped=("state", "location"))
    _check_range(task, result, "additional_network")
    if not task.value("server_ids"):
        raise Undecided("server_ids is missing")
    form = "({0}.servers | selectattr('id', 'in', {0}.changed_ids) | list)"
    changed = Root(form, "server", many=True, ids="{0}.changed_ids")
    result.results = Results({"server_ids": Root("{0}.changed_ids"), "servers": changed})
    return result


def _server_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    _require_no_expected_error(task, "a server")
    result = _begun(task, module, dropped=("credentials",))
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


def _package(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    result = _begun(task, module)
    result.results = Results({"server_ids": Root("{0}.server_package.server_ids")})
    return result


def _snapshot(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    if _literal_state(task) == "restore":
        raise Undecided(
            "servers without a snapshot were ignored, and are an error of server_snapshot. If each server has one, use "
            "server_snapshot with state reverted"
        )
    return _begun(task, module)


# Public addresses


def _public_ip(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Present: server adds an address to servers without one and does not change the others, as the old module did; public_ip
    would change the ports of an existing address. Absent: public_ip, in a loop over the servers."""
    if _literal_state(task) == "absent":
        return _no_public_ip(task, module)
    own = ("ports", "protocol", "source_restrictions", "state")
    result = _begun(task, module, dropped=own)
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
    result = _begun(task, module, dropped=("ports", "protocol", "source_restrictions"))
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


# Networks and firewalls


def _named_network(task: Task, result: Plan) -> None:
    """Write the old id, which may be an id, a name, or a range, as id or name. Raises Undecided."""
    identifier = task.value("id")
    if not result.lines.get("id"):
        return
    if _is_network_id(identifier):
        return
    if is_template(identifier) or _RANGE.fullmatch(str(identifier)):
        raise Undecided("id may be an id, a name, or a range of addresses. The new module has the options id and name")
    if task.value("name"):
        raise Undecided("it renames a network that it identifies by name. The new module requires the id")
    result.lines["id"] = [Out("name")]


def _is_network_id(identifier: t.Any) -> bool:
    inner = values.expression(identifier) or ""
    return bool(re.search(r"\.(?:id|networkId)$", inner) or _GROUP_ID.fullmatch(str(identifier)))


def _network(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    result = _begun(task, module)
    if not result.lines.get("id") and not result.lines.get("name"):
        raise Undecided("id and name are missing")
    if task.value("id") and _literal_state(task) == "present" and not _is_network_id(task.value("id")):
        raise Undecided("a network with this id or name had to exist. The new module would claim one with the name")
    _named_network(task, result)
    result.results = _of_present(task, {"network": Root("{0}.network", "network")})
    return result


def _network_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    result = _begun(task, module)
    if result.lines.get("id"):
        _require_no_expected_error(task, "a network")
        result.notes.append("a network that does not exist gives an empty list; before, it was an error")
    _named_network(task, result)
    networks = Root("{0}.networks", "network", many=True)
    result.results = Results({"network": Root("{0}.networks[0]", "network"), "networks": networks})
    return result


def _firewall_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    result = _begun(task, module, dropped=("source_account_alias",))
    result.lines["source_account_alias"] = [Out("account_alias")]
    if task.value("enabled") is None and task.value("state") != "absent":
        result.added.append(Out("enabled", True))
    elif task.value("enabled") is not None:
        result.lines["enabled"] = [Out("enabled", values.with_default(task.value("enabled"), True, "enabled"))]
    policy = Root("{0}.firewall_policy", "firewall_policy")
    result.results = _of_present(
        task, {"firewall_policy_id": Root("{0}.firewall_policy.id"), "firewall_policy": policy}
    )
    return result


# Policies


def _anti_affinity_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    result = _begun(task, module, dropped=("wait",))
    result.results = _of_present(task, {"policy": Root("{0}.anti_affinity_policy", "anti_affinity_policy")})
    return result


def _alert_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    parts = [name for name in ("metric", "duration", "threshold") if name in task.options]
    absent = _literal_state(task) == "absent"
    result = _begun(task, module, dropped=parts if absent else parts[1:])
    if parts and not absent:
        result.notes.append("all other triggers are removed; before, additional triggers of the policy were kept")
    result.results = _of_present(task, {"policy": Root("{0}.alert_policy", "alert_policy")})
    return result


# Shared load balancers


def _load_balancer(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    state = _literal_state(task)
    keys = ("name", "location") if state == "port_absent" else ("name", "location", "port")
    if state not in ("present", "absent") and _balancer(task, *keys) not in knowledge.balancers:
        raise Undecided(
            f"state {state} creates no load balancer and no pool, but shared_load_balancer does if there is none, and no task in "
            "these files creates it before"
        )
    if task.value("nodes") and task.value("port") is None and state != "absent":
        raise Undecided("port is missing, but nodes are set")
    parts = [name for name in ("port", "method", "persistence", "nodes") if name in task.options]
    first = next((name for name in parts if name == "port"), None)
    result = _begun(task, module, dropped=[name for name in parts if name != first])
    if first and result.lines[first]:
        result.lines[first].append(Out("purge", False))
    result.results = _of_present(task, {"loadbalancer": Root("{0}.shared_load_balancer", "load_balancer")})
    return result


def _load_balancer_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    _require_no_expected_error(task, "a load balancer")
    result = _begun(task, module)
    result.notes.append("a load balancer that does not exist gives an empty list; before, it was an error")
    result.results = Results({"loadbalancer": Root("{0}.shared_load_balancers[0]", "load_balancer")})
    return result


_PLANNERS: dict[str, Callable[[Task, Module, Knowledge], Plan]] = {
    "clc_aa_policy": _anti_affinity_policy,
    "clc_alert_policy": _alert_policy,
    "clc_blueprint_package": _package,
    "clc_firewall_policy": _firewall_policy,
    "clc_group": _group,
    "clc_group_fact": _group_fact,
    "clc_loadbalancer": _load_balancer,
    "clc_loadbalancer_fact": _load_balancer_fact,
    "clc_modify_server": _modify_server,
    "clc_network": _network,
    "clc_network_fact": _network_fact,
    "clc_publicip": _public_ip,
    "clc_server": _server,
    "clc_server_fact": _server_fact,
    "clc_server_snapshot": _snapshot,
}
