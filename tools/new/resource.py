# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that the templates of a new resource need to know: names, fields, texts, and values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import support
from ..argument_specs import LOOKS_SECRET, flat
from . import values
from .contract import Contract, NotWritableError, Operations, Property, entity_of, operations_of, properties_of

naming = support.load("plugins/module_utils/kit/naming.py")
shared = support.load("plugins/module_utils/options.py")

_ANNOTATIONS = {"str": "str", "float": "float", "int": "int", "bool": "bool", "list": "list[Any]"}
_MATCHES = {"float": "compare.number", "int": "compare.number", "bool": "compare.boolean"}
_LINE = 120
ID = f"{1:032x}"


@dataclass(frozen=True)
class Option:
    """A property that is an option of the module. value, other: two values that it can have; the same if there is only one."""

    source: Property
    name: str
    type: str
    secret: bool
    value: Any
    other: Any

    @property
    def returned(self) -> bool:
        """Whether the service returns it, so that it can be compared; a secret is never compared."""
        return self.source.returned and not self.secret

    @property
    def updatable(self) -> bool:
        """Whether a difference is changed."""
        return self.source.updated and self.returned

    @property
    def changes(self) -> bool:
        """Whether a test can change it."""
        return self.updatable and self.other != self.value

    @property
    def elements(self) -> str:
        """Type of the elements of a list."""
        return values.option_type(self.source.schema.get("items") or {})

    @property
    def annotation(self) -> str:
        """Its type in Python."""
        return _ANNOTATIONS[self.type]

    @property
    def matches(self) -> str:
        """The rule of comparison, by the type alone; "" for equality."""
        if self.type == "str" and not self.source.required and "enum" not in self.source.schema:
            return "compare.string"
        return _MATCHES.get(self.type, "")

    def field(self) -> str:
        """Return its declaration."""
        own = self.source.name
        required = ["required=True"] if self.source.required else []
        if not self.returned:
            return call("Field", [flat(self.name), f"create={flat(own)}", *required], 8)
        matches = [f"matches={self.matches}"] if self.matches else []
        if not self.source.created:
            arguments = [flat(self.name), f"update={flat(own)}", f"getter=member({flat(own)})", *matches]
            return call("Field", arguments, 8)
        name = [] if own == self.name else [flat(own)]
        updatable = [] if self.source.updated else ["updatable=False"]
        return call("plain_field", [flat(self.name), *name, *updatable, *matches, *required], 8)


@dataclass(frozen=True)
class Resource:
    """One resource as the templates see it. others: returned properties that are not options. left_out: what has no option."""

    family: str
    name: str
    operations: Operations
    options: list[Option]
    others: list[Property]
    left_out: list[Property]
    required_in_response: frozenset[str]

    @property
    def title(self) -> str:
        """The name as words."""
        return self.name.replace("_", " ")

    @property
    def titles(self) -> str:
        """The plural of the name as words."""
        return self.plural.replace("_", " ")

    @property
    def article(self) -> str:
        """The indefinite article of the title."""
        return "an" if self.title[0] in "aeiou" else "a"

    @property
    def plural(self) -> str:
        """The key of the info module's result, and of the simulator's seed."""
        return plural(self.name)

    @property
    def class_name(self) -> str:
        """Name of the class, in the collection and in the simulator."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def table(self) -> str:
        """Name of the simulator's table."""
        first, *rest = self.plural.split("_")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def list_path(self) -> str:
        """Name of the path of the list."""
        return self.plural.upper()

    @property
    def item_path(self) -> str:
        """Name of the path of one entity."""
        return self.name.upper()

    @property
    def id_segment(self) -> str:
        """Name of the segment with the id."""
        return self.operations.delete.path.rsplit("{", 1)[-1].rstrip("}")

    @property
    def in_data_center(self) -> bool:
        """Whether each is in a data center."""
        return self.operations.in_data_center

    @property
    def place(self) -> str:
        """What has them, for texts."""
        return "a data center" if self.in_data_center else "an account"

    @property
    def result_keys(self) -> list[str]:
        """Keys of the result, without the data center."""
        returned = [option.name for option in self.options if option.returned]
        return ["id", *returned, *(snake_case(prop.name) for prop in self.others)]

    @property
    def required(self) -> list[Option]:
        """The options that a create needs in addition to the name."""
        return [option for option in self.options if option.source.required and option.name != "name"]

    @property
    def required_names(self) -> list[str]:
        """The options that a create needs."""
        return [option.name for option in self.options if option.source.required]

    @property
    def is_updatable(self) -> bool:
        """Whether anything can be changed."""
        return any(option.changes for option in self.options)

    @property
    def name_can_change(self) -> bool:
        """Whether a resource can be renamed."""
        return any(option.changes for option in self.options if option.name == "name")

    def values(self, choose: Callable[[Option], bool], other: bool = False) -> dict[str, Any]:
        """Return values of options: the first ones, or the other ones."""
        return {option.name: option.other if other else option.value for option in self.options if choose(option)}

    def entity(self, changed: bool = False) -> dict[str, Any]:
        """Return an entity as the service returns it, as it was created or after an update of everything that can change."""
        found: dict[str, Any] = {"id": ID}
        for option in self.options:
            if option.returned:
                found[option.source.name] = option.other if changed and option.changes else option.value
        for prop in self.others:
            value = first_value(prop)
            if value is not None:
                found[prop.name] = value
        return found

    def sample(self) -> dict[str, Any]:
        """Return a result."""
        found: dict[str, Any] = naming.to_snake_case(self.entity())
        sample = naming.with_keys({**found, "id": "bb43e451f9ab2845ad0f3d761f3d0201"}, self.result_keys)
        return {**sample, "data_center": "WA1"} if self.in_data_center else sample


