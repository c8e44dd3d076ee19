#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: patch the operating system of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_patch
short_description: Patch the operating system of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Installs all available updates of the operating system, and waits until patching has ended. The servers reboot during this,
    so consider maintenance mode (M(centurylink.cloud.server)). They need access to the internet.
  - The service supports CentOS 5 and 6, Red Hat Enterprise Linux 5 to 7, Windows 2012, and 2012 R2. On Linux it excludes the
    kernel and nss packages. Linux and Windows servers can be in the same task, which sends one request for each of the two.
  - Every run patches the servers again; without updates, patching ends after a check for them. A server that is being patched is
    waited for and not patched again, unless its patching started more than O(wait_timeout) seconds ago.
options:
  server_ids:
    description:
      - Ids of the servers, case-insensitive. The servers must be active and started.
    type: list
    elements: str
    required: true
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: none
    details:
      - Every run patches the servers again.
notes:
  - Patching starts when the queued job ends. With O(wait=false), the task waits for neither. A second run waits for the patching
    only if the job has ended; before that, it patches again, since the history does not contain the execution yet. Use
    M(centurylink.cloud.job_info) to wait for the job.
seealso:
  - module: centurylink.cloud.server_patch_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Patch two servers
  centurylink.cloud.server_patch:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    wait_timeout: 7200
"""

RETURN = r"""
# Generated from tools/returns/patching.yml.
server_patches:
  description: The latest execution on each of the servers, sorted by server id, its checks newest first. Unknown
    values are null.
  returned: always
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

from ..module_utils.argument_specs.server_patch import ARGUMENTS
from ..module_utils.resources.patching.server_patch import ServerPatch
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerPatch, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
