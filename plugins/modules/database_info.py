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
databases:
  description:
    - The databases, sorted by data center and name. Empty if none exists.
    - The keys of the option O(gather) are null if they were not gathered.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1201
      name: shop-db
      data_center: VA1
      status: Active
      instance_type: MySQL
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
      billing:
        monthly_estimate: 120.4
        month_to_date: 33.18
        current_hour: 0.17
        product_code: null
        metadata: {}
      certificate_file: null
      history:
        - time: "2018-03-05T10:15:00Z"
          message: "shop-db: created."
          details: 2 CPU, 4GB RAM, 20GB storage
          user: ops.user
      notifications: null
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
