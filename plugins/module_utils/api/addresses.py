# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the services live, which addresses may see the token, and how an href becomes a path on one of them.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import ConfigurationError

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


def is_loopback(host: str | None) -> bool:
    """Say whether a host name or address means this very machine."""
    if not host:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def checked(name: str, url: str) -> str:
    """Return a base address without its closing slash and without /v2, or say what is wrong with it.

    The token travels to this address, so it has to be https, or http to loopback.
    """
    trimmed = url.strip().rstrip("/")
    if name == "api" and trimmed.endswith("/v2"):
        trimmed = trimmed[: -len("/v2")]
    action, thing = "use", f"the address {name}_url"
    # What stands before an @ may be a password.
    malformed = ConfigurationError(
        f"'{url.rpartition('@')[2]}' is no http or https address",
        action=action,
        thing=thing,
        remedy="Give it as https://HOST[:PORT].",
    )
    try:
        parts = urlsplit(trimmed)
        _port = parts.port
    except ValueError:
        raise malformed from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise malformed
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError(
            "it holds a user, a query or a fragment",
            action=action,
            thing=thing,
            remedy="Give it as https://HOST[:PORT][/PATH] alone.",
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigurationError(
            f"'{url}' would carry the token without TLS",
            action=action,
            thing=thing,
            remedy="Use https; http is allowed to loopback addresses only.",
        )
    return trimmed


@dataclass(frozen=True)
class Addresses:
    """The base address of each service, checked. `of` gives one, `path_of` reduces an href to a path on one."""

    bases: t.Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, given: t.Mapping[str, str | None]) -> Addresses:
        """Check the addresses given by service name; a missing one is the public one."""
        return cls({name: checked(name, given.get(name) or public) for name, public in PUBLIC.items()})

    def of(self, service: str) -> str:
        """Return the base address of a service, without a closing slash."""
        return self.bases[service]

    def path_of(self, href: str, service: str) -> str:
        """Reduce an href, relative or absolute, to path and query on the service that answered with it.

        An absolute href may name that service's configured host or a known host of the vendor's (hrefs of 2015 are
        http://api.ctl.io/... and http://api.tier3.com/...; docs/wire-notes.md, section 4). Any other host is an error: the
        token must not go there.
        """
        parts = urlsplit(href)
        base = urlsplit(self.of(service))
        if parts.hostname and parts.hostname != base.hostname and parts.hostname not in VENDOR_HOSTS:
            raise ConfigurationError(
                f"it leads to the host '{parts.hostname}', which is not configured",
                action="follow",
                thing="a link of the service",
                remedy="Check the address options; the token is sent to configured addresses only.",
            )
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        if base.path and path.startswith(f"{base.path}/"):
            path = path[len(base.path) :]
        return f"{path}?{parts.query}" if parts.query else path
