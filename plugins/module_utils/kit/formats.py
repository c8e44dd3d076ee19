# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Formats of text that an option takes: what is accepted, how it is called in documentation and messages, and how it is parsed.

The documentation of an option says `Must be NOUN.`, or `Each must be NOUN.` for the entries of a list; tools/argument_specs.py
recognizes the noun and writes the format into the argument spec, and kit/limits.py checks it. So documentation, check, and
message are the same. This file imports nothing of the collection, since tools read it on its own.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
import typing as t
from dataclasses import dataclass

_TIMESTAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(:\d\d)?)(\.\d+)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?P<sign>[+-]?)(?P<hours>\d\d):(?P<minutes>[0-5]\d)(:(?P<seconds>[0-5]\d))?")
_PORT_SPEC = re.compile(r"(?P<whole>any|icmp)|(?P<protocol>tcp|udp)/(?P<first>\d{1,5})(-(?P<last>\d{1,5}))?")
_BASE_NAME = re.compile(r"[A-Za-z0-9-]*[A-Za-z-]")
_HOST_NAME_PART = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_LAST_PORT = 65535
_ALERT_MINUTES = (5, 10, 15)
# A Quartz expression begins with seconds, and its seventh field, the year, can be omitted.
_CRON_FIELDS = (6, 7)
_CHARACTER_KINDS: tuple[t.Callable[[str], bool], ...] = (
    str.isupper,
    str.islower,
    str.isdigit,
    lambda character: not character.isalnum(),
)
_KINDS_OF_A_PASSWORD = 3
# docs/wire-notes.md, section 3, Create.
_NOT_IN_A_PASSWORD = frozenset("\"';^&<>|\\")


def parse_timestamp(value: t.Any) -> datetime.datetime | None:
    """Return a date and time in UTC, without fractions of a second; None if it is invalid. Without a zone it is in UTC."""
    match = _TIMESTAMP.fullmatch(str(value).strip())
    if not match:
        return None
    time = match["time"] if match["time"].count(":") == 2 else f"{match['time']}:00"
    zone = (match["zone"] or "Z").upper().replace("Z", "+0000").replace(":", "")
    try:
        timestamp = datetime.datetime.strptime(f"{match['day']}T{time}{zone}", "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None
    return timestamp.astimezone(datetime.UTC)


def parse_offset(value: t.Any) -> str | None:
    """Return an offset from UTC in the form of a request, [-]hh:mm; None if it is not one, or not one of whole minutes."""
    match = _OFFSET.fullmatch(str(value).strip())
    if not match or match["seconds"] not in (None, "00"):
        return None
    offset = f"{match['hours']}:{match['minutes']}"
    return f"-{offset}" if match["sign"] == "-" and offset != "00:00" else offset


def parse_port(value: t.Any) -> str | None:
    """Return the port specification of a firewall policy in the form that the service returns; None if it is not valid."""
    match = _PORT_SPEC.fullmatch(str(value).strip().lower())
    if not match or match["whole"]:
        return match and match["whole"]
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not first <= last <= _LAST_PORT:
        return None
    return f"{match['protocol']}/{first}" + (f"-{last}" if last != first else "")


def parse_minutes(duration: t.Any) -> float | None:
    """Return the minutes of a duration: hh:mm:ss, or a number of minutes; None for anything else."""
    parts = [part.strip() for part in str(duration).split(":")]
    if len(parts) not in (1, 3) or not all(map(_NUMBER.fullmatch, parts)):
        return None
    numbers = list(map(float, parts))
    return numbers[0] if len(numbers) == 1 else numbers[0] * 60 + numbers[1] + numbers[2] / 60


def parse_network(value: t.Any) -> ipaddress.IPv4Network | None:
    """Return an IPv4 network in CIDR notation, or that of a single address; None if it is neither."""
    try:
        return ipaddress.IPv4Network(str(value).strip(), strict=False)
    except ValueError:
        return None


def _is_ipv4(value: str) -> bool:
    try:
        ipaddress.IPv4Address(value)
    except ValueError:
        return False
    return True


def _is_strong(value: str, length: int) -> bool:
    kinds = sum(any(map(is_kind, value)) for is_kind in _CHARACTER_KINDS)
    return len(value) >= length and kinds >= _KINDS_OF_A_PASSWORD


@dataclass(frozen=True)
class Format:
    """noun: what a value must be, for documentation and messages. accepts: whether a value is that. example: one, if it helps."""

    noun: str
    accepts: t.Callable[[str], bool]
    example: str = ""


FORMATS: dict[str, Format] = {
    "timestamp": Format("a date and time", lambda value: parse_timestamp(value) is not None, "2030-05-19T02:00:00Z"),
    "offset": Format("an offset from UTC", lambda value: parse_offset(value) is not None, "-08:00"),
    "ipv4": Format("an IPv4 address", _is_ipv4, "10.80.12.31"),
    "ipv4_or_new": Format("an IPv4 address, or new", lambda value: value == "new" or _is_ipv4(value), "10.80.12.31"),
    "network": Format(
        "an IPv4 address or network in CIDR notation", lambda value: parse_network(value) is not None, "10.80.12.0/24"
    ),
    "subnet": Format(
        "an IPv4 network in CIDR notation",
        lambda value: "/" in value and parse_network(value) is not None,
        "10.80.12.0/24",
    ),
    "port": Format("a port specification", lambda value: parse_port(value) is not None, "tcp/8000-8100"),
    "alert_duration": Format(
        "a duration of 5, 10, or 15 minutes", lambda value: parse_minutes(value) in _ALERT_MINUTES, "00:05:00"
    ),
    "cron": Format(
        "a Quartz cron expression of six or seven fields",
        lambda value: len(value.split()) in _CRON_FIELDS,
        "0 0 2 * * ?",
    ),
    "base_name": Format(
        "a base name of letters, digits, and dashes whose last character is not a digit",
        lambda value: _BASE_NAME.fullmatch(value) is not None,
        "WEB",
    ),
    "host_name_part": Format(
        "a part of a host name, with letters, digits, and dashes",
        lambda value: _HOST_NAME_PART.fullmatch(value) is not None,
        "shop-db",
    ),
    "server_password": Format(
        "a password of at least 8 characters of three kinds out of upper case, lower case, digits, and symbols, without any of "
        "the characters \" ' ; ^ & < > | \\",
        lambda value: _is_strong(value, 8) and not _NOT_IN_A_PASSWORD & set(value),
    ),
    "database_password": Format(
        "a password of at least 9 characters of three kinds out of upper case, lower case, digits, and symbols",
        lambda value: _is_strong(value, 9),
    ),
}
