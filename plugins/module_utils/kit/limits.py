# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits of options: ranges, lengths, and formats, checked before anything is sent, in check mode and outside it alike.

They are documented with the options, from which tools/argument_specs.py makes the entries of the argument specs that this file
checks. The limits of the contract are among them (tests/unit/resources/test_contract_limits.py).

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidOptionError
from .formats import FORMATS
from .predicted import has_placeholder

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
# The entries of an argument spec that are limits, which ansible-core does not know.
# minimum, maximum, multiple_of: of a number. min_length, max_length: of a string. min_items: of a list. format: of a string, or of
# the entries of a list.
KEYS = ("minimum", "maximum", "multiple_of", "min_length", "max_length", "min_items", "format")


def take(spec: dict[str, dict[str, t.Any]]) -> dict[str, dict[str, t.Any]]:
    """Remove the limits from an argument spec and return them: the entries with limits, suboptions under `options`."""
    found: dict[str, dict[str, t.Any]] = {}
    for name, entry in spec.items():
        own = {key: entry.pop(key) for key in KEYS if key in entry}
        below = take(entry["options"]) if entry.get("options") else {}
        if own and entry.get("no_log"):
            own["is_secret"] = True
        if own or below:
            found[name] = {**own, **({"options": below} if below else {})}
    return found


def check(limits: Spec, options: t.Mapping[str, t.Any], *, may_be_empty: bool = False) -> None:
    """Raise InvalidOptionError for the first value outside the limits of its option. A placeholder of a prediction has no limits.

    may_be_empty: whether text may be empty, as the legacy modules accept it.
    """
    for name, entry in limits.items():
        _check_value(name, entry, options.get(name), may_be_empty)


def _check_value(name: str, entry: t.Mapping[str, t.Any], value: t.Any, may_be_empty: bool) -> None:
    if value is None or (value == "" and may_be_empty and not entry.get("min_length")):
        return
    if entry.get("options"):
        for place, part in _parts(name, value):
            if isinstance(part, dict):
                below = {f"{place}.{key}": item for key, item in part.items()}
                check(
                    {f"{place}.{key}": own for key, own in entry["options"].items()}, below, may_be_empty=may_be_empty
                )
    if isinstance(value, list) and len(value) < entry.get("min_items", 0):
        raise InvalidOptionError(name, "the list is empty", f"Specify at least one entry, or omit {name}.")
    if "minimum" in entry or "maximum" in entry or "multiple_of" in entry:
        for place, part in _parts(name, value):
            if not has_placeholder(part):
                _check_number(place, entry, part)
    if ("min_length" in entry or "max_length" in entry) and not has_placeholder(value):
        _check_length(name, entry, str(value))
    if "format" in entry:
        for place, part in _parts(name, value):
            # Whether it may be empty depends on what the option is for. Data is not text; the resource checks it.
            if part not in (None, "") and not isinstance(part, (dict, list)) and not has_placeholder(part):
                _check_format(place, entry, str(part))


def _parts(name: str, value: t.Any) -> list[tuple[str, t.Any]]:
    """Return the entries of a list with their places, or the value itself."""
    return (
        [(f"{name}[{index}]", part) for index, part in enumerate(value)] if isinstance(value, list) else [(name, value)]
    )


def _check_number(name: str, entry: t.Mapping[str, t.Any], value: float) -> None:
    least, most, step = entry.get("minimum"), entry.get("maximum"), entry.get("multiple_of")
    if (least is None or value >= least) and (most is None or value <= most) and not (step and value % step):
        return
    steps = f" in steps of {step}" if step else ""
    limit = f"{least} or more" if most is None else f"from {least} to {most}"
    raise InvalidOptionError(name, f"{value:g} is not {limit}{steps}", f"Specify a number {limit}{steps}.")


def _check_length(name: str, entry: t.Mapping[str, t.Any], value: str) -> None:
    least, most = entry.get("min_length", 0), entry.get("max_length")
    if len(value) >= least and (most is None or len(value) <= most):
        return
    if not value:
        raise InvalidOptionError(name, "it is empty", "Check the variable that it comes from.")
    limit = f"{least} characters or more" if most is None else f"from {least} to {most} characters"
    subject = "it" if entry.get("is_secret") else f"'{value}'"
    raise InvalidOptionError(
        name, f"{subject} has {len(value)} characters, which is not {limit}", f"Specify a value of {limit}."
    )


def _check_format(name: str, entry: t.Mapping[str, t.Any], value: str) -> None:
    form = FORMATS[entry["format"]]
    if form.accepts(value):
        return
    subject = "it" if entry.get("is_secret") else f"'{value}'"
    example = f", such as {form.example}" if form.example else ""
    raise InvalidOptionError(name, f"{subject} is not {form.noun}", f"Specify {form.noun}{example}.")
