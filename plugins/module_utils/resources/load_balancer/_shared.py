# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a load balancer's pool, for both products: which ones to send, and how to keep concurrent changes of others.

API behavior (shared-load-balancers.yaml and lbaas.yaml): there is no request for a single node; each update sends all of them;
the same IP address and port can occur more than once.

Design decisions: IP address and port identify a node. A task that keeps the nodes of others (purge: false) can be overtaken by
another client that read the list before and sends it afterwards. So the task reads right before it writes, waits as long as a
write takes, reads again, and repeats the update if its nodes are not as desired: at most five times.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import random
import time
import typing as t

from ...api.errors import ClcError, InvalidTaskError
from ...kit import problems
from ...kit.predicted import has_placeholder
from ...kit.resource import Entity
from ...kit.task import Task
from ..server import server_references

DELETED = "deleted"
_MAX_UPDATES = 5
# Properties of a node by option; each product lacks some of them.
_NODE_PROPERTIES = {
    "ip_address": "ipAddress",
    "private_port": "privatePort",
    "status": "status",
    "server_weight": "serverWeight",
}
_HEALTH_CHECK_PROPERTIES = {
    "unhealthy_threshold": "unhealthyThreshold",
    "healthy_threshold": "healthyThreshold",
    "interval_seconds": "intervalSeconds",
    "target_port": "targetPort",
    "mode": "mode",
    "http_method": "httpHealthCheckMethod",
    "http_url": "httpHealthCheckUrl",
}
_REQUIRED = ("unhealthy_threshold", "healthy_threshold", "interval_seconds", "target_port")

Option = t.Mapping[str, t.Any]


# Comparison


def same_nodes(desired: t.Any, actual: t.Any) -> bool:
    """Compare nodes in any order, ignoring duplicates. The status defaults to enabled, and the weight to 1, as in the service."""
    return _node_keys(desired) == _node_keys(actual)


def _node_keys(nodes: t.Any) -> set[tuple[t.Any, ...]]:
    return {
        (
            node.get("ipAddress"),
            int(node["privatePort"]),
            str(node.get("status") or "enabled").lower(),
            int(node.get("serverWeight") or 1),
            _health_check_key(node.get("healthCheck")),
        )
        for node in nodes or []
    }


def same_health_check(desired: t.Any, actual: t.Any) -> bool:
    """Compare health checks: the mode defaults to TCP, mode and HTTP method are case-insensitive, and null equals empty."""
    return _health_check_key(desired) == _health_check_key(actual)


def _health_check_key(check: t.Any) -> tuple[t.Any, ...] | None:
    if not check:
        return None
    numbers = [int(check[name]) for name in ("unhealthyThreshold", "healthyThreshold", "intervalSeconds", "targetPort")]
    method = str(check.get("httpHealthCheckMethod") or "").upper()
    return (*numbers, str(check.get("mode") or "TCP").upper(), method, check.get("httpHealthCheckUrl") or "")


# Nodes


def validate_nodes(nodes: t.Sequence[Option] | None, option: str) -> None:
    """Raise InvalidTaskError for invalid nodes, before anything is read."""
    for index, node in enumerate(nodes or []):
        place, refers = f"{option}[{index}]", any(node.get(key) is not None for key in server_references.KEYS)
        has_address = node.get("ip_address") not in (None, "")
        if has_address == refers:
            raise problems.invalid_option(
                place,
                "ip_address and a server exclude each other" if refers else "ip_address is missing",
                "Specify ip_address, or server, group, or servers.",
            )
        if refers:
            server_references.check(node, place)
        else:
            _validate_address(node["ip_address"], place)
    _check_unique([node for node in nodes or [] if node.get("ip_address") is not None], option)


def _check_unique(nodes: t.Sequence[Option], option: str) -> None:
    keys = [_key(_to_api(node)) for node in nodes]
    for address, port in keys:
        if keys.count((address, port)) > 1:
            raise problems.invalid_option(
                option, f"{address}:{port} is listed more than once", "List each node only once."
            )


def expand_nodes(task: Task, nodes: t.Sequence[Option], option: str) -> list[Option]:
    """Return nodes with addresses: one for each server that a node refers to. Reads each server and group once per task.

    Raises InvalidTaskError for a server that does not exist or has no address, and if two nodes are the same.
    """
    references = [
        (f"{option}[{index}]", node) for index, node in enumerate(nodes) if node.get("ip_address") in (None, "")
    ]
    addresses = iter(server_references.private_addresses(task, references))
    expanded: list[Option] = []
    for node in nodes:
        own = {name: value for name, value in node.items() if name not in server_references.KEYS}
        if node.get("ip_address") in (None, ""):
            expanded += [{**own, "ip_address": address} for address in next(addresses)]
        else:
            expanded.append(own)
    _check_unique(expanded, option)
    return expanded


