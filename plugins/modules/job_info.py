#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: ask or wait for jobs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: job_info
short_description: Get the status of queued jobs and optionally wait for them
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the status of jobs by id, such as the jobs that a task with C(wait=false) returns.
options:
  ids:
    description:
      - Ids of the jobs, such as V(wa1-48211). Jobs that do not exist are ignored.
    type: list
    elements: str
    required: true
  data_center:
    description:
      - Code of the data center of the jobs of load balancers; not used for other jobs.
      - Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the user.
    type: str
    aliases: [location]
  wait:
    description:
      - Whether to wait until all jobs have finished. The task then fails if a job has not succeeded.
    type: bool
    default: false
  wait_timeout:
    description:
      - Maximum number of seconds for the whole task.
    type: int
    default: 3600
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Start to stop the web servers
  centurylink.cloud.server:
    name: WEB
    group: Shop/Web
    data_center: WA1
    state: stopped
    wait: false
  register: web

- name: Wait for the jobs of the task
  centurylink.cloud.job_info:
    ids: "{{ web.jobs | map(attribute='id') }}"
    wait: true
"""

RETURN = r"""
# Generated from tools/returns/account.yml.
jobs:
  description: The jobs in the order of O(ids).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job.
      returned: always
      type: str
      sample: wa1-48211
    status:
      description: Status of the job.
      returned: always
      type: str
      sample: succeeded
"""

from ..module_utils.argument_specs.job_info import ARGUMENTS
from ..module_utils.resources.account.job import gather_jobs
from ..module_utils.running import InfoModule

MODULE = InfoModule("jobs", gather_jobs, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
