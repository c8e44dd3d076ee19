# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Site-to-site VPNs: created at once, updated and deleted by jobs that cannot be read.

Decisions:
  - The rules are those of the vendor's page and the contract. In addition, subnets are networks in CIDR notation, at least one at
    each end, the remote ones private (RFC 1918), and the account has a network and a server in the data center, as a
    vendor's article says. Whether the local subnets are networks of the account is not checked, nor how many VPNs exist.
    Equal VPNs are allowed.
  - natTraversal and remoteIdentity must be used together. Disabling natTraversal clears the identity.
  - An update is in its response at once, and in reads after its job. It is skipped if it is not valid any more after
    other updates of the VPN.
  - Responses to create and update write diffieHelmanGroup with one l, as the pages' examples do; lists and details with
    two.
  - Details of a VPN of a sub-account are found with the alias of the login only, as observed by a client's author; lists,
    updates, and deletions need the account of the VPN.
"""

from __future__ import annotations

import contextlib
import dataclasses
import ipaddress
from dataclasses import dataclass
from typing import Any

from clc_simulator.core import accounts, inventory
from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import ApiError, bad_request, not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import DataCenter
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import Place, section

Json = dict[str, Any]

_PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_GROUP, _GROUP_IN_RESPONSES = "diffieHellmanGroup", "diffieHelmanGroup"
_FIRST_TASK = 54801
_NEAR_ENDS = ipaddress.IPv4Network("198.19.255.0/24")
"""Addresses of the data centers: the end of a range for tests, which servers use last."""


@entity("siteToSiteVpns", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Vpn:
    """A VPN. id has upper-case digits; remote, ike and ipsec are in result format, key is the pre-shared key."""

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


def _account(request: RequestContext) -> Account:
    """Return the account of the query, which becomes the account of the request. Raise ApiError (404, 403)."""
    assert request.user is not None
    request.account = accounts.account_for(request.world, request.user, request.query["account"])
    return request.account


def _missing(request: RequestContext) -> ApiError:
    return not_found(f"Site-to-site VPN {request.path['vpnId']} does not exist.")


def _vpn_from_path(request: RequestContext) -> Vpn:
    """Return the VPN of path and query. Raise ApiError (404)."""
    account, vpn = _account(request), request.world[Vpn].get(request.path["vpnId"].upper())
    if vpn is None or vpn.account != account.id:
        raise _missing(request)
    return vpn


def _view(world: World, vpn: Vpn) -> Json:
    """Return a VPN in the format of list and details."""
    data_center = world[DataCenter][vpn.data_center]
    rank = [other.id for other in world[DataCenter]].index(vpn.data_center)
    return {
        "id": vpn.id,
        "changeInfo": {
            "createdBy": vpn.created_by,
            "createdDate": vpn.created,
            "modifiedBy": vpn.modified_by,
            "modifiedDate": vpn.modified,
        },
        "accountAlias": vpn.account,
        "local": {
            "address": str(_NEAR_ENDS[rank + 1]),
            "locationAlias": vpn.data_center,
            "locationDescription": data_center.name,
            "subnets": vpn.subnets,
        },
        "remote": vpn.remote,
        "ike": vpn.ike,
        "ipsec": vpn.ipsec,
        "links": [{"rel": "self", "href": f"{href('getSiteToSiteVpn', vpn.id)}?account={vpn.account}"}],
    }


def _changed_view(world: World, vpn: Vpn, task: str) -> Json:
    """Return a VPN in the format of create and update: with its key, and diffieHelmanGroup with one l."""
    ike = {(_GROUP_IN_RESPONSES if name == _GROUP else name): value for name, value in vpn.ike.items()}
    return {**_view(world, vpn), "pendingTaskId": task, "ike": {**ike, "preSharedKey": vpn.key}}


@operation("listSiteToSiteVpns")
def list_vpns(request: RequestContext) -> HandlerResponse:
    """Return the VPNs of an account in all data centers, as an array."""
    return HandlerResponse(
        [_view(request.world, vpn) for vpn in request.world[Vpn].find_by("account", _account(request).id)]
    )


@operation("getSiteToSiteVpn")
def get_vpn(request: RequestContext) -> HandlerResponse:
    """Return a VPN; for a VPN of a sub-account with the alias of the login only, as observed by a client's author."""
    account, vpn = _account(request), request.world[Vpn].get(request.path["vpnId"].upper())
    assert request.user is not None
    if vpn is None or account.id != request.user.account:
        raise _missing(request)
    accounts.account_for(request.world, request.user, vpn.account)
    return HandlerResponse(_view(request.world, vpn))


@operation("createSiteToSiteVpn", writes=(Vpn,))
def create_vpn(request: RequestContext) -> HandlerResponse:
    """Create a VPN at once; equal VPNs are allowed."""
    account, body = _account(request), request.body
    data_center_code = body["local"]["locationAlias"].upper()
    if data_center_code not in request.world[DataCenter]:
        raise validation_error("local.locationAlias", f"There is no data center {data_center_code}.")
    if not inventory.networks_of(request.world, [account.id], data_center_code) or not inventory.servers_of(
        request.world, account.id, data_center_code
    ):
        raise bad_request(f"A VPN requires a network and a server of account {account.id} in {data_center_code}.")
    ike = {"deadPeerDetection": False, "natTraversal": False, **body["ike"]}
    key = ike.pop("preSharedKey")
    vpn = Vpn(
        request.world.new_id().upper(), account.id, data_center_code, body["local"]["subnets"], body["remote"], ike, body["ipsec"],
        key, request.now, request.user_name, request.now, request.user_name,
    )  # fmt: skip
    view = _changed_view(request.world, request.world[Vpn].add(_checked(vpn)), "")
    del view["links"], view["local"]["address"], view["local"]["locationDescription"]
    return HandlerResponse(view)


