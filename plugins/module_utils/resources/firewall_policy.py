# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies inside a data center: which addresses of an account may reach which of the same or another account.

Facts (contract network.yaml): the answer to a create is a link alone. Everything but the destination account can be changed;
whether a change keeps what it leaves out is not known, so the whole policy is sent. Ports are the words any, icmp, tcp/80 and
tcp/8000-8100. See firewall_parts for what the policies between data centers share.

Left open by the contract, and decided here: what the service takes where no ports are sent is not documented, so a new policy
needs ports. enabled is not in the documentation of the create, so it is sent only where the task gives it, and changed
afterwards where the service has passed it over.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.answers import Answer
from ..api.errors import ConfigurationError
from ..kit import compare
from ..kit.declaration import Entity, Field, Step, member
from ..kit.shape import filled
from ..kit.task import Task
from .firewall_parts import Policy, code, path, read_policies, written_network

FAMILY = "firewallPolicies"
_WHOLE = ("enabled", "source", "destination", "ports")


def _written(option: str, write: t.Callable[[t.Any], str]) -> t.Callable[[t.Any], list[str]]:
    """Return a writer of a list, which keeps the order and drops what comes twice."""

    def write_all(values: t.Any) -> list[str]:
        if not values:
            raise ConfigurationError(
                f"{option} is empty, and no policy can be without",
                action="use",
                thing=option,
                remedy="Give at least one, or leave the option out.",
            )
        return list(dict.fromkeys(write(one) for one in values))

    return write_all


def _written_port(value: t.Any) -> str:
    found = compare.port_word(value)
    if found is None:
        raise ConfigurationError(
            f"'{value}' means no ports",
            action="use",
            thing="ports",
            remedy="Write any, icmp, or tcp or udp with a port or a range, such as tcp/80 and udp/8000-8100.",
        )
    return found


def _addresses(option: str) -> Field:
    def write(value: t.Any) -> str:
        return written_network(option, value)

    write_all = _written(option, write)
    return Field(option, option, option, member(option), compare.network_set, write_all)


class FirewallPolicy(Policy):
    """One policy inside a data center, known by its id or by destination account, sources and destinations."""

    title = "firewall policy"
    family = FAMILY
    naming = ("destination_account", "source", "destination")
    choosing = ("ports",)
    fields = (
        Field(
            "destination_account",
            create="destinationAccount",
            read=member("destinationAccount"),
            same=compare.caseless,
            write=lambda value: str(value).upper(),
        ),
        _addresses("source"),
        _addresses("destination"),
        Field("ports", "ports", "ports", member("ports"), compare.port_words, _written("ports", _written_port)),
        Field("enabled", "enabled", "enabled", member("enabled")),
    )

    def ends(self) -> str:
        account, source, destination = (self._given(one) for one in self.fields[:3])
        return f"from {', '.join(sorted(source))} to {', '.join(sorted(destination))} of {account}"

    def _creation(self) -> Step:
        step = super()._creation()
        if self.task.option("ports") is None:
            raise ConfigurationError(
                "it does not exist, and ports not given", action="create", thing=self.told, remedy="Give ports."
            )
        return step

    def change(self, entity: Entity, changes: Entity) -> Answer:
        whole = {name: value for name, value in filled(entity, _WHOLE).items() if value is not None}
        return self.task.client.put(path(self.task, self.family, str(entity["id"])), {**whole, **changes})

    def predicted(self, body: Entity) -> Entity:
        return {"enabled": True, **body}

    def show(self) -> dict[str, t.Any]:
        return {"firewall_policy": shown(self.task, self.entity) if self.entity is not None else None}


def shown(task: Task, entity: Entity) -> dict[str, t.Any]:
    """Return a policy as results have it: codes and aliases in upper case."""
    return {
        **filled(entity, ("id", "status", "enabled")),
        "source_account": code(task.account),
        "data_center": task.data_center,
        "source": list(entity.get("source") or []),
        "destination": list(entity.get("destination") or []),
        "destination_account": code(entity.get("destinationAccount")),
        "ports": list(entity.get("ports") or []),
    }


def found_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the policies of a data center, or those that id and destination_account leave, by id."""
    found = [shown(task, one) for one in read_policies(task, FAMILY)]
    to = code(task.option("destination_account"))
    return sorted((one for one in found if to in (None, one["destination_account"])), key=lambda one: str(one["id"]))
