# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the predecessors' modules, the rules that they name, and the program that compares old specs with new ones."""

from __future__ import annotations

import datetime
import importlib
import typing as t
from dataclasses import replace

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ConfigurationError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.rules import RULES
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.run import new_options, refuse
from ansible_collections.centurylink.cloud.plugins.module_utils.legacy.table import Old, Table
from legacy.tools import legacy_modules, specs

TABLES = legacy_modules.tables()


@pytest.mark.parametrize(
    ("rule", "value", "options", "wanted"),
    [
        ("same", 3, {}, 3),
        ("names", ["A1", " b2 ", ""], {}, ["A1", "b2"]),
        ("text", "vlan_1", {}, "vlan_1"),
        ("text", "False", {}, None),
        ("text", " ", {}, None),
        ("yes", False, {}, None),
        ("some", {}, {}, None),
        ("ports", [22, "443", {"port": "80"}], {"protocol": "UDP"}, [("udp", 22), ("udp", 443), ("udp", 80)]),
        ("ports", [1, 2], {"public_ip_protocol": "ICMP"}, [("icmp", None)]),
        ("ports", [], {}, None),
        ("disks", [{"path": "/a", "sizeGB": 5, "type": None}], {}, [{"path": "/a", "size_gb": 5}]),
        ("disks", [], {}, None),
        ("listed", "Load", {}, ["Load"]),
        ("listed", "False", {}, None),
        ("trigger", 80, {"threshold": 80, "metric": "cpu", "duration": None}, [{"metric": "cpu", "threshold": 80}]),
        ("disabled", "enabled", {}, None),
        ("disabled", "disabled", {}, "disabled"),
        ("fields", [{"id": "f", "value": "v"}], {}, {"f": "v"}),
        ("fields", [], {}, None),
    ],
)
def test_rules(rule: str, value: t.Any, options: dict[str, t.Any], wanted: t.Any) -> None:
    found = RULES[rule](value, options)
    if rule == "ports" and found:
        found = [(one["protocol"], one.get("port")) for one in found]
    assert found == wanted


NODE = {"ipAddress": "10.0.0.1", "privatePort": "80", "status": "disabled"}
NEW_NODE = {"ip_address": "10.0.0.1", "private_port": 80}
POOL = {"port": "80", "method": "roundRobin", "persistence": None, "nodes": [NODE]}


@pytest.mark.parametrize(
    ("state", "options", "wanted"),
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
def test_a_pool(state: str, options: dict[str, t.Any], wanted: dict[str, t.Any] | None) -> None:
    found = RULES["pool"](options["method"], {**options, "state": state})
    assert found == (wanted and [{"port": 80, **wanted}])


def test_a_range_of_ports() -> None:
    assert RULES["ports"](["8000-8010"], {}) == [{"protocol": "tcp", "port": 8000, "port_to": 8010}]


def test_seconds_become_a_moment() -> None:
    ends = datetime.datetime.strptime(RULES["moment"]("7200", {}), "%Y-%m-%dT%H:%M:%S%z")
    left = ends - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(seconds=7195) < left <= datetime.timedelta(seconds=7200)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_a_table_names_is_there(name: str) -> None:
    table = TABLES[name]
    module = table.new.rpartition(".")[2]
    spec = importlib.import_module(f"ansible_collections.centurylink.cloud.plugins.modules.{module}").ARGUMENTS
    for one in table.options:
        assert one.rule in RULES
        if one.becomes and (name, one.name) != ("clc_publicip", "server_ids"):
            assert one.becomes in spec, one.name
    if table.states:
        assert set(table.states.values()) <= set(spec["state"]["choices"])


def test_a_table_is_carried_over() -> None:
    table = TABLES["clc_server_snapshot"]
    options = {"server_ids": ["a", " b"], "state": "restore", "expiration_days": 7, "wait": False, "wait_timeout": 9}
    assert new_options(table, options) == {
        "server_ids": ["a", "b"],
        "state": "reverted",
        "expiration_days": 7,
        "wait": False,
        "wait_timeout": 9,
    }


@pytest.mark.parametrize("given", [{"new": "x"}, {"needed": []}])
def test_what_cannot_be_carried_out_is_refused(given: dict[str, t.Any]) -> None:
    table = replace(NEW, options=(Old("new", "", refused="nobody can"), Old("needed", "", type="list", required=True)))
    task = Task(t.cast(Client, None), {"needed": ["a"], **given})
    with pytest.raises(ConfigurationError, match="nobody can" if "new" in given else "it is empty"):
        refuse(table, task)


def test_all_differences_of_the_specs_have_a_reason() -> None:
    assert specs.found().keys() == specs.REASONS.keys()


OLD = {
    "options": {
        "wanted": {"must_accept": {"required": False, "default": 1, "choices": ["a", "b"], "accept_values": ["b"]}},
        "gone": {"must_accept": {"required": False, "default": None, "choices": None}},
        "secret": {"must_accept": {"required": False, "default": None, "choices": None, "no_log": True}},
        "number": {"must_accept": {"required": False, "default": None, "choices": None, "accept_values": ["x"]}},
        "alias": {"must_accept": {"required": True, "default": None, "choices": None}},
    },
    "mutually_exclusive": {"vendor": [["wanted", "gone"]]},
    "returns": {"changed": {"type": "bool"}, "thing": {"type": "dict"}},
}
NEW = Table(
    name="clc_any",
    title="",
    text=(),
    new="",
    options=(
        Old("wanted", "", required=True, choices=("a",)),
        Old("secret", ""),
        Old("number", "", type="int"),
    ),
    returns={"thing": {"type": "list"}},
    examples="",
    exclusive=(("wanted", "number"),),
)


def test_differences_of_a_spec_are_found() -> None:
    found = list(specs.differences("m", OLD, NEW))
    assert [(where, what.partition(":")[0]) for where, what in found] == [
        ("m wanted", "it is required"),
        ("m wanted", "its default is None, not 1"),
        ("m wanted", "its choices lack ['b']"),
        ("m wanted", "it refuses 'b'"),
        ("m gone", "there is no such option"),
        ("m secret", "it is shown in logs"),
        ("m number", "it refuses 'x'"),
        ("m wanted number", "they excluded each other in no predecessor"),
        ("m returns thing", "the result is list, not dict"),
    ]


def test_a_spec_that_keeps_to_the_old_one_has_no_differences() -> None:
    old = {**OLD, "options": {"alias": OLD["options"]["alias"]}, "mutually_exclusive": {}, "returns": {}}
    assert not list(specs.differences("m", old, replace(NEW, exclusive=())))
