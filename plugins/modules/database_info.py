#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_info
short_description: Read databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the databases of an account with their sizes, backup policy, address and certificate, all in one request.
  - Those that were deleted and are still listed by the service are left out.
options:
  database:
    description:
      - One database, as its id or its name; without it all of them are read. Digits alone are taken for an id.
    type: str
  data_center:
    description:
      - Code of one data center.
    type: str
    aliases: [location]
  gather:
    description:
      - What to read besides, one request for each database and entry.
      - V(certificate_file) asks for the certificate as the file that the service offers.
      - Its text is that of C(certificate).
    type: list
    elements: str
    choices: [billing, certificate_file, history, notifications]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database
  - module: centurylink.cloud.database_backup_info
  - module: centurylink.cloud.database_notification_info
"""

EXAMPLES = r"""
- name: All databases
  centurylink.cloud.database_info:

- name: What one costs, and who did what to it
  centurylink.cloud.database_info:
    database: shop-db
    gather: [billing, history]
"""

RETURN = r"""
databases:
  description:
    - The databases by data center and name; empty where there is none.
    - What was not gathered is null.
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
from ..module_utils.resources.database.database import found_databases
from ..module_utils.running import InfoModule

MODULE = InfoModule("databases", found_databases, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
