# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RETURN of all modules, from tools/returns: a file per family with what its modules return.

`shapes` has the results that several modules return, each declared once: its keys under `contains`. `modules` has the keys of each
module's result; `shape` gives an entry the keys of a shape. A shape that names a `schema` of the contract gets from it whatever an
entry leaves out: type, and description or values where the contract has them. Names are compared without case and underscores,
`property` names another one. `like` takes the texts and samples of equally named keys of another shape, `extends` its keys as well.

An entry without keys has a `sample`. A dict whose keys are not known says why, in `open`, and its description says what it has.
Run by tools/generate.py; the lint rule is return_rules.py.
"""

from __future__ import annotations

import functools
import re
import typing as t
from pathlib import Path

import yaml

Entry = dict[str, t.Any]
Entries = dict[str, Entry]
_COMMENT = "# Generated from tools/returns/{family}.yml.\n"
# Keys of an entry in the order in which RETURN has them. The others direct the generator.
_ORDER = ("description", "returned", "type", "elements", "choices", "contains", "sample")
_DIRECTIONS = {"shape", "property", "open", "schema", "like", "extends"}
_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict"}
_RETURN = re.compile(r'^RETURN = r"""\n.*?"""', re.DOTALL | re.MULTILINE)
# Values of a property are listed up to this number.
_MOST_VALUES = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _load(path: Path) -> t.Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


class Contract:
    """The schemas of the contract, whose files are read when they are needed."""

    def __init__(self, root: Path) -> None:
        self._directory = root / "simulator" / "src" / "clc_simulator" / "openapi"
        self._file = functools.cache(lambda name: _load(self._directory / name))

    def schema(self, reference: str) -> Entry:
        """Return a schema by its name, <file>.yaml#<schema>. Raises ValueError if the contract lacks it."""
        file, _hash, name = reference.partition("#")
        found = self._file(file)["components"]["schemas"].get(name)
        if found is None:
            raise ValueError(f"the contract has no schema {reference}")
        return self.resolved(found, file)

    def resolved(self, schema: Entry, file: str) -> Entry:
        """Return a schema with the parts that it refers to. Each part keeps the file that its own references begin in."""
        if "$ref" in schema:
            where, _hash, pointer = schema["$ref"].partition("#")
            target = where.removeprefix("./") or file
            found: t.Any = self._file(target)
            for step in pointer.strip("/").split("/"):
                found = found[step]
            return {**self.resolved(found, target), **{key: schema[key] for key in schema if key != "$ref"}}
        result = {"file": file, **schema}
        for part in [part for key in ("allOf", "oneOf", "anyOf") for part in schema.get(key, ())]:
            if part.get("type") == "null":
                continue
            found = self.resolved(part, file)
            properties = {**self.properties(found), **result.get("properties", {})}
            result = {**found, **result, **({"properties": properties} if properties else {})}
        return result

    def properties(self, schema: Entry) -> Entries:
        """Return the properties of a schema, resolved."""
        file = schema["file"]
        return {
            name: self.resolved(part, part.get("file", file)) for name, part in schema.get("properties", {}).items()
        }

    def items(self, schema: Entry) -> Entry | None:
        """Return the schema of the items of a list, or None."""
        return self.resolved(schema["items"], schema["file"]) if "items" in schema else None


def plain(name: str) -> str:
    """Return a name without case and underscores, as those of results and of the contract are compared."""
    return name.replace("_", "").lower()


def _type(schema: Entry) -> str | None:
    """Return the type of a schema as Ansible calls it, None if it has none. Any result may be null, which is left out."""
    named = schema.get("type")
    names = [name for name in (named if isinstance(named, list) else [named]) if name in _TYPES]
    return _TYPES[names[0]] if len(names) == 1 else None


def _extended(base: Entry, more: Entry) -> Entry:
    """Return an entry with what another one has as well: its keys too, at any depth."""
    result = {**base, **more}
    if "contains" in base:
        keys = {**base["contains"], **more.get("contains", {})}
        both = base["contains"].keys() & more.get("contains", {}).keys()
        merged = {key: _extended(base["contains"][key], more["contains"][key]) for key in both}
        result["contains"] = {**keys, **merged}
    return result


def _without_null(description: t.Any) -> t.Any:
    """Return a description without what it says of null: what another module has as null may be left out here."""
    lines = description if isinstance(description, list) else [description]
    kept = [" ".join(re.sub(r"(?<!\S)Null [^.]*\.", "", line).split()) for line in lines]
    return kept if isinstance(description, list) else kept[0]


