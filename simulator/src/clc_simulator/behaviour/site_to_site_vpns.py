# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Site-to-site VPNs: made at once, changed and deleted by a job that nobody can ask for."""

from __future__ import annotations

import contextlib
import dataclasses
import ipaddress
from dataclasses import dataclass
from typing import Any

from clc_simulator import accounts, estate, queue
from clc_simulator.accounts import Account
from clc_simulator.clock import stamp
from clc_simulator.estate import DataCenter
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid, refused
from clc_simulator.queue import Disturbance, Step
from clc_simulator.seeding import Place, section
from clc_simulator.seeds.errors import SeedError
from clc_simulator.world import World, entity

Json = dict[str, Any]

_PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_GROUP, _GROUP_AS_ANSWERED = "diffieHellmanGroup", "diffieHelmanGroup"
_FIRST_TASK = 54801
_NEAR_ENDS = ipaddress.IPv4Network("198.19.255.0/24")
"""Addresses of the data centers' ends: of a range for tests, at the end that servers reach last."""


@entity("siteToSiteVpns", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Vpn:
    """A VPN. id has upper-case digits; remote, ike and ipsec are as they are shown, key is the pre-shared one."""

    id: str
    account: str
    data_center: str
    subnets: list[str]
    remote: Json
    ike: Json
    ipsec: Json
    key: str
    created: str
    created_by: str
    modified: str
    modified_by: str


def _account(call: Call) -> Account:
    """Return the account of the query, which is that of the call from now on. Raises Problem (404, 403)."""
    assert call.user is not None
    call.account = accounts.account_for(call.world, call.user, call.query["account"])
    return call.account


def _missing(call: Call) -> Problem:
    return Problem(404, {"message": f"Site-to-site VPN {call.path['vpnId']} does not exist."})


def _vpn(call: Call) -> Vpn:
    """Return the VPN of path and query. Raises Problem (404)."""
    account, row = _account(call), call.world[Vpn].get(call.path["vpnId"].upper())
    if row is None or row.account != account.id:
        raise _missing(call)
    return row


def _view(world: World, row: Vpn) -> Json:
    """Return a VPN as list and details show it."""
    center = world[DataCenter][row.data_center]
    rank = [one.id for one in world[DataCenter]].index(row.data_center)
    return {
        "id": row.id,
        "changeInfo": {
            "createdBy": row.created_by,
            "createdDate": row.created,
            "modifiedBy": row.modified_by,
            "modifiedDate": row.modified,
        },
        "accountAlias": row.account,
        "local": {
            "address": str(_NEAR_ENDS[rank + 1]),
            "locationAlias": row.data_center,
            "locationDescription": center.name,
            "subnets": row.subnets,
        },
        "remote": row.remote,
        "ike": row.ike,
        "ipsec": row.ipsec,
        "links": [{"rel": "self", "href": f"/v2/siteToSiteVpn/{row.id}?account={row.account}"}],
    }


def _changed_view(world: World, row: Vpn, task: str) -> Json:
    """Return a VPN as create and update answer it: with its key, and one l in the name of the group."""
    ike = {(_GROUP_AS_ANSWERED if name == _GROUP else name): value for name, value in row.ike.items()}
    return {**_view(world, row), "pendingTaskId": task, "ike": {**ike, "preSharedKey": row.key}}


@operation("listSiteToSiteVpns")
def list_vpns(call: Call) -> Reply:
    """Answer the VPNs of an account in all data centers, a bare array."""
    return Reply([_view(call.world, row) for row in call.world[Vpn].by("account", _account(call).id)])


@operation("getSiteToSiteVpn")
def get_vpn(call: Call) -> Reply:
    """Answer one VPN; one of a sub-account under the alias of the login alone, as a client's author found."""
    account, row = _account(call), call.world[Vpn].get(call.path["vpnId"].upper())
    assert call.user is not None
    if row is None or account.id != call.user.account:
        raise _missing(call)
    accounts.account_for(call.world, call.user, row.account)
    return Reply(_view(call.world, row))


@operation("createSiteToSiteVpn")
def create_vpn(call: Call) -> Reply:
    """Make a VPN at once; equal ones may stand side by side."""
    account, body = _account(call), call.body
    code = body["local"]["locationAlias"].upper()
    if code not in call.world[DataCenter]:
        raise invalid("local.locationAlias", f"There is no data center {code}.")
    if not estate.networks_of(call.world, [account.id], code) or not estate.servers_of(call.world, account.id, code):
        raise refused(f"A VPN needs a network and a server of account {account.id} in {code}.")
    ike = {"deadPeerDetection": False, "natTraversal": False, **body["ike"]}
    key = ike.pop("preSharedKey")
    row = Vpn(
        call.world.new_id().upper(), account.id, code, body["local"]["subnets"], body["remote"], ike, body["ipsec"],
        key, call.now, call.by, call.now, call.by,
    )  # fmt: skip
    view = _changed_view(call.world, call.world[Vpn].add(_checked(row)), "")
    del view["links"], view["local"]["address"], view["local"]["locationDescription"]
    return Reply(view)


@operation("updateSiteToSiteVpn")
def update_vpn(call: Call) -> Reply:
    """Queue a change of what the request names; the answer shows it at once, reads when its job has ended."""
    row, body = _vpn(call), call.body or {}
    ike = dict(body.get("ike", {}))
    if _GROUP_AS_ANSWERED in ike:
        ike = {_GROUP: ike.pop(_GROUP_AS_ANSWERED), **ike}
    changes = {**body, "ike": ike, "modified": call.now, "by": call.by}
    after = _merged(row, changes)
    return Reply(_changed_view(call.world, after, _start(call, row, "vpn.update", {"changes": changes})))


def _merged(row: Vpn, changes: Json) -> Vpn:
    """Return a VPN after a change. Raises Problem (400) where it cannot be so."""
    ike = {**row.ike, **changes["ike"]}
    if changes["ike"].get("natTraversal") is False and "remoteIdentity" not in changes["ike"]:
        ike["remoteIdentity"] = None
    key = ike.pop("preSharedKey", row.key)
    after = dataclasses.replace(
        row,
        subnets=changes.get("local", {}).get("subnets", row.subnets),
        remote={**row.remote, **changes.get("remote", {})},
        ike=ike,
        ipsec={**row.ipsec, **changes.get("ipsec", {})},
        key=key,
        modified=changes["modified"],
        modified_by=changes["by"],
    )
    return _checked(after)


@queue.effect("vpn.update")
def end_update(world: World, vpn: str, changes: Json) -> None:
    """Let reads show a change."""
    row = world[Vpn].get(vpn)
    if row is None:
        return
    # What fitted when it was asked for may not fit what another change has made of the VPN by now; it is not done then.
    with contextlib.suppress(Problem):
        world[Vpn].add(_merged(row, changes))


@operation("deleteSiteToSiteVpn")
def delete_vpn(call: Call) -> Reply:
    """Queue the deletion; the answer is the bare number of its task."""
    return Reply(_start(call, _vpn(call), "vpn.delete", {}))


@queue.effect("vpn.delete")
def end_delete(world: World, vpn: str) -> None:
    """Take a VPN away."""
    world[Vpn].remove(vpn)


def _start(call: Call, row: Vpn, effect: str, arguments: Json) -> str:
    """Start a job and return the number of its task, under which no call knows it."""
    bent = Disturbance(call.play.job, call.play.job_lag_seconds)
    steps = [Step(effect, {"vpn": row.id, **arguments})]
    queue.enqueue(call.world, ("", row.account, call.by), queue.SHORT, steps, bent)
    return str(call.world.take_number("vpnTasks", _FIRST_TASK))


def _checked(row: Vpn) -> Vpn:
    """Return a VPN whose members fit together, an empty identity as none. Raises Problem (400)."""
    _networks("local.subnets", row.subnets)
    for network in _networks("remote.subnets", row.remote["subnets"]):
        if not any(network.subnet_of(private) for private in _PRIVATE):
            raise invalid("remote.subnets", f"{network} is not a private network.")
    identity = row.ike.get("remoteIdentity") or None
    if row.ike["natTraversal"] and not _is_private_address(identity):
        raise invalid("ike.remoteIdentity", "A private IPv4 address is required with natTraversal.")
    if identity is not None and not row.ike["natTraversal"]:
        raise invalid("ike.remoteIdentity", "It is taken with natTraversal only.")
    row.ike["remoteIdentity"] = identity
    return row


def _networks(member: str, texts: list[str]) -> list[ipaddress.IPv4Network]:
    if not texts:
        raise invalid(member, "At least one subnet is required.")
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.IPv4Network(text))
        except ValueError as error:
            raise invalid(member, f"{text} is not a network in CIDR notation.") from error
        if "/" not in text:
            raise invalid(member, f"{text} is not a network in CIDR notation.")
    return networks


