# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base addresses, and hrefs reduced to paths on them."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.endpoints import (
    PUBLIC,
    Endpoints,
    is_loopback,
    option_of,
    validate_base_url,
    variable_of,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidTaskError
from ansible_collections.centurylink.cloud.plugins.module_utils.options import CONNECTION

ACCEPTED = [
    # service, given, kept
    ("api", "https://api.ctl.io", "https://api.ctl.io"),
    ("api", "https://api.ctl.io/v2", "https://api.ctl.io"),
    ("api", "https://api.ctl.io/v2/", "https://api.ctl.io"),
    ("api", " https://api.ctl.io/ ", "https://api.ctl.io"),
    ("api", "https://gateway.example:8443/clc/v2", "https://gateway.example:8443/clc"),
    ("lbaas", "https://lbaas.example/v2", "https://lbaas.example/v2"),  # only the API itself has a /v2 to take off
    ("api", "http://127.0.0.1:8080/v2", "http://127.0.0.1:8080"),
    ("api", "http://127.8.9.10", "http://127.8.9.10"),
    ("api", "http://localhost:8080", "http://localhost:8080"),
    ("api", "http://LOCALHOST:8080", "http://LOCALHOST:8080"),
    ("api", "http://clc.localhost:8080", "http://clc.localhost:8080"),
    ("api", "http://[::1]:8080/v2", "http://[::1]:8080"),
    ("api", "http://[::1]", "http://[::1]"),
]
INVALID = [
    # given, a word of the message
    ("http://api.ctl.io", "without TLS"),
    ("http://10.0.0.1", "without TLS"),
    ("http://0.0.0.0:80", "without TLS"),
    ("http://[2001:db8::1]", "without TLS"),
    ("http://127.0.0.1.example.com", "without TLS"),
    ("http://localhost.example.com", "without TLS"),
    ("http://notlocalhost", "without TLS"),
    ("ftp://api.ctl.io", "not an http or https"),
    ("file:///etc/passwd", "not an http or https"),
    ("api.ctl.io", "not an http or https"),
    ("https://", "not an http or https"),
    ("https://[::1", "not an http or https"),
    ("https://host:port", "not an http or https"),
    ("https://host:99999", "not an http or https"),
    ("https://user:secret-in-address@host:port", "not an http or https"),
    ("ftp://user:secret-in-address@api.ctl.io", "not an http or https"),
    ("https://user@api.ctl.io", "contains a user"),
    ("https://user:secret-in-address@api.ctl.io", "contains a user"),
    ("https://api.ctl.io?x=1", "a query"),
    ("https://api.ctl.io#top", "a fragment"),
]


@pytest.mark.parametrize(("service", "given", "kept"), ACCEPTED)
def test_an_address_is_trimmed(service: str, given: str, kept: str) -> None:
    assert validate_base_url(service, given) == kept


