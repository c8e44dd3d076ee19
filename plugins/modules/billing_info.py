#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather billing estimates."""

from __future__ import annotations

DOCUMENTATION = r"""
module: billing_info
short_description: Gather billing estimates of an account, a group, or servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - With O(group), returns the charges of each server in a group and its subgroups, and their sum.
  - With O(server_ids), returns the unit prices of the resources of these servers.
  - With neither of them, returns the total of the account.
  - All amounts are estimates in the currency of the account's invoices, which is US dollars in all known invoices.
options:
  group:
    description:
      - Group whose charges are returned, as an id, a path from the root such as V(Shop/Web), a list of names, or a name, which can
        match more than one group.
      - An empty list selects the root group, with all servers of the data center.
    type: raw
  data_center:
    description:
      - Code of the data center of O(group). Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data
        center of the user.
    type: str
    aliases: [location]
  server_ids:
    description:
      - Ids of the servers whose unit prices are returned, case-insensitive.
    type: list
    elements: str
    aliases: [server_id]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.invoice_info
"""

EXAMPLES = r"""
- name: Read the total of the account
  centurylink.cloud.billing_info:
  register: account

- name: Read the charges of a group by server
  centurylink.cloud.billing_info:
    group: Shop
    data_center: WA1
  register: shop

- name: Print the server with the highest estimate
  ansible.builtin.debug:
    msg: "{{ shop.billing[0].groups.values() | map(attribute='servers') | combine | dict2items
      | sort(attribute='value.monthly_estimate', reverse=true) | map(attribute='key') | first }}"

- name: Read the unit prices of a server
  centurylink.cloud.billing_info:
    server_id: WA1ACMEWEB01
"""

RETURN = r"""
# Generated from tools/returns/billing.yml.
billing:
  description: One entry for the account, for each selected group, or for each server. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    scope:
      description: What the entry is about.
      returned: always
      type: str
      choices:
        - account
        - group
        - server
      sample: group
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
    date:
      description: Time in UTC of the calculation, in ISO 8601 format. Null for a server.
      returned: always
      type: str
      sample: '2018-05-18T09:01:12Z'
    data_center:
      description: Code of the data center of the group. Null for the account and for a server.
      returned: always
      type: str
      sample: WA1
    group_id:
      description: Id of the group. Null for the account and for a server.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    group_path:
      description: Path of the group from the root group. Null for the account and for a server.
      returned: always
      type: str
      sample: Web Tier
    server_id:
      description: Id of the server, in lower case. Null for the account and for a group.
      returned: always
      type: str
      sample: wa1acmeweb01
    total:
      description: The charges. Those of a group are the sum over its servers. Null for a server.
      returned: always
      type: dict
      contains:
        template_cost:
          description: Cost of the templates in US dollars.
          returned: always
          type: float
          sample: 0.0
        archive_cost:
          description: Cost of archived servers in US dollars.
          returned: always
          type: float
          sample: 0.0
        monthly_estimate:
          description: Estimated cost of the month in US dollars.
          returned: always
          type: float
          sample: 48.24
        month_to_date:
          description: Cost of the month so far in US dollars.
          returned: always
          type: float
          sample: 27.1
        current_hour:
          description: Cost of the current hour in US dollars.
          returned: always
          type: float
          sample: 0.067
        one_time_charges:
          description: Charges in US dollars that are not repeated. Null except for the account.
          returned: always
          type: float
          sample: 12.5
    groups:
      description: The group and its subgroups by id, each with its C(name) and its C(servers). These are by id,
        each with its charges under the names that C(total) has. Null unless O(group) is specified.
      returned: always
      type: dict
      sample:
        8a67639f74080f56c5aa328f676226e2:
          name: Web Tier
          servers:
            wa1acmeweb01:
              template_cost: 0.0
              archive_cost: 0.0
              monthly_estimate: 48.24
              month_to_date: 27.1
              current_hour: 0.067
    unit_prices:
      description: Prices of an hour in US dollars. Null unless O(server_ids) is specified.
      returned: always
      type: dict
      contains:
        cpu:
          description: Price of one CPU.
          returned: always
          type: float
          sample: 0.01
        memory_gb:
          description: Price of one GB of memory.
          returned: always
          type: float
          sample: 0.015
        storage_gb:
          description: Price of one GB of storage.
          returned: always
          type: float
          sample: 0.0002
        managed_os:
          description: Price of the managed operating system.
          returned: always
          type: float
          sample: 0.0
"""

from ..module_utils.argument_specs.billing_info import ARGUMENTS
from ..module_utils.resources.billing.billing import gather_billing
from ..module_utils.running import InfoModule

MODULE = InfoModule("billing", gather_billing, ARGUMENTS, mutually_exclusive=[("group", "server_ids")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
