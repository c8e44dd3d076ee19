# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Site-to-site VPNs: a tunnel between subnets of a data center and subnets behind a device of the customer.

API behavior (site-to-site-vpn.yaml): the list has complete entries for all data centers. A create is synchronous. A PUT
merges, so only differences are sent. A job applies updates and deletions, but the API cannot return its status, so only reads
show that it has finished. The pre-shared key is never returned. The data center cannot be changed. remoteIdentity is null
without natTraversal, but is required in a create.

Not specified by the contract; design decisions: VPNs may not be unique, so one is identified by its id, or by data center and
remote address; multiple matches are an error. An address is sent without a prefix length, a subnet in its canonical form. The
details of a VPN may return 404 under the alias of a sub-account, so the list decides whether a VPN exists.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import ipaddress
import typing as t

from ...api import links, paths
from ...api.errors import InvalidTaskError, ResourceLookupError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.listed_resource import ListedResource
from ...kit.lookup import format_list, validate_id
from ...kit.naming import change_info, to_snake_case, with_keys
from ...kit.predicted import has_placeholder
from ...kit.resource import Entity, Field, body_of, changes_of
from ...kit.steps import Step
from ...kit.task import Task
from ..account import of_existing, require_data_center

KEY, NAT, IDENTITY = "ike.preSharedKey", "ike.natTraversal", "ike.remoteIdentity"
_SECTIONS = {
    "local": ("address", "location_description", "subnets"),
    "remote": ("site_name", "device_type", "address", "subnets"),
    "ike": (
        "encryption",
        "hashing",
        "diffie_hellman_group",
        "lifetime_seconds",
        "mode",
        "dead_peer_detection",
        "nat_traversal",
        "remote_identity",
    ),
    "ipsec": ("encryption", "hashing", "protocol", "pfs", "lifetime_seconds"),
}
# Not required by the service in a create.
_OPTIONAL = frozenset({"ike.dead_peer_detection", "ike.nat_traversal", "ike.remote_identity"})


def _address(option: str, value: t.Any) -> str:
    """Return an IPv4 address in its canonical form; a placeholder as it is."""
    if has_placeholder(value):
        return str(value)
    try:
        return str(ipaddress.IPv4Address(str(value)))
    except ValueError:
        raise problems.invalid_option(
            option, f"'{value}' is not an IPv4 address", "Use an address without prefix length, such as 198.51.100.4."
        ) from None


def _identity(value: t.Any) -> str:
    """Return an IPv4 address, or an empty string for none."""
    return _address("ike.remote_identity", value) if value else ""


def _subnets(option: str, values: t.Any) -> list[str]:
    """Return networks in the form that the service requires, placeholders as they are; a VPN has at least one."""
    try:
        networks = [_network(str(value)) for value in values if "/" in str(value) or has_placeholder(value)]
    except ValueError:
        networks = []
    if not values or len(networks) != len(values):
        raise problems.invalid_option(
            option,
            f"{format_list(map(str, values)) or 'an empty list'} is not one or more networks in CIDR notation",
            "Specify at least one network such as 10.80.12.0/24.",
        )
    return networks


def _network(value: str) -> str:
    return value if has_placeholder(value) else str(ipaddress.IPv4Network(value, strict=False))


def _field(option: str, name: str, same: compare.Rule = compare.equal, write: t.Any = lambda value: value) -> Field:
    """Return a field of a section; option and property are written as section.name."""
    section, _dot, key = name.partition(".")
    return Field(option, name, name, lambda entity: (entity.get(section) or {}).get(key), same, write)