def describe(contract: Contract, family: str, name: str, list_id: str) -> Resource:
    """Return what the contract says about a resource. Raise NotWritableError if make new cannot write it."""
    operations = operations_of(contract, list_id)
    properties = properties_of(operations)
    options: list[Option] = []
    others: list[Property] = []
    left_out: list[Property] = []
    for prop in properties:
        if not prop.created and not (prop.updated and prop.returned):
            (others if prop.returned else left_out).append(prop)
            continue
        option = _option(prop)
        if option is None:
            left_out.append(prop)
            others += [prop] if prop.returned else []
        else:
            options.append(option)
    required = frozenset(entity_of(operations).get("required", []))
    found = Resource(family, name, operations, options, others, left_out, required)
    _check(found)
    return found


def _option(prop: Property) -> Option | None:
    """Return the option of a property; None if its type needs suboptions or the contract has no value that it accepts."""
    name, kind = snake_case(prop.name), values.option_type(prop.schema)
    found = values.two_of(prop.schema, name.replace("_", " ")) if kind else []
    if not found:
        if prop.required:
            raise NotWritableError(
                f"a create needs {prop.name}, for which the contract has neither a plain type nor an example",
                "Add an example to the contract, or write this resource by hand, as docs/writing-a-resource.md describes.",
            )
        return None
    secret = kind == "str" and "enum" not in prop.schema and bool(LOOKS_SECRET.search(name))
    return Option(prop, name, kind, secret, found[0], found[-1])


def _check(resource: Resource) -> None:
    """Raise NotWritableError if options clash, or if tests could not be written."""
    common = {option.name for option in (*shared.CONNECTION, *shared.WAITING)}
    taken = (
        common
        | {alias for option in shared.CONNECTION for alias in option.aliases}
        | {"state", "data_center", "location"}
    )
    for option in resource.options:
        if option.name in taken:
            raise NotWritableError(
                f"the property {option.source.name} would be the option {option.name}, which has another meaning",
                "Write this resource by hand, and choose another name for the option.",
            )
    if any(option.updatable for option in resource.options) and not resource.is_updatable:
        raise NotWritableError(
            "the contract has no second value for anything that an update changes", "Add examples to it."
        )
    names = [option.name for option in resource.options]
    if "name" not in names or resource.options[names.index("name")].type != "str":
        raise NotWritableError("a create has no name, by which a resource is found", "Write this resource by hand.")
    update = resource.operations.update
    for name in (update.body or {}).get("required", []) if update else []:
        if not any(option.updatable for option in resource.options if option.source.name == name):
            raise NotWritableError(
                f"an update needs {name}, which the service does not return", "Write this resource by hand."
            )
    unknown = [
        prop.name
        for prop in resource.others
        if prop.name in resource.required_in_response and first_value(prop) is None
    ]
    if unknown:
        raise NotWritableError(
            f"every response has {', '.join(unknown)}, for which the simulator has no value",
            "Add examples to the contract.",
        )


def first_value(prop: Property) -> Any:
    """Return a value of a property that is not an option; None if its type is not plain."""
    found = (
        values.two_of(prop.schema, snake_case(prop.name).replace("_", " ")) if values.option_type(prop.schema) else []
    )
    return found[0] if found else None


def plural(name: str) -> str:
    """Return the plural of a name in snake_case."""
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(s|x|ch|sh)$", name) else f"{name}s"


def snake_case(name: str) -> str:
    """Return the name of an option or a result key for a property."""
    return str(naming.snake_case_name(name))


def call(function: str, arguments: list[str], indent: int, before: int = 0) -> str:
    """Return the text of a call, with a line for each argument if it does not fit on one.

    indent: blanks at the beginning of its line. before: letters between them and the call.
    """
    one_line = f"{function}({', '.join(arguments)})"
    # A comma may follow it.
    if indent + before + len(one_line) + 1 <= _LINE:
        return one_line
    inner = "".join(f"{' ' * (indent + 4)}{argument},\n" for argument in arguments)
    return f"{function}(\n{inner}{' ' * indent})"
