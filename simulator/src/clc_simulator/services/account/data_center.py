# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data centers and their capabilities and limits."""

from __future__ import annotations

from typing import Any

from clc_simulator.core import hardware, inventory
from clc_simulator.core.accounts import Account
from clc_simulator.core.errors import not_found
from clc_simulator.core.hrefs import href
from clc_simulator.core.jobs import Job
from clc_simulator.core.models import DataCenter, Server
from clc_simulator.core.operations import PRIVATE_CACHE, HandlerResponse, RequestContext, operation
from clc_simulator.services.server import used_limits
from clc_simulator.services.server_group import activity_links, creation_links, defaults_and_billing_links


def _view(request: RequestContext, data_center: DataCenter) -> dict[str, Any]:
    path = (request.alias.lower(), data_center.id.lower())
    balancers, compute = href("listSharedLoadBalancers", *path), href("getDataCenterComputeLimits", *path)
    links: list[dict[str, Any]] = [
        {"rel": "self", "href": href("getDataCenter", *path)},
        {"rel": "deploymentCapabilities", "href": href("getDataCenterDeploymentCapabilities", *path)},
        {"rel": "loadBalancers", "href": balancers, "verbs": ["GET", "POST"]},
        {"rel": "computeLimits", "href": compute, "verbs": ["GET", "POST"]},
        {"rel": "networkLimits", "href": href("getDataCenterNetworkLimits", *path), "verbs": ["GET"]},
        {"rel": "availableOvfs", "href": href("listAvailableServerImports", *path), "verbs": ["GET"]},
    ]
    root = inventory.root_of(request.world, request.alias, data_center.id)
    if request.parameter("groupLinks") and root is not None:
        links += [
            {"rel": "group", "href": href("getGroup", path[0], root.id), "id": root.id, "name": root.name},
            *creation_links(path[0]),
            *defaults_and_billing_links(path[0], root.id),
            *activity_links(path[0], root.id),
        ]
    view: dict[str, Any] = {"id": path[1], "name": data_center.name, "links": links}
    if request.parameter("totals"):
        view["totals"] = _totals(request, data_center)
    return view


def _totals(request: RequestContext, data_center: DataCenter) -> dict[str, int]:
    used = used_limits(request.world, request.alias, data_center.id)
    prefix = f"{data_center.id.lower()}-"
    running = sum(
        1
        for job in request.world[Job]
        if job.id.startswith(prefix) and job.account == request.alias and job.started + job.seconds > request.world.now
    )
    return {
        "servers": request.world[Server].total("used", (request.alias, data_center.id)).get("servers", 0),
        "cpus": used["cpu"],
        "memoryGB": used["memoryGB"],
        "storageGB": used["storageGB"],
        "queue": running,
    }


@operation("listDataCenters", cache_control=PRIVATE_CACHE)
def list_data_centers(request: RequestContext) -> HandlerResponse:
    """Return all data centers, by code."""
    return HandlerResponse(
        [
            _view(request, data_center)
            for data_center in sorted(request.world[DataCenter], key=lambda data_center: data_center.id)
        ]
    )


@operation("getDataCenter")
def get_data_center(request: RequestContext) -> HandlerResponse:
    """Return one data center, with the links of its root group if requested."""
    return HandlerResponse(_view(request, inventory.find_data_center(request.world, request.path["dataCenter"])))


@operation("getDataCenterDeploymentCapabilities")
def get_deployment_capabilities(request: RequestContext) -> HandlerResponse:
    """Return networks, templates (including the account's own), and import types."""
    data_center = inventory.find_data_center(request.world, request.path["dataCenter"])
    assert request.account is not None
    aliases = [request.alias, *([request.account.parent] if request.account.parent else [])]
    networks = inventory.networks_of(request.world, aliases, data_center.id)
    account_templates = [
        _account_template(data_center, server)
        for server in request.world[Server].find_by_key("template", (request.alias, data_center.id))
    ]
    return HandlerResponse(
        {
            **data_center.capabilities,
            "deployableNetworks": [
                {"name": network.name, "networkId": network.id, "type": "private", "accountID": network.account}
                for network in networks
            ],
            "templates": [*data_center.templates, *account_templates],
            "importableOSTypes": data_center.importable,
        }
    )


def _account_template(data_center: DataCenter, server: Server) -> dict[str, Any]:
    family = hardware.family(server.os)
    return {
        "name": server.id.upper(),
        "osType": server.os,
        "description": server.description,
        "storageSizeGB": server.storage_gb,
        "capabilities": inventory.template_capabilities(data_center, server.os),
        "reservedDrivePaths": inventory.platform()["reservedPaths"][family],
        **({"drivePathLength": 1} if family == "windows" else {}),
    }


@operation("getDataCenterBareMetalCapabilities")
def get_bare_metal_capabilities(request: RequestContext) -> HandlerResponse:
    """Return configurations and operating systems for bare metal; 404 if the data center has no bare metal."""
    data_center = inventory.find_data_center(request.world, request.path["dataCenter"])
    if not data_center.capabilities["supportsBareMetalServers"]:
        raise not_found(f"Data center {data_center.id} has no bare metal servers.")
    bare_metal = inventory.platform()["bareMetal"]
    return HandlerResponse({"skus": bare_metal["skus"], "operatingSystems": bare_metal["operatingSystems"]})


def _limit(account: Account, name: str) -> dict[str, Any]:
    limit = account.limits.get(name)
    return {"inherited": False} if limit is None else {"value": limit, "inherited": False}


@operation("getDataCenterComputeLimits")
def get_compute_limits(request: RequestContext) -> HandlerResponse:
    """Return the limits of the account in the data center; a limit without value is unlimited."""
    inventory.find_data_center(request.world, request.path["dataCenter"])
    assert request.account is not None
    return HandlerResponse({name: _limit(request.account, name) for name in ("cpu", "memoryGB", "storageGB")})


@operation("getDataCenterNetworkLimits")
def get_network_limits(request: RequestContext) -> HandlerResponse:
    """Return the limit of networks of the account in the data center."""
    inventory.find_data_center(request.world, request.path["dataCenter"])
    assert request.account is not None
    return HandlerResponse({"networks": _limit(request.account, "networks")})
