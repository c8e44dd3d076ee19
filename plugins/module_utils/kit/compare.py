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


def mail_actions(wanted: t.Any, shown: t.Any) -> bool:
    """The same recipients of mail, whatever their order and case and however they are spread over actions."""
    return _mails(wanted) == _mails(shown)


def _mails(actions: t.Any) -> set[tuple[str, str]]:
    return {
        (str(one.get("action")).lower(), str(mail).strip().lower())
        for one in actions or []
        for mail in (one.get("settings") or {}).get("recipients") or []
    }


def trigger_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same triggers of an alert, whatever their order, the case of the metric, and how duration and threshold are written."""
    return _triggers(wanted) == _triggers(shown)


def _triggers(triggers: t.Any) -> set[tuple[str, float, float]]:
    return {(str(one["metric"]).lower(), minutes(one["duration"]), float(one["threshold"])) for one in triggers or []}


def minutes(duration: t.Any) -> float:
    """Return the minutes of a duration: hh:mm:ss, or a number of minutes. Raises ValueError for anything else."""
    parts = [float(part) for part in str(duration).split(":")]
    if len(parts) == 3:
        return parts[0] * 60 + parts[1] + parts[2] / 60
    if len(parts) == 1:
        return parts[0]
    raise ValueError(duration)


def part_of(wanted: t.Any, shown: t.Any) -> bool:
    """All that is wanted is shown, whatever else is; a member that is wanted null may be missing."""
    if isinstance(wanted, dict):
        there = shown if isinstance(shown, dict) else {}
        return (shown is not None or not wanted) and all(
            part_of(item, there.get(name)) for name, item in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(shown, list) and len(wanted) == len(shown) and all(map(part_of, wanted, shown))
    return equal(wanted, shown)
