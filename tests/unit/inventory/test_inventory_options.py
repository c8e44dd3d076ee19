# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of an inventory source: unknown names, templates, types, and filters that match nothing."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleParserError

from ansible_collections.centurylink.cloud.plugins.plugin_utils import run_client
from ansible_collections.centurylink.cloud.tests.unit.support.inventories import Inventory

WEB = ["va1demoweb01", "va1demoweb02", "wa1demoweb01", "wa1demoweb02"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"data_centres": ["WA1"]}, "option 'data_centres' is not supported. Did you mean data_centers?"),
        ({"Filters": []}, "Did you mean filters?"),
        ({"zzz": 1}, "option 'zzz' is not supported. Supported: "),
        ({"hostnames": ["nmae"]}, "name 'nmae' is not supported. Did you mean name?"),
        ({"hostnames": [{"name": "id", "prefx": "a"}]}, "key 'prefx' is not supported. Did you mean prefix?"),
        ({"hostnames": [{"prefix": "a"}]}, "exactly one of name, custom_field, expression"),
        ({"group_by": ["stauts"]}, "entry 'stauts' is not supported. Did you mean status?"),
        ({"filters": [{"includ": "true"}]}, "filters"),
        (
            {"filters": [{"include": {"staus": ["x"]}}]},
            "cannot use filters: condition 'staus' is not supported. Did you mean ",
        ),
        ({"filters": [{"include": {"any_of": [{"nams": "x"}]}}]}, "Did you mean names?"),
        ({"filters": [{"include": {"power_states": ["startd"]}}]}, "'startd' is not supported. Did you mean started?"),
        (
            {"power_states": ["startd"]},
            "invalid value for power_states: 'startd' is not supported. Did you mean started?",
        ),
        ({"on_error": "ignore"}, "invalid value for on_error: 'ignore' is not supported"),
        ({"validate_certs": "nope"}, "invalid value for validate_certs"),
        ({"archived": "perhaps"}, "invalid value for archived"),
        ({"workers": "many"}, "invalid value for workers"),
        ({"workers": 0}, "invalid value for workers: 0 is less than 1"),
        ({"custom_fields": 5}, "invalid value for custom_fields"),
        ({"connect_with": ["10.80.300.0/24"]}, "invalid value for connect_with: '10.80.300.0/24' is not internal"),
        ({"server_groups": ["{{ missing }}"]}, "invalid value for server_groups: its template failed"),
    ],
)
def test_invalid_options_are_errors_before_anything_is_sent(
    inventory: Inventory, options: dict[str, t.Any], message: str
) -> None:
    with pytest.raises(AnsibleParserError) as error:
        inventory.read(options)
    assert message.lower() in str(error.value).lower()
    assert inventory.requests() == []


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        ({"statuses": ["actve"]}, "statuses: no status matches 'actve'. Available: active"),
        ({"operating_systems": ["solaris*"]}, "operating_systems: no operating system matches 'solaris*'. Available: "),
        ({"names": ["nowhere*"]}, "names: no server name matches 'nowhere*'. Available: "),
        (
            {"custom_fields": {"Stagee": "x"}},
            "custom_fields: no custom field of a server matches 'Stagee'. Available: ",
        ),
        ({"custom_fields": {"Stage": "x"}}, "custom_fields: no value of Stage matches 'x'. Available: "),
        ({"data_centers": ["XX9", "wa1"]}, "data_centers: no data center matches 'XX9'. Available: DE1, VA1, WA1."),
        ({"server_groups": ["shop/web"]}, "server_groups: no server group matches 'shop/web'. Available: "),
        ({"server_groups": [["Shop", "Nope"]]}, "server_groups: no server group matches 'Shop/Nope'. Available: "),
        ({"filters": [{"include": {"statuses": "actve"}}]}, "statuses: no status matches 'actve'. Available: active"),
        (
            {"filters": [{"include": {"any_of": [{"data_centers": "XX9"}]}}]},
            "no data center matches 'XX9'. Available: DE1, ",
        ),
        (
            {"filters": [{"exclude": {"server_groups": [["Nope"]]}}]},
            "no server group matches 'Nope'. Available: Default Group,",
        ),
        (
            {"custom_fields": {"Stage": ["x", "Production"]}},
            "custom_fields: no value of Stage matches 'x'. Available: ",
        ),
    ],
)
def test_a_filter_that_matches_nothing_causes_a_warning(
    inventory: Inventory, options: dict[str, t.Any], warning: str
) -> None:
    inventory.read(options)
    assert len(inventory.warnings) == 1
    assert warning in inventory.warnings[0]
    assert "Available: none" not in inventory.warnings[0]


@pytest.mark.parametrize(
    "options",
    [{"statuses": "Active"}, {"power_states": ["STARTED"]}, {"data_centers": "wa1,VA1"}, {"names": ["WA1demoWEB*"]}],
)
def test_filters_ignore_case_where_the_service_does(inventory: Inventory, options: dict[str, t.Any]) -> None:
    assert "wa1demoweb01" in inventory.hosts(options)
    assert inventory.warnings == []


def test_the_warning_comes_from_the_cache_too(inventory: Inventory) -> None:
    options = inventory.cached(statuses=["actve"], server_groups=["Shop", "shop"])
    inventory.read(options)
    first = list(inventory.warnings)
    inventory.read(options)
    assert inventory.warnings == first * 2
    assert len(first) == 2