@pytest.mark.parametrize(("given", "cause"), INVALID)
def test_an_address_that_cannot_carry_the_token_is_rejected(given: str, cause: str) -> None:
    for _item in range(2):  # what was accepted is kept; what was refused is refused again
        with pytest.raises(InvalidTaskError) as error:
            validate_base_url("api", given)
        assert cause in str(error.value)
        assert "api_url" in str(error.value)
        assert "secret-in-address" not in str(error.value)


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("a.localhost", True),
        ("::", False),
        ("128.0.0.1", False),
        ("localhost.", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback(host: str | None, is_one: bool) -> None:
    assert is_loopback(host) is is_one


def test_a_missing_address_is_the_public_one() -> None:
    addresses = Endpoints.make({"api": None, "lbaas": "", "rdbs": "https://rdbs.example"})
    assert {name: addresses.of(name) for name in PUBLIC} == {**PUBLIC, "rdbs": "https://rdbs.example"}


def test_every_service_is_checked_under_its_own_name() -> None:
    with pytest.raises(InvalidTaskError, match="backup_url"):
        Endpoints.make({"backup": "http://backup.example"})


HREFS = [
    # base of the API, href, path
    ("https://api.ctl.io", "/v2/groups/altd/a1", "/v2/groups/altd/a1"),
    ("https://api.ctl.io", "v2/groups/altd/a1", "/v2/groups/altd/a1"),
    ("https://api.ctl.io", "/v2/servers/ALTD/a1?uuid=True", "/v2/servers/ALTD/a1?uuid=True"),
    ("https://api.ctl.io", "http://api.ctl.io/v2-experimental/x", "/v2-experimental/x"),
    ("https://api.ctl.io", "https://API.CTL.IO/v2/x", "/v2/x"),
    ("https://api.ctl.io", "http://api.tier3.com/v2/x", "/v2/x"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v2/x", "/v2/x"),
    ("http://127.0.0.1:8080", "https://api.ctl.io/v2/x", "/v2/x"),
    ("http://[::1]:8080", "http://[::1]:8080/v2/x", "/v2/x"),
    ("https://gateway.example/clc", "/clc/v2/x", "/v2/x"),
    ("https://gateway.example/clc", "/v2/x", "/v2/x"),
    ("https://gateway.example/clc", "https://GATEWAY.example/clc/v2/x?y=1", "/v2/x?y=1"),
    ("https://gateway.example/clc", "/clcother/x", "/clcother/x"),
]


@pytest.mark.parametrize(("base", "href", "path"), HREFS)
def test_an_href_becomes_a_path_on_the_service_that_returned_it(base: str, href: str, path: str) -> None:
    assert Endpoints.make({"api": base}).href_to_path(href, "api") == path


@pytest.mark.parametrize(
    "href",
    [
        "https://evil.example/v2/x",
        "//evil.example/v2/x",
        "https://api.ctl.io.evil.example/v2/x",
        "https://api.ctl.io@evil.example/v2/x",
        "http://localhost/v2/x",
    ],
)
def test_an_href_to_a_foreign_host_is_an_error(href: str) -> None:
    with pytest.raises(InvalidTaskError, match="is not configured"):
        Endpoints.make({}).href_to_path(href, "api")


def test_an_href_may_not_name_the_host_of_another_configured_service() -> None:
    addresses = Endpoints.make({"lbaas": "https://lbaas.example"})
    assert addresses.href_to_path("https://lbaas.example/x", "lbaas") == "/x"
    with pytest.raises(InvalidTaskError, match=r"lbaas\.example"):
        addresses.href_to_path("https://lbaas.example/x", "api")


@pytest.mark.parametrize(
    "api", ["http://127.0.0.1:8000", "https://clc.example.com/cloud", "https://clc.example.com/cloud/v2/"]
)
def test_the_other_services_are_below_an_api_that_is_not_the_vendor_s(api: str) -> None:
    endpoints = Endpoints.make({"api": api, "rdbs": "https://databases.example.com"})
    base = api.removesuffix("/v2/")
    assert endpoints.of("api") == base
    assert endpoints.of("rdbs") == "https://databases.example.com"
    assert {name: endpoints.of(name) for name in ("lbaas", "backup", "ips", "patching")} == {
        name: f"{base}/{name}" for name in ("lbaas", "backup", "ips", "patching")
    }


@pytest.mark.parametrize("api", [None, "https://api.ctl.io/v2", "https://api.tier3.com"])
def test_the_other_services_of_the_vendor_have_hosts_of_their_own(api: str | None) -> None:
    endpoints = Endpoints.make({"api": api})
    assert {name: endpoints.of(name) for name in PUBLIC if name != "api"} == {
        name: url for name, url in PUBLIC.items() if name != "api"
    }


def test_options_and_variables_are_those_that_are_documented() -> None:
    documented = {option.name: option.env for option in CONNECTION}
    for service in PUBLIC:
        assert documented[option_of(service)] == (variable_of(service),)