class SiteToSiteVpn(ListedResource):
    """A site-to-site VPN."""

    title = "site-to-site VPN"
    twin_identity = "data center and address"
    result_key = "site_to_site_vpn"
    lost_create_hint = "The VPN may still have been created. Check site_to_site_vpn_info before you run the task again."
    created_within = 0.0
    consistency_timeout = float("inf")  # limited by wait_timeout
    fields = (
        Field(
            "data_center",
            create="local.locationAlias",
            getter=lambda entity: (entity.get("local") or {}).get("locationAlias"),
            matches=compare.case_insensitive,
        ),
        _field("local.subnets", "local.subnets", compare.network_set, functools.partial(_subnets, "local.subnets")),
        _field("remote.site_name", "remote.siteName"),
        _field("remote.device_type", "remote.deviceType"),
        _field("remote.address", "remote.address", compare.network, functools.partial(_address, "remote.address")),
        _field("remote.subnets", "remote.subnets", compare.network_set, functools.partial(_subnets, "remote.subnets")),
        _field("ike.encryption", "ike.encryption", compare.case_insensitive),
        _field("ike.hashing", "ike.hashing", compare.case_insensitive),
        _field("ike.diffie_hellman_group", "ike.diffieHellmanGroup", compare.case_insensitive),
        Field("ike.pre_shared_key", create=KEY),
        _field("ike.lifetime_seconds", "ike.lifetime", compare.number),
        _field("ike.mode", "ike.mode", compare.case_insensitive),
        _field("ike.dead_peer_detection", "ike.deadPeerDetection", compare.boolean),
        _field("ike.nat_traversal", NAT, compare.boolean),
        _field("ike.remote_identity", IDENTITY, compare.string, _identity),
        _field("ipsec.encryption", "ipsec.encryption", compare.case_insensitive),
        _field("ipsec.hashing", "ipsec.hashing", compare.case_insensitive),
        _field("ipsec.protocol", "ipsec.protocol", compare.case_insensitive),
        _field("ipsec.pfs", "ipsec.pfs", compare.case_insensitive),
        _field("ipsec.lifetime_seconds", "ipsec.lifetime", compare.number),
    )

    @property
    def label(self) -> str:
        if self.task.option("id"):
            return f"{self.title} {self.task.option('id')}"
        return f"{self.title} from {self.task.data_center} to {self._option('remote.address')}"

    def lock_names(self) -> str | None:
        """A VPN is identified by its properties, so only one task at a time may create one."""
        return f"site-to-site VPNs of {self.task.account}"

    def _option(self, name: str) -> t.Any:
        """Return an option by its name, or a suboption by section.name."""
        section, _dot, key = name.partition(".")
        value = self.task.option(section)
        return (value or {}).get(key) if key else value

    def desired_value(self, field: Field) -> t.Any:
        if field.option == "data_center" and self.entity is None:
            return self.task.data_center
        value = self._option(field.option)
        return None if value is None else field.write(value)

    # Finding

    def find(self) -> None:
        vpn_id = self.task.option("id")
        self.entity = self.read_by_id(vpn_id) if vpn_id else self._find_by_address()
        if vpn_id and self.entity is None and self.task.state == "present":
            raise problems.no_such_id(self.label, "id", vpn_id)

    def read_all(self) -> list[Entity]:
        vpns: list[Entity] = self.task.client.get(_list_path(self.task)).body or []
        return vpns

    def read_by_id(self, resource_id: str) -> Entity | None:
        """Read the VPN with an id, case-insensitive. Sends one request, and a second one if the VPN was not found."""
        vpn: Entity | None = self.task.read(paths.with_query(paths.VPN(resource_id), account=self.task.account))
        if vpn is None:
            return next((vpn for vpn in self.read_all() if compare.case_insensitive(resource_id, vpn["id"])), None)
        # The alias of the user's account also returns VPNs of its sub-accounts.
        return vpn if compare.case_insensitive(self.task.account, vpn.get("accountAlias")) else None

    def select(self) -> list[Entity]:
        vpn_id = self.task.option("id")
        if not vpn_id:
            return self.read_all()
        vpn = self.read_by_id(vpn_id)
        return [] if vpn is None else [vpn]

    def is_selected(self, entity: Entity) -> bool:
        return not self.task.option("data_center") or _is_in(entity, self.task.option("data_center"))

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return what an info task asks for. Raises ResourceLookupError for a data center that does not exist."""
        return of_existing(task, super().gather(task))

    def _find_by_address(self) -> Entity | None:
        data_center, address = self.task.data_center, _address("remote.address", self._option("remote.address"))

        def is_this(vpn: Entity) -> bool:
            return _is_in(vpn, data_center) and compare.network(address, (vpn.get("remote") or {}).get("address"))

        if self.has_created and self.entity is not None:
            return self.find_created_among(self.entity["id"], self.read_all(), is_this)
        vpns = [vpn for vpn in self.read_all() if is_this(vpn)]
        if len(vpns) > 1:
            labels = format_list(f"{vpn['id']} ({vpn['remote'].get('siteName')})" for vpn in vpns)
            raise ResourceLookupError(
                f"{len(vpns)} VPNs match: {labels}",
                action="find",
                target=self.label,
                help_text="Set id to one of them.",
            )
        return vpns[0] if vpns else None

    # Steps

    def plan(self) -> list[Step]:
        """Return the steps, including an update of the key; a task that does not wait sends each step once."""
        if self.done and not self.task.wait:
            return []
        if self.task.state == "absent" or self.entity is None:
            return super().plan()
        changes = {**changes_of(self.fields, self.entity, self.desired_value), **self._secret_change()}
        self._check_identity(changes)
        return [self._update_step(changes)] if changes else []

    def _secret_change(self) -> Entity:
        """Return the key if update_secret is always, once per run: a key that cannot be read cannot be compared."""
        key = self._option("ike.pre_shared_key")
        always = self.task.option("update_secret") == "always"
        return {KEY: key} if always and key is not None and not self.done else {}

    def _check_identity(self, changes: Entity) -> None:
        """Ensure that after a change NAT traversal and remote identity are both set, or neither, as the service requires."""
        ike = (self.entity or {}).get("ike") or {}
        traversal = compare.boolean(True, changes.get(NAT, ike.get("natTraversal")))
        if not traversal and ike.get("remoteIdentity") and self._option("ike.remote_identity") is None:
            changes.update({IDENTITY: ""} if NAT in changes else {})
            return
        identity = changes.get(IDENTITY, ike.get("remoteIdentity"))
        if traversal != bool(identity):
            raise InvalidTaskError(
                "nat_traversal is true but remote_identity is missing"
                if traversal
                else "remote_identity is set but nat_traversal is false",
                action="update" if self.entity else "create",
                target=self.label,
                help_text="Set both options of ike, or neither.",
            )

    def check_create(self) -> None:
        body = body_of(self.fields, self.desired_value)
        missing = [field.option for field in self.fields if field.create not in body and field.option not in _OPTIONAL]
        if missing:
            raise problems.missing_options(self.label, missing)
        self._check_identity(body)

    def parse_created(self, response: ApiResponse) -> QueueResult:
        """Keep only the id of the response, which contains the key and lacks properties that a read returns."""
        created = response.body if isinstance(response.body, dict) else {}
        self.entity = {"id": created["id"]} if created.get("id") else None
        return QueueResult()

    def check_references(self, step: Step) -> None:
        if step.effect == "created":
            require_data_center(self.task, self.task.data_center)

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(_list_path(self.task), _nested({IDENTITY: "", **body}))

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return QueueResult()  # the API cannot return the status of the job

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return QueueResult()

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.put(self._path(), _nested(changes), verify_path=_list_path(self.task))

    def remove(self) -> ApiResponse:
        vpn_id = str(self.existing["id"])

        def is_deleted(body: t.Any) -> bool:
            return vpn_id not in [vpn["id"] for vpn in body or []]

        return self.task.client.delete(self._path(), verify_path=_list_path(self.task), is_deleted=is_deleted)

    def _path(self) -> str:
        href = links.href_of(self.existing, "self")
        if href is None:
            raise ResourceLookupError("the service does not link to it", action="change", target=self.label)
        return self.task.client.href_to_path(href)

    # Results

    def predicted(self, body: Entity) -> Entity:
        ike = {"deadPeerDetection": False, "natTraversal": False}
        vpn: Entity = {"accountAlias": self.task.account, "ike": ike}
        self.apply(vpn, body)
        return vpn

    def apply(self, entity: Entity, changes: Entity) -> None:
        for section, values in _nested(changes).items():
            entity[section] = {**(entity.get(section) or {}), **values}

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return the result of a VPN with all keys, lifetimes in seconds, and without the pre-shared key."""
        values = to_snake_case(entity)
        result = with_keys(
            {**values, "data_center": (values.get("local") or {}).get("location_alias")},
            ("id", "account_alias", "data_center"),
        )
        for name, keys in _SECTIONS.items():
            section = values.get(name) or {}
            result[name] = with_keys({**section, "lifetime_seconds": section.get("lifetime")}, keys)
        return {**result, "change_info": change_info(entity)}


gather_vpns = SiteToSiteVpn.gather


def _nested(values: Entity) -> Entity:
    """Return values named section.property as a request body; an empty remote identity becomes null."""
    body: Entity = {}
    for name, value in values.items():
        section, _dot, key = name.partition(".")
        body.setdefault(section, {})[key] = None if name == IDENTITY and not value else value
    return body


def _list_path(task: Task) -> str:
    return paths.with_query(paths.VPNS(), account=task.account)


def _is_in(vpn: Entity, data_center: str) -> bool:
    return compare.case_insensitive(data_center, (vpn.get("local") or {}).get("locationAlias"))


def check(task: Task) -> None:
    """Validate the options: a valid id, or an address that identifies the VPN, and a key that is not empty.

    Raises InvalidTaskError.
    """
    validate_id(task)
    if not task.option("id") and not (task.option("remote") or {}).get("address"):
        raise InvalidTaskError(
            "id and remote.address are missing",
            action="find",
            target="the site-to-site VPN",
            help_text="Set id, or remote.address together with data_center.",
        )
    if (task.option("ike") or {}).get("pre_shared_key") == "":
        raise problems.invalid_option("ike.pre_shared_key", "it is empty", "Check the variable that it comes from.")
