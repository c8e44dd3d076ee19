# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a load balancer's pool, for both products: which ones to send, and how not to undo what others do meanwhile.

Facts (contract shared-load-balancers.yaml and lbaas.yaml): there is no call for a single node, each change sends all of them;
the same address and port may come more than once.

Decided here: a node is known by address and port. A task that leaves others' nodes alone (purge: false) can be overtaken by
another that read the list before and sends it after. So it reads right before it writes, lets some time pass, as long as a
write takes, reads again and writes again where its nodes are not as wanted: five times at most.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import random
import time
import typing as t

from ...api.errors import ClcError, ConfigurationError
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.task import Task

DELETED = "deleted"
_MOST_WRITES = 5
# Members of a node by option; what only one product has is missing in the options of the other.
_MEMBERS = {
    "ip_address": "ipAddress",
    "private_port": "privatePort",
    "status": "status",
    "server_weight": "serverWeight",
}
_HEALTH = {
    "unhealthy_threshold": "unhealthyThreshold",
    "healthy_threshold": "healthyThreshold",
    "interval_seconds": "intervalSeconds",
    "target_port": "targetPort",
    "mode": "mode",
    "http_method": "httpHealthCheckMethod",
    "http_url": "httpHealthCheckUrl",
}
_NEEDED = ("unhealthy_threshold", "healthy_threshold", "interval_seconds", "target_port")

Option = t.Mapping[str, t.Any]


def same_nodes(wanted: t.Any, shown: t.Any) -> bool:
    """The same nodes of a load balancer, whatever their order and however often one comes.

    A node without status is enabled, and one without weight has the weight 1, as the service counts them.
    """
    return _node_keys(wanted) == _node_keys(shown)


def _node_keys(nodes: t.Any) -> set[tuple[t.Any, ...]]:
    return {
        (
            one.get("ipAddress"),
            int(one["privatePort"]),
            str(one.get("status") or "enabled").lower(),
            int(one.get("serverWeight") or 1),
            _health_key(one.get("healthCheck")),
        )
        for one in nodes or []
    }


def same_health_check(wanted: t.Any, shown: t.Any) -> bool:
    """The same health check: without mode it is TCP, case of mode and verb does not matter, and nothing and empty are the same."""
    return _health_key(wanted) == _health_key(shown)


def _health_key(check: t.Any) -> tuple[t.Any, ...] | None:
    if not check:
        return None
    numbers = [int(check[name]) for name in ("unhealthyThreshold", "healthyThreshold", "intervalSeconds", "targetPort")]
    verb = str(check.get("httpHealthCheckMethod") or "").upper()
    return (*numbers, str(check.get("mode") or "TCP").upper(), verb, check.get("httpHealthCheckUrl") or "")


def check_nodes(task: Task, nodes: t.Sequence[Option] | None, where: str) -> None:
    """Refuse nodes that cannot be meant. An address may be unknown in check mode alone, where its server is yet to be made."""
    keys = [_key(_written(one)) for one in nodes or []]
    for address, port in keys:
        if address is None and task.runs_ahead:
            continue
        _check_address(address, where)
        if keys.count((address, port)) > 1:
            raise ConfigurationError(
                f"{address}:{port} is there more than once", action="use", thing=where, remedy="Give each node once."
            )


def _check_address(address: t.Any, where: str) -> None:
    try:
        ipaddress.ip_address(str(address))
    except ValueError:
        raise ConfigurationError(
            f"'{address}' is no IP address", action="use", thing=where, remedy="Give the private address of a server."
        ) from None


def _key(node: Entity) -> tuple[t.Any, int]:
    return node.get("ipAddress"), int(node["privatePort"])


def _written(option: Option) -> Entity:
    # A null in a playbook comes as an empty text here.
    return {name: option.get(key) for key, name in _MEMBERS.items() if option.get(key) not in (None, "")}


