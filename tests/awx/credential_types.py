# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX accepts as a credential type: the rules of its serializer, and a trial of each template."""

from __future__ import annotations

import re
import typing as t
from types import SimpleNamespace

import jsonschema
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

TEXT = {"type": "string"}
_FIELD = {
    "type": "object",
    "required": ["id", "label"],
    "additionalProperties": False,
    "properties": {
        "id": {**TEXT, "pattern": "^[a-zA-Z_]+[a-zA-Z0-9_]*$"},
        "label": TEXT,
        "help_text": TEXT,
        "type": {"enum": ["string", "boolean"]},
        "format": {"enum": ["ssh_private_key", "url"]},
        "choices": {"type": "array", "minItems": 1, "items": TEXT, "uniqueItems": True},
        "secret": {"type": "boolean"},
        "multiline": {"type": "boolean"},
        "ask_at_runtime": {"type": "boolean"},
        "default": {},
    },
}
INPUTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"fields": {"type": "array", "items": _FIELD}, "required": {"type": "array", "items": TEXT}},
}
_TEMPLATES = {"type": "object", "patternProperties": {r"^\w+$": TEXT}, "additionalProperties": False}
INJECTORS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "file": {
            "type": "object",
            "patternProperties": {r"^template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?$": TEXT},
            "additionalProperties": False,
        },
        "env": {
            "type": "object",
            "patternProperties": {"^[a-zA-Z_][a-zA-Z0-9_]*$": {**TEXT, "pattern": r"^[\x00-\x7f]*$"}},
            "additionalProperties": False,
        },
        "extra_vars": _TEMPLATES,
    },
}
_FOR_STRINGS = {"choices", "multiline", "format", "secret"}


def errors_of(inputs: dict[str, t.Any], injectors: dict[str, t.Any], blocked: t.Container[str]) -> list[str]:
    """Return why AWX would reject a credential type. blocked: variables that no credential may set."""
    found = [error.message for error in jsonschema.Draft4Validator(INPUTS).iter_errors(inputs)]
    found += [error.message for error in jsonschema.Draft4Validator(INJECTORS).iter_errors(injectors)]
    if found:
        return found
    fields = inputs.get("fields", [])
    ids = [field["id"] for field in fields]
    found += [f"{name} is reserved or not unique" for name in ids if name == "tower" or ids.count(name) > 1]
    found += [f"{name} is not a field" for name in inputs.get("required", []) if name not in ids]
    for field in fields:
        if field.get("type", "string") == "boolean" and _FOR_STRINGS & field.keys():
            found.append(f"{field['id']} is a boolean")
        if "default" in field and isinstance(field["default"], bool) != (field.get("type") == "boolean"):
            found.append(f"the default of {field['id']} has another type")
    for name in injectors.get("env", {}):
        if name.startswith("ANSIBLE_") or name in blocked:
            found.append(f"{name} cannot be set")
    return found + _template_errors(ids, injectors)


def _template_errors(ids: list[str], injectors: dict[str, t.Any]) -> list[str]:
    labels = [label.partition(".")[2] for label in injectors.get("file", {})]
    if "" in labels and len(labels) > 1:
        return ["a file without a name has to be the only one"]
    filename = SimpleNamespace(**dict.fromkeys(labels, "/x")) if labels != [""] else "/x"
    namespace = {**dict.fromkeys(ids, "x"), "tower": SimpleNamespace(filename=filename)}
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    found = []
    for kind in ("file", "env", "extra_vars"):
        for name, template in injectors.get(kind, {}).items():
            try:
                sandbox.from_string(template).render(namespace)
            except Exception as error:
                found.append(f"{kind} {name}: {error}")
            found += [f"{name} has no template"] if not re.search(r"\{\{", template) else []
    return found
