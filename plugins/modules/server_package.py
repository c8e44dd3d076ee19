#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: packages run on servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_package
short_description: Run a package of the control portal on servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Runs a package (a script or an installer of the control portal) on servers, all of them in one request.
  - Nothing tells which packages a server has, so every run of this module runs the package again.
options:
  package_id:
    description:
      - Id of the package, as the control portal shows it. No call of the API lists packages.
    type: str
    required: true
  parameters:
    description:
      - Values by the package's own names, which are sent as they are written.
      - The values are taken for secrets and are shown nowhere. Where one of them occurs in an error, stars stand in its place.
    type: dict
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: none
    details:
      - Every run of this module runs the package.
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Install the shop
  centurylink.cloud.server_package:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    package_id: 3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b
    parameters:
      ACME.Install.Edition: standard
"""

RETURN = r"""
server_package:
  description: What was run where. Of the parameters only the names are told.
  returned: always
  type: dict
  sample:
    package_id: 3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b
    server_ids: [wa1acmeweb01, wa1acmeweb02]
    parameter_names: [ACME.Install.Edition]
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

from ..module_utils.argument_specs.server_package import ARGUMENTS
from ..module_utils.resources.server.package import ServerPackage, check_parameters
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerPackage, ARGUMENTS, check=check_parameters)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
