# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Samples of the backup service, made from the vendor's documentation, and the requests that read them."""

from __future__ import annotations

import typing as t

from .made import Entity, documented
from .wire import BACKUP, Scripted

API = "/clc-backup-api/api"
POLICIES_PATH = f"{API}/accountPolicies"
FIRST_PAGE = "limit=1000&offset=0"
SAMPLES = "api-backup-ctl-io-clc-backup-api-api"  # start of the names of documented samples
LINUX, WINDOWS = documented(f"GET-{SAMPLES}-accountPolicies")["results"]
NAME, ID = LINUX["name"], LINUX["policyId"]
POLICY_PATH = f"{POLICIES_PATH}/{ID}"
SERVER_POLICIES_PATH = f"{POLICY_PATH}/serverPolicies"
REGIONS: list[Entity] = documented(f"GET-{SAMPLES}-regions")
SERVER_POLICY: Entity = documented(
    f"mended/GET-{SAMPLES}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId"
)
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
ANY_TYPE = {"Accept": "*/*"}


def page(*entities: Entity) -> Entity:
    """Return a page that contains the whole list."""
    return {"limit": 1000, "offset": 0, "nextOffset": 0, "results": list(entities), "totalCount": len(entities)}


def expects(api: Scripted, method: str, path: str, *response: t.Any, **details: t.Any) -> None:
    """Expect a request to the backup service."""
    api.expects(method, path, *response, base=BACKUP, **details)


def expects_policies(api: Scripted, *policies: Entity) -> None:
    """Expect a request for all account policies; those of the documentation by default."""
    expects(api, "GET", f"{POLICIES_PATH}?{FIRST_PAGE}", page(*(policies or (LINUX, WINDOWS))))


def server_policy(name: str, status: str = "ACTIVE", region: str = "US EAST", **properties: t.Any) -> Entity:
    """Return a server policy of the documented account policy."""
    server_policy_id = f"ce0eefe2-25b8-4320-ba68-0000000000{name[-2:]}"
    common = {"serverId": name.upper(), "status": status, "storageRegion": region, "clcAccountAlias": "ALTD"}
    return {**SERVER_POLICY, "serverPolicyId": server_policy_id, "accountPolicyId": ID, **common, **properties}


DETAILS: Entity = {
    **{name: LINUX[name] for name in ("osType", "name", "clcAccountAlias", "paths", "retentionDays")},
    "accountPolicyId": ID,
    "accountPolicyStatus": "ACTIVE",
    "serverPolicyId": server_policy(FIRST)["serverPolicyId"],
    "serverId": FIRST.upper(),
    "storageRegion": "US EAST",
    "serverPolicyStatus": "ACTIVE",
    "eligibleForBackup": True,
}
