# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks (VLANs) that an account holds in a data center: claimed from a pool, renamed, and released.

API behavior (network.yaml): a claim has no parameters, neither name nor address range; each call claims another network. Once
the claim's operation has succeeded, it links to the network, but one recorded success did not (docs/wire-notes.md, section 2).
The platform names a new network. An update replaces name and description together, and clears an omitted description. A network
is released by a POST to its release link, which the service rejects while servers have IP addresses in the network.

Not specified by the contract; design decisions: A network is found by its id or name, so a network with an unknown name is
claimed and then renamed. If the operation does not name the network, it is the one that was not listed before; two such
networks are an error. The API does not report for which task a network was claimed, so a claim is never repeated: if its
response is lost, the network that is new then is assumed to be its result. A task that does not wait cannot claim, since it could
not rename the network.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ...api import links, paths
from ...api.errors import (
    BadRequest,
    ClcError,
    InvalidTaskError,
    NoSuchResource,
    NotFound,
    ResourceLookupError,
)
from ...api.jobs import Job, QueueResult, parse_queue_response
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.listed_resource import ListedResource
from ...kit.lookup import find_one, format_list, validate_id, validate_name
from ...kit.naming import to_snake_case, with_keys
from ...kit.pending import PendingCreate
from ...kit.resource import Entity, Field, member
from ...kit.task import Task
from ..account import require_data_center

_KEYS = ("cidr", "gateway", "netmask", "type", "vlan")
_ADDRESS_KEYS = ("address", "claimed", "primary", "server", "type")
_CHECK_HINT = "Check with network_info whether a network was claimed. If so, set id to its id, together with name"


def check(task: Task) -> None:
    """Validate the options id and name."""
    validate_id(task)
    validate_name(task, "network")