def _validate_address(address: t.Any, option: str) -> None:
    if has_placeholder(address):
        return
    try:
        ipaddress.ip_address(str(address))
    except ValueError:
        raise problems.invalid_option(
            f"{option}.ip_address", f"'{address}' is not an IP address", "Specify the private IP address of a server."
        ) from None


def _key(node: Entity) -> tuple[t.Any, int]:
    return node.get("ipAddress"), int(node["privatePort"])


def _to_api(option: Option) -> Entity:
    # A null in a playbook arrives here as an empty string.
    return {name: option.get(key) for key, name in _NODE_PROPERTIES.items() if option.get(key) not in (None, "")}


def merge_nodes(current: t.Sequence[Entity], options: t.Sequence[Option], purge: bool) -> list[Entity]:
    """Return all desired nodes: the current ones that remain, updated with the options, then the new ones.

    Duplicates of a node stay duplicates. Without purge, nodes that the options do not list are kept as they were read.
    """
    options_by_key = {_key(_to_api(option)): option for option in options}
    nodes = []
    for node in current:
        option = options_by_key.get(_key(node))
        if (option is None and purge) or (option is not None and option["state"] == "absent"):
            continue
        nodes.append(_merge_node(node, option) if option else dict(node))
    current_keys = {_key(node) for node in current}
    new = [option for option in options if option["state"] != "absent" and _key(_to_api(option)) not in current_keys]
    return [*nodes, *(_merge_node({"status": "enabled"}, option) for option in new)]


def without_deleted(nodes: t.Sequence[Entity] | None) -> list[Entity]:
    """Return the nodes of a response without deleted ones."""
    return [node for node in nodes or [] if str(node.get("status")).lower() != DELETED]


def _merge_node(node: Entity, option: Option) -> Entity:
    merged = {**node, **_to_api(option)}
    if option.get("health_check") is not None:
        label = f"health check of node {option['ip_address']}:{option['private_port']}"
        merged["healthCheck"] = merge_health_check(node.get("healthCheck"), option["health_check"], label)
    return merged


def merge_health_check(current: Entity | None, option: Option, label: str) -> Entity | None:
    """Return a health check updated with an option: omitted suboptions keep their values; None if the option is empty.

    HTTP method and URL are removed by another mode than HTTP. Raises InvalidTaskError if a suboption is missing, and for a
    method or URL with another mode.
    """
    specified = {name: option.get(key) for key, name in _HEALTH_CHECK_PROPERTIES.items() if option.get(key) is not None}
    if not specified:
        return None
    merged = {**(current or {}), **specified}
    missing = [key for key in _REQUIRED if merged.get(_HEALTH_CHECK_PROPERTIES[key]) is None]
    if missing:
        raise problems.missing_options(label, missing, "set", "They are required for a new health check.")
    merged["mode"] = merged.get("mode") or "TCP"
    if str(merged["mode"]).upper() != "HTTP":
        _check_no_http_options(option, str(merged["mode"]), label)
        merged.update(httpHealthCheckMethod=None, httpHealthCheckUrl=None)
    return merged


def _check_no_http_options(option: Option, mode: str, label: str) -> None:
    unsupported = " and ".join(key for key in ("http_method", "http_url") if option.get(key))
    if unsupported:
        raise InvalidTaskError(
            f"{unsupported} cannot be set if the mode is {mode}",
            action="set",
            target=label,
            help_text=f"Set mode to HTTP, or omit {unsupported}.",
        )


# Results


def node_to_result(node: Entity, keys: t.Iterable[str]) -> Entity:
    """Return a node in result format, with these keys."""
    return {key: node.get(_NODE_PROPERTIES[key]) for key in keys}


def health_check_to_result(check: Entity | None) -> Entity | None:
    """Return a health check in result format; None if there is none."""
    return {key: check.get(name) for key, name in _HEALTH_CHECK_PROPERTIES.items()} if check else None


# Repeated updates


class WriteTracker:
    """Counts the updates of a pool's nodes by a task, and waits after them until concurrent updates are visible."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._counts: dict[t.Any, int] = {}
        self._started: float | None = None

    def record(self, pool: t.Any) -> None:
        """Record that an update is being sent."""
        self._counts[pool] = self._counts.get(pool, 0) + 1
        self._started = time.monotonic()

    def wait_for_other_writers(self) -> None:
        """Wait after an update for as long as it took and a little longer, so that concurrent updates have finished."""
        if self._started is None:
            return
        duration, self._started = time.monotonic() - self._started, None
        delay = duration + random.uniform(0.5, 1.0)
        time.sleep(max(0.0, min(delay, self._task.deadline - time.monotonic())))

    def next_attempt(self, pool: t.Any, target: str) -> int:
        """Return the number of the next update of a pool's nodes. Raises ClcError if there were too many."""
        number = self._counts.get(pool, 0) + 1
        if number > _MAX_UPDATES:
            raise ClcError(
                f"another client changed them after each of {_MAX_UPDATES} updates",
                action="update the nodes of",
                target=target,
                help_text="Find out what else manages this pool, then run the task again.",
            )
        return number
