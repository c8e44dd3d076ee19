# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is created, changed, and deleted under faults: the resources of `updates`, and those that no update describes.

WITHOUT_CASES has the modules that write and are in no case, with the reason. What no case can show: a run of
backup_anywhere_server that was killed after the registration leaves no installer, and the next run reports no change, since only
the response has the token.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .simulated import SimulatedService
from .updates import FLEET, UPDATES, WA1, Made, Options, Update

Choice = Options | t.Callable[[Made], Options]
Task = tuple[str, Choice]
# What identifies a resource, of the options of its create.
_IDENTITY = (
    "name", "data_center", "group", "database", "recipient", "load_balancer", "port", "server_id", "server_ids", "source",
    "destination", "source_cidr", "destination_cidr", "destination_data_center", "network", "events", "policy",
)  # fmt: skip
# The seed has what the other cases use.
_NEW: dict[str, Options] = {
    "ServerGroup": {"name": "Orders", "description": "New", **WA1},
    "Database": {
        "name": "orders-db", "cpu": 1, "memory_gb": 1, "storage_gb": 10, "backup_retention_days": 7,
        "users": [{"name": "admin", "password": "Orders-2024"}], "data_center": "VA1",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One kind of work on one resource. before: tasks that prepare it. options: the task itself, by the results before."""

    resource: str
    kind: str
    module: str
    before: tuple[Task, ...]
    options: Choice

    def __str__(self) -> str:
        return f"{self.resource}-{self.kind}"

    def prepare(self, service: SimulatedService) -> Options:
        """Run what has to be there before, and return the options of the task."""
        made: Made = {}
        for module, options in self.before:
            outcome = service.run(module, _resolved(options, made))
            assert outcome.changed, (module, outcome)
            made[module] = outcome.result
        service.log()
        return _resolved(self.options, made)


def _resolved(options: Choice, made: Made) -> Options:
    return options(made) if callable(options) else options


def _absent(module: str, create: Choice) -> t.Callable[[Made], Options]:
    """Return the options of a delete: the id, where nothing else identifies the resource, or what its create has in common."""

    def options(made: Made) -> Options:
        if module == "site_to_site_vpn":
            return {"id": made[module][module]["id"], "state": "absent"}
        if module == "server_group_scheduled_activity":
            return {"group": "Shop", "id": made[module][module]["id"], "state": "absent", **WA1}
        if module == "database_backup":
            return {**_DATABASE, "id": made[module][module]["id"], "state": "absent"}
        resolved = _resolved(create, made)
        return {**{key: resolved[key] for key in _IDENTITY if key in resolved}, "state": "absent"}

    return options


def _cases(update: Update) -> list[Case]:
    """Return create, change, and delete of a resource that an update describes."""
    name, module = update.resource, update.module
    last = max(number for number, (used, _options) in enumerate(update.before) if used == module)
    before, create = update.before[:last], update.before[last][1]
    other = _NEW.get(name, create)
    cases = [
        Case(name, "create", module, before, other),
        Case(name, "change", module, update.before, update.change),
        Case(name, "delete", module, (*before, (module, other)), _absent(module, other)),
    ]
    return cases[:2] if name == "ServerGroupDefault" else cases  # defaults exist as long as their group


def _created_and_deleted(name: str, module: str, create: Options, *before: Task) -> list[Case]:
    return [
        Case(name, "create", module, before, create),
        Case(name, "delete", module, (*before, (module, create)), _absent(module, create)),
    ]


def _restored(made: Made) -> Options:
    backup_id = made["database_backup"]["database_backup"]["id"]
    return {**_DATABASE, "id": backup_id, "state": "restored", "to_database": "shop-db"}


_SERVERS = {"server_ids": ["WA1DEMOWEB01", "WA1DEMOAPP01"]}
_DATABASE = {"database": "shop-db", "data_center": "VA1"}
_HOOK = {"events": ["Server.Created", "Server.Deleted"], "target_uris": ["https://user:s3cret@hooks.example.com/clc"]}
_EVENTS = {
    "server_id": "WA1DEMOWEB01", "destinations": [{"type": "email", "email_address": "security@example.com"}],
}  # fmt: skip
_OTHER_EVENTS = {**_EVENTS, "destinations": [{"type": "email", "email_address": "other@example.com"}]}
_POLICY = next(update for update in UPDATES if update.resource == "BackupPolicy").before[0]
_DATABASE_TASK = next(update for update in UPDATES if update.resource == "Database").before[0]
_AGENT: Task = ("ips_agent", {"server_ids": ["WA1DEMOWEB01"]})

# The IP addresses that these servers of the seed have.
_NODES = [{"ip_address": address, "private_port": 8443} for address in ("10.82.12.13", "10.82.12.15")]
_NODE_POOLS: tuple[Task, ...] = (
    ("shared_load_balancer", {"name": "front", "pools": [{"port": 443, "nodes": _NODES}], **WA1}),
    ("load_balancer", {"name": "shop", **WA1}),
    (
        "load_balancer_pool",
        {"load_balancer": "shop", "port": 443, "load_balancing_mode": "tcp", "nodes": _NODES, **WA1},
    ),
)

CASES: tuple[Case, ...] = (
    *(case for update in (*UPDATES, FLEET) for case in _cases(update)),
    *_created_and_deleted("ServerSnapshots", "server_snapshot", _SERVERS),
    *_created_and_deleted("IpsAgents", "ips_agent", _SERVERS),
    *_created_and_deleted("IpsNotifications", "ips_notification", _EVENTS, _AGENT),
    Case("IpsNotifications", "change", "ips_notification", (_AGENT, ("ips_notification", _EVENTS)), _OTHER_EVENTS),
    *_created_and_deleted("Webhook", "webhook", _HOOK),
    Case(
        "Webhook", "change", "webhook", (("webhook", _HOOK),),
        {**_HOOK, "target_uris": ["https://audit.example.net/clc"], "recursive": True},
    ),
    *_created_and_deleted(
        "BackupServerPolicies", "backup_server_policy", {"policy": "home", "storage_region": "US EAST", **_SERVERS}, _POLICY
    ),
    _created_and_deleted("DatabaseBackup", "database_backup", _DATABASE, _DATABASE_TASK)[1],  # each create makes another backup
    Case("LoadBalancerNodes", "change", "load_balancer_node", _NODE_POOLS, {**_SERVERS, "state": "disabled"}),
    Case(
        "BackupAnywhereServer", "create", "backup_anywhere_server", (),
        {"name": "office", "os_type": "Linux", "installer_dest": "install-backup.sh"},
    ),
)  # fmt: skip

# Work that each run does again, so that no later run can show that nothing is done twice: what exists, and what was executed,
# after the run with the fault shows it.
ACTIONS: tuple[Case, ...] = (
    Case(
        "api", "post", "api", (),
        {"method": "POST", "path": "/v2/operations/{account}/servers/powerOff", "body": ["WA1DEMOAPP01"]},
    ),
    Case("DatabaseBackup", "create", "database_backup", (_DATABASE_TASK,), _DATABASE),
    Case("DatabaseBackup", "restore", "database_backup", (_DATABASE_TASK, ("database_backup", _DATABASE)), _restored),
    Case("DatabaseFailover", "fail over", "database_failover", (), _DATABASE),
    Case(
        "ServerImport", "import", "server_import", (),
        {
            "name": "IMPX", "group": "Default Group", "ovf_id": "DEMO/LEGACY-APP", "os_type": "RedHat6_64Bit",
            "administrator_password": "Ex4mple-Root-Pw", "cpu": 1, "memory_gb": 1, **WA1,
        },
    ),
    Case("ServerPackages", "run", "server_package", (), {**_SERVERS, "package_id": "3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b"}),
    Case("ServerPatches", "patch", "server_patch", (), {"server_ids": ["WA1DEMOWEB01", "WA1DEMOJUMP01"]}),
    Case(
        "ServerTemplate", "convert", "server_template", (),
        {"server_id": "WA1DEMOJUMP01", "description": "X", "template_password": "Ex4mple-Root-Pw"},
    ),
)  # fmt: skip

WITHOUT_CASES: dict[str, str] = {"backup_report": "reads the service and writes a file"}
