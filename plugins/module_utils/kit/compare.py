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
import ntpath
import posixpath
import re
import typing as t
from urllib.parse import urlsplit

from ..api.jobs import folded

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


def port_words(wanted: t.Any, shown: t.Any) -> bool:
    """The same words for ports (any, icmp, tcp/80, udp/8000-8100), whatever their order and case, and with tcp/80-80 as tcp/80."""
    return _port_words(wanted) == _port_words(shown)


def _port_words(words: t.Any) -> set[str]:
    return {port_word(one) or str(one).lower() for one in words or []}


_PORT_WORD = re.compile(r"(?P<whole>any|icmp)|(?P<protocol>tcp|udp)/(?P<first>\d{1,5})(-(?P<last>\d{1,5}))?")
_LAST_PORT = 65535


def port_word(value: t.Any) -> str | None:
    """Return a word for ports in the form in which the service shows it; None where it is no such word."""
    found = _PORT_WORD.fullmatch(str(value).strip().lower())
    if not found or found["whole"]:
        return found and found["whole"]
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not first <= last <= _LAST_PORT:
        return None
    return f"{found['protocol']}/{first}" + (f"-{last}" if last != first else "")


def destination_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same destinations of notifications, whatever their order, the case of their kind, and how what is unset is written."""
    return _destinations(wanted) == _destinations(shown)


def _destinations(destinations: t.Any) -> set[t.Any]:
    return {
        (
            str(one["typeCode"]).upper(),
            str(one.get("url") or ""),
            str(one.get("emailAddress") or "").lower(),
            _syslog(one.get("sysLogSettings") or {}),
        )
        for one in destinations or []
    }


def _syslog(settings: t.Mapping[str, t.Any]) -> tuple[str, int, int]:
    """Return settings of syslog with numbers as numbers; the documentation quotes them."""
    address = str(settings.get("ipAddress") or "")
    try:
        address = str(ipaddress.ip_address(address))
    except ValueError:
        address = address.lower()
    return address, int(settings.get("udpPort") or 0), int(settings.get("facility") or 0)


def flag(wanted: t.Any, shown: t.Any) -> bool:
    """The same yes or no; one that is not shown is no, and some services write it as a word."""
    return _is_on(wanted) == _is_on(shown)


def _is_on(value: t.Any) -> bool:
    return value.lower() == "true" if isinstance(value, str) else bool(value)


def uri_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same addresses of the web, whatever their order and the case of scheme and host."""
    return {plain_uri(one) for one in wanted or []} == {plain_uri(one) for one in shown or []}


def plain_uri(uri: t.Any) -> str:
    """Return the form in which two texts of one address of the web are equal: an empty path is the same as a slash.

    A text that is no address is equal to itself alone.
    """
    try:
        parts = urlsplit(str(uri))
    except ValueError:
        return str(uri)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def words(wanted: t.Any, shown: t.Any) -> bool:
    """The same letters and digits, whatever their case and what stands between them: US EAST, USEAST, us-east."""
    return _letters(wanted) == _letters(shown)


def _letters(text: t.Any) -> str:
    return "".join(letter for letter in str(text or "").lower() if letter.isalnum())


def cron(wanted: t.Any, shown: t.Any) -> bool:
    """The same Quartz cron expression, whatever its case and spaces, and with a year of * the same as none."""
    return _cron(wanted) == _cron(shown)


def _cron(text: t.Any) -> list[str]:
    parts = str(text or "").upper().split()
    return parts[:-1] if len(parts) == 7 and parts[-1] == "*" else parts


def path_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same folders, whatever their order and the separators at their ends; those of Windows without regard to case."""
    return _paths(wanted) == _paths(shown)


def _paths(paths: t.Any) -> set[str]:
    return {_path(str(one)) for one in paths or []}


def _path(path: str) -> str:
    if re.match(r"[A-Za-z]:|\\\\", path):
        return ntpath.normcase(ntpath.normpath(path))
    return posixpath.normpath(re.sub(r"^/+", "/", path))


def word(wanted: t.Any, shown: t.Any) -> bool:
    """The same word of the service, which spells one in many ways: MySQL and MYSQL, Backing Up and BACKING_UP."""
    return folded(wanted) == folded(shown or "")


def word_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same words of the service, whatever their order and spelling; none and no list at all are the same."""
    return set(map(folded, wanted or [])) == set(map(folded, shown or []))


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
    parts = str(duration).split(":")
    if len(parts) not in (1, 3) or not all(re.fullmatch(r"\d+(\.\d+)?", part.strip()) for part in parts):
        raise ValueError(f"'{duration}' is no duration")
    numbers = [float(part) for part in parts]
    return numbers[0] if len(numbers) == 1 else numbers[0] * 60 + numbers[1] + numbers[2] / 60


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
