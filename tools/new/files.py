# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a new resource: the text of each, from templates/, and the lines for files that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml

from .. import yaml_text
from ..argument_specs import flat, literal
from ..support import ROOT
from . import texts
from .contract import Property
from .resource import Option, Resource, call, first_value, snake_case

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Texts:
    """What is written. files: whole new files by path. lines: what is added to existing files, by path."""

    files: dict[str, str]
    lines: dict[str, str]


def render(resource: Resource, *, new_family: bool) -> Texts:
    """Return the texts of everything that a resource needs, with that of its family if it is new."""
    context = _context(resource)
    family, name = resource.family, resource.name
    services, target = f"simulator/src/clc_simulator/services/{family}", f"tests/integration/targets/{name}"
    resources = f"plugins/module_utils/resources/{family}"
    templates = {
        f"{resources}/{name}.py": "resource",
        f"plugins/modules/{name}.py": "module",
        f"plugins/modules/{name}_info.py": "info_module",
        f"tools/returns/{name}.yml": "returns",
        f"tests/unit/{family}/test_{name}.py": "unit_test",
        f"{services}/{name}.py": "service",
        f"tests/contract/{family}/test_{name}.py": "contract_test",
        f"{target}/aliases": "target_aliases",
        f"{target}/meta/main.yml": "target_meta",
        f"{target}/tasks/main.yml": "target_main",
        f"{target}/tasks/rungs.yml": "target_rungs",
        f"changelogs/fragments/{name}.yml": "fragment",
    }
    lines = {"plugins/module_utils/api/paths.py": _path_lines(resource)}
    if new_family:
        templates = {
            f"{resources}/__init__.py": "resources_init",
            f"{services}/__init__.py": "services_init",
            **templates,
        }
        lines[".importlinter"] = _rendered("importlinter_family", context)
        lines["simulator/.importlinter"] = _rendered("importlinter_door", context)
    if resource.is_updatable:
        lines["tests/unit/support/updates.py"] = _rendered("update", context)
    else:
        create = flat(resource.values(bool)).removesuffix("}") + (", **WA1}" if resource.in_data_center else "}")
        case = f'    *_created_and_deleted("{resource.class_name}", "{name}", {create}),\n'
        lines["tests/unit/support/outcome_cases.py"] = case
    secrets = sorted(option.name for option in resource.options if option.secret)
    if secrets:
        lines["plugins/module_utils/options.py"] = "".join(f'        "{secret}",\n' for secret in secrets)
    return Texts({path: _rendered(template, context) for path, template in templates.items()}, lines)


