# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of comparison. A rule that a single family uses is in that family.

A rule takes the desired value, never None, and the actual one, None if the service did not return it, and returns whether they
are equal.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t

Rule = t.Callable[[t.Any, t.Any], bool]


def equal(desired: t.Any, actual: t.Any) -> bool:
    """Compare values of the same type."""
    return bool(desired == actual)


def string(desired: t.Any, actual: t.Any) -> bool:
    """Compare strings; the service omits a string that was never set, so a missing one equals an empty one."""
    return (desired or "") == (actual or "")


def case_insensitive(desired: t.Any, actual: t.Any) -> bool:
    """Compare strings regardless of case: ids, account aliases, data center codes."""
    return str(desired or "").lower() == str(actual or "").lower()


def number(desired: t.Any, actual: t.Any) -> bool:
    """Compare numbers, which may be strings."""
    return actual is not None and float(desired) == float(actual)


def values_by_id(desired: t.Any, actual: t.Any) -> bool:
    """Compare values of custom fields: lists of {id, value} in any order, values as strings."""
    return _by_id(desired) == _by_id(actual)


def _by_id(values: t.Any) -> dict[str, str]:
    return {str(item["id"]).lower(): str(item.get("value")) for item in values or []}


def network_set(desired: t.Any, actual: t.Any) -> bool:
    """Compare networks in any order; 10.0.0.1 equals 10.0.0.1/32."""
    return _networks(desired) == _networks(actual)


def network(desired: t.Any, actual: t.Any) -> bool:
    """Compare two networks; 10.0.0.1 equals 10.0.0.1/32."""
    return actual is not None and network_of(desired) == network_of(actual)


def _networks(networks: t.Any) -> set[t.Any]:
    return {network_of(item) for item in networks or []}


def network_of(value: t.Any) -> t.Any:
    """Parse an IP address or a network; anything else is returned as a string in lower case, since the service may return it."""
    try:
        return ipaddress.ip_network(str(value).strip(), strict=False)
    except ValueError:
        return str(value).strip().lower()


def boolean(desired: t.Any, actual: t.Any) -> bool:
    """Compare booleans; a missing value is false, and some services return the strings "true" and "false"."""
    return _is_on(desired) == _is_on(actual)


def _is_on(value: t.Any) -> bool:
    return value.lower() == "true" if isinstance(value, str) else bool(value)