class Network(ListedResource):
    """A network of a data center with a name and a description, or none."""

    title = "network"
    assigned_properties = ("id", "cidr", "gateway")
    result_key = "network"
    order = ("name", "id")
    create_phrase, delete_phrase = "claim", "release"
    # A successful operation of a claim may lack the link to the network.
    consistency_timeout = 600.0
    # A recorded claim took minutes.
    created_within = 600.0
    rerun_hint = f"{_CHECK_HINT}; otherwise the next run claims another network."
    fields = (
        Field("name", update="name", getter=member("name")),
        Field("description", update="description", getter=member("description"), matches=compare.string),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._ids_before: frozenset[str] | None = None
        self._has_claimed = False
        self._claimed_id: str | None = None

    @property
    def label(self) -> str:
        return f"{self.title} {self.task.option('id') or self.task.option('name')} in {self.task.data_center}"

    def lock_names(self) -> str | None:
        """A claimed network may be identified only by comparison with the list before, so claims run one at a time."""
        return f"networks of {self.task.account} in {self.task.data_center}"

    # Finding

    def find(self) -> None:
        networks = self.read_all()
        if self._ids_before is None:
            self._ids_before = frozenset(str(network["id"]) for network in networks)
        self.entity = self._find_claimed(networks) if self._has_claimed else self._find_existing(networks)

    def _find_existing(self, networks: t.Sequence[Entity]) -> Entity | None:
        # Once found, only the id identifies the network: after its release, another may have a name that differs in case.
        network_id = self.task.option("id") or (self.entity["id"] if self.entity else None)
        try:
            return self.find_one(str(network_id or self.task.option("name")), networks)
        except NoSuchResource:
            if network_id and self.task.state != "absent":
                raise
            return None

    def _find_claimed(self, networks: t.Sequence[Entity]) -> Entity | None:
        """Return the network that this run has claimed; None while the service does not list it."""
        if self._claimed_id:
            name = self.task.option("name")
            return self.find_created_among(self._claimed_id, networks, lambda network: network["name"] == name)
        new = [network for network in networks if network["id"] not in (self._ids_before or ())]
        if len(new) > 1:
            raise ResourceLookupError(
                f"{len(new)} networks are new, and the service does not report which one was claimed: "
                + format_list(f"{network['name']} ({network['id']})" for network in new),
                action="find",
                target=self.label,
                help_text="Set id to one of them, together with name.",
            )
        return new[0] if new else None

    # Claiming

    def check_create(self) -> None:
        if not self.task.wait:
            raise InvalidTaskError(
                "it does not exist, and a network can be named only after its claim has finished",
                action="claim",
                target=self.label,
                help_text="Set wait to true; otherwise the next run claims another network.",
            )

    def predicted(self, body: Entity) -> Entity:
        return {}

    def create(self, body: Entity) -> ApiResponse:
        self._has_claimed = True
        return self.task.client.post(paths.NETWORK_CLAIM(self.task.account, self.task.data_center), {})

    def parse_created(self, response: ApiResponse) -> QueueResult:
        queued = parse_queue_response(self.task.client, response, (self.label,))
        return QueueResult([replace(job, on_status_read=self._note_claimed) for job in queued.jobs])

    def _note_claimed(self, operation: t.Mapping[str, t.Any]) -> None:
        """Keep the id of the network that the claim's operation links to."""
        self._claimed_id = links.id_of(links.first_of(operation.get("summary"), "network")) or self._claimed_id

    lost_create_hint = rerun_hint

    def create_data(self) -> dict[str, t.Any]:
        return {"ids_before": sorted(self._ids_before or ())}

    def resume(self, create: PendingCreate) -> t.Sequence[Job]:
        """A claimed network has no name yet: its operation links to it, or it was not listed before."""
        self._has_claimed, self._ids_before = True, frozenset(create.data.get("ids_before") or ())
        return [replace(job, on_status_read=self._note_claimed) for job in create.jobs]

    def forget_create(self) -> None:
        super().forget_create()
        self._has_claimed = self._has_claimed and self.entity is not None

    # Updating

    def update(self, changes: Entity) -> ApiResponse:
        """Send both properties, since an update replaces them together; an empty description is omitted."""
        properties = {**with_keys(self.existing, ("name", "description")), **changes}
        body = {name: value for name, value in properties.items() if value}
        try:
            return self.task.client.put(self._href("self"), body)
        except ClcError as error:
            if self._has_claimed:
                hint = f"The network was claimed with the id {self.existing['id']}: set id to it in a second run."
                error.help_text = f"{error.help_text} {hint}".strip()
            raise

    def _href(self, rel: str) -> str:
        return self.task.client.href_to_path(str(links.href_of(self.existing, rel)))

    def apply(self, entity: Entity, changes: Entity) -> None:
        super().apply(entity, changes)
        if not entity.get("description"):
            entity["description"] = None  # the service omits an empty one

    # Releasing

    def check_delete(self) -> None:
        users = _users(self.task, self.existing) if self.task.predicting else []
        if users:
            self.task.warn(
                f"Ignored in check mode, since an earlier task may delete them: {format_list(users)} with IP addresses "
                f"in {self.label}. The service would currently refuse to release it."
            )

    def remove(self) -> ApiResponse:
        try:
            return self.task.client.post(self._href("release"), {})
        except BadRequest as error:
            users = _users(self.task, self.existing)
            if users:
                error.cause = f"IP addresses in it are still used by {format_list(users)}: {error.cause}"
                error.help_text = "Delete the servers, or remove their adapters on this network, first."
            raise

    # Results

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        identity = with_keys(entity, ("id", "name", "description"))
        return {**identity, "data_center": self.task.data_center, **with_keys(to_snake_case(entity), _KEYS)}

    # Reading

    def read_all(self) -> list[Entity]:
        return read_all(self.task)

    def read_by_id(self, resource_id: str) -> Entity | None:
        addresses = self.task.option("addresses")
        path = paths.NETWORK(self.task.account, self.task.data_center, resource_id.lower())
        network: Entity | None = self.task.read(path, params={"ipAddresses": addresses} if addresses else None)
        return network

    def to_info(self, entity: Entity) -> dict[str, t.Any]:
        """Return the result of a network, with the IP addresses that the task selects, or null for them."""
        selection, addresses = self.task.option("addresses"), entity.get("ipAddresses")
        if selection and addresses is None:
            addresses = _read_addresses(self.task, entity, selection)
        ip_addresses = [with_keys(address, _ADDRESS_KEYS) for address in addresses or []] if selection else None
        return {**self.to_result(entity), "ip_addresses": ip_addresses}


gather_networks = Network.gather


def find_network(task: Task, data_center: str, name_or_id: str) -> Entity:
    """Return the network with this name or id. Sends one request per task and data center.

    Raises ResourceLookupError and NoSuchResource.
    """
    key = ("networks", data_center)
    networks = task.cached(key, lambda: _read_all(task, data_center))
    return find_one("network", name_or_id, networks, scope=f"in {data_center}")


def read_all(task: Task) -> list[Entity]:
    """Read the networks of the account in the task's data center. Sends one request."""
    return _read_all(task, task.data_center)


def _read_all(task: Task, data_center: str) -> list[Entity]:
    try:
        return list(task.client.get(paths.NETWORKS(task.account, data_center)).body or [])
    except NotFound:
        require_data_center(task, data_center)
        raise


def _read_addresses(task: Task, entity: Entity, selection: str) -> list[Entity]:
    """Read the IP addresses of a network: claimed, free, or all. Sends one request."""
    response = task.client.follow(entity, "ipAddresses", params={"type": selection})
    return list(response.body or []) if response else []


def _users(task: Task, entity: Entity) -> list[str]:
    """Return the servers with IP addresses in a network, or the address itself if its server is not reported."""
    claimed = [address for address in _read_addresses(task, entity, "claimed") if address.get("claimed")]
    return sorted({str(address.get("server") or address.get("address")) for address in claimed})
