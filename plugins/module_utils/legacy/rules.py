# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From values as playbooks of the predecessors have them to values of the new options. Pure functions, by the names in the tables.

A rule takes the value, never None, and all options of the task; it returns None where nothing is to be said, and raises
ValueError for a value that it cannot take.

Private to the collection: names and shapes may change in any release. Nothing here imports anything of it.
"""

from __future__ import annotations

import datetime
import typing as t

Options = t.Mapping[str, t.Any]
Rule = t.Callable[[t.Any, Options], t.Any]


def same(value: t.Any, options: Options) -> t.Any:
    """Take the value as it is."""
    return value


def names(value: t.Any, options: Options) -> list[str]:
    """Take a list of names; in a comma-separated text there may be blanks around them."""
    return [text for one in value for text in [str(one).strip()] if text]


def text(value: t.Any, options: Options) -> str | None:
    """Take a text. Empty ones and what Ansible makes of false stand for leaving the option out."""
    return None if str(value).strip().lower() in ("", "false", "none") else str(value).strip()


def yes(value: t.Any, options: Options) -> bool | None:
    """Take a switch that is said only where it is on."""
    return True if value else None


def some(value: t.Any, options: Options) -> t.Any:
    """Take a list or map that is said only where something is in it."""
    return value or None


def ports(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Take a list of ports of one protocol: numbers, texts, ranges such as 8000-8010, or maps with a port."""
    protocol = str(options.get("protocol") or options.get("public_ip_protocol") or "tcp").lower()
    if protocol == "icmp":
        return [{"protocol": "icmp"}]
    given = [one.get("port") if isinstance(one, dict) else one for one in value]
    return [{"protocol": protocol, **_port(str(one))} for one in given] or None


def _port(told: str) -> dict[str, int]:
    first, _dash, last = told.partition("-")
    try:
        return {"port": int(first), "port_to": int(last)} if last else {"port": int(first)}
    except ValueError as error:
        raise ValueError(f"'{told}' is no port, which is a number or a range such as 8000-8010") from error


def disks(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Take additional disks, named as the service names their members."""
    wanted = {"path": "path", "sizeGB": "size_gb", "type": "type"}
    return [{new: one[old] for old, new in wanted.items() if one.get(old) is not None} for one in value] or None


def packages(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Take packages to run, named as the service names their members."""
    return [{"package_id": one["packageId"], "parameters": one.get("parameters")} for one in value] or None


def adapter(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Take a further network, which the old state adds or removes."""
    wanted = text(value, options)
    return [{"network": wanted, "state": options.get("state")}] if wanted else None


def listed(value: t.Any, options: Options) -> list[str] | None:
    """Take one text as a list of it."""
    wanted = text(value, options)
    return [wanted] if wanted else None


def trigger(value: t.Any, options: Options) -> list[dict[str, t.Any]]:
    """Take the parts of an alert's one trigger, those that are given."""
    return [{name: options[name] for name in ("metric", "duration", "threshold") if options.get(name) is not None}]


def disabled(value: t.Any, options: Options) -> str | None:
    """Take a status that is said only where it is not what it is by default."""
    return None if value == "enabled" else str(value)


def pool(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Take the one pool of a load balancer, known by its port, as far as the old state says something of it."""
    port, state = options.get("port"), options.get("state")
    if port is None or state == "absent":
        return None
    if state == "port_absent":
        return [{"port": int(port), "state": "absent"}]
    kept = ("method", "persistence") if state == "present" else ()
    given = {name: options[name] for name in kept if options.get(name) is not None}
    nodes = [_node(one, "absent" if state == "nodes_absent" else "present") for one in options.get("nodes") or []]
    return [{"port": int(port), **given, **({"nodes": nodes} if nodes else {}), "state": "present"}]


def _node(one: Options, state: str) -> dict[str, t.Any]:
    status = {"status": one["status"]} if one.get("status") and state == "present" else {}
    return {"ip_address": one["ipAddress"], "private_port": int(one["privatePort"]), **status, "state": state}


def fields(value: t.Any, options: Options) -> dict[str, str] | None:
    """Take custom fields: a list of id and value becomes a map."""
    return {str(one["id"]): one.get("value") for one in value} or None


def moment(value: t.Any, options: Options) -> str:
    """Take a life in seconds from now; the service wants the moment of its end."""
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=int(value))
    return ends.strftime("%Y-%m-%dT%H:%M:%SZ")


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        same,
        names,
        text,
        yes,
        some,
        ports,
        disks,
        packages,
        adapter,
        listed,
        trigger,
        disabled,
        pool,
        fields,
        moment,
    )
}
