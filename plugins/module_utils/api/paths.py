# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every path of the services, written once, and the only place that quotes what goes into one.

Templates and the names of their segments are those of the contract. Where an entity has a link, the link is followed instead;
`Path.below` extends such a link for what has none of its own.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from .errors import InvalidOptionError

# Segments by their name in the contract: what a value is, and the option that it comes from.
_SEGMENTS = {
    "accountAlias": ("the alias of an account", "account_alias"),
    "sourceAccountAlias": ("the alias of an account", "account_alias"),
    "dataCenter": ("the code of a data center", "data_center"),
    "datacenter": ("the name of a data center", "data_center"),
    "serverId": ("the id of a server", "server_id"),
    "serverName": ("the id of a server", "server_id"),
    "groupId": ("the id of a server group", "group"),
    "statusId": ("the id of a job", "ids"),
    "operationId": ("the id of a job", "ids"),
    "loadBalancerId": ("the id of a load balancer", "id"),
    "subscriptionId": ("the id of a database", "database"),
    "serverPolicyId": ("the id of a server policy", "server_policy_id"),
    "event": ("an event", "events"),
    "execution_id": ("the id of an execution", "execution_id"),
}
_ANY_ID = ("an id", "id")
_NAME = re.compile(r"\{(\w+)\}")
# A segment with one of these would be more than a segment. A proxy may decode even what is quoted.
_FORBIDDEN = re.compile(r"[/?#\x00-\x1f\x7f-\x9f]")


def check(value: object, name: str, option: str | None = None) -> None:
    """Raise InvalidOptionError if a value cannot be a segment of a path, so that it is not an id, alias, or code.

    name: that of the segment in the contract. option: where the value comes from, if it has another name than usual.
    """
    text = "" if value is None else str(value)
    found = _FORBIDDEN.search(text)
    if found:
        cause = f"it contains {found.group()!r}"
    elif not text.strip():
        cause = "it is empty"
    elif text in (".", ".."):
        cause = "it has a meaning of its own in a path"
    else:
        return
    what, usual = _SEGMENTS.get(name, _ANY_ID)
    raise InvalidOptionError(
        option or usual,
        f"{text!r} cannot be {what}: {cause}",
        "Check where the value comes from.",
    )


@dataclass(frozen=True)
class Path:
    """A path of a service. template: with the names of segments in braces. parent: the path that this one is below."""

    template: str
    parent: Path | None = None

    def __truediv__(self, part: str) -> Path:
        return Path(f"{self.template}/{part}", self)

    @property
    def names(self) -> list[str]:
        """The names of the segments that vary, in their order."""
        return _NAME.findall(self.template)

    def __call__(self, *values: object) -> str:
        """Return the path with these values, quoted. Raises InvalidOptionError if one cannot be a segment."""
        return _fill(self.template, values)

    def below(self, parent_path: str, *values: object) -> str:
        """Return the path below its parent, to which a link leads, with values for the segments behind it."""
        above = self.parent.template if self.parent else ""
        return parent_path + _fill(self.template.removeprefix(above), values)

    def last_segment(self, path: str) -> str | None:
        """Return the value of the last segment of a path of this form; None for another path."""
        pattern = re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(self.template))
        match = re.fullmatch(pattern, path)
        return unquote(match.groups()[-1]) if match else None


def _fill(template: str, values: tuple[object, ...]) -> str:
    for name, value in zip(_NAME.findall(template), values, strict=True):
        check(value, name)
        template = template.replace(f"{{{name}}}", quote(str(value), safe=""), 1)
    return template


def with_query(path: str, **values: str) -> str:
    """Return a path with a query, for requests whose query is a part of what they are about."""
    return f"{path}?{urlencode(values, quote_via=quote, safe='')}"


def in_account(path: str, account: str) -> str:
    """Return a path that a user wrote, with the alias of the account in the place of {account}."""
    check(account, "accountAlias")
    return path.replace("{account}", quote(account, safe=""))


# The API itself

