#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: public addresses of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: public_ip
short_description: Manage public IP addresses of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A public IP address is mapped to an internal IP address of a server, and allows connections to certain ports from certain
    sources.
  - It is identified by O(public_ip) or O(internal_ip). If both are omitted, it is the only public IP address of the server.
options:
  public_ip:
    description:
      - Existing public IP address of the server. The service assigns new addresses.
    type: str
  internal_ip:
    description:
      - Internal IP address that the public one is mapped to. Must be an IPv4 address, or new, such as V(10.80.12.31).
      - Defaults to the primary internal address for a new public address, if that is not mapped yet.
      - V(new) adds a public and an internal address on every run. The internal address stays on the server after the removal.
    type: str
  ports:
    description:
      - Ports to allow. Required to add an address. If set, the list replaces the existing ports. If omitted, they are not
        changed. Must not be empty.
    type: list
    elements: dict
    suboptions:
      protocol:
        description:
          - Protocol of the port.
        type: str
        choices: [tcp, udp, icmp]
        default: tcp
      port:
        description:
          - Port, or the first port of a range, from V(0) to V(65535). Required for V(tcp) and V(udp).
        type: int
      port_to:
        description:
          - Last port of a range, from V(0) to V(65535). Defaults to O(ports[].port).
        type: int
  source_restrictions:
    description:
      - Each must be an IPv4 address or network in CIDR notation, such as V(10.80.12.0/24).
      - Networks and IP addresses that may connect. If set, the list replaces the existing one; an empty list allows all sources.
      - If omitted, the existing list is not changed; a new address then allows all sources.
    type: list
    elements: str
  state:
    description:
      - Whether the server should have the address.
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
- name: Add a public IP address to a web server
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    ports:
      - port: 80
      - port: 443
      - protocol: icmp
  register: web

- name: Allow connections from one network only
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    source_restrictions: [198.51.100.0/24]

- name: Remove the public IP address
  centurylink.cloud.public_ip:
    server_id: WA1ACMEWEB01
    public_ip: "{{ web.public_ip.public_ip }}"
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
public_ip:
  description: The public IP address after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    public_ip:
      description: The public IP address. Null if it is only predicted.
      returned: always
      type: str
      sample: 203.0.113.10
    internal_ip:
      description: The internal IP address that it is mapped to.
      returned: always
      type: str
      sample: 10.80.12.40
    ports:
      description: The open ports.
      returned: always
      type: list
      elements: dict
      contains:
        protocol:
          description: Protocol.
          returned: always
          type: str
          choices:
            - tcp
            - udp
            - icmp
          sample: tcp
        port:
          description: The port, or the first one of a range.
          returned: always
          type: int
          sample: 8080
        port_to:
          description: The last port of a range. Null for a single port.
          returned: always
          type: int
          sample: 8090
    source_restrictions:
      description: The networks that may connect, in CIDR notation. Empty if all may.
      returned: always
      type: list
      elements: str
      sample:
        - 198.51.100.0/24
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
