# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values: old ones become new ones by the rules of the tables, and new ones are written as YAML.

A value may be a Jinja template, of which nothing is known: it is passed on if the rule allows anything, wrapped if a filter
does what the rule says, and otherwise Undecided.
"""

from __future__ import annotations

import json
import re
import typing as t
from collections.abc import Callable, Mapping

from .document import Opaque

_WHOLE = re.compile(r"\{\{(?P<expression>(?:(?!\}\}|\{\{).)*)\}\}", re.DOTALL)
_SAFE = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@` ])[^#\n\\]*(?<! )")
_OMIT = re.compile(r"\bomit\b")
_OMITTED = re.compile(r"(?s)(.+?)\s*\|\s*(?:default|d)\(\s*omit\s*(,\s*true\s*)?\)")
_AMBIGUOUS = re.compile(r"(?i)|~|null|yes|no|true|false|on|off|y|n|[-+.\d][\d_.,:eExXoO]*|0[xob].*|\d+-\d+-\d+.*|=|<<")


_ADDRESS = re.compile(r"\d+(?:\.\d+){2,}")
# Converts a list, a single name, or names separated by commas to a list.
NAMES_OF = "[%s] | flatten | map('split', ',') | flatten | map('trim') | list"


class Undecided(Exception):
    """Why a task cannot be rewritten without knowing more."""


class Kept:
    """Stands for the value as it is written."""


KEPT = Kept()


def is_template(value: t.Any) -> bool:
    """Return whether a value is or contains a Jinja template."""
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, Mapping):
        return any(map(is_template, value.values()))
    return isinstance(value, list) and any(map(is_template, value))


def expression(value: t.Any) -> str | None:
    """Return what stands between the braces of a value that is one template, None for any other."""
    found = _WHOLE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found["expression"].strip() if found else None


def wrapped(value: t.Any, form: str, rule: str) -> str:
    """Return a template around the expression of another; form has %s in its place. Raises Undecided."""
    inner = expression(value)
    if inner is None:
        raise Undecided(f"{rule} is only known at run time")
    if not _OMIT.search(form):
        require_not_omitted(value, rule)
    return "{{ " + form.replace("%s", inner) + " }}"


def require_not_omitted(value: t.Any, name: str) -> None:
    """Raise Undecided if an option may be omitted: inside a filter, a list or a map that leaves nothing out any more."""
    if is_template(value) and _OMIT.search(str(value)):
        raise Undecided(f"{name} may be omitted, which is not possible in its new form")


def with_default(value: t.Any, default: t.Any, name: str) -> t.Any:
    """Return a value that may be omitted with the old default in the place of that; any other is KEPT."""
    found = _OMITTED.fullmatch(expression(value) or "")
    if found is None or _OMIT.search(found[1]):
        require_not_omitted(value, name)
        return KEPT
    default_text = str(default).lower() if isinstance(default, bool) else repr(default)
    return f"{{{{ {found[1]} | default({default_text}{found[2] or ''}) }}}}"


def truth(value: t.Any) -> bool | None:
    """Return what Ansible takes a switch for; None for a template."""
    if is_template(value) or isinstance(value, Opaque):
        return None
    return str(value).strip().lower() in ("true", "yes", "on", "1", "y", "t")


# Rules of the tables, for values as they are written. Each returns the new value, KEPT, or None if nothing is to be said.


def _known(value: t.Any, name: str) -> None:
    if is_template(value) or isinstance(value, Opaque):
        raise Undecided(f"the items of {name} are only known at run time, and have a different form now")


def _same(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    return KEPT


def _names(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    if not isinstance(value, str):
        return KEPT
    if is_template(value):
        # Ansible splits at commas and keeps the blanks, which the old modules threw away.
        blanks = any(", " in literal for literal in re.findall(r"'[^']*'|\"[^\"]*\"", value))
        return wrapped(value, NAMES_OF, name) if blanks else KEPT
    return [item.strip() for item in value.split(",") if item.strip()] if re.search(r",\s|\s,|,$", value) else KEPT


def _text(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    if is_template(value):
        return wrapped(value, "(%s) | default(omit, true)", name) if "default(" in value else KEPT
    return None if str(value).strip().lower() in ("", "false", "none") else KEPT


def _some(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    return KEPT if value else None


def _ports(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    protocol = str(options.get("protocol") or options.get("public_ip_protocol") or "tcp").lower()
    _known(protocol, "protocol")
    if protocol == "icmp":
        return [{"protocol": "icmp"}]
    if not isinstance(value, list):
        _known(value, name)
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    specs = [str(item.get("port") if isinstance(item, Mapping) else item).strip() for item in given]
    return [{**({"protocol": protocol} if protocol != "tcp" else {}), **_port(spec)} for spec in specs] or None


def _port(spec: str) -> dict[str, t.Any]:
    if expression(spec):
        # A template in a list is one port: of ranges the old modules knew nothing.
        return {"port": spec}
    first, _dash, last = spec.partition("-")
    try:
        return {"port": int(first), "port_to": int(last)} if last else {"port": int(first)}
    except ValueError as error:
        raise Undecided(f"'{spec}' is not a port") from error


def _members(new_names: Mapping[str, str]) -> Rule:
    def rule(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
        if not value:
            return None
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise Undecided(f"the items of {name} are only known at run time, and have a different form now")
        return [{new_names.get(old, old): item[old] for old in item} for item in value]

    return rule


def _adapter(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    require_not_omitted(value, name)
    if is_template(options.get("state")):
        raise Undecided("state is only known at run time")
    gone = {"state": "absent"} if options.get("state") == "absent" else {}
    return [{"network": value, **gone}] if _text(value, name, options) is not None else None


def _fields(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    if isinstance(value, str) and is_template(value):
        return wrapped(value, "(%s) | items2dict(key_name='id', value_name='value')", name)
    if not value:
        return None
    if not isinstance(value, list) or not all(isinstance(item, Mapping) and "id" in item for item in value):
        raise Undecided(f"{name} is not a list of dictionaries with id and value")
    return {str(item["id"]): item.get("value") for item in value}


def _end_time(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    require_not_omitted(value, name)
    seconds = f"({expression(value)}) | int" if expression(value) else str(value)
    if not expression(value) and not seconds.strip().isdigit():
        raise Undecided(f"{name} is not a number of seconds")
    return "{{ '%Y-%m-%dT%H:%M:%SZ' | strftime(now().timestamp() | int + " + seconds + ", utc=true) }}"


def _as_list(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    if is_template(value) and "default(" in str(value):
        raise Undecided(f"whether {name} is empty is only known at run time")
    return [value] if _text(value, name, options) is not None else None


def _trigger(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    parts = ("metric", "duration", "threshold")
    missing = [part for part in parts if options.get(part) is None]
    if missing:
        raise Undecided(f"a trigger must be complete. Missing: {', '.join(missing)}")
    for part in parts:
        require_not_omitted(options[part], part)
    return [{part: options[part] for part in parts}]


def _disabled(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    if is_template(value):
        raise Undecided(f"{name} is only known at run time")
    return KEPT if value == "disabled" else None


def _pool(value: t.Any, name: str, options: Mapping[str, t.Any]) -> t.Any:
    port, state, nodes = options.get("port"), options.get("state"), options.get("nodes") or []
    if port is None or state == "absent":
        return None
    for part in ("port", "method", "persistence"):
        require_not_omitted(options.get(part), part)
    port_value = int(port) if str(port).isdigit() else port
    if state == "port_absent":
        return [{"port": port_value, "state": "absent"}]
    if not isinstance(nodes, list) or not all(isinstance(node, Mapping) for node in nodes):
        raise Undecided("the items of nodes are only known at run time, and have a different form now")
    kept = () if state in ("nodes_present", "nodes_absent") else ("method", "persistence")
    given = {part: options[part] for part in kept if options.get(part) is not None}
    gone = state == "nodes_absent"
    return [{"port": port_value, **given, **({"nodes": [_node(node, gone) for node in nodes]} if nodes else {})}]


def _node(node: Mapping[str, t.Any], gone: bool) -> dict[str, t.Any]:
    names = {"ipAddress": "ip_address", "privatePort": "private_port", **({} if gone else {"status": "status"})}
    found = {new: node[old] for old, new in names.items() if node.get(old) is not None}
    return {**found, "state": "absent"} if gone else found


Rule = Callable[[t.Any, str, Mapping[str, t.Any]], t.Any]
RULES: dict[str, Rule] = {
    "same": _same,
    "only_true": _same,
    "names": _names,
    "text": _text,
    "non_empty": _some,
    "ports": _ports,
    "disks": _members({"path": "path", "sizeGB": "size_gb", "type": "type"}),
    "packages": _members({"packageId": "package_id", "parameters": "parameters"}),
    "adapter": _adapter,
    "disabled": _disabled,
    "as_list": _as_list,
    "pool": _pool,
    "trigger": _trigger,
    "fields": _fields,
    "end_time": _end_time,
}


# Writing


def scalar(value: t.Any) -> str:
    """Return a scalar as YAML: plain if that is safe, else in double quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    plain = (
        _SAFE.fullmatch(text)
        and (_ADDRESS.fullmatch(text) or not _AMBIGUOUS.fullmatch(text))
        and ": " not in text
        and not text.endswith(":")
    )
    return text if plain and not is_template(text) else json.dumps(text, ensure_ascii=False)


def flow(value: t.Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_in_flow(key)}: {flow(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _in_flow(value)


def _in_flow(value: t.Any) -> str:
    text = scalar(value)
    return json.dumps(text, ensure_ascii=False) if not text.startswith('"') and re.search(r"[,\[\]{}]", text) else text


def block(name: str, value: t.Any, indent: int) -> str:
    """Return a key with its value as lines of YAML; the first line is not indented, since it stands where a key stood."""
    if isinstance(value, Mapping) and value:
        lines = [f"{scalar(name)}:"]
        lines += [" " * (indent + 2) + block(str(key), member, indent + 2) for key, member in value.items()]
        return "\n".join(lines)
    if isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        lines = [f"{scalar(name)}:"]
        for item in value:
            parts = list(item.items()) if isinstance(item, Mapping) and item else []
            written = [block(str(key), each, indent + 4) for key, each in parts] or [flow(item)]
            lines += [" " * (indent + 2) + "- " + written[0], *(" " * (indent + 4) + each for each in written[1:])]
        return "\n".join(lines)
    return f"{scalar(name)}: {flow(value) if isinstance(value, list | Mapping) else scalar(value)}"
