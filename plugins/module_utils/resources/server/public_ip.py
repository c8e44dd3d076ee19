# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public IP addresses of servers: each is mapped to an internal IP address, with its allowed ports and sources.

API behavior (network.yaml): the responses to add, update, and remove are bare status links, and none contains the new address; it
is found by reading the server again. Without internalIPAddress the service also assigns a new internal address, which stays on
the server after the removal. An update replaces both lists. Protocols are returned in upper case.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.errors import InvalidTaskError, ResourceLookupError
from ...api.jobs import Job, QueueResult, parse_queue_response
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.lookup import format_list, require_identifier
from ...kit.pending import PendingCreate
from ...kit.predicted import is_placeholder, new_id
from ...kit.resource import Entity, Field, plain_field
from ...kit.task import Task
from . import result as server_result
from ._shared import missing_servers, read_server

NEW = "new"


def same_ports(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two lists have the same ports, in any order, case of the protocol, and form of a single port."""
    return _port_keys(desired) == _port_keys(actual)


def _port_keys(ports: t.Any) -> set[tuple[str, int, int]]:
    return {
        (str(port["protocol"]).upper(), int(port.get("port") or 0), int(port.get("portTo") or port.get("port") or 0))
        for port in ports or []
    }


def _port_to_api(option: t.Mapping[str, t.Any]) -> Entity:
    """Return a port in the form of a request: icmp has port 0, only a range has portTo."""
    protocol = str(option["protocol"]).upper()
    port = {"protocol": protocol, "port": 0 if protocol == "ICMP" else int(option["port"])}
    last = option.get("port_to")
    return {**port, "portTo": int(last)} if last is not None and int(last) != port["port"] else port


def check_options(task: Task) -> None:
    """Validate the options before anything is read. Raises InvalidTaskError and ResourceLookupError."""
    for name in ("public_ip", "internal_ip"):
        if task.option(name) is not None:
            require_identifier(task, PublicIp.title, name)
    if task.state == "absent" and task.option("internal_ip") == NEW:
        raise problems.invalid_option(
            "internal_ip",
            f"'{NEW}' is not allowed when state is absent",
            "Set public_ip, or set internal_ip to the address that it is mapped to.",
        )


def _restrictions(entity: Entity) -> list[str]:
    return [str(network["cidr"]) for network in entity.get("sourceRestrictions") or []]


class PublicIp(DeclaredResource):
    """One public IP address of one server."""

    title = "public IP address"
    result_key = "public_ip"
    identified_by = (("server_id",),)
    identity_options = ("server_id", "public_ip", "internal_ip")
    # A recorded add took 235 s.
    created_within = 300.0
    assigned, assigned_properties = "public_ip", ("public",)
    fields = (
        plain_field(
            "ports", matches=same_ports, write=lambda ports: [_port_to_api(port) for port in ports], required=True
        ),
        Field(
            "source_restrictions",
            create="sourceRestrictions",
            update="sourceRestrictions",
            getter=_restrictions,
            matches=compare.network_set,
        ),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.server: Entity | None = None
        self.addresses_before: set[str] | None = None
        self._is_requested = False

    @property
    def label(self) -> str:
        address = self.entity["public"] if self.entity else self.task.option("public_ip")
        return f"{self.title}{f' {address}' if address else ''} of server {self._server_id}"

    def lock_names(self) -> str | None:
        """A new address is found by comparison with the addresses before, so tasks add to a server one after another."""
        return f"public IP addresses of {self.task.account} {self._server_id}"

    # Finding

    def find(self) -> None:
        self.server = self._read_server()
        addresses = server_result.details(self.server or {}).get("ipAddresses") or []
        entries = [entry for entry in addresses if entry.get("public")]
        if self.addresses_before is None:
            self.addresses_before = {str(entry["public"]) for entry in entries}
        selected = self._select_entry(entries)
        self.entity = self._read(str(selected["public"])) if selected else None

    @property
    def _server_id(self) -> str:
        """The server's id in lower case."""
        return str(self.task.option("server_id")).lower()

    def _read_server(self) -> Entity | None:
        server = read_server(self.task, self._server_id)
        if server is None and self.task.state != "absent":
            self.task.raise_missing(missing_servers([self._server_id], self.label, "server_id"))
        return server

    def _select_entry(self, entries: t.Sequence[Entity]) -> Entity | None:
        """Return the entry with the task's public or internal address, the one that this run has added, or the only one."""
        public, internal = self.task.option("public_ip"), self.task.option("internal_ip")
        if public is not None:
            return next((entry for entry in entries if entry["public"] == public), None)
        if internal == NEW:
            before = self.addresses_before or set()
            added = [entry for entry in entries if self._is_requested and entry["public"] not in before]
            return added[-1] if added else None
        if internal is not None:
            return next((entry for entry in entries if entry["internal"] == internal), None)
        if len(entries) > 1:
            addresses = format_list(f"{entry['public']} ({entry['internal']})" for entry in entries)
            raise ResourceLookupError(
                f"the server has {len(entries)} public IP addresses: {addresses}",
                action="select",
                target=self.label,
                help_text="Set public_ip or internal_ip.",
            )
        return entries[0] if entries else None

    def _read(self, address: str) -> Entity | None:
        body = self.task.read(self._path_of(address))
        return None if body is None else {**body, "public": address}

    def _path_of(self, address: str) -> str:
        link = next(
            (link for link in links.all_of(self.server, "publicIPAddress") if links.id_of(link) == address), None
        )
        if link is None:
            raise ResourceLookupError(f"the server has no link to {address}", action="read", target=self.label)
        return self.task.client.href_to_path(str(link["href"]))

    def is_stable(self) -> bool:
        """The server may return a new address shortly after the job has succeeded."""
        return self.entity is not None or not any(step.effect == "created" for step in self.done)

    # Requests

    def check_create(self) -> None:
        if any(step.effect == "created" for step in self.done):
            raise ResourceLookupError(
                "the service does not return it", action="find", target=self.label, help_text="Run the task again."
            )
        super().check_create()
        if self.server is not None and not self.server.get("predicted"):
            self._check_server(self.server)

    def create_data(self) -> dict[str, t.Any]:
        return {"addresses_before": sorted(self.addresses_before or ())}

    def resume(self, create: PendingCreate) -> t.Sequence[Job]:
        """A new address is recognized by comparison with the addresses before the create."""
        self.addresses_before, self._is_requested = set(create.data.get("addresses_before") or ()), True
        return create.jobs

    def forget_create(self) -> None:
        super().forget_create()
        self._is_requested = False

    def parse_created(self, response: ApiResponse) -> QueueResult:
        return parse_queue_response(self.task.client, response, (self._server_id,))

    def _check_server(self, server: Entity) -> None:
        """Raise InvalidTaskError if the server cannot have a public address, or does not have the internal one."""
        if links.href_of(server, "publicIPAddresses") is None:
            raise InvalidTaskError(
                f"the server has the status {server.get('status')}",
                action="add",
                target=self.label,
                help_text="The server must be active.",
            )
        internal = self.task.option("internal_ip")
        existing = [str(entry["internal"]) for entry in server_result.details(server).get("ipAddresses") or []]
        if internal not in (None, NEW, *existing) and not is_placeholder(internal):
            raise InvalidTaskError(
                f"the server has no internal IP address {internal}",
                action="add",
                target=self.label,
                help_text=f"Available: {format_list(existing) or 'none'}.",
            )

    def create(self, body: Entity) -> ApiResponse:
        self._is_requested = True
        href = str(links.href_of(self.server, "publicIPAddresses"))
        return self.task.client.post(self.task.client.href_to_path(href), self._create_body(body))

    def _create_body(self, body: Entity) -> Entity:
        internal = self._internal_address()
        return {**_to_api(body), **({"internalIPAddress": internal} if internal else {})}

    def _internal_address(self) -> str | None:
        """Return the internal address to map: that of the option; None for a new one; otherwise the primary one if it is free."""
        internal = self.task.option("internal_ip")
        if internal is not None:
            return None if internal == NEW else str(internal)
        entries = server_result.details(self.server or {}).get("ipAddresses") or []
        return next((str(entry["internal"]) for entry in entries[:1] if not entry.get("public")), None)

    def update(self, changes: Entity) -> ApiResponse:
        """Replace both lists; an omitted one is sent back as it was read."""
        body = {"ports": self.existing.get("ports"), "sourceRestrictions": _restrictions(self.existing), **changes}
        return self.task.client.put(self._path_of(self.existing["public"]), _to_api(body))

    def remove(self) -> ApiResponse:
        return self.task.client.delete(self._path_of(self.existing["public"]))

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return parse_queue_response(self.task.client, response, (self.label,))

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return parse_queue_response(self.task.client, response, (self.label,))

    # Result

    def predicted(self, body: Entity) -> Entity:
        internal = self._internal_address() or new_id(self.task, "private-ip", self.identity)
        return {**_to_api({"ports": [], **body}), "internalIPAddress": internal}

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(_to_api({"ports": entity.get("ports"), **changes}))

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return to_result(self.task.option("server_id"), entity)


def _to_api(values: Entity) -> Entity:
    body = {"ports": values["ports"]}
    networks = values.get("sourceRestrictions")
    return body if networks is None else {**body, "sourceRestrictions": [{"cidr": str(cidr)} for cidr in networks]}


def body_for(options: t.Mapping[str, t.Any]) -> Entity:
    """Return the body that requests an address with these ports and source_restrictions."""
    return _to_api(
        {"sourceRestrictions": options.get("source_restrictions"), "ports": list(map(_port_to_api, options["ports"]))}
    )


def to_result(server_id: str | None, entity: Entity) -> dict[str, t.Any]:
    """Return a public IP address in result format."""
    return {
        "server_id": None if server_id is None else str(server_id).lower(),
        "public_ip": entity["public"],
        "internal_ip": entity.get("internalIPAddress"),
        "ports": [
            {"protocol": str(port["protocol"]).lower(), "port": port.get("port"), "port_to": port.get("portTo")}
            for port in entity.get("ports") or []
        ],
        "source_restrictions": _restrictions(entity),
    }


def gather_public_ips(task: Task) -> list[dict[str, t.Any]]:
    """Return the public IP addresses of a server, or only that of the option public_ip; empty if the server does not exist."""
    server_id = str(task.option("server_id")).lower()
    server = read_server(task, server_id)
    selected = task.option("public_ip")
    results = []
    for link in links.all_of(server or {}, "publicIPAddress"):
        address = str(links.id_of(link))
        response = task.client.follow({"links": [link]}, "publicIPAddress") if selected in (None, address) else None
        if response is not None:
            results.append(to_result(server_id, {**response.body, "public": address}))
    return results
