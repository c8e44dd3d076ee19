# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the values of legacy options to values of the new options: pure functions, which the tables name.

A rule takes the value, which is never None, and all options of the task. It returns None if the new option is to be omitted,
and raises ValueError for an invalid value.

Private to the collection: names and shapes may change in any release. This file imports nothing from the collection.
"""

from __future__ import annotations

import datetime
import typing as t

Options = t.Mapping[str, t.Any]
Rule = t.Callable[[t.Any, Options], t.Any]


def same(value: t.Any, options: Options) -> t.Any:
    """Return the value unchanged."""
    return value


def names(value: t.Any, options: Options) -> list[str]:
    """Return a list of names without surrounding whitespace and empty names."""
    return [name for item in value for name in [str(item).strip()] if name]


def text(value: t.Any, options: Options) -> str | None:
    """Return a string, or None for an empty one and for the string that Ansible converts false to."""
    return None if str(value).strip().lower() in ("", "false", "none") else str(value).strip()


def only_true(value: t.Any, options: Options) -> bool | None:
    """Return true, or None for false."""
    return True if value else None


def non_empty(value: t.Any, options: Options) -> t.Any:
    """Return a list or dict, or None if it is empty."""
    return value or None


def ports(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Convert ports of one protocol: numbers, strings, ranges such as 8000-8010, or dicts with a port."""
    protocol = str(options.get("protocol") or options.get("public_ip_protocol") or "tcp").lower()
    if protocol == "icmp":
        return [{"protocol": "icmp"}]
    specs = [item.get("port") if isinstance(item, dict) else item for item in value]
    return [{"protocol": protocol, **_port(str(spec))} for spec in specs] or None


def _port(spec: str) -> dict[str, int]:
    first, _dash, last = spec.partition("-")
    try:
        return {"port": int(first), "port_to": int(last)} if last else {"port": int(first)}
    except ValueError as error:
        raise ValueError(f"'{spec}' is not a port number or a range such as 8000-8010") from error


def disks(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Convert additional disks, whose keys have the names of the service."""
    keys = {"path": "path", "sizeGB": "size_gb", "type": "type"}
    return [{new: disk[old] for old, new in keys.items() if disk.get(old) is not None} for disk in value] or None


def packages(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Convert packages, whose keys have the names of the service."""
    return [{"package_id": package["packageId"], "parameters": package.get("parameters")} for package in value] or None


def adapter(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Convert a secondary network, which the state of the task adds or removes."""
    network = text(value, options)
    return [{"network": network, "state": options.get("state")}] if network else None


def as_list(value: t.Any, options: Options) -> list[str] | None:
    """Return a list with the string, or None if it is empty."""
    item = text(value, options)
    return [item] if item else None


def trigger(value: t.Any, options: Options) -> list[dict[str, t.Any]]:
    """Return a list with the trigger of an alert policy, with the parts that are set."""
    return [{name: options[name] for name in ("metric", "duration", "threshold") if options.get(name) is not None}]


def disabled(value: t.Any, options: Options) -> str | None:
    """Return a status, or None for enabled, the default of the legacy option."""
    return None if value == "enabled" else str(value)


def pool(value: t.Any, options: Options) -> list[dict[str, t.Any]] | None:
    """Return a list with the pool of a load balancer, as far as the legacy state affects it; the port identifies it."""
    port, state = options.get("port"), options.get("state")
    if port is None or state == "absent":
        return None
    if state == "port_absent":
        return [{"port": int(port), "state": "absent"}]
    names = ("method", "persistence") if state == "present" else ()
    settings = {name: options[name] for name in names if options.get(name) is not None}
    nodes = [_node(node, "absent" if state == "nodes_absent" else "present") for node in options.get("nodes") or []]
    return [{"port": int(port), **settings, **({"nodes": nodes} if nodes else {}), "state": "present"}]


def _node(node: Options, state: str) -> dict[str, t.Any]:
    status = {"status": node["status"]} if node.get("status") and state == "present" else {}
    return {"ip_address": node["ipAddress"], "private_port": int(node["privatePort"]), **status, "state": state}


def fields(value: t.Any, options: Options) -> dict[str, str] | None:
    """Convert a list of custom fields with id and value to a dict."""
    return {str(field["id"]): field.get("value") for field in value} or None


def end_time(value: t.Any, options: Options) -> str:
    """Convert seconds from now to the date and time at which they end, which the service requires."""
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=int(value))
    return ends.strftime("%Y-%m-%dT%H:%M:%SZ")


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        same,
        names,
        text,
        only_true,
        non_empty,
        ports,
        disks,
        packages,
        adapter,
        as_list,
        trigger,
        disabled,
        pool,
        fields,
        end_time,
    )
}
