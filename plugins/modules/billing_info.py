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
billing:
  description:
    - One entry for the account, for each selected group, or for each server. Empty if none matches.
    - C(groups) contains the group and its subgroups by id, each with its servers by id. Null without O(group).
    - C(total) of a group is the sum over its servers. C(unit_prices) is null without O(server_ids).
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
from ..module_utils.resources.billing.billing import gather_billing
from ..module_utils.running import InfoModule

MODULE = InfoModule("billing", gather_billing, ARGUMENTS, mutually_exclusive=[("group", "server_ids")])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