def _is_private_address(text: str | None) -> bool:
    try:
        address = ipaddress.IPv4Address(text or "")
    except ValueError:
        return False
    return any(address in private for private in _PRIVATE)


_NETWORKS = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["site_name", "address", "subnets", "local_subnets"],
        "properties": {
            "id": {"$ref": "#/$defs/id"},
            "site_name": {"type": "string"},
            "device_type": {"type": "string"},
            "address": {"$ref": "#/$defs/address"},
            "subnets": _NETWORKS,
            "local_subnets": _NETWORKS,
            "pre_shared_key": {"type": "string"},
            "created": {"$ref": "#/$defs/date"},
        },
    },
}
_IKE = {
    "encryption": "aes128", "hashing": "sha1_96", _GROUP: "group2", "lifetime": 28800, "mode": "main",
    "deadPeerDetection": False, "natTraversal": False, "remoteIdentity": None,
}  # fmt: skip
_IPSEC = {"encryption": "aes128", "hashing": "sha1_96", "protocol": "esp", "pfs": "group2", "lifetime": 3600}


@section("place", "site_to_site_vpns", _SCHEMA)
def plant(world: World, owner: Place, described: list[Json]) -> None:
    """Plant the VPNs of an account in a data center, with the phases of the documented example."""
    for item in described:
        remote = {
            "siteName": item["site_name"],
            "deviceType": item.get("device_type", "Other"),
            "address": item["address"],
            "subnets": item["subnets"],
        }
        created, by = item.get("created", stamp(world.now)), f"admin.{owner.account.lower()}"
        row = Vpn(
            item.get("id", world.new_id()).upper(), owner.account, owner.data_center, item["local_subnets"], remote,
            dict(_IKE), dict(_IPSEC), item.get("pre_shared_key", ""), created, by, created, by,
        )  # fmt: skip
        try:
            world[Vpn].add(_checked(row))
        except Problem as problem:
            raise SeedError(f"site_to_site_vpns: {problem.body['modelState']}") from problem
