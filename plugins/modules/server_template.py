#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: templates made of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_template
short_description: Make a template of a server
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Turns a server into a template of the account. It is no server any more then, and no call of the API makes it one again.
  - A server that is a template already is left as it is, with its description.
options:
  server_id:
    description:
      - Id of the server, in any case. It can be used as a template by this name afterwards.
    type: str
    required: true
    aliases: [server]
  description:
    description:
      - Description of the template; by default that of the server.
    type: str
  visibility:
    description:
      - Who may use the template. It cannot be read back.
    type: str
    choices: [private, shared]
    default: private
  template_password:
    description:
      - Password of the server's administrator, which the service asks for.
    type: str
    required: true
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Keep a hardened web server as a template
  centurylink.cloud.server_template:
    server_id: WA1ACMEWEB01
    description: Hardened web image
    template_password: "{{ vault_web_password }}"
"""

RETURN = r"""
server_template:
  description: The template as it is now; its group is null in a prediction.
  returned: always
  type: dict
  sample:
    id: wa1acmeweb01
    name: WA1ACMEWEB01
    description: Hardened web image
    data_center: WA1
    group_id: 0d5a1d3b7c2e4f6a8b9c0d1e2f3a4b5c
    is_template: true
    os: redHat7_64Bit
    os_type: RedHat Enterprise Linux 7 64-bit
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

from ..module_utils.argument_specs.server_template import ARGUMENTS
from ..module_utils.resources.server.template import ServerTemplate
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerTemplate, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
