# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data centers and what an account may use in them."""

from __future__ import annotations

from typing import Any

from clc_simulator import estate, limits, views
from clc_simulator.accounts import Account
from clc_simulator.estate import DataCenter, Import, Server
from clc_simulator.operations import PRIVATE_CACHE, Call, Reply, operation
from clc_simulator.problems import Problem
from clc_simulator.queue import Job


def _view(call: Call, center: DataCenter) -> dict[str, Any]:
    code, alias = center.id.lower(), call.alias.lower()
    base = f"/v2/datacenters/{alias}/{code}"
    links: list[dict[str, Any]] = [
        {"rel": "self", "href": base},
        {"rel": "deploymentCapabilities", "href": f"{base}/deploymentCapabilities"},
        {"rel": "loadBalancers", "href": f"/v2/sharedLoadBalancers/{alias}/{code}", "verbs": ["GET", "POST"]},
        {"rel": "computeLimits", "href": f"{base}/computeLimits", "verbs": ["GET", "POST"]},
        {"rel": "networkLimits", "href": f"{base}/networkLimits", "verbs": ["GET"]},
        {"rel": "availableOvfs", "href": f"/v2/vmImport/{alias}/{code}/available", "verbs": ["GET"]},
    ]
    root = estate.root_of(call.world, call.alias, center.id)
    if call.shows("groupLinks") and root is not None:
        href = f"/v2/groups/{alias}/{root.id}"
        links += [
            {"rel": "group", "href": href, "id": root.id, "name": root.name},
            *views.maker_links(alias),
            {"rel": "defaults", "href": f"{href}/defaults", "verbs": ["GET", "POST"]},
            {"rel": "billing", "href": f"{href}/billing"},
            *views.activity_links(href),
        ]
    view: dict[str, Any] = {"id": code, "name": center.name, "links": links}
    if call.shows("totals"):
        view["totals"] = _totals(call, center)
    return view


def _totals(call: Call, center: DataCenter) -> dict[str, int]:
    used = limits.used(call.world, call.alias, center.id)
    prefix = f"{center.id.lower()}-"
    running = sum(
        1
        for job in call.world[Job]
        if job.id.startswith(prefix) and job.account == call.alias and job.begun + job.seconds > call.world.now
    )
    servers = [row for row in estate.servers_of(call.world, call.alias, center.id) if row.status != estate.REQUESTED]
    return {
        "servers": len(servers),
        "cpus": used["cpu"],
        "memoryGB": used["memoryGB"],
        "storageGB": used["storageGB"],
        "queue": running,
    }


@operation("listDataCenters", cache=PRIVATE_CACHE)
def list_data_centers(call: Call) -> Reply:
    """Answer all data centers, by code."""
    return Reply([_view(call, center) for center in sorted(call.world[DataCenter], key=lambda row: row.id)])


@operation("getDataCenter")
def get_data_center(call: Call) -> Reply:
    """Answer one data center, with the links of its root group where they are asked for."""
    return Reply(_view(call, estate.find_data_center(call.world, call.path["dataCenter"])))


@operation("getDataCenterDeploymentCapabilities")
def get_deployment_capabilities(call: Call) -> Reply:
    """Answer networks, templates and import types; the account's own templates are among the templates."""
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    assert call.account is not None
    holders = [call.alias, *([call.account.parent] if call.account.parent else [])]
    networks = estate.networks_of(call.world, holders, center.id)
    own = [_own_template(row) for row in estate.servers_of(call.world, call.alias, center.id) if row.is_template]
    return Reply(
        {
            **center.capabilities,
            "deployableNetworks": [
                {"name": row.name, "networkId": row.id, "type": "private", "accountID": row.account} for row in networks
            ],
            "templates": [*center.templates, *own],
            "importableOSTypes": center.importable,
        }
    )


def _own_template(row: Server) -> dict[str, Any]:
    family = estate.family(row.os)
    return {
        "name": row.id.upper(),
        "osType": row.os,
        "description": row.description,
        "storageSizeGB": row.storage_gb,
        "capabilities": ["cpuAutoscale"],
        "reservedDrivePaths": estate.platform()["reservedPaths"][family],
        **({"drivePathLength": 1} if family == "windows" else {}),
    }


@operation("getDataCenterBareMetalCapabilities")
def get_bare_metal_capabilities(call: Call) -> Reply:
    """Answer configurations and operating systems for bare metal; 404 where the data center has no bare metal."""
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    if not center.capabilities["supportsBareMetalServers"]:
        raise Problem(404, {"message": f"Data center {center.id} has no bare metal servers."})
    catalogue = estate.platform()["bareMetal"]
    return Reply({"skus": catalogue["skus"], "operatingSystems": catalogue["operatingSystems"]})


def _limit(account: Account, name: str) -> dict[str, Any]:
    own = account.limits.get(name)
    return {"inherited": False} if own is None else {"value": own, "inherited": False}


@operation("getDataCenterComputeLimits")
def get_compute_limits(call: Call) -> Reply:
    """Answer how much the account may have in the data center; no value stands for no limit."""
    estate.find_data_center(call.world, call.path["dataCenter"])
    assert call.account is not None
    return Reply({name: _limit(call.account, name) for name in ("cpu", "memoryGB", "storageGB")})


@operation("getDataCenterNetworkLimits")
def get_network_limits(call: Call) -> Reply:
    """Answer how many networks the account may have in the data center."""
    estate.find_data_center(call.world, call.path["dataCenter"])
    assert call.account is not None
    return Reply({"networks": _limit(call.account, "networks")})


@operation("listAvailableServerImports")
def list_available_server_imports(call: Call) -> Reply:
    """Answer the OVFs that the account has uploaded to the data center."""
    center = estate.find_data_center(call.world, call.path["locationId"])
    rows = [row for row in call.world[Import] if (row.account, row.data_center) == (call.alias, center.id)]
    return Reply([row.shown for row in rows])
