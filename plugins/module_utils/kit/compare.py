# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a wanted value and the one that the service shows are compared. A rule that a single family uses is in that family.

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


def network_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same networks, whatever their order, and with 10.0.0.1 the same as 10.0.0.1/32."""
    return _networks(wanted) == _networks(shown)


def network(wanted: t.Any, shown: t.Any) -> bool:
    """The same network, with 10.0.0.1 the same as 10.0.0.1/32."""
    return shown is not None and network_of(wanted) == network_of(shown)


def _networks(networks: t.Any) -> set[t.Any]:
    return {network_of(one) for one in networks or []}


def network_of(value: t.Any) -> t.Any:
    """Read an address or a network; what is neither stays a text, in lower case, since the service may show anything."""
    try:
        return ipaddress.ip_network(str(value).strip(), strict=False)
    except ValueError:
        return str(value).strip().lower()


def flag(wanted: t.Any, shown: t.Any) -> bool:
    """The same yes or no; one that is not shown is no, and some services write it as a word."""
    return _is_on(wanted) == _is_on(shown)


def _is_on(value: t.Any) -> bool:
    return value.lower() == "true" if isinstance(value, str) else bool(value)