LOGIN = Path("/v2/authentication/login")
ACCOUNT = Path("/v2/accounts/{accountAlias}")
CUSTOM_FIELDS = ACCOUNT / "customFields"
DATA_CENTERS = Path("/v2/datacenters/{accountAlias}")
DATA_CENTER = DATA_CENTERS / "{dataCenter}"
BARE_METAL_CAPABILITIES = DATA_CENTER / "bareMetalCapabilities"
JOB = Path("/v2/operations/{accountAlias}/status/{statusId}")
EXPERIMENTAL_JOB = Path("/v2-experimental/operations/{accountAlias}/status/{operationId}")

GROUP = Path("/v2/groups/{accountAlias}/{groupId}")
GROUP_RESTORE = GROUP / "restore"
SCHEDULED_ACTIVITIES = GROUP / "scheduledActivities"
SCHEDULED_ACTIVITY = SCHEDULED_ACTIVITIES / "{activityId}"

SERVER = Path("/v2/servers/{accountAlias}/{serverId}")
SERVER_ALERT_POLICIES = SERVER / "alertPolicies"
SERVER_ALERT_POLICY = SERVER_ALERT_POLICIES / "{policyId}"
SERVER_ANTI_AFFINITY_POLICY = SERVER / "antiAffinityPolicy"
SERVER_AUTOSCALE_POLICY = SERVER / "cpuAutoscalePolicy"
SERVER_NETWORKS = SERVER / "networks"
SERVER_NETWORK = SERVER_NETWORKS / "{networkId}"
SERVER_CREDENTIALS = SERVER / "credentials"
SERVER_PUBLIC_IPS = SERVER / "publicIPAddresses"
SERVER_TEMPLATE = SERVER / "convertToTemplate"
SERVER_IMPORTS = Path("/v2/vmImport/{accountAlias}")
# By operation: what is done to many servers in one request.
SERVER_BATCHES = {
    operation: Path(f"/v2/operations/{{accountAlias}}/servers/{operation}")
    for operation in (
        "archive",
        "createSnapshot",
        "executePackage",
        "pause",
        "powerOff",
        "powerOn",
        "reboot",
        "reset",
        "shutDown",
        "startMaintenance",
        "stopMaintenance",
    )
}

ALERT_POLICIES = Path("/v2/alertPolicies/{accountAlias}")
ALERT_POLICY = ALERT_POLICIES / "{policyId}"
ANTI_AFFINITY_POLICIES = Path("/v2/antiAffinityPolicies/{accountAlias}")
ANTI_AFFINITY_POLICY = ANTI_AFFINITY_POLICIES / "{policyId}"
HORIZONTAL_AUTOSCALE_POLICIES = Path("/v2/horizontalAutoscalePolicies/{accountAlias}")
HORIZONTAL_AUTOSCALE_POLICY = HORIZONTAL_AUTOSCALE_POLICIES / "{policyId}"
VERTICAL_AUTOSCALE_POLICIES = Path("/v2/autoscalePolicies/{accountAlias}")
VERTICAL_AUTOSCALE_POLICY = VERTICAL_AUTOSCALE_POLICIES / "{policyId}"

NETWORKS = Path("/v2-experimental/networks/{accountAlias}/{dataCenter}")
NETWORK = NETWORKS / "{network}"
NETWORK_CLAIM = NETWORKS / "claim"
LOG_FORWARDING = NETWORKS / "logging"
FIREWALL_POLICIES = Path("/v2-experimental/firewallPolicies/{sourceAccountAlias}/{dataCenter}")
FIREWALL_POLICY = FIREWALL_POLICIES / "{firewallPolicy}"
CROSS_DATA_CENTER_FIREWALL_POLICIES = Path("/v2-experimental/crossDcFirewallPolicies/{sourceAccountAlias}/{dataCenter}")
CROSS_DATA_CENTER_FIREWALL_POLICY = CROSS_DATA_CENTER_FIREWALL_POLICIES / "{policyId}"
VPNS = Path("/v2/siteToSiteVpn")
VPN = VPNS / "{vpnId}"
SHARED_LOAD_BALANCERS = Path("/v2/sharedLoadBalancers/{accountAlias}/{dataCenter}")
SHARED_LOAD_BALANCER = SHARED_LOAD_BALANCERS / "{loadBalancerId}"

