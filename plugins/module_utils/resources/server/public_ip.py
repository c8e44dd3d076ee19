# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public addresses of servers: each is mapped to an internal one, with the ports and the sources that it lets in.

Facts (contract network.yaml): the answers to add, change and remove are bare status links, and none tells the new address; it is
found by reading the server again. Without internalIPAddress the service takes a new internal address besides, which stays on
the server after the removal. A change replaces both lists wholly. Protocols are read in upper case.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed, NotThere
from ...api.jobs import Queued, started_by
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field
from ...kit.lookup import listed, refuse_unnamed
from ...kit.task import Task
from . import result as server_result
from ._shared import read_server

NEW = "new"


def same_ports(wanted: t.Any, shown: t.Any) -> bool:
    """The same ports to let in, whatever their order, the case of the protocol, and how a single port is written."""
    return _ports(wanted) == _ports(shown)


def _ports(ports: t.Any) -> set[tuple[str, int, int]]:
    return {
        (str(one["protocol"]).upper(), int(one.get("port") or 0), int(one.get("portTo") or one.get("port") or 0))
        for one in ports or []
    }


def _port(one: t.Mapping[str, t.Any]) -> Entity:
    """Write a port as the service takes it: icmp is port 0, a range has its last port beside the first."""
    protocol = str(one["protocol"]).upper()
    port = {"protocol": protocol, "port": 0 if protocol == "ICMP" else int(one["port"])}
    last = one.get("port_to")
    return {**port, "portTo": int(last)} if last is not None and int(last) != port["port"] else port


def check_options(task: Task) -> None:
    """Refuse what cannot be meant, before anything is read."""
    for name in ("public_ip", "internal_ip"):
        if task.option(name) is not None:
            refuse_unnamed(task, PublicIp.title, name)
    if task.state == "absent" and task.option("internal_ip") == NEW:
        raise ConfigurationError(
            f"'{NEW}' means an address that is yet to be made",
            action="remove",
            thing="internal_ip",
            remedy="Give public_ip, or the internal address that it is mapped to.",
        )


def _restrictions(entity: Entity) -> list[str]:
    return [str(one["cidr"]) for one in entity.get("sourceRestrictions") or []]


