#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_info
short_description: Gather information about databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the databases of an account with their sizes, backup settings, host names, and certificates. Sends one request.
  - Databases that were deleted but are still listed by the service are omitted.
options:
  database:
    description:
      - Id or name of a database. A number is an id. Defaults to all databases.
    type: str
  data_center:
    description:
      - Code of a data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to all data centers.
    type: str
    aliases: [location]
  gather:
    description:
      - Additional information to gather. Each entry sends one request per database.
      - V(certificate_file) gathers the certificate as the file that the service provides, with the content of C(certificate).
    type: list
    elements: str
    choices: [billing, certificate_file, history, notifications]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database
  - module: centurylink.cloud.database_backup_info
  - module: centurylink.cloud.database_notification_info
"""

EXAMPLES = r"""
- name: Get all databases
  centurylink.cloud.database_info:

- name: Get a database with its charges and its change history
  centurylink.cloud.database_info:
    database: shop-db
    gather: [billing, history]
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
databases:
  description: The databases, sorted by data center and name. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the database.
      returned: always
      type: int
      sample: 1201
    name:
      description: Name of the database.
      returned: always
      type: str
      sample: shop-db
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: VA1
    status:
      description: Status of the database.
      returned: always
      type: str
      choices:
        - Active
        - Backing Up
        - Configuring
        - Deleted
        - Failed
        - Pending
        - Ready
        - Restoring
        - Success
        - Terminated
        - Unknown
      sample: Active
    instance_type:
      description: Type of the database, with or without replica.
      returned: always
      type: str
      sample: MySQL_REPLICATION
    cpu:
      description: Number of CPUs.
      returned: always
      type: int
      sample: 2
    memory_gb:
      description: Memory in GB.
      returned: always
      type: int
      sample: 4
    storage_gb:
      description: Storage in GB.
      returned: always
      type: int
      sample: 20
    backup_retention_days:
      description: Number of days that backups are kept.
      returned: always
      type: int
      sample: 14
    backup_time:
      description: Time of the daily backup in UTC.
      returned: always
      type: dict
      contains:
        hour:
          description: Hour, 0 to 23.
          returned: always
          type: int
          sample: 2
        minute:
          description: Minute, 0 to 59.
          returned: always
          type: int
          sample: 30
    host:
      description: Host name of the database.
      returned: always
      type: str
      sample: shop-db.va1.rdbs.ctl.io
    port:
      description: Port of the database.
      returned: always
      type: int
      sample: 50353
    certificate:
      description: Certificate for encrypted connections, in PEM format.
      returned: always
      type: str
      sample: '-----BEGIN CERTIFICATE-----...'
    servers:
      description: The servers of the database, the active one first.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the server.
          returned: always
          type: int
          sample: 1345
        name:
          description: Name of the server.
          returned: always
          type: str
          sample: VA1DBPDMYSQL1345
        data_center:
          description: Code of the data center.
          returned: always
          type: str
          sample: VA1
        cpu:
          description: Number of CPUs.
          returned: always
          type: int
          sample: 2
        memory_gb:
          description: Memory in GB.
          returned: always
          type: int
          sample: 4
        storage_gb:
          description: Storage in GB.
          returned: always
          type: int
          sample: 20
        ip_address:
          description: Internal IP address.
          returned: always
          type: str
          sample: 10.126.5.96
        attributes:
          description: Further attributes, under the names of the API.
          returned: always
          type: dict
          sample:
            INTERNAL_IP: 10.126.5.96
        connections:
          description: Highest number of connections.
          returned: always
          type: int
          sample: 180
    billing:
      description: The charges of the database. Null unless O(gather) contains V(billing).
      returned: always
      type: dict
      contains:
        monthly_estimate:
          description: Estimated cost of the month in US dollars.
          returned: always
          type: float
          sample: 339.84
        month_to_date:
          description: Cost of the month so far in US dollars.
          returned: always
          type: float
          sample: 12.19
        current_hour:
          description: Cost of the current hour in US dollars.
          returned: always
          type: float
          sample: 0.47
        product_code:
          description: Code of the product. Null if the service does not return it.
          returned: always
          type: str
          sample: MYSQL
        metadata:
          description: Further properties, under the names of the API.
          returned: always
          type: dict
          sample: {}
    certificate_file:
      description: File with the certificate, for clients. Null unless O(gather) contains V(certificate_file).
      returned: always
      type: str
      sample: '-----BEGIN CERTIFICATE-----...'
    history:
      description: The changes of the database, newest first. Null unless O(gather) contains V(history).
      returned: always
      type: list
      elements: dict
      contains:
        time:
          description: Time of the change in UTC, in ISO 8601 format.
          returned: always
          type: str
          sample: '2026-11-28T12:00:02Z'
        message:
          description: What was changed.
          returned: always
          type: str
          sample: 'shop-db: modified.'
        details:
          description: Details of the change.
          returned: always
          type: str
          sample: 2 CPU, 4GB RAM, 20GB storage
        user:
          description: Name of the user. For changes by the service itself, a service account.
          returned: always
          type: str
          sample: deploy.acme
    notifications:
      description: The notifications of the database. Null unless O(gather) contains V(notifications).
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the notification.
          returned: always
          type: int
          sample: 42
        database_id:
          description: Id of the database.
          returned: always
          type: int
          sample: 1201
        recipient:
          description: Email address of the recipient.
          returned: always
          type: str
          sample: dba@example.com
        notification_types:
          description: What the recipient is notified of.
          returned: always
          type: list
          elements: str
          sample:
            - CPU_UTILIZATION
        verified:
          description: Whether the recipient has confirmed the address.
          returned: always
          type: bool
          sample: true
"""

from ..module_utils.argument_specs.database_info import ARGUMENTS
from ..module_utils.resources.database.database import gather_databases
from ..module_utils.running import InfoModule

MODULE = InfoModule("databases", gather_databases, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
