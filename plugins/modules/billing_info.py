#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read charges and unit prices."""

from __future__ import annotations

DOCUMENTATION = r"""
module: billing_info
short_description: Read estimated charges of an account or of server groups, and unit prices of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - With O(group) reads the charges of each server in a group and in all groups below it, with their sums.
  - With O(server_ids) reads the prices that hold for one unit of each resource of these servers.
  - With neither of them reads the total of the account.
  - All amounts are estimates in the currency of the account's invoices, which were in dollars.
options:
  group:
    description:
      - The group, as an id, a path from the root such as V(Shop/Web), a list of names, or a name, which may mean several.
      - An empty list means the root group, and with it all servers of the data center.
    type: raw
  data_center:
    description:
      - Code of the data center of O(group); by default the home of the login.
    type: str
    aliases: [location]
  server_ids:
    description:
      - Ids of servers, in any case.
    type: list
    elements: str
    aliases: [server_id]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.invoice_info
"""

EXAMPLES = r"""
- name: What the account costs
  centurylink.cloud.billing_info:
  register: account

- name: What the shop costs, server by server
  centurylink.cloud.billing_info:
    group: Shop
    data_center: WA1
  register: shop

- name: Name the servers that cost most
  ansible.builtin.debug:
    msg: "{{ shop.billing[0].groups.values() | map(attribute='servers') | combine | dict2items
      | sort(attribute='value.monthly_estimate', reverse=true) | map(attribute='key') | first }}"

- name: What one more CPU costs
  centurylink.cloud.billing_info:
    server_id: WA1ACMEWEB01
"""

RETURN = r"""
billing:
  description:
    - One entry for the account, for each group that is meant, or for each server; empty where there is none.
    - C(groups) has all groups of the tree by id, and in each its servers by id; it is null unless O(group) is given.
    - C(total) of a group is the sum over its servers. C(unit_prices) is for O(server_ids).
  returned: success
  type: list
  elements: dict
  sample:
    - scope: group
      account_alias: ACME
      date: "2018-05-18T09:01:12Z"
      data_center: WA1
      group_id: 8a67639f74080f56c5aa328f676226e2
      group_path: Web Tier
      server_id: null
      total:
        template_cost: 0.0
        archive_cost: 0.0
        monthly_estimate: 48.24
        month_to_date: 27.1
        current_hour: 0.067
        one_time_charges: null
      groups:
        8a67639f74080f56c5aa328f676226e2:
          name: Web Tier
          servers:
            wa1acmeweb01:
              template_cost: 0.0
              archive_cost: 0.0
              monthly_estimate: 48.24
              month_to_date: 27.1
              current_hour: 0.067
      unit_prices: null
    - scope: server
      account_alias: ACME
      date: null
      data_center: null
      group_id: null
      group_path: null
      server_id: wa1acmeweb01
      total: null
      groups: null
      unit_prices:
        cpu: 0.01
        memory_gb: 0.015
        storage_gb: 0.0002
        managed_os: 0.0
"""

from ..module_utils.argument_specs.billing_info import ARGUMENTS
from ..module_utils.resources.billing.billing import found_billing
from ..module_utils.running import InfoModule

MODULE = InfoModule("billing", found_billing, ARGUMENTS, mutually_exclusive=[("group", "server_ids")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
