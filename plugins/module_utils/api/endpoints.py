# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base URLs of the services, which of them may receive the token, and how an href becomes a path below one of them.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import ipaddress
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import InvalidOptionError, InvalidTaskError

# Public addresses of the services, from the `servers` of the contract's files.
PUBLIC: dict[str, str] = {
    "api": "https://api.ctl.io",
    "lbaas": "https://api.loadbalancer.ctl.io",
    "rdbs": "https://api.rdbs.ctl.io",
    "backup": "https://api.backup.ctl.io",
    "ips": "https://api.client-security.ctl.io",
    "patching": "https://patching.useast.appfog.ctl.io",
}

# Hosts in recorded or documented hrefs (docs/wire-notes.md, sections 4 and 7). Each names one of the services, whatever address
# is configured for it.
VENDOR_HOSTS = frozenset(
    {urlsplit(url).hostname for url in PUBLIC.values()} | {"api.tier3.com", "api-va1.backup.ctl.io"}
)


def option_of(service: str) -> str:
    """Return the option with the base URL of a service."""
    return f"{service}_url"


def variable_of(service: str) -> str:
    """Return the environment variable with the base URL of a service."""
    return "CLC_V2_API_URL" if service == "api" else f"CLC_{service.upper()}_URL"


@functools.lru_cache(maxsize=32)
def is_loopback(host: str | None) -> bool:
    """Return whether a host name or IP address is that of this machine."""
    if not host:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@functools.lru_cache(maxsize=32)
def validate_base_url(name: str, url: str) -> str:
    """Return a base URL without a trailing slash and without /v2. Raises InvalidTaskError.

    The token is sent to this URL, so it must be https, or http to loopback.
    """
    trimmed = url.strip().rstrip("/")
    if name == "api" and trimmed.endswith("/v2"):
        trimmed = trimmed[: -len("/v2")]
    option = option_of(name)
    # The part before an @ may contain a password.
    malformed = InvalidOptionError(
        option,
        f"'{url.rpartition('@')[2]}' is not an http or https URL",
        "Specify it as https://HOST[:PORT].",
    )
    try:
        url_parts = urlsplit(trimmed)
        _port = url_parts.port
    except ValueError:
        raise malformed from None
    if url_parts.scheme not in ("http", "https") or not url_parts.hostname:
        raise malformed
    if url_parts.username or url_parts.password or url_parts.query or url_parts.fragment:
        raise InvalidOptionError(
            option,
            "it contains a user, a query, or a fragment",
            "Specify it as https://HOST[:PORT][/PATH].",
        )
    if url_parts.scheme == "http" and not is_loopback(url_parts.hostname):
        raise InvalidOptionError(
            option,
            f"'{url}' would receive the token without TLS",
            "Use https. http is allowed for loopback only.",
        )
    return trimmed


@dataclass(frozen=True)
class Endpoints:
    """The validated base URL of each service."""

    bases: t.Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, urls: t.Mapping[str, str | None]) -> Endpoints:
        """Validate the URLs by service name.

        The API defaults to its public URL. Another service defaults to its public URL if the API is the vendor's, and otherwise
        to a path below that of the API, so that a token for another host never reaches the vendor's.
        """
        api = validate_base_url("api", urls.get("api") or PUBLIC["api"])
        is_public = urlsplit(api).hostname in VENDOR_HOSTS
        defaults = {name: public if is_public else f"{api}/{name}" for name, public in PUBLIC.items()}
        return cls(
            {"api": api}
            | {name: validate_base_url(name, urls.get(name) or defaults[name]) for name in PUBLIC if name != "api"}
        )

    def of(self, service: str) -> str:
        """Return the base URL of a service, without a trailing slash."""
        return self.bases[service]

    def href_to_path(self, href: str, service: str) -> str:
        """Return path and query of an href, relative or absolute, below the base URL of the service that returned it.

        An absolute href may contain that service's configured host or a known host of the vendor (hrefs of 2015 are
        http://api.ctl.io/... and http://api.tier3.com/...; docs/wire-notes.md, section 4). Any other host is an error: the
        token must not be sent there. Raises InvalidTaskError.
        """
        parts = urlsplit(href)
        base = urlsplit(self.of(service))
        if parts.hostname and parts.hostname != base.hostname and parts.hostname not in VENDOR_HOSTS:
            raise InvalidTaskError(
                f"its host '{parts.hostname}' is not configured",
                action="follow",
                target="a link of the service",
                help_text="Check the URL options: the token is sent to configured URLs only.",
            )
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        if base.path and path.startswith(f"{base.path}/"):
            path = path[len(base.path) :]
        return f"{path}?{parts.query}" if parts.query else path