@pytest.mark.parametrize("value", ["no", 0, "False", "{{ 'false' }}", "{{ false }}", "{{ insecure }}"])
def test_booleans_are_converted_as_in_modules(inventory: Inventory, value: t.Any) -> None:
    inventory.extra_vars = {"insecure": "off"}
    assert _params(inventory, {"validate_certs": value})["validate_certs"] is False


@pytest.mark.parametrize(
    "value", ["~/ca.pem", "$HOME/ca.pem", "{{ '~' }}/ca.pem", "home/ca.pem", "./home/../home/ca.pem"]
)
def test_paths_are_expanded_and_relative_to_the_source(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOME", str(inventory.directory / "home"))
    assert _params(inventory, {"ca_path": value})["ca_path"] == str(inventory.directory / "home" / "ca.pem")


def test_the_environment_says_how_certificates_are_verified(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_VALIDATE_CERTS", "false")
    monkeypatch.setenv("CLC_CA_PATH", "/etc/own-ca.pem")
    found = _params(inventory, {})
    assert (found["validate_certs"], found["ca_path"]) == (False, "/etc/own-ca.pem")
    assert _params(inventory, {"validate_certs": True})["validate_certs"] is True


def test_an_empty_variable_of_the_environment_counts_as_not_set(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_VALIDATE_CERTS", "")
    monkeypatch.setenv("CLC_CA_PATH", "")
    assert not {"validate_certs", "ca_path"} & _params(inventory, {}).keys()


def _params(inventory: Inventory, options: dict[str, t.Any]) -> t.Mapping[str, t.Any]:
    """Return the connection options with which a source makes its client."""
    found: list[t.Mapping[str, t.Any]] = []

    def make_client(params: t.Mapping[str, t.Any], *arguments: t.Any, **more: t.Any) -> t.Any:
        found.append(params)
        return ordinary(params, *arguments, **more)

    ordinary = run_client.make_client
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_client, "make_client", make_client)
        inventory.read(options)
    return found[0]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"server_groups": ["{{ grp }}"], "data_centers": ["WA1"]}, WEB[2:]),
        ({"server_groups": "{{ grps }}"}, WEB),
        ({"data_centers": ["{{ dcs }}"], "names": ["*web*"]}, WEB),
        ({"data_centers": "{{ dcs | join(',') }}", "names": "*web*"}, WEB),
        (
            {"power_states": ["{{ power }}"], "names": ["*web*"], "data_centers": ["WA1"]},
            ["wa1demoweb01", "wa1demoweb02"],
        ),
        ({"custom_fields": {"{{ field }}": "Production"}}, None),
        ({"custom_fields": "{{ {'Stage': 'Production'} }}"}, ["wa1demoweb01"]),
        ({"custom_fields": {"Stage": "{{ stage }}"}}, ["wa1demoweb01"]),
        ({"hostnames": ["{{ how }}"], "names": ["wa1demoweb01"]}, ["WA1DEMOWEB01"]),
        ({"hostnames": "{{ [how] }}", "names": ["wa1demoweb01"]}, ["WA1DEMOWEB01"]),
    ],
)
def test_options_may_be_templates(inventory: Inventory, options: dict[str, t.Any], expected: list[str] | None) -> None:
    inventory.extra_vars = {
        "grp": "Shop/Web",
        "grps": ["Shop/Web", "Web"],
        "dcs": ["WA1", "VA1"],
        "power": "Started",
        "stage": "Production",
        "field": "Stage",
        "how": "name",
    }
    found = inventory.hosts(options)
    if expected is not None:
        assert found == expected


def test_templates_in_other_options(inventory: Inventory) -> None:
    inventory.extra_vars = {"nets": ["public"], "old": "yes", "who": "demo", "top": "cloud"}
    data = inventory.read(
        {"connect_with": "{{ nets }}", "archived": "{{ old }}", "username": "{{ who }}", "group": "{{ top }}"}
    )
    assert data.hosts["wa1demoweb01"].vars["ansible_host"] == "203.0.113.10"
    assert any("Archive" in name for name in data.groups)
    assert "cloud" in data.groups


def test_null_means_not_set(inventory: Inventory) -> None:
    assert inventory.hosts({"data_centers": None, "statuses": None}) == inventory.hosts()


@pytest.mark.parametrize(
    ("name", "content", "accepted"),
    [
        ("clc.yml", "", True),
        ("web.clc.yaml", "", True),
        ("any.yml", "plugin: centurylink.cloud.clc\n", True),
        ("any.yaml", "# comment\n---\nusername: !vault |\n  x\nplugin: 'centurylink.cloud.clc'  # this\n", True),
        ("any.yml", '{"plugin": "centurylink.cloud.clc", "statuses": []}', True),
        ("any.yml", "plugin: amazon.aws.aws_ec2\n", False),
        ("any.yml", "vars:\n  plugin: centurylink.cloud.clc\n", False),
        ("any.yml", "plugin: centurylink.cloud.clc_other\n", False),
        ("any.json", "plugin: centurylink.cloud.clc\n", False),
    ],
)
def test_sources_that_are_accepted(inventory: Inventory, name: str, content: str, accepted: bool) -> None:
    path: Path = inventory.source(content, name)
    assert inventory.plugin().verify_file(str(path)) is accepted
