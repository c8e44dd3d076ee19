#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: public addresses of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: public_ip
short_description: Add, change and remove public addresses of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A public address is mapped to an internal address of a server, and lets in certain ports from certain sources.
  - It is found by O(public_ip), by O(internal_ip), or as the server's only one.
options:
  public_ip:
    description:
      - A public address that the server has. The service chooses new ones itself.
    type: str
  internal_ip:
    description:
      - The internal address that the public one is mapped to.
      - A new public address is mapped to the primary internal address if that is free. With V(new) another one is added on every
        run, together with a new internal address, which stays on the server after the removal.
    type: str
  ports:
    description:
      - What to let in. Needed for a new address. A list replaces the one before; without it the ports are left as they are.
    type: list
    elements: dict
    suboptions:
      protocol:
        description:
          - Protocol.
        type: str
        choices: [tcp, udp, icmp]
        default: tcp
      port:
        description:
          - Port, or the first one of a range. Not for V(icmp).
        type: int
      port_to:
        description:
          - Last port of a range.
        type: int
  source_restrictions:
    description:
      - Networks or addresses that may connect. An empty list lets everybody in; without it the sources are left as they are.
    type: list
    elements: str
  state:
    description:
      - Whether the server shall have the address.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.server_id
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.public_ip_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Let everybody in to a web server
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    ports:
      - port: 80
      - port: 443
      - protocol: icmp
  register: web

- name: Only one network may use it, the ports stay
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    source_restrictions: [198.51.100.0/24]

- name: Take it away
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    public_ip: "{{ web.public_ip.public_ip }}"
    state: absent
"""

RETURN = r"""
public_ip:
  description: The public address as it is now, null where there is none.
  returned: always
  type: dict
  sample:
    server_id: wa1acmeweb01
    public_ip: 203.0.113.24
    internal_ip: 10.80.12.41
    ports:
      - protocol: tcp
        port: 8080
        port_to: 8081
    source_restrictions: [198.51.100.0/24]
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

from ..module_utils.argument_specs.public_ip import ARGUMENTS
from ..module_utils.options import PORT_RULES
from ..module_utils.resources.server.public_ip import PublicIp, check_options
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(
    PublicIp,
    ARGUMENTS,
    check=check_options,
    mutually_exclusive=[("public_ip", "internal_ip")],
    suboption_rules={"ports": PORT_RULES},
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
