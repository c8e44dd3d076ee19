# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an old result's keys are in the results of the new modules, and how expressions that read them are rewritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Keys that every result has, whichever module made it.
GENERAL = frozenset(
    {
        "attempts",
        "changed",
        "diff",
        "exception",
        "failed",
        "invocation",
        "item",
        "jobs",
        "msg",
        "pending",
        "skipped",
        "status_code",
        "warnings",
    }
)
_STEP = re.compile(r"\.(\w+)|\[(-?\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")
_MAP = re.compile(r"(\s*\|\s*map\(\s*attribute\s*=\s*)(['\"])([^'\"]+)\2")
# What asks no more of a list than whether there is anything in it, or how much. `or` hands the list itself on, so it asks no more
# only if the whole is a condition.
_HARMLESS = re.compile(r"\s*(?:\|\s*(?:length|count)\b|==\s*\[\]|!=\s*\[\]|(?:and|else)\b)")
_HARMLESS_IN_CONDITION = re.compile(r"\s*or\b")
_FIRST_PUBLIC = "({0}.public_ip_addresses | default([], true) | first | default(none))"


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


# For each kind of thing: the old path to a value in it, and the new one. {0} is the expression for the thing.
_PLAIN_SERVER = {
    **_same("id", "name", "description", "status", "type", "os"),
    "groupId": "group_id",
    "locationId": "data_center",
    "storageType": "storage_type",
    "osType": "os_type",
    "isTemplate": "is_template",
    "ipaddress": "ip_address",
    "details.cpu": "cpu",
    "details.memoryGB": "memory_gb",
    "details.memory": "memory_gb",
    "details.storageGB": "storage_gb",
    "details.powerState": "power_state",
    "details.hostName": "host_name",
    "details.inMaintenanceMode": "in_maintenance_mode",
    "details.ipAddresses.0.internal": "ip_address",
    "credentials.userName": "credentials.user_name",
    "credentials.password": "credentials.password",
}
KINDS: Mapping[str, Mapping[str, str]] = {
    "server": {
        **_PLAIN_SERVER,
        "publicip": _FIRST_PUBLIC,
        "details.ipAddresses.0.public": _FIRST_PUBLIC,
    },
    "group": {
        **_same("id", "name", "description", "type", "status"),
        "locationId": "data_center",
        "serversCount": "servers_count",
        "servers": "server_ids",
    },
    # The group of a fleet: of what the old result told of it the new one has the servers, those of the fleet.
    "fleet": {"servers": "({0}.servers | map(attribute='id') | list)"},
    "network": _same("id", "name", "description", "cidr", "gateway", "netmask", "type", "vlan"),
    "anti_affinity_policy": {**_same("id", "name"), "location": "data_center", "servers": "server_ids"},
    "alert_policy": _same("id", "name", "actions", "triggers"),
    "load_balancer": {**_same("id", "name", "description", "status"), "ipAddress": "ip_address"},
    "firewall_policy": {
        **_same("id", "status", "enabled", "source", "destination", "ports"),
        "destinationAccount": "destination_account",
    },
}


@dataclass(frozen=True)
class Root:
    """What one key of the old result is now. form: an expression with {0} for the registered variable.

    kind: what it is, of KINDS; None for a plain value or a list of such. many: whether it is a list of that kind.
    without: old paths that the new result does not have. ids: the form of a list that is as long, and shorter to write.
    note: what a reader of a use has to know.
    """

    form: str
    kind: str | None = None
    many: bool = False
    without: frozenset[str] = frozenset()
    ids: str = ""
    note: str = ""


@dataclass(frozen=True)
class Results:
    """The new result of a task. looped: whether it is now made for several items, where it was made once."""

    roots: Mapping[str, Root] = field(default_factory=dict)
    looped: bool = False


@dataclass(frozen=True)
class Rewritten:
    """A use in its new form. text replaces variable and path; tail is how much behind it goes along.

    item: the kind of things in it, if it is a whole list that nothing is done with.
    """

    text: str
    tail: int = 0
    item: str | None = None


def steps(path: str) -> list[str]:
    """Split a path such as .servers[0]['id'] into its steps."""
    return [next(group for group in found.groups() if group is not None) for found in _STEP.finditer(path)]


def of_resource(kind: str, inside: list[str], expression: str) -> str | None:
    """Return the expression for a value of a thing; None if the new thing has none."""
    for length in range(len(inside), 0, -1):
        new = KINDS[kind].get(".".join(inside[:length]))
        if new is None:
            continue
        rest = "".join(f"[{step}]" if step.lstrip("-").isdigit() else f".{step}" for step in inside[length:])
        return (new.format(expression) if "{0}" in new else f"{expression}.{new}") + rest
    return None


def rewritten(
    results: Results, variable: str, path: str, tail: str, looped: bool, condition: bool = False
) -> Rewritten | None:
    """Return a use of a registered result as it has to be now; None if that cannot be said.

    tail: what stands behind the use in the expression. looped: whether the old task had a loop, so that results come first.
    condition: whether the use is a part of a condition, in no parentheses.
    """
    inside = steps(path)
    if tail.startswith("(") or not inside:
        # Tests such as `clc is changed` hold for all results; all else wants the whole of it.
        fits = not inside and re.match(
            r"\s+is\s+(?:not\s+)?(?:changed|failed|succeeded|success|skipped|defined|undefined)\b", tail
        )
        return Rewritten(variable) if fits else None
    if inside[0] in GENERAL:
        return Rewritten(variable + path)
    if looped:
        if inside == ["results"] and _HARMLESS.match(tail):
            return Rewritten(variable + path)
        if inside[0] != "results" or len(inside) < 3 or not inside[1].lstrip("-").isdigit():
            return None
        variable, inside = f"{variable}.results[{inside[1]}]", inside[2:]
        if inside[0] in GENERAL:
            return Rewritten(f"{variable}.{inside[0]}" + "".join(f".{step}" for step in inside[1:]))
    root = results.roots.get(inside[0])
    return _in_root(root, inside[1:], variable, tail, condition) if root else None


def _in_root(root: Root, inside: list[str], variable: str, tail: str, condition: bool) -> Rewritten | None:
    expression = root.form.format(variable)
    if root.kind is None:
        rest = "".join(f"[{step}]" if step.lstrip("-").isdigit() else f".{step}" for step in inside)
        return Rewritten(expression + rest)
    if not root.many:
        known = bool(inside) and ".".join(inside) not in root.without
        text = of_resource(root.kind, inside, expression) if known else None
        return Rewritten(text) if text else None
    if inside and inside[0].lstrip("-").isdigit():
        if len(inside) == 1:
            return None
        text = of_resource(root.kind, inside[1:], f"{expression}[{inside[0]}]")
        return Rewritten(text) if text else None
    return None if inside else _whole_list(root, variable, tail, condition)


def _whole_list(root: Root, variable: str, tail: str, condition: bool) -> Rewritten | None:
    """Return a whole list of things, if what is done with it does not look into them, or takes one value of each."""
    kind, expression = str(root.kind), root.form.format(variable)
    mapped = _MAP.match(tail)
    if mapped:
        inside = steps("." + mapped[3])
        new = KINDS[kind].get(".".join(inside))
        if new is None or "{0}" in new:
            return None
        return Rewritten(f"{expression}{mapped[1]}{mapped[2]}{new}{mapped[2]}", tail=mapped.end())
    if not tail.strip():
        return Rewritten(expression, item=kind)
    asked = _HARMLESS.match(tail) or (condition and _HARMLESS_IN_CONDITION.match(tail))
    return Rewritten((root.ids or root.form).format(variable)) if asked else None
