#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: any call of the API."""

from __future__ import annotations

DOCUMENTATION = r"""
module: api
short_description: Call the API directly
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Sends any verb to any path, for what has no module yet, with this collection's login, retries, waiting and errors.
  - V(GET) changes nothing and runs in check mode; anything else counts as a change and is not sent in check mode.
options:
  method:
    description:
      - Verb of the request.
    type: str
    choices: [GET, POST, PUT, PATCH, DELETE]
    default: GET
  path:
    description:
      - Path of the request, such as V(/v2/datacenters/{account}); C({account}) stands for the alias of the account.
    type: str
    required: true
  query:
    description:
      - Parameters of the query.
    type: dict
  body:
    description:
      - Body of the request, sent as JSON.
    type: raw
  service:
    description:
      - The service whose base address the path is on.
    type: str
    choices: [api, lbaas, rdbs, backup, ips, patching]
    default: api
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
"""

EXAMPLES = r"""
- name: Unit prices of a server
  centurylink.cloud.api:
    path: /v2/billing/{account}/serverPricing/wa1acmeweb01
  register: prices

- name: Set defaults of a group
  centurylink.cloud.api:
    method: POST
    path: /v2/groups/{account}/8a67639f74080f56c5aa328f676226e2/defaults
    body:
      cpu: 2
"""

RETURN = r"""
status_code:
  description: HTTP status of the answer; null in check mode where nothing was sent.
  returned: always
  type: int
  sample: 200
body:
  description: Body of the answer as the service sent it; null where there was none.
  returned: always
  type: raw
  sample:
    cpu: 0.01
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

from ..module_utils.argument_specs.api import ARGUMENTS
from ..module_utils.resources.account.api_call import ApiCall
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ApiCall, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
