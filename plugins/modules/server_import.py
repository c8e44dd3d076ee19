#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers made from uploaded images."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_import
short_description: Make a server from an uploaded image
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Makes a server from an image (OVF) that was uploaded to the account's folder of a data center. No call of the API uploads one.
  - A server counts as imported where the group has one of this base name, and is left as it is then.
options:
  name:
    description:
      - Base name of the server; letters, digits and dashes, and no digit at its end. The service appends a number.
    type: str
    required: true
  group:
    description:
      - Group of the server, as an id, a path from the root such as V(Default Group/Web), a list of names, or a name found once.
    type: raw
    required: true
  ovf_id:
    description:
      - Id of the image, such as V(ACME/LEGACY-APP).
    type: str
    required: true
  os_type:
    description:
      - Operating system of the image, such as V(RedHat6_64Bit), in any case; one of the data center's C(importable_os_types).
    type: str
    required: true
  administrator_password:
    description:
      - Password of the administrator inside the image. The import fails with another one.
    type: str
    required: true
  cpu:
    description:
      - Number of cores. The server is resized where the image has another number.
    type: int
    required: true
  memory_gb:
    description:
      - Memory in GB. The server is resized where the image has another size.
    type: int
    required: true
    aliases: [memory]
  description:
    description:
      - Description of the server.
    type: str
  custom_fields:
    description:
      - Values of custom fields by the field's name or id.
    type: dict
  network:
    description:
      - Id or name of the network of the primary adapter; chosen by the service without it.
    type: str
  type:
    description:
      - Kind of server.
    type: str
    choices: [standard, hyperscale]
    default: standard
  storage_type:
    description:
      - Kind of storage.
    type: str
    choices: [standard, premium, hyperscale]
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.name_servers
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_import_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Move an application in
  centurylink.cloud.server_import:
    name: LEGACY
    group: Shop/App
    data_center: WA1
    ovf_id: ACME/LEGACY-APP
    os_type: RedHat6_64Bit
    administrator_password: "{{ vault_legacy_password }}"
    cpu: 2
    memory_gb: 4
"""

RETURN = r"""
servers:
  description: The servers of this base name in the group, as M(centurylink.cloud.server) returns them.
  returned: always
  type: list
  elements: dict
  sample:
    - id: wa1acmelegacy01
      name: WA1ACMELEGACY01
      data_center: WA1
      status: active
      power_state: started
      cpu: 2
      memory_gb: 4
      ip_address: 10.80.12.52
created_ids:
  description: Id of the server that this run has imported; null in check mode.
  returned: always
  type: list
  elements: str
  sample: [wa1acmelegacy01]
# Generated: what every module that waits returns.
jobs:
  description:
    - What was queued. M(centurylink.cloud.job_info) can ask or wait for the jobs of the services C(api) and C(lbaas).
    - 'The service C(rdbs) has no jobs: an entry of it stands for a database, whose status M(centurylink.cloud.database_info)
      tells.'
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
  description: What is still to be done once the jobs have ended; a second run does it.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.server_import import ARGUMENTS
from ..module_utils.resources.server.selection import check_base_name
from ..module_utils.resources.server.server_import import ServerImport
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerImport, ARGUMENTS, check=check_base_name)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
