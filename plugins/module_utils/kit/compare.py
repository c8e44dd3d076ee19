# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a wanted value and the one that the service shows are compared. Every rule of comparison is here and nowhere else.

A rule takes the wanted value, never None, and the shown one, None where the service left it out, and says whether they mean
the same.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

Rule = t.Callable[[t.Any, t.Any], bool]


def equal(wanted: t.Any, shown: t.Any) -> bool:
    """The same value of the same kind."""
    return bool(wanted == shown)


def text(wanted: t.Any, shown: t.Any) -> bool:
    """The same text; the service leaves a text out that was never set, so nothing and empty are the same."""
    return (wanted or "") == (shown or "")


def caseless(wanted: t.Any, shown: t.Any) -> bool:
    """The same text without regard to case: ids, account aliases, data center codes."""
    return str(wanted or "").lower() == str(shown or "").lower()


def number(wanted: t.Any, shown: t.Any) -> bool:
    """The same number, however it is written."""
    return shown is not None and float(wanted) == float(shown)


def values_by_id(wanted: t.Any, shown: t.Any) -> bool:
    """The same custom field values: lists of {id, value}, whatever their order and however a value is typed."""
    return _by_id(wanted) == _by_id(shown)


def _by_id(values: t.Any) -> dict[str, str]:
    return {str(item["id"]).lower(): str(item.get("value")) for item in values or []}


def port_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same ports to let in, whatever their order, the case of the protocol, and how a single port is written."""
    return _ports(wanted) == _ports(shown)


def _ports(ports: t.Any) -> set[tuple[str, int, int]]:
    return {
        (str(one["protocol"]).upper(), int(one.get("port") or 0), int(one.get("portTo") or one.get("port") or 0))
        for one in ports or []
    }


def network_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same networks, whatever their order, and with 10.0.0.1 the same as 10.0.0.1/32."""
    return _networks(wanted) == _networks(shown)


def _networks(networks: t.Any) -> set[t.Any]:
    return {ipaddress.ip_network(str(one), strict=False) for one in networks or []}


def node_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same nodes of a load balancer, whatever their order and however often one comes.

    A node without status is enabled, and one without weight has the weight 1, as the service counts them.
    """
    return _nodes(wanted) == _nodes(shown)


def _nodes(nodes: t.Any) -> set[tuple[t.Any, ...]]:
    return {
        (
            one.get("ipAddress"),
            int(one["privatePort"]),
            str(one.get("status") or "enabled").lower(),
            int(one.get("serverWeight") or 1),
            _health(one.get("healthCheck")),
        )
        for one in nodes or []
    }


def health_check(wanted: t.Any, shown: t.Any) -> bool:
    """The same health check: without mode it is TCP, case of mode and verb does not matter, and nothing and empty are the same."""
    return _health(wanted) == _health(shown)


def _health(check: t.Any) -> tuple[t.Any, ...] | None:
    if not check:
        return None
    numbers = [int(check[name]) for name in ("unhealthyThreshold", "healthyThreshold", "intervalSeconds", "targetPort")]
    verb = str(check.get("httpHealthCheckMethod") or "").upper()
    return (*numbers, str(check.get("mode") or "TCP").upper(), verb, check.get("httpHealthCheckUrl") or "")
