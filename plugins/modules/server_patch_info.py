#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read the history of patching."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_patch_info
short_description: Read how a server was patched
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the history of patching of a server with one request, and on demand one more for the patches of each execution.
options:
  execution_id:
    description:
      - One of the executions, in any case; without it all of them are read.
    type: str
  gather:
    description:
      - What to read besides. V(patches) brings C(duration), C(begin_message), C(end_message) and C(patches) of each execution.
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
- name: What was installed
  centurylink.cloud.server_patch_info:
    server_id: WA1ACMEWEB01
    gather: [patches]
"""

RETURN = r"""
server_patches:
  description:
    - The executions on the server, old to new; empty where there are none or the server is not there.
    - C(status) is V(completed), V(failed), or another word while it goes on. What was not gathered is null.
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
from ..module_utils.resources.patching.server_patch import found_executions
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_patches", found_executions, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
