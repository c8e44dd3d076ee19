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
  - centurylink.cloud.secrets
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
# Generated from tools/returns/server.yml.
server_template:
  description: The template.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the template, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    name:
      description: Name of the template, in upper case.
      returned: always
      type: str
      sample: WA1ACMEWEB01
    description:
      description: Description of the template.
      returned: always
      type: str
      sample: Hardened web image
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    group_id:
      description: Id of the group of templates. Null in a prediction.
      returned: always
      type: str
      sample: 0d5a1d3b7c2e4f6a8b9c0d1e2f3a4b5c
    is_template:
      description: Whether it is a template.
      returned: always
      type: bool
      sample: true
    os:
      description: Operating system, under its short name.
      returned: always
      type: str
      sample: redHat7_64Bit
    os_type:
      description: Name of the operating system.
      returned: always
      type: str
      sample: RedHat Enterprise Linux 7 64-bit
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

from ..module_utils.argument_specs.server_template import ARGUMENTS
from ..module_utils.resources.server.template import ServerTemplate
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerTemplate, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
