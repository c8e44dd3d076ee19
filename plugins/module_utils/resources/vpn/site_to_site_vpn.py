# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Site-to-site VPNs: a tunnel between subnets of one data center and subnets behind a device of the customer's.

Facts (contract site-to-site-vpn.yaml): the list holds all data centers, complete entries; a create is done at once; a PUT
merges, so only what differs is sent; changes and deletions are applied by a job that no call can ask for, so that reads are
the only sign of their end; the pre-shared key is never read back; the data center cannot change; remoteIdentity is null
without natTraversal, and has to be sent with a create either way.

Left open by the contract, and decided here: nothing says that VPNs are unique, so one is known by its id, or by data center and
remote address, and several of these are an error. An address is sent without prefix length, a subnet in its canonical form.
Details were seen to answer 404 under the alias of a sub-account, so the list has the last word on what is not there.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed, NotThere
from ...api.jobs import Queued
from ...kit import compare, problems
from ...kit.declaration import Entity, Field, body_of, changes_of
from ...kit.listed import Listed
from ...kit.lookup import listed, refuse_no_id
from ...kit.shape import change_info, filled, snaked
from ...kit.steps import Step
from ...kit.task import Task

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
# What the service does without in a create.
_OPTIONAL = frozenset({"ike.dead_peer_detection", "ike.nat_traversal", "ike.remote_identity"})


def _address(value: t.Any) -> str:
    """Return a plain IPv4 address."""
    try:
        return str(ipaddress.IPv4Address(str(value)))
    except ValueError:
        raise ConfigurationError(
            f"'{value}' is no IPv4 address", action="use", thing="an address", remedy="Give it as 198.51.100.4."
        ) from None


def _identity(value: t.Any) -> str:
    """Return an address, or an empty text for none."""
    return _address(value) if value else ""


def _subnets(values: t.Any) -> list[str]:
    """Return networks as they are sent; a VPN without any would be none."""
    try:
        networks = [str(ipaddress.IPv4Network(str(one), strict=False)) for one in values if "/" in str(one)]
    except ValueError:
        networks = []
    if not values or len(networks) != len(values):
        raise ConfigurationError(
            f"{listed(map(str, values)) or 'an empty list'} is not one or more networks in CIDR notation",
            action="use",
            thing="subnets",
            remedy="Give them as 10.80.12.0/24.",
        )
    return networks


def _field(option: str, name: str, same: compare.Rule = compare.equal, write: t.Any = lambda value: value) -> Field:
    """Return a field of a section; option and member are written as section.name."""
    part, _dot, inner = name.partition(".")
    return Field(option, name, name, lambda entity: (entity.get(part) or {}).get(inner), same, write)


