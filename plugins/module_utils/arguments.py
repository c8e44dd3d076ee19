# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments of a task in the forms that its author or a result has, as ansible-core expects them; and without their secrets.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import re
import typing as t
from urllib.parse import quote

from .options import Spec

# Ansible's own words for what it does not show.
_HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
# Options that take the id or name of a resource, and whose values in results are objects with both.
_REFERENCES = ("alert_policies", "anti_affinity_policy", "vertical_autoscale_policy")
_CUSTOM_FIELDS = "custom_fields"
# How names of secret properties of the contract end, in lower case: password, sourceServerPassword, bearerToken, provisioningToken,
# preSharedKey; and those of a package's parameters.
_SECRET_ENDINGS = ("password", "token", "presharedkey")
_USER_IN_URL = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#\s]+)@", re.IGNORECASE)
_SHORTEST_SECRET = 3
# What results have in place of a value that a group can inherit from its parent.
_OF_DEFAULTS = {"value", "inherited"}


def prepared(spec: Spec, arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return arguments of a task in the form that the validation of ansible-core expects.

    A value of an option with choices is spelled as its choice, whatever its case, since the service ignores the case and
    ansible-core does not. Policies, custom fields, and defaults of groups may have the form in which results have them: the
    policy, a list of fields, a value that says whether it is inherited. A suboption that is null and not required is omitted.
    What cannot be converted is left as it is, for the validation to reject.
    """
    found = dict(arguments)
    for name, entry in spec.items():
        for key in (name, *entry.get("aliases", ())):
            if key not in found:
                continue
            if entry.get("choices"):
                found[key] = _spelled(entry["choices"], entry.get("type") == "list", found[key])
            elif entry.get("options"):
                found[key] = _prepared_below(entry["options"], found[key])
            elif name in _REFERENCES:
                found[key] = _reference(found[key])
            elif name == _CUSTOM_FIELDS:
                found[key] = _values_of_fields(found[key])
            elif isinstance(found[key], dict) and found[key].keys() == _OF_DEFAULTS:
                found[key] = None if found[key]["inherited"] else found[key]["value"]
    return found


def _spelled(choices: t.Sequence[t.Any], is_list: bool, value: t.Any) -> t.Any:
    """Return a value, each entry of a list, or each part of a list in one string, as the choice is spelled that it equals."""
    if isinstance(value, list):
        return [_spelled(choices, False, item) for item in value]
    if is_list and isinstance(value, str) and "," in value:
        return ",".join(str(_spelled(choices, False, part.strip())) for part in value.split(","))
    if not isinstance(value, str) or value in choices:
        return value
    matches = [choice for choice in choices if isinstance(choice, str) and choice.lower() == value.lower()]
    return matches[0] if len(matches) == 1 else value


def _prepared_below(spec: Spec, value: t.Any) -> t.Any:
    if isinstance(value, list):
        return [_prepared_below(spec, item) for item in value]
    if not isinstance(value, dict):
        return value
    # For ansible-core a null suboption excludes others just like a value. A required one can be null in a prediction.
    required = {
        key for name, entry in spec.items() if entry.get("required") for key in (name, *entry.get("aliases", ()))
    }
    return prepared(spec, {name: item for name, item in value.items() if item is not None or name in required})


def _reference(value: t.Any) -> t.Any:
    """Return the id of an object, or its name if a prediction has no id; each entry of a list."""
    if isinstance(value, list):
        return [_reference(item) for item in value]
    return (value.get("id") or value.get("name") or value) if isinstance(value, dict) else value


def _values_of_fields(value: t.Any) -> t.Any:
    """Return the custom fields of a result, a list of objects, as a map of values by id."""
    if not isinstance(value, list) or not all(
        isinstance(item, dict) and {"id", "value"} <= item.keys() for item in value
    ):
        return value
    return {item["id"]: item["value"] for item in value}


def without_secret_maps(spec: Spec, params: t.Any, of_maps: set[str], others: set[str]) -> t.Any:
    """Return options for display, with each map of secrets hidden. Adds the secrets of maps, and all others, to the sets.

    The options may have failed the validation, so that any of them can be of any type.
    """
    if not isinstance(params, dict):
        return params
    visible = dict(params)
    for name, entry in spec.items():
        # What was given by another name stands under both after the validation, and under the other only before it.
        names = [key for key in (name, *entry.get("aliases", ())) if key in params]
        value = next((params[key] for key in names if params[key]), None)
        if not value:
            continue
        if entry.get("no_log") and entry.get("type") == "dict":
            of_maps.update(map(str, value.values() if isinstance(value, dict) else _as_list(value)))
            new: t.Any = _HIDDEN
        elif entry.get("no_log"):
            others.update(map(str, _as_list(value)))
            continue
        elif entry.get("options"):
            parts = [without_secret_maps(entry["options"], part, of_maps, others) for part in _as_list(value)]
            new = parts if isinstance(value, list) else parts[0]
        else:
            continue
        visible.update((key, new) for key in names)
    return visible


def secrets_in(value: t.Any) -> set[str]:
    """Return the secrets in free data, a body or a URL: values of the contract's secret properties, and passwords in URLs.

    A user without a password in a URL is a secret too, since then it is a key. Each also as it is quoted in a path. Shorter ones
    than three characters are left out, since masking them would garble the rest.
    """
    found: set[str] = set()
    if isinstance(value, dict):
        found.update(str(item) for key, item in value.items() if _is_secret(str(key).lower()) and item)
        found.update(secret for item in value.values() for secret in secrets_in(item))
    elif isinstance(value, list):
        found.update(secret for item in value for secret in secrets_in(item))
    elif isinstance(value, str):
        for user in _USER_IN_URL.findall(value):
            name, colon, password = user.partition(":")
            found.add(password if colon else name)
    found.update([quote(secret, safe="") for secret in found])
    return {secret for secret in found if len(secret) >= _SHORTEST_SECRET}


def _is_secret(name: str) -> bool:
    """Return whether a property is a secret; the option update_password only says when one is set."""
    return name.endswith(_SECRET_ENDINGS) and not name.startswith("update_")


def _as_list(value: t.Any) -> list[t.Any]:
    return value if isinstance(value, list) else [value]
