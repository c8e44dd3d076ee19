#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database
short_description: Manage relational databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deletes MySQL databases of the relational database service, which run on one server or, if replicated,
    on two.
  - A database is identified by O(id), or by O(name) in the data center. A name that several databases have is an error.
  - Sizes and backup settings are updated in place. Changing the memory or reducing the number of CPUs restarts the database.
  - Other properties cannot be changed; a different value is an error.
  - The service has no jobs. With O(wait=false), the job that is returned represents the database; its progress is the status of
    the database.
options:
  name:
    description:
      - Name of the database, and the first part of its host name. The service calls it the external id. Case-sensitive.
      - Required to create a database. Must be a part of a host name, with letters, digits, and dashes, such as V(shop-db).
    type: str
    aliases: [external_id]
  id:
    description:
      - Id of an existing database.
    type: int
  data_center:
    description:
      - Code of the data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the
        user.
      - M(centurylink.cloud.database_data_center_info) lists the data centers of the service.
    type: str
    aliases: [location]
  instance_type:
    description:
      - Instance type. Defaults to V(MySQL) for a new database. Cannot be changed after creation.
    type: str
    choices: [MySQL, MySQL_REPLICATION]
  cpu:
    description:
      - Number of CPUs of each server, at least V(1). Required to create a database.
    type: int
  memory_gb:
    description:
      - Memory of each server in GB, at least V(1). Required to create a database.
    type: int
    aliases: [memory]
  storage_gb:
    description:
      - Storage of each server in GB, at least V(1). Required to create a database. Can only be increased.
    type: int
    aliases: [storage]
  backup_retention_days:
    description:
      - Number of days for which automatic backups are kept, from V(1) to V(35). Required to create a database.
    type: int
  backup_time:
    description:
      - Time of the daily automatic backup, in UTC. Defaults to midnight for a new database.
    type: dict
    suboptions:
      hour:
        description:
          - Hour, from V(0) to V(23).
        type: int
        required: true
      minute:
        description:
          - Minute, from V(0) to V(59).
        type: int
        default: 0
  users:
    description:
      - Users of the database. At least one is required to create a database. Must not be empty.
      - Only used when the database is created, since the service neither returns nor updates them.
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
          - Password of the user.
          - Must be a password of at least 9 characters of three kinds out of upper case, lower case, digits, and symbols.
        type: str
        required: true
  destinations:
    description:
      - Recipients of alerts about high usage. Only used when the database is created.
      - Use M(centurylink.cloud.database_notification) to manage them afterwards.
    type: list
    elements: dict
    suboptions:
      recipient:
        description:
          - Email address, which the recipient must confirm.
        type: str
        required: true
        aliases: [location]
      notification_types:
        description:
          - Types of usage to send alerts for.
        type: list
        elements: str
        choices: [CPU_UTILIZATION, MEMORY_UTILIZATION, STORAGE_UTILIZATION]
        required: true
        aliases: [notifications]
  state:
    description:
      - Whether the database should exist.
      - The service keeps the last backup of a deleted database for three months, but the API gives no access to it.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
seealso:
  - module: centurylink.cloud.database_info
  - module: centurylink.cloud.database_backup
  - module: centurylink.cloud.database_notification
  - module: centurylink.cloud.database_failover
"""

EXAMPLES = r"""
- name: Create a replicated database
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

- name: Save the certificate for its clients
  ansible.builtin.copy:
    content: "{{ shop.database.certificate }}"
    dest: /etc/mysql/shop-db.pem
    mode: "0644"

- name: Increase the storage
  centurylink.cloud.database:
    name: shop-db
    data_center: VA1
    storage_gb: 40

- name: Delete the database
  centurylink.cloud.database:
    id: "{{ shop.database.id }}"
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database:
  description: The database after the task, without its users. Null if it does not exist.
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

from ..module_utils.argument_specs.database import ARGUMENTS
from ..module_utils.resources.database.database import Database
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(Database, ARGUMENTS, required_one_of=[("name", "id")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
