#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: packages run on servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_package
short_description: Run a package on servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Runs a package, which is a script or an installer of the control portal, on servers in one request.
  - The API does not return which packages have run on a server, so every run of this module runs the package again.
options:
  package_id:
    description:
      - Id of the package, as displayed by the control portal. The API cannot list packages.
    type: str
    required: true
  parameters:
    description:
      - Parameters of the package, as a map of names to strings. Names are case-sensitive.
      - The values are treated as secrets and never displayed.
    type: dict
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
  - centurylink.cloud.secrets
attributes:
  idempotent:
    support: none
    details:
      - Every run of this module runs the package.
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Install the web shop
  centurylink.cloud.server_package:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    package_id: 3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b
    parameters:
      ACME.Install.Edition: standard
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
server_package:
  description: The package and the servers that it was run on.
  returned: always
  type: dict
  contains:
    package_id:
      description: Id of the package.
      returned: always
      type: str
      sample: 3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b
    server_ids:
      description: Ids of the servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
        - wa1acmeweb02
    parameter_names:
      description: Names of the parameters of the package. Their values may be secrets.
      returned: always
      type: list
      elements: str
      sample:
        - ACME.Install.Edition
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

from ..module_utils.argument_specs.server_package import ARGUMENTS
from ..module_utils.resources.server.package import ServerPackage, check_parameters
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerPackage, ARGUMENTS, check=check_parameters)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
