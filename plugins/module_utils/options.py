# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options for the connection and for waiting, with their specs and environment variables, and common rules of options.

tools/generate.py generates the documentation fragments connection and waiting from this file and checks that they match, so this
file does not import Ansible. A module documents its own options, plugins/doc_fragments/options.py those of more than one module;
the argument specs in argument_specs/ are generated from this documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

Spec = t.Mapping[str, t.Mapping[str, t.Any]]
# Options whose values are never displayed, in all modules and at all levels; for those of CONNECTION see no_log.
SECRETS = frozenset(
    {
        "administrator_password",
        "parameters",
        "password",
        "pre_shared_key",
        "source_server_password",
        "template_password",
        "verification_token",
    }
)
# Rules for the entries of a list of ports: only icmp has no port.
PORT_RULES: t.Mapping[str, t.Any] = {"required_if": [("protocol", name, ("port",)) for name in ("tcp", "udp")]}


@dataclass(frozen=True)
class Option:
    """One shared option: its Ansible type, default, aliases, environment variables in order, and its documentation."""

    name: str
    type: str
    text: tuple[str, ...]
    default: t.Any = None
    env: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    no_log: bool = False


def _service(name: str, title: str, public: str, env: str) -> Option:
    """Return the option of another service, whose default follows from that of the API (api/endpoints.py)."""
    path = name.removesuffix("_url")
    return Option(
        name,
        "str",
        (
            f"Base URL of {title}.",
            f"Defaults to V({public}) with the default of O(api_url), and to C(/{path}) below any other O(api_url), "
            "which is where the simulator has it.",
        ),
        env=(env,),
    )


CONNECTION: tuple[Option, ...] = (
    Option(
        "api_url",
        "str",
        (
            "Base URL of the API, with or without C(/v2) at its end.",
            "Must be https, since the token is sent to it; http is allowed for loopback addresses only.",
        ),
        default="https://api.ctl.io",
        env=("CLC_V2_API_URL",),
    ),
    Option("username", "str", ("Name of a user of the control portal.",), env=("CLC_V2_API_USERNAME",)),
    Option(
        "password",
        "str",
        ("Password of O(username). Three failed logins lock the user, so rejected credentials are not tried again.",),
        env=("CLC_V2_API_PASSWD", "CLC_V2_API_PASSWORD"),
        no_log=True,
    ),
    Option(
        "token",
        "str",
        ("Token of an earlier login, used instead of O(username) and O(password). Requires O(account_alias).",),
        env=("CLC_V2_API_TOKEN",),
        no_log=True,
    ),
    Option(
        "account_alias",
        "str",
        ("Alias of the account to manage. Defaults to the account of the user. Required with O(token).",),
        env=("CLC_ACCT_ALIAS",),
        aliases=("alias",),
    ),
    Option(
        "validate_certs",
        "bool",
        ("Whether to verify the TLS certificates of the services.",),
        default=True,
        env=("CLC_VALIDATE_CERTS",),
    ),
    Option(
        "ca_path",
        "path",
        ("Path to a CA certificate file or directory that is used to verify the services.",),
        env=("CLC_CA_PATH",),
    ),
    Option("timeout", "float", ("Number of seconds to wait for the response to a request.",), default=60.0),
    _service("lbaas_url", "the load balancer service (LBaaS)", "https://api.loadbalancer.ctl.io", "CLC_LBAAS_URL"),
    _service("rdbs_url", "the relational database service", "https://api.rdbs.ctl.io", "CLC_RDBS_URL"),
    _service("backup_url", "the backup service", "https://api.backup.ctl.io", "CLC_BACKUP_URL"),
    _service("ips_url", "the intrusion prevention service", "https://api.client-security.ctl.io", "CLC_IPS_URL"),
    _service("patching_url", "the patching service", "https://patching.useast.appfog.ctl.io", "CLC_PATCHING_URL"),
)

WAITING: tuple[Option, ...] = (
    Option(
        "wait",
        "bool",
        (
            "Whether to wait until all queued jobs have finished.",
            "If V(false), the task returns after it has submitted the first queued step. RV(jobs) lists its jobs, and RV(pending) "
            "the remaining steps, which a second run performs.",
        ),
        default=True,
    ),
    Option(
        "wait_timeout",
        "int",
        ("Maximum number of seconds for the whole task. Restoring a server can take half an hour.",),
        default=3600,
    ),
)

# What modules call the data center that they work in. Each documents its own meaning of it; the environment is the same for all.
DATA_CENTER = Option(
    "data_center", "str", ("Code of the data center.",), env=("CLC_DATA_CENTER",), aliases=("location",)
)

# Legacy modules that have another option with the name of a connection option: the name of the connection option there.
# Such a module is not in the action group, whose defaults would set the wrong option.
RENAMED: dict[str, dict[str, str]] = {"clc_server": {"password": "v2_api_passwd"}}


def connection_arguments(renamed: t.Mapping[str, str], arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return a module's arguments with the connection's own names in place of the module's, and nothing in their way.

    renamed: what connection options are called in the module, if it has others of their names.
    """
    found = {name: value for name, value in arguments.items() if name not in renamed}
    found.update({name: arguments[own] for name, own in renamed.items() if own in arguments})
    return found


# Names of the services in module_utils.api.endpoints, by the option that holds their address.
SERVICE_OF = {
    "api_url": "api",
    "lbaas_url": "lbaas",
    "rdbs_url": "rdbs",
    "backup_url": "backup",
    "ips_url": "ips",
    "patching_url": "patching",
}


def spec_of(options: t.Iterable[Option], fallback: t.Callable[..., t.Any]) -> dict[str, dict[str, t.Any]]:
    """Return an argument spec. fallback: Ansible's env_fallback, handed in since this file imports nothing of Ansible."""
    spec: dict[str, dict[str, t.Any]] = {}
    for option in options:
        entry: dict[str, t.Any] = {"type": option.type}
        if option.default is not None:
            entry["default"] = option.default
        if option.aliases:
            entry["aliases"] = list(option.aliases)
        if option.env:
            entry["fallback"] = (fallback, list(option.env))
        if option.no_log:
            entry["no_log"] = True
        elif option.name == "token" or "pass" in option.name:
            entry["no_log"] = False
        spec[option.name] = entry
    return spec
