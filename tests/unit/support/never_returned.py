# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documented keys that no run of `return_cases` can return with a value, each with the reason."""

from __future__ import annotations

_NO_SUCH_DATA = "no account of the simulator has it"
_NEVER_SET = "the simulator never sets it, since the contract does not say what it is"
_NO_PUBLIC = "the simulator maps public addresses to the primary network alone"
_NO_NAME = "the simulator returns no name, as the example of the contract"
_NOT_MANAGED = "the simulator has no server that is managed by the service"
_FAILURES = "only a run in which a part fails has it, which tests/unit/legacy looks at"
_NO_PATHS = "the simulator leaves it empty, as in recorded responses"
NEVER_RETURNED: dict[str, str] = {
    "account_info.accounts.address_line2": _NO_SUCH_DATA,
    "account_info.accounts.telephone": _NO_SUCH_DATA,
    "clc_modify_server.servers.details.disks.partitionPaths": _NO_PATHS,
    "clc_modify_server.servers.details.secondaryIPAddresses.public": _NO_PUBLIC,
    "clc_modify_server.servers.isManagedBackup": _NOT_MANAGED,
    "clc_modify_server.servers.isManagedOS": _NOT_MANAGED,
    "clc_server.partially_created_server_ids": _FAILURES,
    "clc_server.servers.details.disks.partitionPaths": _NO_PATHS,
    "clc_server.servers.details.secondaryIPAddresses.public": _NO_PUBLIC,
    "clc_server.servers.isManagedBackup": _NOT_MANAGED,
    "clc_server.servers.isManagedOS": _NOT_MANAGED,
    "clc_server_fact.server.details.disks.partitionPaths": _NO_PATHS,
    "clc_server_fact.server.details.secondaryIPAddresses.public": _NO_PUBLIC,
    "clc_server_fact.server.isManagedBackup": _NOT_MANAGED,
    "clc_server_fact.server.isManagedOS": _NOT_MANAGED,
    "clc_server_snapshot.failed_server_ids": _FAILURES,
    "data_center_info.data_centers.deployment_capabilities.templates.api_only": _NO_SUCH_DATA,
    "database_billing_info.database_billing.metadata": _NEVER_SET,
    "database_billing_info.database_billing.product_code": _NEVER_SET,
    "database_info.databases.billing.metadata": _NEVER_SET,
    "database_info.databases.billing.product_code": _NEVER_SET,
    "database_promotion_info.database_promotions.id": _NEVER_SET,
    "invoice_info.invoices.address2": _NO_SUCH_DATA,
    "invoice_info.invoices.po_number": _NO_SUCH_DATA,
    "ips_notification.ips_notification.destinations.interval_code": _NEVER_SET,
    "ips_notification_info.ips_notifications.destinations.interval_code": _NEVER_SET,
    "login.token": "the action plugin adds it; test_login.py looks at it",
    "server.servers.disks.partition_paths": _NO_PATHS,
    "server.servers.secondary_ip_addresses.public": _NO_PUBLIC,
    "server_import.servers.disks.partition_paths": _NO_PATHS,
    "server_import.servers.secondary_ip_addresses.public": _NO_PUBLIC,
    "server_group_horizontal_autoscale_policy.server_group_horizontal_autoscale_policy.name": _NO_NAME,
    "server_group_horizontal_autoscale_policy_info.server_group_horizontal_autoscale_policies.name": _NO_NAME,
    "server_info.servers.disks.partition_paths": _NO_PATHS,
    "server_info.servers.secondary_ip_addresses.public": _NO_PUBLIC,
    "server_info.servers.upcoming_scheduled_activities": _NEVER_SET,
}
