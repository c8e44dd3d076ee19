# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks: read, claim, rename, release, and list their addresses.

Decisions:
  - A claim counts against the limit of networks as soon as it is accepted. If it is exceeded: 400 with the message of other limits.
  - The success of a claim returns its network as soon as it exists; `job_lag_seconds` delays it.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import World
from clc_simulator.core.eras import experimental_href
from clc_simulator.core.errors import NO_SUCH_RESOURCE, bad_request, not_found
from clc_simulator.core.jobs import Scheduled
from clc_simulator.core.models import Network, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation

Json = dict[str, Any]


def _networks(request: RequestContext) -> list[Network]:
    data_center = inventory.find_data_center_of_route(request.world, request.path["dataCenter"])
    return inventory.networks_of(request.world, [request.alias], data_center.id)


def _network_from_path(request: RequestContext) -> Network:
    """Return the network of the path. Raise ApiError (404); networks of a parent account need its alias."""
    for network in _networks(request):
        if network.id == request.path["network"].lower():
            return network
    raise not_found(NO_SUCH_RESOURCE)


def _view(world: World, network: Network) -> Json:
    """Return a network."""
    cidr = ipaddress.ip_network(network.cidr)
    path = (network.account.lower(), network.data_center.lower(), network.id)
    return {
        "id": network.id,
        "cidr": network.cidr,
        **({"description": network.description} if network.description is not None else {}),
        "gateway": str(cidr[1]),
        "name": network.name,
        "netmask": str(cidr.netmask),
        "type": "private",
        "vlan": network.vlan,
        "links": [
            {"rel": "self", "href": experimental_href(world, "getNetwork", *path), "verbs": ["GET", "PUT"]},
            {"rel": "ipAddresses", "href": experimental_href(world, "listNetworkIpAddresses", *path), "verbs": ["GET"]},
            {"rel": "release", "href": experimental_href(world, "releaseNetwork", *path), "verbs": ["POST"]},
        ],
    }


def _addresses(world: World, network: Network, requested: str) -> list[Json]:
    """Return the addresses of a network (claimed, free, or all), and public addresses with their private addresses."""
    claimed: dict[str, Json] = {}
    public: list[Json] = []
    cidr = ipaddress.ip_network(network.cidr)
    for server in world[Server].find_by("data_center", network.data_center):
        pairs = [(entry, True) for entry in server.ip_addresses] + [(entry, False) for entry in server.secondary]
        for entry, primary in pairs:
            if ipaddress.ip_address(entry["internal"]) not in cidr:
                continue
            properties = {"claimed": True, "primary": primary, "server": server.id.upper()}
            claimed[entry["internal"]] = {"address": entry["internal"], **properties, "type": "private"}
            if "public" in entry:
                public.append({"address": entry["public"], **properties, "type": "publicMapped"})
    addresses = []
    for number in range(inventory.FIRST_HOST, cidr.num_addresses - 1):
        address = str(cidr[number])
        if address in claimed and requested != "free":
            addresses.append(claimed[address])
        elif address not in claimed and requested != "claimed":
            addresses.append({"address": address, "claimed": False, "primary": False, "type": "private"})
    return addresses + (public if requested != "free" else [])


@operation("listNetworks")
def list_networks(request: RequestContext) -> HandlerResponse:
    """Return the networks of the account in a data center."""
    return HandlerResponse([_view(request.world, network) for network in _networks(request)])


@operation("getNetwork")
def get_network(request: RequestContext) -> HandlerResponse:
    """Return one network, with addresses if requested."""
    network = _network_from_path(request)
    requested = request.parameter("ipAddresses") or "none"
    addresses = {} if requested == "none" else {"ipAddresses": _addresses(request.world, network, requested)}
    return HandlerResponse(_view(request.world, network) | addresses)


@operation("listNetworkIpAddresses")
def list_addresses(request: RequestContext) -> HandlerResponse:
    """Return the addresses of a network; by default, the claimed addresses."""
    return HandlerResponse(
        _addresses(request.world, _network_from_path(request), request.parameter("type") or "claimed")
    )


@operation("updateNetwork", writes=(Network,))
def update_network(request: RequestContext) -> HandlerResponse:
    """Replace name and description; an omitted description is cleared (recorded)."""
    request.world[Network].update(
        _network_from_path(request), name=request.body["name"], description=request.body.get("description")
    )
    return HandlerResponse()


@operation("releaseNetwork", writes=(Network,))
def release_network(request: RequestContext) -> HandlerResponse:
    """Release a network. Raise ApiError (400, recorded message) while servers have addresses in it."""
    network = _network_from_path(request)
    if _addresses(request.world, network, "claimed"):
        raise bad_request("Cannot release network with active servers")
    request.world[Network].remove(network.id)
    return HandlerResponse()


@operation("claimNetwork", writes=(Network,))
def claim_network(request: RequestContext) -> HandlerResponse:
    """Queue the claim of a network. Raise ApiError (400) if the account's limit is exceeded."""
    data_center = inventory.find_data_center_of_route(request.world, request.path["dataCenter"])
    assert request.account is not None
    limit = request.account.limits.get("networks")
    used = len(_networks(request)) + _pending_claims(request.world, request.alias, data_center.id)
    if limit is not None and used >= limit:
        raise bad_request(f"Network limit exceeded -> available: 0, requested: 1, held: {used}")
    network = _free_network(request, data_center.id)
    network_href = experimental_href(
        request.world, "getNetwork", request.path["accountAlias"], data_center.id, network["id"]
    )
    properties = {
        "requestType": "blueprintOperation",
        "summary": {"blueprintId": request.world.take_number("blueprints", 350001), "locationId": data_center.id},
        "result": {"links": [{"rel": "network", "href": network_href, "id": network["id"]}]},
        "source": {"userName": request.user_name, "requestedAt": request.now},
        # A claim that succeeds before its network exists returns no network (recorded once).
        "result_lag": request.faults.job_lag_seconds,
    }
    return request.start_job(properties=properties, **network)


@claim_network.effect
def network_is_claimed(world: World, **network: Any) -> None:
    """Add the claimed network to the account."""
    world[Network].add(Network(**network))


def _pending_claims(world: World, alias: str, data_center_code: str) -> int:
    """Count the claims of an account in a data center that have no network yet; they count against the limit."""
    effect = f"{claim_network.id}.{network_is_claimed.__name__}"
    claims = [item.arguments for item in world[Scheduled] if item.effect == effect]
    return sum(claim["account"] == alias and claim["data_center"] == data_center_code for claim in claims)


def _free_network(request: RequestContext, data_center_code: str) -> Json:
    """Return the properties of a new network; a counter makes them unique."""
    number = request.world.take_number("networks") - 1
    cidr = f"10.{140 + number // 256 % 100}.{number % 256}.0/24"
    vlan = 2000 + number
    name = f"vlan_{vlan}_{cidr.rpartition('.')[0]}"
    return {
        "id": request.world.new_id(), "account": request.alias, "data_center": data_center_code, "name": name, "description": name,
        "cidr": cidr, "vlan": vlan,
    }  # fmt: skip
