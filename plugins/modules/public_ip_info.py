#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read public addresses of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: public_ip_info
short_description: Gather information about public IP addresses of a server
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the public IP addresses of a server with their allowed ports and sources. Sends one request for the server and one
    per address.
options:
  public_ip:
    description:
      - Public IP address. Defaults to all addresses of the server.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.server_id
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.public_ip
"""

EXAMPLES = r"""
- name: Gather the public IP addresses of a server
  centurylink.cloud.public_ip_info:
    server_id: WA1ACMEWEB01
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
public_ips:
  description: The public IP addresses. Empty if the server has none or does not exist.
  returned: success
  type: list
  elements: dict
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
"""

from ..module_utils.argument_specs.public_ip_info import ARGUMENTS
from ..module_utils.resources.server.public_ip import gather_public_ips
from ..module_utils.running import InfoModule

MODULE = InfoModule("public_ips", gather_public_ips, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
