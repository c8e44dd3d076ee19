# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for firewall policies within a data center and between data centers.

A policy has no job that could be read: it is pending until its own status says active or error.

Decisions:
  - A policy is pending for the duration of a job after its creation and after each change, and can be changed and deleted in
    the meantime. Omitted properties are not changed. An unknown id is 404.
  - The account of the destination must exist; whether its networks do is not checked.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import Table
from clc_simulator.core.errors import NO_SUCH_RESOURCE, not_found, validation_error
from clc_simulator.core.operations import RequestContext

ACTIVE, PENDING, ERROR = "active", "pending", "error"
METHODS = ["GET", "PUT", "DELETE"]

SEED_POLICY = {
    "id": {"$ref": "#/$defs/id"},
    "destination_account": {"$ref": "#/$defs/alias"},
    "enabled": {"type": "boolean"},
    "status": {"enum": [ACTIVE, PENDING, ERROR]},
}
"""Properties of both kinds of policies in a seed. The status does not change until the policy is updated."""
SEED_CIDR = {"type": "string", "pattern": "^[0-9.]+/[0-9]+$"}


def start_change(request: RequestContext, policy: Any) -> None:
    """Schedule the final status of a pending policy; with a job fault it is error or stays pending."""
    request.start_job(key=policy.id, change=policy.change)


def finish_change(table: Table[Any], key: str, change: int, status: str) -> None:
    """Set the status of a policy after its last change."""
    policy = table.get(key)
    if policy is not None and policy.change == change:
        table.update(policy, status=status)


def list_from_path(request: RequestContext, table: Table[Any]) -> list[Any]:
    """Return the policies of the path's account from the path's data center. Raise ApiError (404)."""
    data_center = inventory.find_data_center_of_route(request.world, request.path["dataCenter"])
    return [policy for policy in table.find_by("data_center", data_center.id) if policy.account == request.alias]


def find_policy(request: RequestContext, table: Table[Any], key: str) -> Any:
    """Return the policy of the path. Raise ApiError (404)."""
    for policy in list_from_path(request, table):
        if policy.id == key.lower():
            return policy
    raise not_found(NO_SUCH_RESOURCE)


def known_account(request: RequestContext, alias: str, property_name: str) -> str:
    """Return the alias of a destination in upper case. Raise ApiError (400) if no account has it."""
    if request.world[Account].get(alias.upper()) is None:
        raise validation_error(property_name, f"The account {alias} does not exist.")
    return alias.upper()


def check_cidr(text: str, property_name: str) -> None:
    """Check that addresses are in CIDR notation, with /32 for a single address. Raise ApiError (400)."""
    try:
        ipaddress.IPv4Network(text, strict=False)
    except ValueError:
        pass
    else:
        if "/" in text:
            return
    raise validation_error(property_name, f"{text} is not in CIDR notation.")
