# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks: read, claim, rename, release, and the addresses in them."""

from __future__ import annotations

import ipaddress
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.behaviour.server_networks import experimental
from clc_simulator.estate import Network, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import NO_SUCH_RESOURCE, Problem, refused
from clc_simulator.queue import Scheduled, Step
from clc_simulator.world import World

Json = dict[str, Any]


def _held(call: Call) -> list[Network]:
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    return estate.networks_of(call.world, [call.alias], center.id)


def _network(call: Call) -> Network:
    """Return the network of the path. Raises Problem (404); those of a parent are read with its alias alone."""
    for network in _held(call):
        if network.id == call.path["network"].lower():
            return network
    raise Problem(404, {"message": NO_SUCH_RESOURCE})


def _view(row: Network) -> Json:
    """Return a network; its hrefs are paths, as recorded since 2016."""
    cidr = ipaddress.ip_network(row.cidr)
    base = f"/v2-experimental/networks/{row.account.lower()}/{row.data_center.lower()}/{row.id}"
    return {
        "id": row.id,
        "cidr": row.cidr,
        **({"description": row.description} if row.description is not None else {}),
        "gateway": str(cidr[1]),
        "name": row.name,
        "netmask": str(cidr.netmask),
        "type": "private",
        "vlan": row.vlan,
        "links": [
            {"rel": "self", "href": base, "verbs": ["GET", "PUT"]},
            {"rel": "ipAddresses", "href": f"{base}/ipAddresses", "verbs": ["GET"]},
            {"rel": "release", "href": f"{base}/release", "verbs": ["POST"]},
        ],
    }


def _addresses(world: World, row: Network, wanted: str) -> list[Json]:
    """Return the addresses of a network, claimed or free or all; public ones are listed with what they map to."""
    claimed: dict[str, Json] = {}
    public: list[Json] = []
    cidr = ipaddress.ip_network(row.cidr)
    for server in world[Server].by("data_center", row.data_center):
        pairs = [(entry, True) for entry in server.ip_addresses] + [(entry, False) for entry in server.secondary]
        for entry, primary in pairs:
            if ipaddress.ip_address(entry["internal"]) not in cidr:
                continue
            facts = {"claimed": True, "primary": primary, "server": server.id.upper()}
            claimed[entry["internal"]] = {"address": entry["internal"], **facts, "type": "private"}
            if "public" in entry:
                public.append({"address": entry["public"], **facts, "type": "publicMapped"})
    listed = []
    for number in range(estate.FIRST_HOST, cidr.num_addresses - 1):
        address = str(cidr[number])
        if address in claimed and wanted != "free":
            listed.append(claimed[address])
        elif address not in claimed and wanted != "claimed":
            listed.append({"address": address, "claimed": False, "primary": False, "type": "private"})
    return listed + (public if wanted != "free" else [])


@operation("listNetworks")
def list_networks(call: Call) -> Reply:
    """Answer the networks that the account holds in a data center."""
    return Reply([_view(row) for row in _held(call)])


@operation("getNetwork")
def get_network(call: Call) -> Reply:
    """Answer one network, with addresses where they are asked for."""
    row = _network(call)
    wanted = call.shows("ipAddresses") or "none"
    more = {} if wanted == "none" else {"ipAddresses": _addresses(call.world, row, wanted)}
    return Reply(_view(row) | more)


@operation("listNetworkIpAddresses")
def list_addresses(call: Call) -> Reply:
    """Answer the addresses of a network; the claimed ones where nothing else is asked for."""
    return Reply(_addresses(call.world, _network(call), call.shows("type") or "claimed"))


@operation("updateNetwork")
def update_network(call: Call) -> Reply:
    """Replace name and description; a description that is left out is cleared (recorded)."""
    call.world[Network].update(_network(call), name=call.body["name"], description=call.body.get("description"))
    return Reply()


@operation("releaseNetwork")
def release_network(call: Call) -> Reply:
    """Give a network back; refused in the recorded words while servers have addresses in it."""
    row = _network(call)
    if _addresses(call.world, row, "claimed"):
        raise refused("Cannot release network with active servers")
    call.world[Network].remove(row.id)
    return Reply()


@operation("claimNetwork")
def claim_network(call: Call) -> Reply:
    """Queue the claim of another network; over the account's limit it is refused."""
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    assert call.account is not None
    limit, held = (
        call.account.limits.get("networks"),
        len(_held(call)) + _on_their_way(call.world, call.alias, center.id),
    )
    if limit is not None and held >= limit:
        raise refused(f"Network limit exceeded -> available: 0, requested: 1, held: {held}")
    network = _free_network(call, center.id)
    href = f"/v2-experimental/networks/{call.path['accountAlias']}/{center.id}/{network['id']}"
    facts = {
        "requestType": "blueprintOperation",
        "summary": {"blueprintId": call.world.take_number("blueprints", 350001), "locationId": center.id},
        "result": {"links": [{"rel": "network", "href": href, "id": network["id"]}]},
        "source": {"userName": call.by, "requestedAt": call.now},
        # A success that comes before its network names none (recorded once).
        "result_lag": call.play.job_lag_seconds,
    }
    steps = [Step("network.claim", network)]
    job = queue.enqueue(call.world, ("", call.alias, call.by), queue.EXPERIMENTAL, steps, disturbance(call), facts)
    return experimental(call, job)


def _on_their_way(world: World, alias: str, code: str) -> int:
    """Count the claims of an account in a data center whose networks are not there yet: what was accepted counts."""
    claims = [item.arguments for item in world[Scheduled] if item.effect == "network.claim"]
    return sum(claim["account"] == alias and claim["data_center"] == code for claim in claims)


def _free_network(call: Call, code: str) -> Json:
    """Return the members of a network that nobody holds; numbers count up, so no two claims get the same."""
    number = call.world.take_number("networks") - 1
    cidr = f"10.{140 + number // 256 % 100}.{number % 256}.0/24"
    vlan = 2000 + number
    name = f"vlan_{vlan}_{cidr.rpartition('.')[0]}"
    return {
        "id": call.world.new_id(), "account": call.alias, "data_center": code, "name": name, "description": name,
        "cidr": cidr, "vlan": vlan,
    }  # fmt: skip


@queue.effect("network.claim")
def end_claim(world: World, **members: Any) -> None:
    """Let the account hold a claimed network."""
    world[Network].add(Network(**members))
