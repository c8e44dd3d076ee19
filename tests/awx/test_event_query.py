# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The queries by which a controller counts managed nodes: on results of modules, and on what no query may fail on."""

from __future__ import annotations

import copy
import typing as t
from pathlib import Path

import jq
import pytest
import yaml

from tools.rules import documented

ROOT = Path(__file__).parents[2]
QUERIES = {
    name: entry["query"]
    for name, entry in yaml.safe_load((ROOT / "extensions" / "audit" / "event_query.yml").read_text()).items()
}
every_query = pytest.mark.parametrize("name", QUERIES)
INFRA_TYPES = {"PublicCloud", "PrivateCloud"}
INFRA_BUCKETS = {"Compute", "Networking", "Storage", "Database"}
# What a task can return in place of what a module documents: it failed, was skipped, or looped, or a value has another type.
NO_NODES: list[t.Any] = [
    None,
    {},
    "text",
    [],
    {"failed": True, "msg": "Cannot log in"},
    {"skipped": True, "changed": False},
    {"results": [{"servers": [{"id": "x"}], "database": {"id": 1}}], "changed": True},
    *({"servers": value, "database": value} for value in (None, "text", 7, [], {}, [None], ["wa1acmeweb01"], True)),
    {"servers": [{"name": "WA1ACMEWEB01"}], "database": {"name": "shop"}},
]


def run(name: str, result: t.Any) -> list[t.Any]:
    found: list[t.Any] = jq.compile(QUERIES[name]).input_value(result).all()
    return found


def result_of(name: str) -> dict[str, t.Any]:
    """Return the result that the module documents; other tests compare these samples with real results."""
    returned = yaml.safe_load(documented(ROOT / "plugins" / "modules" / f"{name.rpartition('.')[2]}.py", "RETURN"))
    return {"changed": True, **{key: sample_of(entry) for key, entry in returned.items()}}


def sample_of(entry: dict[str, t.Any]) -> t.Any:
    """Return the sample of a documented value, made from those of its keys if it has none of its own."""
    if "contains" not in entry or "sample" in entry:
        return copy.deepcopy(entry.get("sample"))
    values = {key: sample_of(below) for key, below in entry["contains"].items()}
    return [values] if entry["type"] == "list" else values


def nodes_of(result: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    return result["servers"] if "servers" in result else [result["database"]]


@every_query
def test_each_node_of_a_result_is_counted_by_its_id(name: str) -> None:
    result = result_of(name)
    nodes, counted = nodes_of(result), run(name, result)
    assert len(nodes) > 0
    assert [node["canonical_facts"] for node in counted] == [{"id": str(node["id"])} for node in nodes]
    assert [node["name"] for node in counted] == [node["name"] for node in nodes]
    assert {node["facts"]["infra_type"] for node in counted} <= INFRA_TYPES
    assert {node["facts"]["infra_bucket"] for node in counted} <= INFRA_BUCKETS


@every_query
def test_a_node_without_a_name_has_its_id_as_name(name: str) -> None:
    result = result_of(name)
    for node in nodes_of(result):
        node["name"] = None
    assert [node["name"] for node in run(name, result)] == [str(node["id"]) for node in nodes_of(result)]


@every_query
def test_what_check_mode_predicts_is_not_counted(name: str) -> None:
    result = result_of(name)
    for node in nodes_of(result):
        node["id"] = None
    assert run(name, result) == []


@every_query
@pytest.mark.parametrize("result", NO_NODES, ids=repr)
def test_no_other_result_is_an_error(name: str, result: t.Any) -> None:
    assert run(name, result) == []


@every_query
def test_the_module_exists(name: str) -> None:
    namespace, collection, module = name.split(".")
    assert (namespace, collection) == ("centurylink", "cloud")
    assert (ROOT / "plugins" / "modules" / f"{module}.py").is_file()
