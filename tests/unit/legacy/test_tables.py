# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the legacy modules, the rules that they name, and the program that compares old specs with new ones."""

from __future__ import annotations

import datetime
import importlib
import typing as t
from dataclasses import replace

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidTaskError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.rules import RULES
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.run import new_options, validate
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.table import LegacyOption, Table
from legacy.tools import legacy_modules, specs

TABLES = legacy_modules.tables()


@pytest.mark.parametrize(
    ("rule", "value", "options", "expected"),
    [
        ("same", 3, {}, 3),
        ("names", ["A1", " b2 ", ""], {}, ["A1", "b2"]),
        ("text", "vlan_1", {}, "vlan_1"),
        ("text", "False", {}, None),
        ("text", " ", {}, None),
        ("only_true", False, {}, None),
        ("non_empty", {}, {}, None),
        ("ports", [22, "443", {"port": "80"}], {"protocol": "UDP"}, [("udp", 22), ("udp", 443), ("udp", 80)]),
        ("ports", [1, 2], {"public_ip_protocol": "ICMP"}, [("icmp", None)]),
        ("ports", [], {}, None),
        ("disks", [{"path": "/a", "sizeGB": 5, "type": None}], {}, [{"path": "/a", "size_gb": 5}]),
        ("disks", [], {}, None),
        ("as_list", "Load", {}, ["Load"]),
        ("as_list", "False", {}, None),
        ("trigger", 80, {"threshold": 80, "metric": "cpu", "duration": None}, [{"metric": "cpu", "threshold": 80}]),
        ("disabled", "enabled", {}, None),
        ("disabled", "disabled", {}, "disabled"),
        ("fields", [{"id": "f", "value": "v"}], {}, {"f": "v"}),
        ("fields", [], {}, None),
    ],
)
def test_rules(rule: str, value: t.Any, options: dict[str, t.Any], expected: t.Any) -> None:
    result = RULES[rule](value, options)
    if rule == "ports" and result:
        result = [(entry["protocol"], entry.get("port")) for entry in result]
    assert result == expected


NODE = {"ipAddress": "10.0.0.1", "privatePort": "80", "status": "disabled"}
NEW_NODE = {"ip_address": "10.0.0.1", "private_port": 80}
POOL = {"port": "80", "method": "roundRobin", "persistence": None, "nodes": [NODE]}


@pytest.mark.parametrize(
    ("state", "options", "expected"),
    [
        ("absent", POOL, None),
        ("present", {**POOL, "port": None}, None),
        ("present", {**POOL, "nodes": []}, {"method": "roundRobin", "state": "present"}),
        (
            "present",
            POOL,
            {
                "method": "roundRobin",
                "nodes": [{**NEW_NODE, "status": "disabled", "state": "present"}],
                "state": "present",
            },
        ),
        (
            "nodes_present",
            POOL,
            {"nodes": [{**NEW_NODE, "status": "disabled", "state": "present"}], "state": "present"},
        ),
        ("nodes_absent", POOL, {"nodes": [{**NEW_NODE, "state": "absent"}], "state": "present"}),
        ("port_absent", POOL, {"state": "absent"}),
    ],
)
def test_a_pool(state: str, options: dict[str, t.Any], expected: dict[str, t.Any] | None) -> None:
    result = RULES["pool"](options["method"], {**options, "state": state})
    assert result == (expected and [{"port": 80, **expected}])


def test_a_range_of_ports() -> None:
    assert RULES["ports"](["8000-8010"], {}) == [{"protocol": "tcp", "port": 8000, "port_to": 8010}]


def test_seconds_become_an_end_time() -> None:
    ends = datetime.datetime.strptime(RULES["end_time"]("7200", {}), "%Y-%m-%dT%H:%M:%S%z")
    left = ends - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(seconds=7195) < left <= datetime.timedelta(seconds=7200)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rules_options_and_states_of_tables_exist(name: str) -> None:
    table = TABLES[name]
    module = table.new.rpartition(".")[2]
    spec = importlib.import_module(f"ansible_collections.centurylink.cloud.plugins.modules.{module}").ARGUMENTS
    for option in table.options:
        assert option.rule in RULES
        if option.renamed_to and (name, option.name) != ("clc_publicip", "server_ids"):
            assert option.renamed_to in spec, option.name
    if table.states:
        assert set(table.states.values()) <= set(spec["state"]["choices"])


def test_options_are_converted() -> None:
    table = TABLES["clc_server_snapshot"]
    options = {"server_ids": ["a", " b"], "state": "restore", "expiration_days": 7, "wait": False, "wait_timeout": 9}
    assert new_options(table, options) == {
        "server_ids": ["a", "b"],
        "state": "reverted",
        "expiration_days": 7,
        "wait": False,
        "wait_timeout": 9,
    }


@pytest.mark.parametrize("options", [{"new": "x"}, {"needed": []}])
def test_unsupported_and_empty_options_are_rejected(options: dict[str, t.Any]) -> None:
    table = replace(
        NEW,
        options=(
            LegacyOption("new", "", unsupported="it was removed"),
            LegacyOption("needed", "", type="list", required=True),
        ),
    )
    task = Task(t.cast(Client, None), {"needed": ["a"], **options})
    with pytest.raises(InvalidTaskError, match="it was removed" if "new" in options else "it is empty"):
        validate(table, task)


def test_all_differences_of_the_specs_have_a_reason() -> None:
    assert specs.all_differences().keys() == specs.REASONS.keys()


OLD = {
    "options": {
        "changed_option": {
            "must_accept": {"required": False, "default": 1, "choices": ["a", "b"], "accept_values": ["b"]}
        },
        "removed_option": {"must_accept": {"required": False, "default": None, "choices": None}},
        "secret": {"must_accept": {"required": False, "default": None, "choices": None, "no_log": True}},
        "number": {"must_accept": {"required": False, "default": None, "choices": None, "accept_values": ["x"]}},
        "alias": {"must_accept": {"required": True, "default": None, "choices": None}},
    },
    "mutually_exclusive": {"vendor": [["changed_option", "removed_option"]]},
    "returns": {"changed": {"type": "bool"}, "entity": {"type": "dict"}},
}
NEW = Table(
    name="clc_any",
    title="",
    text=(),
    new="",
    options=(
        LegacyOption("changed_option", "", required=True, choices=("a",)),
        LegacyOption("secret", ""),
        LegacyOption("number", "", type="int"),
    ),
    examples="",
    exclusive=(("changed_option", "number"),),
)


def test_differences_of_a_spec_are_reported() -> None:
    found = list(specs.differences("m", OLD, NEW, {"entity": {"type": "list"}}))
    assert [(where, what.partition(":")[0]) for where, what in found] == [
        ("m changed_option", "it is required"),
        ("m changed_option", "its default is None, not 1"),
        ("m changed_option", "its choices lack ['b']"),
        ("m changed_option", "it rejects 'b'"),
        ("m removed_option", "the option does not exist"),
        ("m secret", "it is not masked in logs"),
        ("m number", "it rejects 'x'"),
        ("m changed_option number", "they are mutually exclusive in no original module"),
        ("m returns entity", "the result is list, not dict"),
    ]


def test_a_compatible_spec_has_no_differences() -> None:
    old = {**OLD, "options": {"alias": OLD["options"]["alias"]}, "mutually_exclusive": {}, "returns": {}}
    assert not list(specs.differences("m", old, replace(NEW, exclusive=()), {}))