class Returns:
    """What tools/returns has: shapes and modules of all families."""

    def __init__(self, root: Path) -> None:
        self.shapes: Entries = {}
        self.modules: dict[str, Entries] = {}
        self.family: dict[str, str] = {}
        self.waiting: Entries = {}
        self._contract = Contract(root)
        for path in sorted((root / "tools" / "returns").glob("*.yml")):
            data = _load(path)
            self._add(self.shapes, data.get("shapes") or {}, path)
            self._add(self.modules, data.get("modules") or {}, path)
            self.family.update(dict.fromkeys(data.get("modules") or {}, path.stem))
            self.waiting.update(data.get("waiting") or {})

    @staticmethod
    def _add(known: dict[str, t.Any], more: t.Mapping[str, t.Any], path: Path) -> None:
        twice = sorted(known.keys() & more.keys())
        if twice:
            raise ValueError(f"{path.name} declares again: {twice}")
        known.update(more)

    def of(self, module: str, *, waits: bool) -> Entries:
        """Return the documented results of a module. waits: whether it returns the jobs that it does not wait for as well.

        Raises ValueError for an incomplete entry.
        """
        if module not in self.modules:
            raise ValueError(f"no file of tools/returns has the module {module}")
        returned = "success" if module.endswith(("_info", "_fact")) else "always"
        entries = {**(self.modules[module] or {}), **(self.waiting if waits else {})}
        return {
            key: self._entry(f"{module}.{key}", {"returned": returned, **entry}, None, {})
            for key, entry in entries.items()
        }

    def open_places(self, module: str) -> set[str]:
        """Return the places of a module's results that have a reason for not saying what they contain."""
        return set(self._open(self.modules.get(module) or {}, ""))

    def _open(self, entries: Entries, before: str) -> t.Iterator[str]:
        for key, entry in entries.items():
            if entry.get("open"):
                yield f"{before}{key}"
            contains = self.shape(entry["shape"])["contains"] if "shape" in entry else entry.get("contains", {})
            yield from self._open(contains, f"{before}{key}.")

    def shape(self, name: str) -> Entry:
        """Return a shape with the keys of the one that it extends. Raises ValueError if it does not exist."""
        if name not in self.shapes:
            raise ValueError(f"there is no shape {name}")
        shape = self.shapes[name]
        if "extends" not in shape:
            return shape
        base = self.shape(shape["extends"])
        return _extended(base, shape)

    def _entry(self, place: str, entry: Entry, schema: Entry | None, texts: Entries) -> Entry:
        """Return an entry as RETURN has it. schema: what the contract says about it. texts: keys whose texts it may use."""
        if "shape" in entry:
            entry = {**self.shape(entry["shape"]), **entry}
        model = texts.get(plain(place.rpartition(".")[2]), {})
        if "description" in model:
            entry = {"description": _without_null(model["description"]), **entry}
        if "sample" in model:
            entry = {"sample": model["sample"], **entry}
        if "like" in entry:
            texts = self._texts(self.shape(entry["like"])["contains"])
        elif model:
            texts = self._texts(model.get("contains") or self._contains(model))
        if "schema" in entry:
            schema = self._contract.schema(entry["schema"])
        found = self._merged(place, entry, schema)
        contains = found.pop("contains", None)
        if contains:
            inner = self._contract.items(schema) if schema and "items" in schema else schema
            found["contains"] = self._contained(place, contains, inner, texts)
        self._check(place, entry, found)
        return {key: found[key] for key in _ORDER if key in found}

    def _contains(self, model: Entry) -> Entries:
        contains: Entries = self.shape(model["shape"])["contains"] if "shape" in model else {}
        return contains

    @staticmethod
    def _texts(contains: Entries) -> Entries:
        return {plain(key): entry for key, entry in contains.items()}

    def _contained(self, place: str, contains: Entries, schema: Entry | None, texts: Entries) -> Entries:
        properties = {plain(key): part for key, part in self._contract.properties(schema).items()} if schema else {}
        return {
            key: self._entry(
                f"{place}.{key}",
                {"returned": "always", **entry},
                properties.get(plain(entry.get("property", key))),
                texts,
            )
            for key, entry in contains.items()
        }

    def _merged(self, place: str, entry: Entry, schema: Entry | None) -> Entry:
        """Return an entry with what the contract says of it and the entry does not."""
        unknown = entry.keys() - _DIRECTIONS - set(_ORDER)
        if unknown:
            raise ValueError(f"{place} has {sorted(unknown)}, which no entry has")
        stated = {key: value for key, value in entry.items() if key not in _DIRECTIONS}
        # An entry with a type of its own is no longer what the contract describes.
        found = {**({} if "type" in entry else self._from_contract(schema)), **stated}
        if "contains" in found:
            found.setdefault("type", "dict")
        if found.get("type") != "list":
            found.pop("elements", None)
        elif "elements" not in found:
            found["elements"] = "dict" if "contains" in found else "str"
        if "contains" in found:
            found.pop("sample", None)
        return found

    def _from_contract(self, schema: Entry | None) -> Entry:
        if schema is None:
            return {}
        items = self._contract.items(schema)
        kinds = {"type": _type(schema), "elements": _type(items or {})}
        found: Entry = {key: kind for key, kind in kinds.items() if kind}
        if "description" in schema:
            found["description"] = schema["description"]
        values = [value for value in (items or schema).get("enum") or () if value is not None]
        if 1 < len(values) <= _MOST_VALUES and all(isinstance(value, str) for value in values):
            found["choices"] = values
        return found

    @staticmethod
    def _check(place: str, entry: Entry, found: Entry) -> None:
        missing = {"description", "type", "returned"} - found.keys()
        if missing:
            raise ValueError(f"{place} has no {' and no '.join(sorted(missing))}")
        is_map = "dict" in (found["type"], found.get("elements")) or found["type"] == "raw"
        if is_map and "contains" not in found and not entry.get("open"):
            raise ValueError(f"{place} says neither what it contains nor, in `open`, why that is not known")
        if "contains" not in found and "sample" not in found:
            raise ValueError(f"{place} has no sample")


def text_of(family: str, entries: Entries, dump: t.Callable[[t.Any], str]) -> str:
    """Return the text between the quotes of RETURN. dump: function that formats YAML."""
    return _COMMENT.format(family=family) + (dump(entries) if entries else "")


def with_returns(text: str, returns: str) -> str:
    """Return a module's text with other text in its RETURN. Raises ValueError if it has no RETURN."""
    replaced, number = _RETURN.subn(lambda match: f'RETURN = r"""\n{returns}"""', text)
    if number != 1:
        raise ValueError('a module has its results between the lines RETURN = r""" and """')
    return replaced
