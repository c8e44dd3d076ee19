#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the stored backup data of a server."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_stored_data_info
short_description: Gather information about the stored backup data of a server
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the amount of data that each server policy of a server had stored on a date.
options:
  date:
    description:
      - The date, in the format C(YYYY-MM-DD).
    type: str
    required: true
extends_documentation_fragment:
  - centurylink.cloud.options.backup_data
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_restore_point_info
"""

EXAMPLES = r"""
- name: Get the amount of data of yesterday
  centurylink.cloud.backup_stored_data_info:
    server_id: VA1ACMEWEB01
    date: "{{ '%Y-%m-%d' | strftime(now().timestamp() | int - 86400, utc=true) }}"
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_stored_data:
  description: The amount of data for each policy and region of the server. Empty if no policy is applied to it.
  returned: success
  type: list
  elements: dict
  contains:
    server_policy_id:
      description: Id of the server policy.
      returned: always
      type: str
      sample: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d03
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: va1acmeweb01
    policy_id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    policy_name:
      description: Name of the policy.
      returned: always
      type: str
      sample: linux-home
    storage_region:
      description: Region in which the data is stored.
      returned: always
      type: str
      sample: US EAST
    date:
      description: The day, in ISO 8601 format.
      returned: always
      type: str
      sample: '2030-03-31'
    gigabytes_stored:
      description: Amount of data in GB.
      returned: always
      type: float
      sample: 0.412
    bytes_stored:
      description: Amount of data in bytes.
      returned: always
      type: int
      sample: 442381632
"""

from ..module_utils.argument_specs.backup_stored_data_info import ARGUMENTS
from ..module_utils.resources.backup.stored_data import gather_stored_data
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_stored_data", gather_stored_data, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