def _rendered(template: str, context: dict[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.update(wrap=texts.wrap, block=texts.block, scalar=texts.scalar)
    return environment.get_template(f"{template}.j2").render(context)


def _path_lines(resource: Resource) -> str:
    own = f'{resource.list_path} = Path("{resource.operations.listing.path}")\n'
    return f'{own}{resource.item_path} = {resource.list_path} / "{{{resource.id_segment}}}"\n'


def _context(resource: Resource) -> dict[str, Any]:
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    return {
        "r": resource,
        "texts": texts,
        "version": version,
        "family_words": f"{resource.titles}" if resource.family == resource.name else resource.family.replace("_", " "),
        "in_items": (resource.operations.listing.response or {}).get("type") != "array",
        **_declaration(resource),
        **_documentation(resource),
        **_unit_test(resource),
        **_service(resource),
        **_target(resource),
    }


def _declaration(resource: Resource) -> dict[str, Any]:
    declared = "\n".join(option.field() for option in resource.options)
    names = ["Entity"] if resource.in_data_center else []
    names += [name for name in ("Field", "member", "plain_field") if re.search(rf"\b{name}\(", declared)]
    decisions = "names need not be unique, so a name that several have is an error"
    if resource.operations.update:
        decisions += "; an update is sent with everything that it can change"
    return {
        "decisions": f"Not specified by the contract, and decided here: {decisions}.",
        "uses_compare": "compare." in declared,
        "kit_names": ", ".join(names),
        "result_keys": call("", [flat(key) for key in resource.result_keys], 4, len("result_keys = ")),
        "module_call": call(
            "ResourceModule",
            [
                resource.class_name,
                "ARGUMENTS",
                f"check={resource.class_name}.check",
                "waits=False",
                'required_one_of=[("id", "name")]',
            ],
            0,
            len("MODULE = "),
        ),
    }


def _documentation(resource: Resource) -> dict[str, Any]:
    place = {"data_center": "WA1"} if resource.in_data_center else {}
    return {
        "create": {**resource.values(bool), **place},
        "identity": {"name": resource.values(bool)["name"], **place},
        "returns": _returns(resource),
    }


def _returns(resource: Resource) -> str:
    """Return what the modules return, as tools/returns has it: a shape for both."""
    name, sample = resource.name, resource.sample()
    contains: dict[str, dict[str, Any]] = {"id": {"description": f"Id of the {resource.title}.", "type": "str"}}
    returned = [option.source for option in resource.options if option.returned]
    kinds = {option.source.name: option.type for option in resource.options}
    for prop in (*returned, *resource.others):
        kind = kinds.get(prop.name) or _result_type(prop)
        contains[snake_case(prop.name)] = {"description": texts.what_it_is(resource, prop), "type": kind}
        if kind in ("dict", "raw"):
            contains[snake_case(prop.name)]["open"] = "not described yet"
    if resource.in_data_center:
        contains["data_center"] = {"description": "Code of the data center.", "type": "str"}
    shape = {key: {**entry, "sample": sample.get(key)} for key, entry in contains.items()}
    single = {"description": f"The {resource.title} after the task. Null if it does not exist.", "shape": name}
    many = {"description": f"The {resource.titles}. Empty if none matches.", "type": "list", "shape": name}
    data = {
        "shapes": {name: {"contains": shape}},
        "modules": {name: {name: single}, f"{name}_info": {resource.plural: many}},
    }
    return yaml_text.dump(data)


def _result_type(prop: Property) -> str:
    kind = str(prop.schema.get("type", ""))
    kinds = {"number": "float", "integer": "int", "boolean": "bool", "array": "list", "object": "dict", "string": "str"}
    return kinds.get(kind, "raw")


def _unit_test(resource: Resource) -> dict[str, Any]:
    operations = resource.operations
    changes = resource.values(lambda option: option.changes, other=True)
    change = {"id": resource.entity()["id"], **changes}
    after = resource.entity(changed=True)
    updated = {option.source.name: after[option.source.name] for option in resource.options if option.updatable}
    body = {option.source.name: option.value for option in resource.options if option.source.created}
    fixed = next((option for option in resource.options if _can_be_rejected(option)), None)
    name = resource.values(bool)["name"]
    # What cannot be changed makes a difference to what is there, whatever else the test has.
    options = {} if fixed is None else {"name": name, fixed.name: fixed.other}
    readable = operations.get is not None
    unknown = [snake_case(prop.name) for prop in resource.others if first_value(prop) is not None]
    path = operations.listing.path.replace("{accountAlias}", "{ALIAS}").replace("{dataCenter}", "{DATA_CENTER}")
    return {
        "path": path,
        "first": _constant("FIRST: dict[str, t.Any]", resource.entity()),
        "options": _constant("OPTIONS: dict[str, t.Any]", resource.values(bool)),
        "body": _constant("CREATE: dict[str, t.Any]", body),
        "change": _constant("CHANGE: dict[str, t.Any]", change),
        "changed": _constant("CHANGED: dict[str, t.Any]", after),
        "change_body": _constant("CHANGE_BODY: dict[str, t.Any]", updated),
        "unknown": unknown,
        "required": flat([option.name for option in resource.required]),
        "required_properties": flat([option.source.name for option in resource.options if option.source.required]),
        "read_path": resource.item_path if readable else resource.list_path,
        "read": lambda entity: entity if readable else f"items({entity})",
        "fixed": fixed,
        "fixed_options": flat(options),
        **_update_case(resource, changes),
    }


def _can_be_rejected(option: Option) -> bool:
    return option.returned and option.source.created and not option.source.updated and option.other != option.value


def _update_case(resource: Resource, changes: dict[str, Any]) -> dict[str, str]:
    place = ["**WA1"] if resource.in_data_center else []
    create = [f"{flat(name)}: {flat(value)}" for name, value in resource.values(bool).items()]
    change = [
        f'"id": _id_of("{resource.name}")(made)',
        *(f"{flat(name)}: {flat(value)}" for name, value in changes.items()),
    ]
    return {"update_create": _map([*create, *place], 16), "update_change": _map([*change, *place], 8)}


def _map(entries: list[str], indent: int) -> str:
    inner = "".join(f"{' ' * (indent + 4)}{entry},\n" for entry in entries)
    return f"{{\n{inner}{' ' * indent}}}"


def _constant(target: str, value: Any, indent: int = 0) -> str:
    return literal(value, indent, indent + len(target) + len(" = "))


def _service(resource: Resource) -> dict[str, Any]:
    operations, name = resource.operations, resource.name
    stored = [option for option in resource.options if option.returned]
    own = [f"{name}.account.lower()", *([f"{name}.data_center"] if resource.in_data_center else []), f"{name}.id"]
    href = call("href", [f'"{operations.get.id}"', *own], 0) if operations.get else ""
    view = [_view_line(resource, option) for option in stored]
    needed = [prop for prop in resource.others if prop.name in resource.required_in_response]
    view += [f"{flat(prop.name)}: {flat(first_value(prop))}" for prop in needed]
    if "links" in resource.required_in_response and href:
        view.append(f'"links": [{{"rel": "self", "href": {href}}}]')
    location = f", location={href}" if operations.create.has_location and href else ""
    alias = ["request.alias.lower()", *(["data_center"] if resource.in_data_center else [])]
    has_links = "links" in (operations.listing.response or {}).get("required", [])
    link = call("href", [f'"{operations.listing.id}"', *alias], 0)
    experimental = operations.listing.path.startswith("/v2-experimental/")
    created = {option.source.name: option.name for option in stored if option.source.created}
    updated = {option.source.name: option.name for option in stored if option.source.updated}
    return {
        "stored": stored,
        "view": view,
        "with_href": any("href(" in line for line in view) or bool(location) or has_links,
        "location": location,
        "list_links": f', "links": [{{"rel": "self", "href": {link}}}]' if has_links else "",
        "find_data_center": "find_data_center_of_route" if experimental else "find_data_center",
        "created": _constant("_CREATED", created),
        "updated": _constant("_UPDATED", updated),
        "demo_path": operations.listing.path.replace("{accountAlias}", "DEMO").replace("{dataCenter}", "WA1"),
        "seed_required": literal([option.name for option in stored if option.source.required], 4, 16),
        "seed_properties": literal({option.name: _seed_type(option) for option in stored}, 4, 18),
    }


def _seed_type(option: Option) -> dict[str, Any]:
    kept = ("type", "enum", "items")
    return {key: option.source.schema[key] for key in kept if key in option.source.schema}


def _view_line(resource: Resource, option: Option) -> str:
    value = f"{resource.name}.{option.name}"
    if option.source.name in resource.required_in_response and not option.source.required:
        empty = {"str": '""', "bool": "False", "list": "[]"}.get(option.type, "0")
        choices = option.source.schema.get("enum")
        value = f"{flat(choices[0]) if choices else empty} if {value} is None else {value}"
    return f"{flat(option.source.name)}: {value}"


def _target(resource: Resource) -> dict[str, Any]:
    changes = resource.values(lambda option: option.changes and option.name != "name", other=True)
    own = f"IT{resource.class_name.upper()}"
    renamed = resource.is_updatable and resource.name_can_change
    return {
        "it_name": own,
        "it_last": f"{own} renamed" if renamed else own,
        "other_create": resource.values(lambda option: option.name != "name"),
        "other_change": changes,
    }
