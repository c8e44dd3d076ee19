# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The paths of the services: they are those of the contract, and nothing can be smuggled into one."""

from __future__ import annotations

import ast
import re
import typing as t
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from ansible_collections.centurylink.cloud.plugins.module_utils.api import paths
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidOptionError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import TOKEN

ROOT = Path(__file__).parents[3]
MODULE_UTILS = ROOT / "plugins" / "module_utils"
PUBLIC = {name: value for name, value in vars(paths).items() if isinstance(value, paths.Path) and name[0] != "_"}
ALL = {**PUBLIC, **{f"SERVER_BATCHES-{name}": value for name, value in paths.SERVER_BATCHES.items()}}
HOSTILE = (
    "wa1demoweb01/credentials",
    "wa1demoweb01?x=1",
    "wa1demoweb01#x",
    "wa1demoweb01\r\nX-Header: 1",
    "wa1demo\0",
    "wa1demo\x85",
    "..",
    ".",
    "",
    "  ",
    None,
)


def contract() -> set[str]:
    """Return all paths of the contract."""
    files = sorted((ROOT / "simulator" / "src" / "clc_simulator").rglob("openapi/**/*.yaml"))
    assert files
    return {path for file in files for path in yaml.safe_load(file.read_text(encoding="utf-8")).get("paths") or {}}


def test_every_path_is_in_the_contract() -> None:
    assert {path.template for path in ALL.values()} - contract() == set()


def test_every_path_is_written_once() -> None:
    templates = [path.template for path in ALL.values()]
    assert len(templates) == len(set(templates))


def test_every_path_is_used() -> None:
    sources = [
        file.read_text(encoding="utf-8") for file in MODULE_UTILS.parent.rglob("*.py") if file.name != "paths.py"
    ]
    used = set(re.findall(r"paths\.([A-Z_]+)\b", "".join(sources)))
    parents = {name for name, path in PUBLIC.items() if any(other.parent is path for other in PUBLIC.values())}
    assert PUBLIC.keys() - used - parents == set()


def test_no_other_file_builds_a_path() -> None:
    found = [
        f"{file.relative_to(MODULE_UTILS)}:{text.lineno}"
        for file in sorted(MODULE_UTILS.rglob("*.py"))
        if file.name not in ("paths.py", "options.py", "endpoints.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.Constant) and re.match(r"/(v\d|clc-backup|ips|rest)\b", str(text.value))
    ]
    assert found == []


@pytest.mark.parametrize("name", ALL)
def test_values_are_quoted(name: str) -> None:
    path = ALL[name]
    values = [f"%2F é&{index};=+\\" for index in range(len(path.names))]
    built = path(*values)
    assert re.fullmatch(r"[A-Za-z0-9/._%-]+", built)
    pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path.template))
    found = re.fullmatch(pattern, built)
    assert found
    assert list(map(unquote, found.groups())) == values


@pytest.mark.parametrize("name", ALL)
def test_what_cannot_be_a_segment_is_rejected(name: str) -> None:
    path = ALL[name]
    for index in range(len(path.names)):
        for hostile in HOSTILE:
            values: list[t.Any] = ["x"] * len(path.names)
            values[index] = hostile
            with pytest.raises(InvalidOptionError) as error:
                path(*values)
            assert isinstance(error.value, InvalidOptionError)
            assert re.fullmatch(r"[a-z_]+", error.value.target)
            assert re.search(r"cannot be (an? |the )", str(error.value))
            assert "\r" not in str(error.value)


def test_values_are_as_many_as_segments() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paths.SERVER("ACME")


def test_a_path_goes_on_from_where_a_link_leads() -> None:
    assert paths.BARE_METAL_CAPABILITIES.below("/v2/datacenters/acme/wa1") == (
        "/v2/datacenters/acme/wa1/bareMetalCapabilities"
    )
    assert paths.SERVER_NETWORK.below("/elsewhere/networks", "a b") == "/elsewhere/networks/a%20b"
    with pytest.raises(InvalidOptionError, match="contains '/'"):
        paths.SERVER_NETWORK.below("/elsewhere/networks", "a/b")


def test_a_query_is_quoted() -> None:
    assert paths.with_query("/x", targetUri="https://a/?b=c&d") == "/x?targetUri=https%3A%2F%2Fa%2F%3Fb%3Dc%26d"


def test_the_account_goes_into_a_path_that_a_user_wrote() -> None:
    assert paths.in_account("/v2/servers/{account}?x=1", "ACME") == "/v2/servers/ACME?x=1"
    with pytest.raises(InvalidOptionError, match="account_alias"):
        paths.in_account("/v2/servers/{account}", "ACME/X")


# Through the modules: nothing is sent, and the option is named


@pytest.mark.parametrize(
    ("module", "options", "option"),
    [
        ("server_info", {"server_ids": ["wa1demoweb01/credentials"]}, "server_ids"),
        ("server_info", {"server_ids": ["wa1demoweb01", "wa1demoweb01?x=1"]}, "server_ids"),
        ("server_info", {"data_center": "WA1?x=1"}, "data_center"),
        ("server_group_info", {"data_center": "WA1/deploymentCapabilities"}, "data_center"),
        ("server", {"server_ids": ["wa1demoweb01", "../datacenters"], "state": "absent"}, "server_ids"),
        ("server_snapshot", {"server_ids": ["wa1demoweb01#"]}, "server_ids"),
        ("server_package", {"server_ids": ["a/b"], "package_id": "x"}, "server_ids"),
        ("server_patch", {"server_ids": [".."]}, "server_ids"),
        ("public_ip", {"server_id": "wa1demoweb01/publicIPAddresses"}, "server_id"),
        ("public_ip_info", {"server_id": "wa1demoweb01?x=1"}, "server_id"),
        ("ips_notification_info", {"server_id": "a/b"}, "server_id"),
        ("server_template", {"server_id": "a?b", "template_password": "x", "visibility": "private"}, "server_id"),
        ("network_info", {"data_center": "WA1/claim"}, "data_center"),
        ("firewall_policy_info", {"data_center": "WA1?x=1"}, "data_center"),
        ("load_balancer_info", {"data_center": ".."}, "data_center"),
        ("backup_server_policy_info", {"server_id": "a/b"}, "server_id"),
        ("billing_info", {"server_ids": ["a/b"]}, "server_ids"),
        ("job_info", {"ids": ["wa1-48211", "wa1-48211?x=1"]}, "ids"),
    ],
)
def test_a_module_rejects_what_cannot_be_an_id_or_a_code(
    run: Runner, module: str, options: dict[str, t.Any], option: str
) -> None:
    outcome = run(module, options)
    assert outcome.failed
    assert outcome.msg.startswith(f"Invalid value for {option}: ")
    assert " cannot be " in outcome.msg


@pytest.mark.parametrize("alias", ["DEMO/WA1DEMOWEB01", "DEMO?X=1", "..", "DEMO#"])
@pytest.mark.parametrize("connection", [{"token": TOKEN}, {"username": "demo", "password": PASSWORD}])
def test_an_account_is_rejected_before_the_login(run: Runner, connection: dict[str, str], alias: str) -> None:
    outcome = run("account_info", {}, connection={**connection, "account_alias": alias})
    assert outcome.failed
    assert outcome.msg.startswith(f"Invalid value for account_alias: {alias!r} cannot be the alias of an account: ")


@pytest.mark.parametrize("options", [{}, {"server_ids": None}, {"server_ids": [None, ""]}, {"data_center": ""}])
def test_what_is_empty_names_nothing(options: dict[str, t.Any]) -> None:
    Task(t.cast("t.Any", None), options)