def merged(read: t.Sequence[Entity], options: t.Sequence[Option], purge: bool) -> list[Entity]:
    """Return all nodes as they shall be: those read as far as they stay, changed where the options say so, then the new ones.

    Copies of a node stay copies. Without purge, nodes that the options do not name are kept as they were read.
    """
    wanted = {_key(_written(one)): one for one in options}
    nodes = []
    for node in read:
        option = wanted.get(_key(node))
        if (option is None and purge) or (option is not None and option["state"] == "absent"):
            continue
        nodes.append(_changed(node, option) if option else dict(node))
    there = {_key(node) for node in read}
    new = [one for one in options if one["state"] != "absent" and (_key(_written(one)) not in there)]
    return [*nodes, *(_changed({"status": "enabled"}, one) for one in new)]


def living(nodes: t.Sequence[Entity] | None) -> list[Entity]:
    """Return the nodes of an answer without those that are deleted."""
    return [one for one in nodes or [] if str(one.get("status")).lower() != DELETED]


def _changed(node: Entity, option: Option) -> Entity:
    changed = {**node, **_written(option)}
    if option.get("health_check") is not None:
        thing = f"the health check of {option['ip_address']}:{option['private_port']}"
        changed["healthCheck"] = health_check(node.get("healthCheck"), option["health_check"], thing)
    return changed


def health_check(read: Entity | None, option: Option, thing: str) -> Entity | None:
    """Return a health check as the option changes it: what is not given stays, and an empty one means none.

    Verb and address go with mode HTTP alone, so another mode takes them away. Raises ConfigurationError where a part is missing,
    and where verb or address is given for another mode.
    """
    given = {name: option.get(key) for key, name in _HEALTH.items() if option.get(key) is not None}
    if not given:
        return None
    whole = {**(read or {}), **given}
    lacking = [key for key in _NEEDED if whole.get(_HEALTH[key]) is None]
    if lacking:
        raise ConfigurationError(f"{listed(lacking)} not given", action="set", thing=thing, remedy="Give all of them.")
    whole["mode"] = whole.get("mode") or "TCP"
    if str(whole["mode"]).upper() != "HTTP":
        strange = [key for key in ("http_method", "http_url") if option.get(key)]
        if strange:
            raise ConfigurationError(
                f"{listed(strange)} given, but the mode is {whole['mode']}",
                action="set",
                thing=thing,
                remedy="Give mode HTTP, or leave them out.",
            )
        whole.update(httpHealthCheckMethod=None, httpHealthCheckUrl=None)
    return whole


def shown_node(node: Entity, keys: t.Iterable[str]) -> Entity:
    """Return a node as results have it, with these keys."""
    return {key: node.get(_MEMBERS[key]) for key in keys}


def shown_health_check(check: Entity | None) -> Entity | None:
    """Return a health check as results have it; null where there is none."""
    return {key: check.get(name) for key, name in _HEALTH.items()} if check else None


class Writes:
    """The writes of a task's nodes, and the time that it gives others' writes to come to light."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._sent: dict[t.Any, int] = {}
        self._began: float | None = None

    def begin(self, pool: t.Any) -> None:
        """Note a write that is being sent."""
        self._sent[pool] = self._sent.get(pool, 0) + 1
        self._began = time.monotonic()

    def rest(self) -> None:
        """After a write, wait as long again as it took and a little more, so that whoever was under way has arrived."""
        if self._began is None:
            return
        taken, self._began = time.monotonic() - self._began, None
        pause = taken + random.uniform(0.5, 1.0)
        time.sleep(max(0.0, min(pause, self._task.deadline - time.monotonic())))

    def next_attempt(self, pool: t.Any, target: str) -> int:
        """Return which write of a pool's nodes comes next. Raises ClcError if others have undone it too often."""
        number = self._sent.get(pool, 0) + 1
        if number > _MOST_WRITES:
            raise ClcError(
                f"they were written {_MOST_WRITES} times, and something else changed them each time",
                action="change the nodes of",
                thing=target,
                remedy="Find out what else manages this pool, and run the task again.",
            )
        return number
