# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server: servers made or removed until there are as many as wanted, and power of servers by id.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api import tree
from ..api.errors import ClcError
from ..convergence import Result, converge
from ..kit import problems
from ..kit.lookup import format_list
from ..kit.predicted import exists
from ..kit.resource import Entity
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server.public_ip import NEW
from ..resources.server.server import Servers
from .fleet import Completion, LegacyFleet, ServerCount, find_group, require_group
from .run import apply_rule, job_result, new_task
from .shapes import legacy_group, legacy_server, modified_ids
from .table import Table

_COUNTS = ("exact_count", "min_count", "max_count")
_MIN_TTL_SECONDS = 3600


def work(table: Table, task: Task) -> Result:
    """Create and delete servers of a group, or delete, start, and stop servers by id."""
    if task.state != "present":
        return _by_ids(table, task)
    _validate(task)
    fleet = _fleet(table, task)
    result = converge(fleet)
    created, partial = _complete(fleet)
    ids = [server_result.server_id(server) for server in created]
    return {
        **job_result(result),
        "server_ids": modified_ids(fleet, "removed") or [server_id for server_id in ids if server_id not in partial],
        "partially_created_server_ids": partial,
        "servers": [legacy_server(server) for server in created],
        "group": _group(task, fleet),
    }


# Servers by id


def _by_ids(table: Table, task: Task) -> Result:
    """Delete, start, or stop servers. Other options are ignored, since some have defaults that the task did not set."""
    options = new_task(table, task).params
    if not options.get("server_ids"):
        raise problems.missing_options(f"state {task.state}", ["server_ids"], "use", "Specify the ids of the servers.")
    names = ("server_ids", "state", "wait", "wait_timeout")
    servers = Servers(task.with_options({name: options[name] for name in names}))
    result = converge(servers)
    is_deletion = task.state == "absent"
    results = [] if is_deletion else [legacy_server(server) for server in servers.members if exists(server)]
    return {
        **job_result(result),
        "server_ids": modified_ids(servers, "removed") if is_deletion else [server["id"].lower() for server in results],
        "partially_created_server_ids": [],
        "servers": results,
        "group": None,
    }


# Servers of a group


def _fleet(table: Table, task: Task) -> LegacyFleet:
    """Return the servers to count and create, in the group that the task counts in."""
    ports = apply_rule("ports", "public_ip_ports", task.option("public_ip_ports") or [], task.params)
    # As in the original module, the service assigns a new internal IP address.
    public_ip = {"ports": ports, "internal_ip": NEW} if task.option("add_public_ip") else None
    new = new_task(table, task, server_ids=None, public_ip=public_ip)
    count, group = _desired_count(task), str(task.option("group"))
    if count.additional is not None:
        target = require_group(new, group)
        return LegacyFleet(new, target, target, count)
    return LegacyFleet(new, require_group(new, str(task.option("count_group"))), find_group(new, group), count)


def _desired_count(task: Task) -> ServerCount:
    exact, minimum, maximum = (task.option(name) for name in _COUNTS)
    if exact is not None:
        return ServerCount(minimum=exact, maximum=exact)
    if minimum is not None or maximum is not None:
        return ServerCount(minimum=minimum, maximum=maximum)
    return ServerCount(additional=task.option("count"))


def _validate(task: Task) -> None:
    """Raise InvalidTaskError for invalid options, before anything is read."""
    counts = {name: int(task.option(name)) for name in _COUNTS if task.option(name) is not None}
    minimum, maximum = counts.get("min_count", 0), counts.get("max_count")
    hyperscale = [task.option(name) == "hyperscale" for name in ("type", "storage_type")]
    ttl = task.option("ttl")
    if counts and not task.option("count_group"):
        raise problems.missing_options(
            format_list(counts), ["count_group"], "use", "Set count_group to the group to count in."
        )
    rules = (
        (min(counts.values(), default=0) < 0, format_list(counts), "it is less than 0", ""),
        (maximum is not None and minimum > maximum, "min_count", "it is greater than max_count", ""),
        (
            task.option("type") != "bareMetal" and hyperscale[0] != hyperscale[1],
            "storage_type",
            "it does not match type",
            "Type hyperscale requires storage_type hyperscale, and type standard requires standard or premium.",
        ),
        (ttl is not None and ttl <= _MIN_TTL_SECONDS, "ttl", f"it is not greater than {_MIN_TTL_SECONDS} seconds", ""),
    )
    for is_invalid, option, cause, help_text in rules:
        if is_invalid:
            raise problems.invalid_option(option, cause, help_text)
    _check_completion(task)


def _check_completion(task: Task) -> None:
    """Validate the options that are applied to new servers after they have been built."""
    ports_missing = not task.option("public_ip_ports") and task.option("public_ip_protocol") != "ICMP"
    if task.option("add_public_ip") and ports_missing:
        raise problems.missing_options("add_public_ip", ["public_ip_ports"], "use", "Specify the ports to allow.")
    deferred = {
        "add_public_ip": ("a public IP address", "clc_publicip"),
        "alert_policy_id": ("an alert policy", "clc_modify_server"),
        "alert_policy_name": ("an alert policy", "clc_modify_server"),
    }
    names = [name for name in deferred if task.option(name)]
    if names and not task.wait:
        description, module = deferred[names[0]]
        raise problems.invalid_option(
            names[0],
            f"{description} can be added only after the server has been built, but wait is false",
            f"Set wait to true, or use {module} after the server has been built.",
        )


def _complete(fleet: LegacyFleet) -> tuple[list[Entity], list[str]]:
    """Add public IP addresses and alert policies to new servers.

    Returns the servers after that, and the ids of those that are incomplete, with a warning that lists the missing steps.
    """
    task, created = fleet.task, fleet.created_servers()
    if not created or not (task.option("public_ip") or task.option("alert_policies")):
        return created, []
    server_ids = [server_result.server_id(server) for server in created]
    completion = Completion(task, server_ids)
    try:
        converge(completion)
    except ClcError as error:
        missing = completion.plan()
        steps = format_list(step.label for step in missing) or f"unknown for {format_list(server_ids)}"
        task.warn(f"The servers were created, but some steps are missing: {steps}. {error}")
        partial = (
            {target_id for step in missing for target_id in step.target_ids} if completion.members else {*server_ids}
        )
        return completion.members or created, sorted(partial)
    return completion.members, []


def _group(task: Task, fleet: LegacyFleet) -> Entity | None:
    """Return the group of new servers after the run; null for a task that does not wait, as in the original module."""
    if not task.wait or fleet.target is None:
        return None
    is_counted = fleet.group is not None and fleet.group.id == fleet.target.id
    if is_counted and not fleet.done:
        return legacy_group(fleet.target.group, map(server_result.server_id, fleet.group_servers))
    try:
        return legacy_group(tree.group(task.client, task.account, fleet.target.id))
    except ClcError as error:
        if not fleet.done:
            raise
        # The result must contain the created or deleted servers even without the group.
        task.warn(f"All steps were completed, but the group could not be read: {error}")
        return None
