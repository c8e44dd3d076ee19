# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server: servers made or removed until there are as many as wanted, and power of servers by id.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api import tree
from ..api.errors import ClcError, ConfigurationError
from ..convergence import Result, converge
from ..kit.declaration import Entity
from ..kit.lookup import listed
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server.server import Servers
from .fleet import Completion, Number, OldFleet, needed, place_of
from .run import new_task, ruled, told_jobs
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
    made, partial = _completed(fleet)
    ids = [server_result.server_id(one) for one in made]
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
    servers = Servers(task.with_options({name: given[name] for name in kept}))
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
    ports = ruled("ports", "public_ip_ports", task.option("public_ip_ports") or [], task.params)
    public_ip = {"ports": ports} if task.option("add_public_ip") else None
    new = new_task(table, task, server_ids=None, public_ip=public_ip)
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
    _check_completion(task)


def _check_completion(task: Task) -> None:
    """Refuse what new servers cannot get once they are built."""
    lacks_ports = not task.option("public_ip_ports") and task.option("public_ip_protocol") != "ICMP"
    if task.option("add_public_ip") and lacks_ports:
        raise ConfigurationError(
            "public_ip_ports not given", action="use", thing="add_public_ip", remedy="Give the ports to let in."
        )
    later = {
        "add_public_ip": ("a public address", "clc_publicip"),
        "alert_policy_id": ("an alert policy", "clc_modify_server"),
        "alert_policy_name": ("an alert policy", "clc_modify_server"),
    }
    given = [name for name in later if task.option(name)]
    if given and not task.wait:
        told, module = later[given[0]]
        raise ConfigurationError(
            f"{told} needs a server that is built",
            action="use",
            thing=f"{given[0]} with wait false",
            remedy=f"Wait, or add it with {module} once the server is there.",
        )


def _completed(fleet: OldFleet) -> tuple[list[Entity], list[str]]:
    """Give new servers what they get once they are built.

    Returns them as they are then, and the ids of those that lack something; a warning tells what and why.
    """
    task, made = fleet.task, fleet.mine()
    if not made or not (task.option("public_ip") or task.option("alert_policies")):
        return made, []
    names = [server_result.server_id(one) for one in made]
    rest = Completion(task, names)
    try:
        converge(rest)
    except ClcError as error:
        lacking = rest.plan()
        told = listed(step.label for step in lacking) or f"nobody knows what {listed(names)} have"
        task.warn(f"The servers were created, but not all was done then: {told}. {error}")
        partial = {name for step in lacking for name in step.target_ids} if rest.members else {*names}
        return rest.members or made, sorted(partial)
    return rest.members, []


def _group(task: Task, fleet: OldFleet) -> Entity | None:
    """Return the group that servers are made in, as it is after the run; null without waiting, as before."""
    if not task.wait or fleet.target is None:
        return None
    same = fleet.group is not None and fleet.group.id == fleet.target.id
    if same and not fleet.done:
        return old_group(fleet.target.group, map(server_result.server_id, fleet.group_servers))
    try:
        return old_group(tree.group(task.client, task.account, fleet.target.id))
    except ClcError as error:
        if not fleet.done:
            raise
        # What was made or removed has to be told, with the group or without it.
        task.warn(f"All was done, but the group could not be read then: {error}")
        return None
