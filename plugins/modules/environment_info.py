#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read an account as data."""

from __future__ import annotations

DOCUMENTATION = r"""
module: environment_info
short_description: Gather an environment as data
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns what an account has, or what is below some groups, as the lists that M(centurylink.cloud.environment) takes. A run of
    that module with the returned data changes nothing.
  - Servers are returned as fleets, by base name and group. Addresses and nodes of load balancers that are all servers of a fleet
    are returned as references to it.
  - Passwords, keys, and templates, which the service does not return, and what the data cannot describe, are listed in RV(omitted).
    Add what is required to build the environment again. This concerns V(servers), V(databases), and V(site_to_site_vpns).
  - Groups, servers, and policies that the service itself provides, and archived servers, are not returned.
options:
  data_centers:
    description:
      - Codes of the data centers to read. All data centers of the account by default.
    type: list
    elements: str
  groups:
    description:
      - Groups to read with everything below them, each as an id, a path, a name, or a list of names from the root.
      - Returns the groups, what is in them, policies and load balancers for addresses of their servers, and
        what all these refer to. Other kinds, such as V(databases), are only returned if O(kinds) names them.
      - The whole account by default.
    type: list
    elements: raw
  kinds:
    description:
      - Kinds to read, by the names of the lists of M(centurylink.cloud.environment). All of them by default.
    type: list
    elements: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.environment
"""

EXAMPLES = r"""
- name: Read the account
  centurylink.cloud.environment_info:
  register: account

- name: Write it to a file
  ansible.builtin.copy:
    content: "{{ account.environment | to_nice_yaml(indent=2) }}"
    dest: environments/account.yml
    mode: "0600"

- name: Read the web shop in one data center
  centurylink.cloud.environment_info:
    data_centers: [WA1]
    groups: [Shop]
  register: shop

- name: Show what has to be added to build it elsewhere
  ansible.builtin.debug:
    var: shop.omitted
"""

RETURN = r"""
# Generated from tools/returns/environment.yml.
environment:
  description: The lists that M(centurylink.cloud.environment) takes, by kind. Kinds without items are not in it.
  returned: success
  type: dict
  sample:
    server_groups:
      - name: Shop
        description: ''
        custom_fields: {}
        data_center: WA1
omitted:
  description: What the account has and the data does not. Empty if the data is complete.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: Option that has the item.
      returned: always
      type: str
      sample: servers
    name:
      description: Name of the item.
      returned: always
      type: str
      sample: WEB Shop/Web in WA1
    options:
      description: Options that are not returned, with those around them. Empty if the item itself is not returned.
      returned: always
      type: list
      elements: str
      sample:
        - template
        - administrator_password
    reason:
      description: Why.
      returned: always
      type: str
      sample: The service does not return it.
"""

from ..module_utils.argument_specs.environment_info import ARGUMENTS
from ..module_utils.environment.environment_info import run
from ..module_utils.running import Module

MODULE = Module(run, ARGUMENTS, waits=False, has_free_data=True)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
