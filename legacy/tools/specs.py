# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare the modules of the predecessors' names with the argument specs and results that those had.

legacy/argument-specs.json holds the specs as they were declared, and for each option what a new one has to accept. Every
difference is printed; one that is not listed here with its reason makes the program fail, and so does a listed one that is gone.
"""

from __future__ import annotations

import json
import sys
import typing as t
from collections.abc import Iterator

from tools import generate
from tools.support import ROOT

from . import legacy_modules

_SPECS = ROOT / "legacy" / "argument-specs.json"
# Where a difference is, and why it is meant.
REASONS = {
    "clc_meta returns content": "the service is no part of this API; the module only fails",
    "clc_meta_fact returns content": "the service is no part of this API; the module only fails",
}
Spec = t.Mapping[str, t.Any]


def old_modules() -> dict[str, t.Any]:
    """Return the predecessors' modules by name."""
    found: dict[str, t.Any] = json.loads(_SPECS.read_text(encoding="utf-8"))["modules"]
    return found


def spec_of(table: t.Any) -> dict[str, dict[str, t.Any]]:
    """Return the whole argument spec of a module: its own options, waiting, and the connection."""
    shared = generate.shared()
    common = shared.spec_of([*shared.CONNECTION, *(shared.WAITING if table.waits else [])], lambda *names: None)
    renamed = shared.RENAMED.get(table.name, {})
    return {**{renamed.get(name, name): entry for name, entry in common.items()}, **table.spec}


def differences(module: str, old: Spec, table: t.Any) -> Iterator[tuple[str, str]]:
    """Yield where a module is not what its predecessor was, and in what."""
    spec = spec_of(table)
    for name, entry in old["options"].items():
        own = spec.get(name) or next((one for one in spec.values() if name in one.get("aliases", ())), None)
        if own is None:
            yield f"{module} {name}", "there is no such option"
            continue
        for told in _of_option(name, entry["must_accept"], own):
            yield f"{module} {name}", told
    known = [{frozenset(pair) for pair in pairs} for pairs in old["mutually_exclusive"].values()]
    for pair in table.exclusive:
        if not any(frozenset(pair) in pairs for pairs in known):
            yield f"{module} {' '.join(pair)}", "they excluded each other in no predecessor"
    for name, entry in old["returns"].items():
        own = {"changed": {"type": "bool"}, **table.returns}.get(name)
        if own is None or own["type"] != entry["type"]:
            yield f"{module} returns {name}", f"the result is {own and own['type']}, not {entry['type']}"


def _of_option(name: str, must: Spec, own: Spec) -> Iterator[str]:
    if own.get("required") and not must["required"]:
        yield "it is required"
    if own.get("default") != must["default"]:
        yield f"its default is {own.get('default')!r}, not {must['default']!r}"
    missing = set(must["choices"] or ()) - set(own.get("choices") or must["choices"] or ())
    if missing or (own.get("choices") and not must["choices"]):
        yield f"its choices lack {sorted(missing) or 'any value'}"
    if own.get("no_log") is not True and must.get("no_log"):
        yield "it is shown in logs"
    for value in must.get("accept_values", ()):
        told = _refusal(name, own, value)
        if told:
            yield f"it refuses {value!r}: {told}"


def _refusal(name: str, own: Spec, value: t.Any) -> str | None:
    """Return what Ansible says against a value; None where it takes it."""
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    alone = {key: entry for key, entry in own.items() if key != "fallback"}
    result = ArgumentSpecValidator({name: alone}).validate({name: value})
    return "; ".join(result.error_messages) or None


def found() -> dict[str, list[str]]:
    """Return all differences: where they are, and in what."""
    tables, told = legacy_modules.tables(), dict[str, list[str]]()
    for module, old in old_modules().items():
        if module not in tables:
            told[module] = ["there is no such module"]
            continue
        for where, what in differences(module, old, tables[module]):
            told.setdefault(where, []).append(what)
    return told


def main() -> int:
    """Print the differences; fail on one without a reason, and on a reason without its difference."""
    told = found()
    for where, what in told.items():
        print(f"{where}: {'; '.join(what)} ({REASONS.get(where, 'NO REASON IS LISTED')})")
    gone = sorted(REASONS.keys() - told.keys())
    for where in gone:
        print(f"{where}: a reason is listed for a difference that is gone")
    print(f"{len(told)} differences, {len(told.keys() - REASONS.keys())} without a reason")
    return 1 if gone or told.keys() - REASONS.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
