#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: fail over a database."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_failover
short_description: Fail over a replicated database to its replica
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Makes the replica of a replicated database the primary. The service does not report which server is the primary, so every
    run fails over.
  - The service has no jobs. With O(wait=false), the job that is returned represents the database; its progress is the status of
    the database.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: none
    details:
      - Every run fails over.
seealso:
  - module: centurylink.cloud.database
"""

EXAMPLES = r"""
- name: Fail over to the replica
  centurylink.cloud.database_failover:
    database: shop-db
    data_center: VA1
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database:
  description: The database after the task.
  returned: always
  type: dict
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
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.database_failover import ARGUMENTS
from ..module_utils.resources.database.failover import DatabaseFailover
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(DatabaseFailover, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
