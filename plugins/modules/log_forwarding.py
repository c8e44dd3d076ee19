#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage the forwarding of network logs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: log_forwarding
short_description: Manage the forwarding of network logs
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Forwards the network logs of a data center to a log server. Only accounts with a virtual firewall have this feature.
  - A task that waits reads the setting until it has the new values, since the status of the operation cannot be read.
options:
  remote_address:
    description:
      - IP address of the log server. Required to enable forwarding. If omitted, it is not changed.
    type: str
  protocol:
    description:
      - Protocol to send the logs with. Required to enable forwarding. If omitted, it is not changed.
    type: str
    choices: [tcp, udp]
  state:
    description:
      - Whether logs should be forwarded.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.log_forwarding_info
"""

EXAMPLES = r"""
- name: Forward logs to a server
  centurylink.cloud.log_forwarding:
    data_center: WA1
    remote_address: 192.0.2.10
    protocol: tcp

- name: Disable log forwarding
  centurylink.cloud.log_forwarding:
    data_center: WA1
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
log_forwarding:
  description: The setting after the task. Null while forwarding is disabled.
  returned: always
  type: dict
  contains:
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    remote_address:
      description: IP address of the server that receives the log of the firewall.
      returned: always
      type: str
      sample: 192.0.2.10
    protocol:
      description: Protocol of the messages.
      returned: always
      type: str
      choices:
        - tcp
        - udp
      sample: tcp
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

from ..module_utils.argument_specs.log_forwarding import ARGUMENTS
from ..module_utils.resources.firewall.log_forwarding import LogForwarding
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(LogForwarding, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
