# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server: servers made or removed until there are as many as wanted, and power of servers by id.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ..api import tree
from ..api.errors import ClcError, ConfigurationError
from ..convergence import Result, converge
from ..kit.declaration import Entity
from ..kit.lookup import listed
from ..kit.task import Task
from ..resources import server_view
from ..resources.server import Servers
from ..resources.server_requests import read_server
from .clc_publicip import addresses
from .fleet import OLD_MEMBERS, Number, OldFleet, needed, place_of
from .rules import RULES
from .run import new_task, told_jobs
from .shapes import old_group, old_server, touched
from .table import Table

_COUNTS = ("exact_count", "min_count", "max_count")
_SHORTEST_LIFE = 3600


def work(table: Table, task: Task) -> Result:
    """Make and remove servers of a group, or remove, start and stop servers by id."""
    if task.state != "present":
        return _by_ids(table, task)
    _check(task)
    fleet = _fleet(table, task)
    result = converge(fleet)
    made, partial = fleet.mine(), list[str]()
    if task.option("add_public_ip") and made and not task.check_mode:
        partial = _add_public_ips(fleet, made)
        read = (read_server(task, server_view.server_id(one)) for one in made)
        made = [one for one in read if one is not None]
    ids = [server_view.server_id(one) for one in made]
    return {
        **told_jobs(result),
        "server_ids": touched(fleet, "removed") or [name for name in ids if name not in partial],
        "partially_created_server_ids": partial,
        "servers": [old_server(one) for one in made],
        "group": _group(task, fleet),
    }


# Servers by id


def _by_ids(table: Table, task: Task) -> Result:
    """Remove, start or stop servers. Nothing else of the task counts then: its other options have defaults of their own."""
    given = new_task(table, task).params
    if not given.get("server_ids"):
        raise ConfigurationError(
            "server_ids not given", action="reach", thing=f"state {task.state}", remedy="Name the servers."
        )
    kept = ("server_ids", "state", "wait", "wait_timeout")
    servers = Servers(replace(task, params={name: given[name] for name in kept}))
    result = converge(servers)
    gone = task.state == "absent"
    shown = [] if gone else [old_server(one) for one in servers.members if one.get("id")]
    return {
        **told_jobs(result),
        "server_ids": touched(servers, "removed") if gone else [one["id"].lower() for one in shown],
        "partially_created_server_ids": [],
        "servers": shown,
        "group": None,
    }


# Servers of a group


def _fleet(table: Table, task: Task) -> OldFleet:
    """Return the servers to count and make, in the group that the task counts in."""
    own = {name: task.option(name) for name in OLD_MEMBERS}
    ports = RULES["ports"](task.option("public_ip_ports") or [], task.params)
    new = new_task(table, task, server_ids=None, ports=ports, **own)
    number, wanted = _number(task), str(task.option("group"))
    if number.more is not None:
        target = needed(new, wanted)
        return OldFleet(new, target, target, number)
    return OldFleet(new, needed(new, str(task.option("count_group"))), place_of(new, wanted), number)


def _number(task: Task) -> Number:
    exact, least, most = (task.option(name) for name in _COUNTS)
    if exact is not None:
        return Number(least=exact, most=exact)
    if least is not None or most is not None:
        return Number(least=least, most=most)
    return Number(more=task.option("count"))


def _check(task: Task) -> None:
    """Refuse what cannot be meant, before anything is read."""
    counts = {name: int(task.option(name)) for name in _COUNTS if task.option(name) is not None}
    least, most = counts.get("min_count", 0), counts.get("max_count")
    hyperscale = [task.option(name) == "hyperscale" for name in ("type", "storage_type")]
    life = task.option("ttl")
    rules = (
        (counts and not task.option("count_group"), "count_group", "it is not given", "Say which group is counted."),
        (min(counts.values(), default=0) < 0, listed(counts), "it is below 0", "Give 0 or more."),
        (most is not None and least > most, "min_count", "it is more than max_count", "Give less."),
        (
            task.option("type") != "bareMetal" and hyperscale[0] != hyperscale[1],
            "storage_type",
            "it does not go with type",
            "Type hyperscale wants storage_type hyperscale, and type standard one of the others.",
        ),
        (life is not None and life <= _SHORTEST_LIFE, "ttl", "it is an hour or less", "Give more than 3600 seconds."),
    )
    for wrong, thing, cause, remedy in rules:
        if wrong:
            raise ConfigurationError(cause, action="use", thing=thing, remedy=remedy)
    _check_public_ip(task)


def _check_public_ip(task: Task) -> None:
    if not task.option("add_public_ip"):
        return
    if not task.option("public_ip_ports") and task.option("public_ip_protocol") != "ICMP":
        raise ConfigurationError(
            "public_ip_ports not given", action="use", thing="add_public_ip", remedy="Give the ports to let in."
        )
    if not task.wait:
        raise ConfigurationError(
            "a public address needs a server that is built",
            action="use",
            thing="add_public_ip with wait false",
            remedy="Wait, or add it with clc_publicip once the server is there.",
        )


def _add_public_ips(fleet: OldFleet, made: t.Sequence[Entity]) -> list[str]:
    """Give each new server a public address; return those that got none, of which a warning tells why."""
    task, names = fleet.task, [server_view.server_id(one) for one in made]
    whole = addresses(task, [(name, None) for name in names])
    try:
        converge(whole)
    except ClcError as error:
        read = [(name, read_server(task, name)) for name in names]
        partial = [name for name, one in read if one is None or not server_view.public_addresses(one)]
        task.warn(f"Created without a public address: {listed(partial)}. {error}")
        return partial
    return []


def _group(task: Task, fleet: OldFleet) -> Entity | None:
    """Return the group that servers are made in, as it is after the run; null without waiting, as before."""
    if not task.wait or fleet.target is None:
        return None
    same = fleet.group is not None and fleet.group.id == fleet.target.id
    if same and not fleet.done:
        return old_group(fleet.target.group, map(server_view.server_id, fleet.everyone))
    return old_group(tree.group(task.client, task.account, fleet.target.id))