@operation("updateSiteToSiteVpn", writes=(Vpn,))
def update_vpn(request: RequestContext) -> HandlerResponse:
    """Queue an update; the response has it at once, reads after its job."""
    vpn, body = _vpn_from_path(request), request.body or {}
    ike = dict(body.get("ike", {}))
    if _GROUP_IN_RESPONSES in ike:
        ike = {_GROUP: ike.pop(_GROUP_IN_RESPONSES), **ike}
    changes = {**body, "ike": ike, "modified": request.now, "by": request.user_name}
    after = _merged(vpn, changes)
    request.start_job(key=vpn.id, changes=changes)
    return HandlerResponse(_changed_view(request.world, after, _take_task(request.world)))


def _merged(vpn: Vpn, changes: Json) -> Vpn:
    """Return a VPN after an update. Raise ApiError (400) if the result is not valid."""
    ike = {**vpn.ike, **changes["ike"]}
    if changes["ike"].get("natTraversal") is False and "remoteIdentity" not in changes["ike"]:
        ike["remoteIdentity"] = None
    key = ike.pop("preSharedKey", vpn.key)
    after = dataclasses.replace(
        vpn,
        subnets=changes.get("local", {}).get("subnets", vpn.subnets),
        remote={**vpn.remote, **changes.get("remote", {})},
        ike=ike,
        ipsec={**vpn.ipsec, **changes.get("ipsec", {})},
        key=key,
        modified=changes["modified"],
        modified_by=changes["by"],
    )
    return _checked(after)


@update_vpn.effect
def vpn_is_changed(world: World, key: str, changes: Json) -> None:
    """Apply an update."""
    vpn = world[Vpn].get(key)
    if vpn is None:
        return
    # The update may not be valid any more after other updates of the VPN; then it is skipped.
    with contextlib.suppress(ApiError):
        world[Vpn].add(_merged(vpn, changes))


@operation("deleteSiteToSiteVpn", writes=(Vpn,))
def delete_vpn(request: RequestContext) -> HandlerResponse:
    """Queue the deletion; the response is the number of its task."""
    request.start_job(key=_vpn_from_path(request).id)
    return HandlerResponse(_take_task(request.world))


@delete_vpn.effect
def vpn_is_deleted(world: World, key: str) -> None:
    """Remove a VPN."""
    world[Vpn].remove(key)


def _take_task(world: World) -> str:
    """Return the number of a new task, which no operation can read."""
    return str(world.take_number("vpnTasks", _FIRST_TASK))


def _checked(vpn: Vpn) -> Vpn:
    """Return a validated VPN, in which an empty identity is None. Raise ApiError (400)."""
    _networks("local.subnets", vpn.subnets)
    for network in _networks("remote.subnets", vpn.remote["subnets"]):
        if not any(network.subnet_of(private) for private in _PRIVATE):
            raise validation_error("remote.subnets", f"{network} is not a private network.")
    identity = vpn.ike.get("remoteIdentity") or None
    if vpn.ike["natTraversal"] and not _is_private_address(identity):
        raise validation_error("ike.remoteIdentity", "A private IPv4 address is required with natTraversal.")
    if identity is not None and not vpn.ike["natTraversal"]:
        raise validation_error("ike.remoteIdentity", "remoteIdentity requires natTraversal.")
    vpn.ike["remoteIdentity"] = identity
    return vpn


def _networks(property_name: str, texts: list[str]) -> list[ipaddress.IPv4Network]:
    if not texts:
        raise validation_error(property_name, "At least one subnet is required.")
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.IPv4Network(text))
        except ValueError as error:
            raise validation_error(property_name, f"{text} is not a network in CIDR notation.") from error
        if "/" not in text:
            raise validation_error(property_name, f"{text} is not a network in CIDR notation.")
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
def load_seed(world: World, owner: Place, specs: list[Json]) -> None:
    """Load the VPNs of an account in a data center, with the phases of the documented example."""
    for spec in specs:
        remote = {
            "siteName": spec["site_name"],
            "deviceType": spec.get("device_type", "Other"),
            "address": spec["address"],
            "subnets": spec["subnets"],
        }
        created, user = spec.get("created", format_timestamp(world.now)), f"admin.{owner.account.lower()}"
        vpn = Vpn(
            spec.get("id", world.new_id()).upper(), owner.account, owner.data_center, spec["local_subnets"], remote,
            dict(_IKE), dict(_IPSEC), spec.get("pre_shared_key", ""), created, user, created, user,
        )  # fmt: skip
        try:
            world[Vpn].add(_checked(vpn))
        except ApiError as error:
            raise SeedError(f"site_to_site_vpns: {error.body['modelState']}") from error