class SiteToSiteVpn(Listed):
    """One VPN."""

    title = "site-to-site VPN"
    result_key = "site_to_site_vpn"
    lost_create_hint = "It may have been created all the same. Read site_to_site_vpn_info before the next run."
    created_within = 0.0
    lag = float("inf")  # bounded by the task's own time
    fields = (
        Field(
            "data_center",
            create="local.locationAlias",
            read=lambda entity: (entity.get("local") or {}).get("locationAlias"),
            same=compare.caseless,
        ),
        _field("local.subnets", "local.subnets", compare.network_set, _subnets),
        _field("remote.site_name", "remote.siteName"),
        _field("remote.device_type", "remote.deviceType"),
        _field("remote.address", "remote.address", compare.network, _address),
        _field("remote.subnets", "remote.subnets", compare.network_set, _subnets),
        _field("ike.encryption", "ike.encryption", compare.caseless),
        _field("ike.hashing", "ike.hashing", compare.caseless),
        _field("ike.diffie_hellman_group", "ike.diffieHellmanGroup", compare.caseless),
        Field("ike.pre_shared_key", create=KEY),
        _field("ike.lifetime_seconds", "ike.lifetime", compare.number),
        _field("ike.mode", "ike.mode", compare.caseless),
        _field("ike.dead_peer_detection", "ike.deadPeerDetection", compare.flag),
        _field("ike.nat_traversal", NAT, compare.flag),
        _field("ike.remote_identity", IDENTITY, compare.text, _identity),
        _field("ipsec.encryption", "ipsec.encryption", compare.caseless),
        _field("ipsec.hashing", "ipsec.hashing", compare.caseless),
        _field("ipsec.protocol", "ipsec.protocol", compare.caseless),
        _field("ipsec.pfs", "ipsec.pfs", compare.caseless),
        _field("ipsec.lifetime_seconds", "ipsec.lifetime", compare.number),
    )

    @property
    def told(self) -> str:
        if self.task.option("id"):
            return f"{self.title} {self.task.option('id')}"
        return f"{self.title} from {self.task.data_center} to {self._option('remote.address')}"

    def held(self) -> str | None:
        """VPNs are told apart by what they are, so no two tasks may make one at a time."""
        return f"site-to-site VPNs of {self.task.account}"

    def _option(self, name: str) -> t.Any:
        """Return an option by its name, or a suboption by section.name."""
        part, _dot, inner = name.partition(".")
        value = self.task.option(part)
        return (value or {}).get(inner) if inner else value

    def wanted(self, one: Field) -> t.Any:
        if one.option == "data_center" and self.entity is None:
            return self.task.data_center
        value = self._option(one.option)
        return None if value is None else one.write(value)

    # Finding

    def find(self) -> None:
        wanted = self.task.option("id")
        self.entity = self.read_by_id(wanted) if wanted else self._by_address()
        if wanted and self.entity is None and self.task.state == "present":
            raise NotThere(
                "there is none of this id, and the service chooses the ids of new ones",
                action="find",
                thing=self.told,
                remedy="Leave id out to have one made.",
            )

    def read_all(self) -> list[Entity]:
        found: list[Entity] = self.task.client.get(_list_path(self.task)).body or []
        return found

    def read_by_id(self, own_id: str) -> Entity | None:
        """Read the VPN of an id in any case. One request; a second one makes sure that it is not there."""
        found: Entity | None = self.task.read(paths.with_query(paths.VPN(own_id), account=self.task.account))
        if found is None:
            return next((one for one in self.read_all() if compare.caseless(own_id, one["id"])), None)
        # The alias of a login also leads to those of the accounts below it.
        return found if compare.caseless(self.task.account, found.get("accountAlias")) else None

    def select(self) -> list[Entity]:
        own_id = self.task.option("id")
        found = self.read_by_id(own_id) if own_id else None
        return ([] if found is None else [found]) if own_id else self.read_all()

    def is_selected(self, entity: Entity) -> bool:
        return not self.task.option("data_center") or _is_in(entity, self.task.option("data_center"))

    def _by_address(self) -> Entity | None:
        center, address = self.task.data_center, _address(self._option("remote.address"))
        found = [
            one
            for one in self.read_all()
            if _is_in(one, center) and compare.network(address, (one.get("remote") or {}).get("address"))
        ]
        if len(found) > 1:
            told = listed(f"{one['id']} ({one['remote'].get('siteName')})" for one in found)
            raise LookupFailed(f"there are {len(found)}: {told}", action="choose", thing=self.told, remedy="Give id.")
        return found[0] if found else None

    # Doing

    def plan(self) -> list[Step]:
        """As every resource that is declared, and the key besides; without waiting nothing is sent twice."""
        if self.done and not self.task.wait:
            return []
        if self.task.state == "absent" or self.entity is None:
            return super().plan()
        changes = {**changes_of(self.fields, self.entity, self.wanted), **self._secret()}
        self._fit(changes)
        return [self._update_step(changes)] if changes else []

    def _secret(self) -> Entity:
        """Return the key where it is to be set on every run, once in it: what cannot be read cannot be compared."""
        key = self._option("ike.pre_shared_key")
        always = self.task.option("update_secret") == "always"
        return {KEY: key} if always and key is not None and not self.done else {}

    def _fit(self, changes: Entity) -> None:
        """See that identity and NAT traversal go together after a change, as the service wants it."""
        ike = (self.entity or {}).get("ike") or {}
        traversal = compare.flag(True, changes.get(NAT, ike.get("natTraversal")))
        if not traversal and ike.get("remoteIdentity") and self._option("ike.remote_identity") is None:
            changes.update({IDENTITY: ""} if NAT in changes else {})
            return
        identity = changes.get(IDENTITY, ike.get("remoteIdentity"))
        if traversal != bool(identity):
            raise ConfigurationError(
                "nat_traversal is on and remote_identity not given"
                if traversal
                else "remote_identity is given and nat_traversal is off",
                action="set up",
                thing=self.told,
                remedy="Give both options of ike, or neither.",
            )

    def check_create(self) -> None:
        body = body_of(self.fields, self.wanted)
        missing = [one.option for one in self.fields if one.create not in body and one.option not in _OPTIONAL]
        if missing:
            raise problems.missing_options(self.told, missing)
        self._fit(body)

    def parse_created(self, answer: Answer) -> Queued:
        """The answer holds the key and lacks what a read has, so nothing of it is kept."""
        return Queued()

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(_list_path(self.task), _nested({IDENTITY: "", **body}))

    def parse_updated(self, answer: Answer) -> Queued:
        return Queued()  # nothing that was queued can be asked for

    def parse_deleted(self, answer: Answer) -> Queued:
        return Queued()

    def update(self, changes: Entity) -> Answer:
        return self.task.client.put(self._own_path(), _nested(changes), probe=_list_path(self.task))

    def remove(self) -> Answer:
        own = str(self.existing["id"])
        gone: t.Callable[[t.Any], bool] = lambda body: own not in [one["id"] for one in body or []]  # noqa: E731
        return self.task.client.delete(self._own_path(), probe=_list_path(self.task), done_when=gone)

    def _own_path(self) -> str:
        href = links.href_of(self.existing, "self")
        if href is None:
            raise LookupFailed("the service does not link to it", action="change", thing=self.told)
        return self.task.client.path_of(href)

    # Telling

    def predicted(self, body: Entity) -> Entity:
        ike = {"deadPeerDetection": False, "natTraversal": False}
        made: Entity = {"id": None, "accountAlias": self.task.account, "ike": ike}
        self.apply(made, body)
        return made

    def apply(self, entity: Entity, changes: Entity) -> None:
        for part, values in _nested(changes).items():
            entity[part] = {**(entity.get(part) or {}), **values}

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a VPN as results have it: every key there, lifetimes in seconds, and no pre-shared key."""
        values = snaked(entity)
        made = filled(
            {**values, "data_center": values["local"].get("location_alias")}, ("id", "account_alias", "data_center")
        )
        for part, keys in _SECTIONS.items():
            section = values.get(part) or {}
            made[part] = filled({**section, "lifetime_seconds": section.get("lifetime")}, keys)
        return {**made, "change_info": change_info(entity)}


found_vpns = SiteToSiteVpn.gather


def _nested(values: Entity) -> Entity:
    """Return values by section.member as the service takes them; an empty identity is null there, and no key is shown."""
    made: Entity = {}
    for name, value in values.items():
        part, _dot, inner = name.partition(".")
        made.setdefault(part, {})[inner] = None if name == IDENTITY and not value else value
    return made


def _list_path(task: Task) -> str:
    return paths.with_query(paths.VPNS(), account=task.account)


def _is_in(vpn: Entity, code: str) -> bool:
    return compare.caseless(code, (vpn.get("local") or {}).get("locationAlias"))


def check(task: Task) -> None:
    """Refuse an id that cannot be one, a task that says by nothing which VPN is meant, and a key that was left empty.

    Raises ConfigurationError.
    """
    refuse_no_id(task)
    if not task.option("id") and not (task.option("remote") or {}).get("address"):
        raise ConfigurationError(
            "neither id nor remote.address is given",
            action="choose",
            thing="a site-to-site VPN",
            remedy="A VPN is known by its id, or by data_center and remote.address.",
        )
    if (task.option("ike") or {}).get("pre_shared_key") == "":
        raise ConfigurationError(
            "it is empty, and no VPN can be without", action="use", thing="ike.pre_shared_key", remedy="Give a key."
        )
