# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare the legacy modules with the argument specs and results of the original modules.

legacy/argument-specs.json contains the original specs, and the values that each option must accept. The program prints each
difference. It fails if a difference has no reason in this file, or if a reason has no difference.
"""

from __future__ import annotations

import json
import sys
import typing as t
from collections.abc import Iterator

from tools import generate, return_values
from tools.support import ROOT

from . import legacy_modules

_SPECS = ROOT / "legacy" / "argument-specs.json"
# Intended differences and their reasons.
REASONS = {
    "clc_group returns group": "it is the name of the group if the group is absent or predicted",
    "clc_loadbalancer returns loadbalancer": "it is the name of the load balancer if that is absent or predicted",
    "clc_meta returns content": "the service is not part of this API; the module only fails",
    "clc_meta_fact returns content": "the service is not part of this API; the module only fails",
}
Spec = t.Mapping[str, t.Any]


def original_modules() -> dict[str, t.Any]:
    """Return the original modules by name."""
    modules: dict[str, t.Any] = json.loads(_SPECS.read_text(encoding="utf-8"))["modules"]
    return modules


def spec_of(table: t.Any) -> dict[str, dict[str, t.Any]]:
    """Return the complete argument spec of a module: its own options, waiting, and connection."""
    shared = generate.shared()
    common = shared.spec_of([*shared.CONNECTION, *(shared.WAITING if table.waits else [])], lambda *names: None)
    renamed = shared.RENAMED.get(table.name, {})
    return {**{renamed.get(name, name): entry for name, entry in common.items()}, **table.spec}


def differences(module: str, old: Spec, table: t.Any, returns: Spec) -> Iterator[tuple[str, str]]:
    """Return the differences between a legacy module and the original module: place and description.

    returns: what the legacy module returns, as its RETURN has it.
    """
    spec = spec_of(table)
    for name, entry in old["options"].items():
        own = spec.get(name) or next((option for option in spec.values() if name in option.get("aliases", ())), None)
        if own is None:
            yield f"{module} {name}", "the option does not exist"
            continue
        for difference in _option_differences(name, entry["must_accept"], own):
            yield f"{module} {name}", difference
    original = [{frozenset(pair) for pair in pairs} for pairs in old["mutually_exclusive"].values()]
    for pair in table.exclusive:
        if not any(frozenset(pair) in pairs for pairs in original):
            yield f"{module} {' '.join(pair)}", "they are mutually exclusive in no original module"
    for name, entry in old["returns"].items():
        own = {"changed": {"type": "bool"}, **returns}.get(name)
        if own is None or own["type"] != entry["type"]:
            yield f"{module} returns {name}", f"the result is {own and own['type']}, not {entry['type']}"


def _option_differences(name: str, must: Spec, own: Spec) -> Iterator[str]:
    if own.get("required") and not must["required"]:
        yield "it is required"
    if own.get("default") != must["default"]:
        yield f"its default is {own.get('default')!r}, not {must['default']!r}"
    missing = set(must["choices"] or ()) - set(own.get("choices") or must["choices"] or ())
    if missing or (own.get("choices") and not must["choices"]):
        yield f"its choices lack {sorted(missing) or 'any value'}"
    if own.get("no_log") is not True and must.get("no_log"):
        yield "it is not masked in logs"
    for value in must.get("accept_values", ()):
        error = _validation_error(name, own, value)
        if error:
            yield f"it rejects {value!r}: {error}"


def _validation_error(name: str, own: Spec, value: t.Any) -> str | None:
    """Return Ansible's error for a value; None if it is valid."""
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    spec = {key: entry for key, entry in own.items() if key != "fallback"}
    result = ArgumentSpecValidator({name: spec}).validate({name: value})
    return "; ".join(result.error_messages) or None


def all_differences() -> dict[str, list[str]]:
    """Return the descriptions of all differences by place."""
    tables, result = legacy_modules.tables(), dict[str, list[str]]()
    documented = return_values.Returns(ROOT)
    for module, original in original_modules().items():
        if module not in tables:
            result[module] = ["the module does not exist"]
            continue
        for place, description in differences(module, original, tables[module], documented.of(module, waits=False)):
            result.setdefault(place, []).append(description)
    return result


def main() -> int:
    """Print the differences. Fail on a difference without a reason, and on a reason without a difference."""
    current = all_differences()
    for place, descriptions in current.items():
        print(f"{place}: {'; '.join(descriptions)} ({REASONS.get(place, 'no reason is listed')})")
    obsolete = sorted(REASONS.keys() - current.keys())
    for place in obsolete:
        print(f"{place}: the reason is obsolete, since there is no difference")
    unexplained = current.keys() - REASONS.keys()
    print(f"{len(current)} differences, {len(unexplained)} without a reason")
    return 1 if obsolete or unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