class PublicIp(Declared):
    """One public address of one server."""

    title = "public address"
    result_key = "public_ip"
    named_by = (("server_id",),)
    assigned = "public_ip"
    fields = (
        Field(
            "ports",
            create="ports",
            update="ports",
            read=lambda one: one.get("ports"),
            same=same_ports,
            write=lambda ports: [_port(one) for one in ports],
            required=True,
        ),
        Field(
            "source_restrictions",
            create="sourceRestrictions",
            update="sourceRestrictions",
            read=_restrictions,
            same=compare.network_set,
        ),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.server: Entity | None = None
        self.known: set[str] | None = None

    @property
    def told(self) -> str:
        address = self.entity["public"] if self.entity else self.task.option("public_ip")
        return f"{self.title} {address} of server {self._name}" if address else f"a {self.title} of server {self._name}"

    def held(self) -> str | None:
        """A new address is told from those before by difference, so only one at a time may be added to a server."""
        return f"public addresses of {self.task.account} {self._name}"

    # Finding

    def find(self) -> None:
        self.server = self._server()
        entries = [
            one for one in server_result.details(self.server or {}).get("ipAddresses") or [] if one.get("public")
        ]
        if self.known is None:
            self.known = {str(one["public"]) for one in entries}
        chosen = self._chosen(entries)
        self.entity = self._read(str(chosen["public"])) if chosen else None

    @property
    def _name(self) -> str:
        """The server's id in lower case; a prediction of a new server has none yet."""
        return str(self.task.option("server_id") or "that is yet to be made").lower()

    def _server(self) -> Entity | None:
        name = self._name
        found = read_server(self.task, name) if self.task.option("server_id") else None
        if found is None and self.task.state != "absent":
            self.task.raise_missing(
                NotThere(
                    f"there is no server {name}",
                    action="find",
                    thing=self.told,
                    remedy="Check server_id and account_alias.",
                )
            )
        return found

    def _chosen(self, entries: t.Sequence[Entity]) -> Entity | None:
        """Return the entry that the task means: by its public or internal address, what this run has added, or the only one."""
        public, internal = self.task.option("public_ip"), self.task.option("internal_ip")
        if public is not None:
            return next((one for one in entries if one["public"] == public), None)
        if internal == NEW:
            added = [one for one in entries if self.done and one["public"] not in (self.known or set())]
            return added[-1] if added else None
        if internal is not None:
            return next((one for one in entries if one["internal"] == internal), None)
        if len(entries) > 1:
            told = listed(f"{one['public']} ({one['internal']})" for one in entries)
            raise LookupFailed(
                f"the server has {len(entries)} of them: {told}",
                action="choose",
                thing=self.told,
                remedy="Give public_ip or internal_ip.",
            )
        return entries[0] if entries else None

    def _read(self, address: str) -> Entity | None:
        body = self.task.read(self._path_of(address))
        return None if body is None else {**body, "public": address}

    def _path_of(self, address: str) -> str:
        link = next((one for one in links.all_of(self.server, "publicIPAddress") if links.id_of(one) == address), None)
        if link is None:
            raise LookupFailed(f"the server does not link to {address}", action="read", thing=self.told)
        return self.task.client.path_of(str(link["href"]))

    def settled(self) -> bool:
        """After an addition the server may show its address a moment later than the job says."""
        return self.entity is not None or not any(step.effect == "created" for step in self.done)

    # Doing

    def check_create(self) -> None:
        if any(step.effect == "created" for step in self.done):
            raise LookupFailed(
                "the service does not show it", action="find", thing=self.told, remedy="Run the task again."
            )
        super().check_create()
        if self.server is not None:
            self._refuse_server(self.server)

    def parse_created(self, answer: Answer) -> Queued:
        return started_by(self.task.client, answer, (self._name,))

    def _refuse_server(self, server: Entity) -> None:
        """Raise where the server can get no address, or not the one to be mapped: before it is predicted."""
        if links.href_of(server, "publicIPAddresses") is None:
            raise ConfigurationError(
                f"its status is {server.get('status')}", action="add", thing=self.told, remedy="It has to be active."
            )
        internal = self.task.option("internal_ip")
        known = [str(one["internal"]) for one in server_result.details(server).get("ipAddresses") or []]
        if internal not in (None, NEW, *known):
            raise ConfigurationError(
                f"the server has no internal address {internal}",
                action="add",
                thing=self.told,
                remedy=f"It has: {listed(known) or 'none'}.",
            )

    def create(self, body: Entity) -> Answer:
        href = str(links.href_of(self.server, "publicIPAddresses"))
        return self.task.client.post(self.task.client.path_of(href), self._sent(body))

    def _sent(self, body: Entity) -> Entity:
        internal = self._internal()
        return {**_members(body), **({"internalIPAddress": internal} if internal else {})}

    def _internal(self) -> str | None:
        """The internal address to map: the one given, none where a new one is wanted, else the primary one if it is free."""
        internal = self.task.option("internal_ip")
        if internal is not None:
            return None if internal == NEW else str(internal)
        entries = server_result.details(self.server or {}).get("ipAddresses") or []
        return next((str(one["internal"]) for one in entries[:1] if not one.get("public")), None)

    def update(self, changes: Entity) -> Answer:
        """A change replaces both lists, so what was not given is sent back as it was read."""
        whole = {"ports": self.existing.get("ports"), "sourceRestrictions": _restrictions(self.existing), **changes}
        return self.task.client.put(self._path_of(self.existing["public"]), _members(whole))

    def remove(self) -> Answer:
        return self.task.client.delete(self._path_of(self.existing["public"]))

    def parse_updated(self, answer: Answer) -> Queued:
        return started_by(self.task.client, answer, (self.told,))

    def parse_deleted(self, answer: Answer) -> Queued:
        return started_by(self.task.client, answer, (self.told,))

    # Telling

    def predicted(self, body: Entity) -> Entity:
        return {**_members(body), "public": None, "internalIPAddress": self._internal()}

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(_members({"ports": entity.get("ports"), **changes}))

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return shown(self.task.option("server_id"), entity)


def _members(values: Entity) -> Entity:
    restrictions = values.get("sourceRestrictions")
    shown = {"ports": values["ports"]}
    return (
        shown if restrictions is None else {**shown, "sourceRestrictions": [{"cidr": str(one)} for one in restrictions]}
    )


def body_for(options: t.Mapping[str, t.Any]) -> Entity:
    """Return the body that asks for an address with these ports and source_restrictions."""
    return _members(
        {"sourceRestrictions": options.get("source_restrictions"), "ports": list(map(_port, options["ports"]))}
    )


def shown(server_id: str | None, entity: Entity) -> dict[str, t.Any]:
    """Return a public address as results have it."""
    return {
        "server_id": None if server_id is None else str(server_id).lower(),
        "public_ip": entity["public"],
        "internal_ip": entity.get("internalIPAddress"),
        "ports": [
            {"protocol": str(one["protocol"]).lower(), "port": one.get("port"), "port_to": one.get("portTo")}
            for one in entity.get("ports") or []
        ],
        "source_restrictions": _restrictions(entity),
    }


def found_public_ips(task: Task) -> list[dict[str, t.Any]]:
    """Return the public addresses of a server, or the one that is asked for; none where the server has none or is not there."""
    name = str(task.option("server_id")).lower()
    found = read_server(task, name)
    wanted = task.option("public_ip")
    addresses = []
    for link in links.all_of(found or {}, "publicIPAddress"):
        address = str(links.id_of(link))
        answer = task.client.follow({"links": [link]}, "publicIPAddress") if wanted in (None, address) else None
        if answer is not None:
            addresses.append(shown(name, {**answer.body, "public": address}))
    return addresses
