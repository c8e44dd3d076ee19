#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the patch history of a server."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_patch_info
short_description: Gather information about the patch history of a server
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the patch history of a server. Sends one request, and another per execution if its patches are gathered.
options:
  execution_id:
    description:
      - Id of an execution, case-insensitive. Defaults to all executions.
    type: str
  gather:
    description:
      - Additional information to gather. V(patches) adds C(duration), C(begin_message), C(end_message), and C(patches) of each
        execution.
    type: list
    elements: str
    choices: [patches]
extends_documentation_fragment:
  - centurylink.cloud.options.server_id
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_patch
"""

EXAMPLES = r"""
- name: Get the patches that were installed
  centurylink.cloud.server_patch_info:
    server_id: WA1ACMEWEB01
    gather: [patches]
"""

RETURN = r"""
# Generated from tools/returns/patching.yml.
server_patches:
  description: The executions on the server, oldest first. Empty if none exists, or if the server does not exist.
  returned: success
  type: list
  elements: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    execution_id:
      description: Id of the execution.
      returned: always
      type: str
      sample: WA1-132501
    status:
      description: V(completed) or V(failed) when patching has ended, another value while it is running.
      returned: always
      type: str
      sample: completed
    start_time:
      description: Time in UTC at which it began, in ISO 8601 format.
      returned: always
      type: str
      sample: '2016-04-05T04:14:10Z'
    end_time:
      description: Time in UTC at which it ended, in ISO 8601 format. Null while it is running.
      returned: always
      type: str
      sample: '2016-04-05T04:34:14Z'
    initiations:
      description: The checks for updates.
      returned: always
      type: list
      elements: dict
      contains:
        start_time:
          description: Time in UTC at which the check began, in ISO 8601 format.
          returned: always
          type: str
          sample: '2016-04-05T04:31:51Z'
        end_time:
          description: Time in UTC at which the check ended, in ISO 8601 format.
          returned: always
          type: str
          sample: '2016-04-05T04:34:12Z'
        begin_message:
          description: Message of the service at its begin.
          returned: always
          type: str
          sample: Invoking yum check-update
        end_message:
          description: Message of the service at its end.
          returned: always
          type: str
          sample: Update Process Complete. There are 0 updates to install
    duration:
      description: How long it took.
      returned: always
      type: str
      sample: 20m 4s
    begin_message:
      description: Message of the service at its begin.
      returned: always
      type: str
      sample: Update Process BEGIN
    end_message:
      description: Message of the service at its end.
      returned: always
      type: str
      sample: Updating Complete
    patches:
      description: The patches that were installed. Null unless O(gather) contains V(patches).
      returned: always
      type: list
      elements: dict
      contains:
        start_time:
          description: Time in UTC at which the installation began, in ISO 8601 format.
          returned: always
          type: str
          sample: '2016-04-05T04:28:26Z'
        end_time:
          description: Time in UTC at which the installation ended, in ISO 8601 format.
          returned: always
          type: str
          sample: '2016-04-05T04:28:26Z'
        begin_message:
          description: Message of the service at its begin, with the name of the patch.
          returned: always
          type: str
          sample: Installing Update for Windows Server 2012 R2 (KB3084905)
        end_message:
          description: Message of the service at its end.
          returned: always
          type: str
          sample: 'Result Code: 2'
        status:
          description: Status of the installation.
          returned: always
          type: str
          sample: completed
"""

from ..module_utils.argument_specs.server_patch_info import ARGUMENTS
from ..module_utils.resources.patching.server_patch import gather_executions
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_patches", gather_executions, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
