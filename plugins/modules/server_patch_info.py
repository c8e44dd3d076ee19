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
server_patches:
  description:
    - The executions on the server, oldest first. Empty if none exists, or if the server does not exist.
    - C(status) is C(completed), C(failed), or another value while patching is running. Values that were not gathered are null.
  returned: success
  type: list
  elements: dict
  sample:
    - server_id: wa1acmeweb01
      execution_id: WA1-132501
      status: completed
      start_time: "2016-04-05T04:14:10Z"
      end_time: "2016-04-05T04:34:14Z"
      initiations:
        - start_time: "2016-04-05T04:31:51Z"
          end_time: "2016-04-05T04:34:12Z"
          begin_message: Invoking yum check-update
          end_message: Update Process Complete. There are 0 updates to install
      duration: 20m 4s
      begin_message: Update Process BEGIN
      end_message: Updating Complete
      patches:
        - start_time: "2016-04-05T04:28:26Z"
          end_time: "2016-04-05T04:28:26Z"
          begin_message: Installing Update for Windows Server 2012 R2 (KB3084905)
          end_message: "Result Code: 2"
          status: completed
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
