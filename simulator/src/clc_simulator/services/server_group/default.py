# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Defaults of server groups: default values for new servers.

Decisions:
  - Omitted defaults keep their value. New servers only use the default network.
  - A network must belong to the account or its parent account, a template to the service or the account. Both are
    identified by id or name, case-insensitive.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.errors import validation_error
from clc_simulator.core.models import Group
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import usable_networks
from clc_simulator.services.server_group._shared import group_from_path

_DEFAULT_NAMES = ("cpu", "memoryGB", "networkId", "primaryDns", "secondaryDns", "templateName")
_MAXIMUM = {"cpu": 16, "memoryGB": 128}


def _view(request: RequestContext, group: Group) -> dict[str, Any]:
    account = request.account
    assert account is not None
    from_account = {"primaryDns": account.primary_dns, "secondaryDns": account.secondary_dns}
    view: dict[str, Any] = {}
    for name in _DEFAULT_NAMES:
        value, inherited = inventory.group_default(request.world, group, name)
        if value is None and from_account.get(name):
            value, inherited = from_account[name], True
        view[name] = {"inherited": inherited} if value is None else {"value": value, "inherited": inherited}
    return view


@operation("getGroupDefaults")
def get_group_defaults(request: RequestContext) -> HandlerResponse:
    """Return the default values for new servers in the group."""
    return HandlerResponse(_view(request, group_from_path(request)))


def _templates(request: RequestContext, data_center_code: str) -> set[str]:
    """Return the names in lower case of the templates of the service and of the account."""
    servers = inventory.servers_of(request.world, request.alias, data_center_code)
    own = {server.id for server in servers if server.is_template}
    data_center = inventory.find_data_center(request.world, data_center_code)
    return own | {template["name"].lower() for template in data_center.templates}


@operation("setGroupDefaults", writes=(Group,))
def set_group_defaults(request: RequestContext) -> HandlerResponse:
    """Set defaults; omitted defaults keep their value."""
    group = group_from_path(request)
    requested = dict(request.body)
    if "networkId" in requested:
        requested["networkId"] = requested["networkId"].lower()
        if requested["networkId"] not in [network.id for network in usable_networks(request, group.data_center)]:
            raise validation_error("networkId", f"The network {request.body['networkId']} is not valid.")
    if "templateName" in requested and requested["templateName"].lower() not in _templates(request, group.data_center):
        raise validation_error("templateName", f"The template {requested['templateName']} is not valid.")
    for name, maximum in _MAXIMUM.items():
        if name in requested and not 1 <= requested[name] <= maximum:
            raise validation_error(name, f"{name} must be 1 to {maximum}.")
    group = request.world[Group].update(group, defaults=group.defaults | requested)
    return HandlerResponse(_view(request, group))
