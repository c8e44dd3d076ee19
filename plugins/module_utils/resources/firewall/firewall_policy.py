# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies within a data center: which addresses of an account may reach which of the same or another account.

API behavior (network.yaml): the response to a create contains only a link. All properties except the destination account can
be updated; whether an update keeps omitted properties is unknown, so all are sent. Port specifications are any, icmp, tcp/80,
and tcp/8000-8100. Code in common with policies between data centers is in _shared.py.

Not specified by the contract; design decisions: The default of ports is not documented, so a new policy requires ports. The
property enabled is not documented for the create, so it is sent only if the task sets it, and updated afterwards if the service
has ignored it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import InvalidOptionError
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.formats import parse_port
from ...kit.lookup import validate_id
from ...kit.naming import with_keys
from ...kit.resource import Entity, Field, plain_field
from ...kit.task import Task
from ..server import server_references
from ._shared import Family, Policy, to_cidr, upper_code

_ADDRESS_LISTS = ("source", "destination")
_UPDATE_PROPERTIES = ("enabled", "source", "destination", "ports")


def same_ports(desired: t.Any, actual: t.Any) -> bool:
    """Compare port specifications, ignoring order and case; tcp/80-80 equals tcp/80."""
    return _normalize_ports(desired) == _normalize_ports(actual)


def _normalize_ports(values: t.Any) -> set[str]:
    return {parse_port(value) or str(value).lower() for value in values or []}


def _list_writer(write: t.Callable[[t.Any], str]) -> t.Callable[[t.Any], list[str]]:
    """Return a function that writes a list in its order, without duplicates."""
    return lambda values: list(dict.fromkeys(write(value) for value in values))


def _write_port(value: t.Any) -> str:
    port = parse_port(value)
    if port is None:
        raise problems.invalid_option(
            "ports",
            f"'{value}' is not a port specification",
            "Use any, icmp, tcp/PORT, udp/PORT, or a range such as udp/8000-8100.",
        )
    return port


def validate_policy(task: Task) -> None:
    """Raise InvalidOptionError for invalid addresses or an invalid id; called before anything is read."""
    validate_id(task)
    for option in _ADDRESS_LISTS:
        entries = list(_entries(option, task.option(option) or []))
        if not entries and task.option(option) is not None:
            raise InvalidOptionError(option, "the list is empty", "Check the variable that it comes from.")
        for place, entry in entries:
            if isinstance(entry, dict):
                server_references.check(_reference(entry), place)


def _entries(place: str, values: t.Sequence[t.Any]) -> t.Iterator[tuple[str, t.Any]]:
    """Yield the entries of a list with their places; those of a list within the list, such as a result, one by one."""
    for index, value in enumerate(values):
        if isinstance(value, list):
            yield from _entries(f"{place}[{index}]", value)
        else:
            yield f"{place}[{index}]", value


def _reference(entry: Entity) -> Entity:
    """Return a reference to servers for an entry, which can be one or a server in result format."""
    return entry if any(entry.get(key) is not None for key in server_references.KEYS) else {"servers": [entry]}


def _addresses(task: Task, option: str) -> list[t.Any]:
    """Return the addresses and networks of an option, with addresses in place of servers."""
    entries = list(_entries(option, task.option(option)))
    references = [(place, _reference(entry)) for place, entry in entries if isinstance(entry, dict)]
    found = iter(server_references.private_addresses(task, references))
    return [address for _place, entry in entries for address in (next(found) if isinstance(entry, dict) else [entry])]


def _address_list(option: str) -> Field:
    def write(value: t.Any) -> str:
        return to_cidr(option, value)

    write_all = _list_writer(write)
    return plain_field(option, matches=compare.network_set, write=write_all)


class FirewallPolicy(Policy):
    """A policy within a data center, identified by its id or by its destination account, sources, and destinations."""

    title = "firewall policy"
    result_key = "firewall_policy"
    family = Family(paths.FIREWALL_POLICIES, paths.FIREWALL_POLICY)
    identity_options = ("destination_account", "source", "destination")
    narrowed_by = ("ports",)
    fields = (
        plain_field(
            "destination_account",
            "destinationAccount",
            updatable=False,
            matches=compare.case_insensitive,
            write=lambda value: str(value).upper(),
        ),
        _address_list("source"),
        _address_list("destination"),
        plain_field("ports", matches=same_ports, write=_list_writer(_write_port), required=True),
        plain_field("enabled"),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._known: dict[str, list[t.Any]] = {}

    def desired_value(self, field: Field) -> t.Any:
        """Return the desired value. Servers in a list of addresses are read once per task."""
        if field.option not in _ADDRESS_LISTS or self.task.option(field.option) is None:
            return super().desired_value(field)
        if field.option not in self._known:
            self._known[field.option] = field.write(_addresses(self.task, field.option))
        return self._known[field.option]

    def endpoints(self) -> str:
        account, source, destination = (self.desired_value(field) for field in self.fields[:3])
        return f"from {', '.join(sorted(source))} to {', '.join(sorted(destination))} of {account}"

    def send_update(self, entity: Entity, changes: Entity) -> ApiResponse:
        current = {name: value for name, value in with_keys(entity, _UPDATE_PROPERTIES).items() if value is not None}
        return self.task.client.put(self.path_of(entity), {**current, **changes})

    def predicted(self, body: Entity) -> Entity:
        return {"enabled": True, **body}

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return the result of a policy, with codes and aliases in upper case."""
        return {
            **with_keys(entity, ("id", "status", "enabled")),
            "source_account": upper_code(self.task.account),
            "data_center": self.task.data_center,
            "source": list(entity.get("source") or []),
            "destination": list(entity.get("destination") or []),
            "destination_account": upper_code(entity.get("destinationAccount")),
            "ports": list(entity.get("ports") or []),
        }


gather_policies = FirewallPolicy.gather
