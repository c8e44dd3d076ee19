#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: install or remove the intrusion prevention (IPS) agent."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ips_agent
short_description: Install or remove the intrusion prevention (IPS) agent
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Installs the intrusion prevention (IPS) agent on servers, or removes it. Sends one request per server.
  - The API does not return whether a server has the agent. This module assumes that a server has the agent if its notifications
    can be read; the vendor does not document the response for a server without the agent. See O(force).
options:
  state:
    description:
      - V(present) installs the agent on each server that has none. The server must be active and started.
      - V(absent) removes the agent and its notification destinations.
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - Whether to send the request for every server, even if it seems to have the desired state. The task always reports a
        change.
    type: bool
    default: false
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - With O(force=true), every run sends the requests again.
      - Depends on the response of the service for the notifications of a server without the agent.
notes:
  - A request may take long. Set O(timeout) to the number of seconds to wait for its response.
  - Afterwards, the task waits up to five minutes until the notifications of the servers reflect the change. If they do not, this
    is an error, since the service does not report otherwise that the work has failed. With O(wait=false), the task does not wait.
seealso:
  - module: centurylink.cloud.ips_notification
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Install the agent on two servers
  centurylink.cloud.ips_agent:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]

- name: Remove the agent
  centurylink.cloud.ips_agent:
    server_ids: [WA1ACMEWEB01]
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/security.yml.
ips_agents:
  description: Whether each of the servers has the agent after the task, according to its notifications. Sorted
    by server id.
  returned: always
  type: list
  elements: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    installed:
      description: Whether the server has the agent.
      returned: always
      type: bool
      sample: true
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

from ..module_utils.argument_specs.ips_agent import ARGUMENTS
from ..module_utils.resources.security.ips_agent import IpsAgents
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(IpsAgents, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
