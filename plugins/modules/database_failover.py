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
database:
  description: The database after the task.
  returned: always
  type: dict
  sample:
    id: 1201
    name: shop-db
    data_center: VA1
    status: Active
    instance_type: MySQL_REPLICATION
    cpu: 2
    memory_gb: 4
    storage_gb: 20
    backup_retention_days: 14
    backup_time:
      hour: 2
      minute: 30
    host: shop-db.va1.rdbs.ctl.io
    port: 49801
    certificate: "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----"
    servers:
      - id: 1345
        name: VA1DBPDMYSQL0345
        data_center: VA1
        cpu: 2
        memory_gb: 4
        storage_gb: 20
        ip_address: 10.126.63.20
        attributes:
          INTERNAL_IP: 10.126.63.20
        connections: 180
      - id: 1346
        name: VA1DBPDMYSQL0346
        data_center: VA1
        cpu: 2
        memory_gb: 4
        storage_gb: 20
        ip_address: 10.126.63.21
        attributes:
          INTERNAL_IP: 10.126.63.21
        connections: 180
# Generated: what every module that waits returns.
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      targets:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
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