BILLING_TOTAL = Path("/v2/billing/{accountAlias}/total")
SERVER_PRICING = Path("/v2/billing/{accountAlias}/serverPricing/{serverId}")
INVOICE = Path("/v2/invoice/{accountAlias}/{year}/{month}")
WEBHOOKS = Path("/v2/webhooks/{accountAlias}")
WEBHOOK_CONFIGURATION = WEBHOOKS / "{event}" / "configuration"
WEBHOOK_TARGETS = WEBHOOK_CONFIGURATION / "targetUris"

# Load balancers as a service

ALL_LOAD_BALANCERS = Path("/{accountAlias}/loadbalancers")
LOAD_BALANCERS = Path("/{accountAlias}/{dataCenter}/loadbalancers")
LOAD_BALANCER = LOAD_BALANCERS / "{loadBalancerId}"
LOAD_BALANCER_POOLS = LOAD_BALANCER / "pools"
LOAD_BALANCER_POOL = LOAD_BALANCER_POOLS / "{poolId}"
LOAD_BALANCER_REQUEST = LOAD_BALANCERS / "requests" / "{id}"

# Relational databases

DATABASE_DATA_CENTERS = Path("/v1/datacenters")
DATABASE_BILLING = Path("/v1/{accountAlias}/billing")
DATABASE_HISTORY = Path("/v1/{accountAlias}/history")
DATABASE_PROMOTIONS = Path("/v1/{accountAlias}/promotions")
DATABASES = Path("/v1/{accountAlias}/subscriptions")
DATABASE = DATABASES / "{subscriptionId}"
DATABASE_OPERATIONS = DATABASE / "operations"
DATABASE_CERTIFICATE = DATABASE / "certificate"
DATABASE_BACKUPS = DATABASE / "backups"
DATABASE_BACKUP = DATABASE_BACKUPS / "{backupId}"
DATABASE_BACKUP_OPERATIONS = DATABASE_BACKUP / "operations"
DATABASE_NOTIFICATIONS = DATABASE / "notifications"
DATABASE_NOTIFICATION = DATABASE_NOTIFICATIONS / "{notificationId}"
DATABASE_NOTIFICATION_OPERATIONS = DATABASE_NOTIFICATION / "operations"

# Simple backup

_BACKUP = Path("/clc-backup-api/api")
BACKUP_POLICIES = _BACKUP / "accountPolicies"
BACKUP_POLICY = BACKUP_POLICIES / "{accountPolicyId}"
BACKUP_POLICIES_OF_SERVER = BACKUP_POLICIES / "servers" / "{serverId}"
BACKUP_SERVER_POLICIES = BACKUP_POLICY / "serverPolicies"
BACKUP_SERVER_POLICY = BACKUP_SERVER_POLICIES / "{serverPolicyId}"
BACKUP_RESTORE_POINTS = BACKUP_SERVER_POLICY / "restorePointDetails"
BACKUP_STORED_DATA = BACKUP_SERVER_POLICY / "storedData"
BACKUP_SERVER_POLICY_DETAILS = _BACKUP / "serverPolicyDetails"
BACKUP_REGIONS = _BACKUP / "regions"
BACKUP_OS_TYPES = _BACKUP / "osTypes"
BACKUP_DATA_CENTERS = _BACKUP / "datacenters"
BACKUP_DATA_CENTER_SERVERS = BACKUP_DATA_CENTERS / "{datacenter}" / "servers"
BACKUP_ANYWHERE_SERVERS = BACKUP_DATA_CENTERS / "anywhereServers"
BACKUP_PROVISIONING = _BACKUP / "provisioning"
BACKUP_INSTALLER = _BACKUP / "createInstallerScript"
BACKUP_SUMMARY_REPORT = _BACKUP / "csv" / "summaryReport"
BACKUP_RESTORE_POINTS_REPORT = _BACKUP / "csv" / "{serverPolicyId}" / "restorePointsReport"
BACKUP_RESTORE_JOBS_REPORT = _BACKUP / "csv" / "restoreJobsReport"

# Intrusion prevention (IPS), and patching

IPS_AGENTS = Path("/ips/api/app/")
IPS_NOTIFICATIONS = Path("/ips/api/notifications/{accountAlias}/{serverName}")
PATCHES = Path("/rest/servers/{accountAlias}/server/{serverId}/patch")
PATCH = PATCHES / "{execution_id}"
