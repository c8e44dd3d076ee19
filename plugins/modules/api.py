#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: any call of the API."""

from __future__ import annotations

DOCUMENTATION = r"""
module: api
short_description: Send a request to the API
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Sends a request with any method and path, for operations without a module, with the login, retries, waiting, and errors of
    this collection.
  - With O(method=GET) the task changes nothing and also runs in check mode. Any other method counts as a change and is not sent
    in check mode.
  - Passwords, tokens, and pre-shared keys in the body and the response are masked in the result. To use the credentials of a
    server, use P(centurylink.cloud.server_credentials#lookup) or M(centurylink.cloud.server_info).
options:
  method:
    description:
      - HTTP method of the request.
    type: str
    choices: [GET, POST, PUT, PATCH, DELETE]
    default: GET
  path:
    description:
      - Path of the request, such as V(/v2/datacenters/{account}). C({account}) is replaced by the alias of the account.
    type: str
    required: true
  query:
    description:
      - Query parameters.
    type: dict
  body:
    description:
      - Body of the request, sent as JSON.
    type: raw
  service:
    description:
      - Service to send the request to.
    type: str
    choices: [api, lbaas, rdbs, backup, ips, patching]
    default: api
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
"""

EXAMPLES = r"""
- name: Get the unit prices of a server
  centurylink.cloud.api:
    path: /v2/billing/{account}/serverPricing/wa1acmeweb01
  register: prices

- name: Read a group
  centurylink.cloud.server_group_info:
    group: Shop/Web
    data_center: WA1
  register: web

- name: Set a default value of a group
  centurylink.cloud.api:
    method: POST
    path: "/v2/groups/{account}/{{ web.server_groups[0].id }}/defaults"
    body:
      cpu: 2
"""

RETURN = r"""
# Generated from tools/returns/account.yml.
status_code:
  description: HTTP status code of the response. Null if nothing was sent in check mode.
  returned: always
  type: int
  sample: 200
body:
  description: Body of the response as the service sent it. Null if it has none.
  returned: always
  type: raw
  sample:
    cpu: 0.01
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

from ..module_utils.argument_specs.api import ARGUMENTS
from ..module_utils.resources.account.api_call import ApiCall
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ApiCall, ARGUMENTS, has_free_data=True)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
