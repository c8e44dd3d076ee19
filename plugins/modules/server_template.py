#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: templates made of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_template
short_description: Convert a server to a template
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Converts a server to a template of the account. The API cannot convert it back to a server.
  - An existing template is not changed, including its description.
options:
  server_id:
    description:
      - Id of the server, case-insensitive. It is the name of the template afterwards.
    type: str
    required: true
    aliases: [server]
  description:
    description:
      - Description of the template. Defaults to that of the server.
    type: str
  visibility:
    description:
      - Visibility of the template. Only used when it is created, since it cannot be read back.
    type: str
    choices: [private, shared]
    default: private
  template_password:
    description:
      - Password of the server's administrator, which the service requires.
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
- name: Create a template of a web server
  centurylink.cloud.server_template:
    server_id: WA1ACMEWEB01
    description: Hardened web image
    template_password: "{{ vault_web_password }}"
"""

RETURN = r"""
server_template:
  description: The template. Its group is null in a prediction.
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
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      targets:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
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
