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

import re
import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit import compare
from ...kit.declaration import Entity, Field, member
from ...kit.shape import filled
from ._shared import Family, Policy, code, written_network

_WHOLE = ("enabled", "source", "destination", "ports")


_PORT_WORD = re.compile(r"(?P<whole>any|icmp)|(?P<protocol>tcp|udp)/(?P<first>\d{1,5})(-(?P<last>\d{1,5}))?")
_LAST_PORT = 65535


def same_port_words(wanted: t.Any, shown: t.Any) -> bool:
    """The same words for ports (any, icmp, tcp/80, udp/8000-8100), whatever their order and case, and with tcp/80-80 as tcp/80."""
    return _port_words(wanted) == _port_words(shown)


def _port_words(words: t.Any) -> set[str]:
    return {port_word(one) or str(one).lower() for one in words or []}


def port_word(value: t.Any) -> str | None:
    """Return a word for ports in the form in which the service shows it; None where it is no such word."""
    found = _PORT_WORD.fullmatch(str(value).strip().lower())
    if not found or found["whole"]:
        return found and found["whole"]
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not first <= last <= _LAST_PORT:
        return None
    return f"{found['protocol']}/{first}" + (f"-{last}" if last != first else "")


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
    found = port_word(value)
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
    result_key = "firewall_policy"
    family = Family(paths.FIREWALL_POLICIES, paths.FIREWALL_POLICY)
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
        Field(
            "ports",
            "ports",
            "ports",
            member("ports"),
            same_port_words,
            _written("ports", _written_port),
            required=True,
        ),
        Field("enabled", "enabled", "enabled", member("enabled")),
    )

    def ends(self) -> str:
        account, source, destination = (self._given(one) for one in self.fields[:3])
        return f"from {', '.join(sorted(source))} to {', '.join(sorted(destination))} of {account}"

    def change(self, entity: Entity, changes: Entity) -> Answer:
        whole = {name: value for name, value in filled(entity, _WHOLE).items() if value is not None}
        return self.task.client.put(self.path_of(entity), {**whole, **changes})

    def predicted(self, body: Entity) -> Entity:
        return {"enabled": True, **body}

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy as results have it: codes and aliases in upper case."""
        return {
            **filled(entity, ("id", "status", "enabled")),
            "source_account": code(self.task.account),
            "data_center": self.task.data_center,
            "source": list(entity.get("source") or []),
            "destination": list(entity.get("destination") or []),
            "destination_account": code(entity.get("destinationAccount")),
            "ports": list(entity.get("ports") or []),
        }


found_policies = FirewallPolicy.gather
