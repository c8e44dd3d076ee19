#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database
short_description: Create, change and remove databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Makes and keeps a MySQL database of the relational database service, on one server or, replicated, on two.
  - A database is found by O(id), or by O(name) in the data center. Several of one name are an error.
  - Sizes and the backup policy are changed in place. Changing the memory and lowering the number of CPUs restart the database.
  - Nothing else of a database can be changed; that it differs is an error.
  - The service has no jobs to ask for. With O(wait=false) the one that is returned stands for the database, whose status tells.
options:
  name:
    description:
      - Name of the database, and the first part of its host name. The service calls it the external id. Its case counts.
    type: str
    aliases: [external_id]
  id:
    description:
      - Id of a database that is there.
    type: int
  data_center:
    description:
      - Code of the data center; by default the home of the login. M(centurylink.cloud.database_data_center_info) lists them.
    type: str
    aliases: [location]
  instance_type:
    description:
      - Kind of service; a new database is V(MySQL) without it.
    type: str
    choices: [MySQL, MySQL_REPLICATION]
  cpu:
    description:
      - Number of CPUs of each server. A new database needs it.
    type: int
  memory_gb:
    description:
      - Memory of each server in GB. A new database needs it.
    type: int
    aliases: [memory]
  storage_gb:
    description:
      - Storage of each server in GB, which cannot shrink. A new database needs it.
    type: int
    aliases: [storage]
  backup_retention_days:
    description:
      - Days for which automatic backups are kept; 1 to 35 by articles of the vendor. A new database needs it.
    type: int
  backup_time:
    description:
      - Time of the automatic backup, in UTC. A new database is backed up at midnight without it.
    type: dict
    suboptions:
      hour:
        description:
          - Hour, 0 to 23.
        type: int
        required: true
      minute:
        description:
          - Minute, 0 to 59.
        type: int
        default: 0
  users:
    description:
      - Users of a new database, which needs one at least. They are not shown and cannot be changed here, so that they count at
        creation only.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the user.
        type: str
        required: true
      password:
        description:
          - Password of nine characters or more, with three of upper case, lower case, digits and symbols.
        type: str
        required: true
  destinations:
    description:
      - Who is told of high use of a new database. It counts at creation only.
      - M(centurylink.cloud.database_notification) keeps them afterwards.
    type: list
    elements: dict
    suboptions:
      recipient:
        description:
          - Email address. The recipient has to confirm it.
        type: str
        required: true
        aliases: [location]
      notification_types:
        description:
          - Kinds of use.
        type: list
        elements: str
        choices: [CPU_UTILIZATION, MEMORY_UTILIZATION, STORAGE_UTILIZATION]
        required: true
        aliases: [notifications]
  state:
    description:
      - Whether the database shall be there. The service keeps its last backup for three months, out of reach of this collection.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.database_info
  - module: centurylink.cloud.database_backup
  - module: centurylink.cloud.database_notification
  - module: centurylink.cloud.database_failover
"""

EXAMPLES = r"""
- name: A replicated database
  centurylink.cloud.database:
    name: shop-db
    data_center: VA1
    instance_type: MySQL_REPLICATION
    cpu: 2
    memory_gb: 4
    storage_gb: 20
    backup_retention_days: 14
    backup_time:
      hour: 2
      minute: 30
    users:
      - name: shop
        password: "{{ vault_shop_password }}"
    destinations:
      - recipient: dba@example.com
        notification_types: [CPU_UTILIZATION, STORAGE_UTILIZATION]
  register: shop

- name: Its certificate for those who connect
  ansible.builtin.copy:
    content: "{{ shop.database.certificate }}"
    dest: /etc/mysql/shop-db.pem
    mode: "0644"

- name: More storage
  centurylink.cloud.database:
    name: shop-db
    data_center: VA1
    storage_gb: 40

- name: Take it away
  centurylink.cloud.database:
    id: "{{ shop.database.id }}"
    state: absent
"""

RETURN = r"""
database:
  description: The database as it is now, null where there is none. Users are never shown.
  returned: always
  type: dict
  sample:
    id: 1201
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
      things:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.database import ARGUMENTS
from ..module_utils.resources.database.database import Database, check_backup_time
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(Database, ARGUMENTS, check=check_backup_time, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
