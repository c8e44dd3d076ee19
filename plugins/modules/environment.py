# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: an environment as data."""

from __future__ import annotations

DOCUMENTATION = r"""
module: environment
short_description: Manage an environment as data
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Takes an account, or a part of it, as one list for each kind of things, and builds what is missing, changes what differs, or
    deletes everything that the lists describe.
  - The items have the options of the modules of their kinds. Items refer to each other by name, and to the servers of a fleet by
    C(server) and C(group), since ids and addresses are unknown before the servers exist.
  - All data is validated first. Then the account is read, everything is planned, and nothing is changed if one of the items cannot
    be planned. What does not depend on each other is done at the same time.
  - A failure stops only what depends on it. The next run continues.
options:
  data_center:
    description:
      - Code of the data center of all items that do not specify one.
      - If not set, the environment variable E(CLC_DATA_CENTER) is used, otherwise the user's default data center.
    type: str
    aliases: [location]
  state:
    description:
      - V(present) builds what the data describes. V(absent) deletes it, in the opposite order.
      - A group is deleted only if the data describes everything in it, unless C(force) is set for the group.
    type: str
    choices: [present, absent]
    default: present
  kinds:
    description:
      - Kinds that the run is limited to, by the name of their list. All of them by default.
    type: list
    elements: str
  purge:
    description:
      - Kinds that the data describes completely, by the name of their list. What the data does not declare of them is deleted.
      - Nothing is purged by default. RV(undeclared) and a warning then say what the data does not declare.
      - Only what belongs to the groups of O(server_groups), and those below them, is purged. This is what is in these groups of
        V(servers), V(server_groups), V(public_ips), V(server_group_scheduled_activities), V(backup_server_policies),
        V(ips_agents), and V(ips_notifications). A firewall policy belongs to them if all its sources or all its destinations are
        primary addresses of their servers, a load balancer if all its nodes are, and a pool of V(load_balancer_pools) if
        O(load_balancers) has its load balancer. Other kinds cannot be purged.
      - Servers of a fleet in O(servers) are not purged. Lower its C(count) and set C(allow_removal) to delete some of them.
      - The deletions are in RV(plan) and the diff, and come last. They are not carried out if anything else has failed.
      - The lists of these kinds have to be set, if only to an empty list.
    type: list
    elements: str
  plan_digest:
    description:
      - The RV(plan_digest) of an earlier run in check mode. If the plan of this run is another one, nothing is changed and the task
        fails.
    type: str
  wait_timeout:
    description:
      - Maximum number of seconds for the whole task, which waits for all queued jobs together.
    type: int
    default: 7200
extends_documentation_fragment:
  - centurylink.cloud.environment
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.environment_info
  - module: centurylink.cloud.server
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Build the web shop
  centurylink.cloud.environment:
    data_center: WA1
    server_groups:
      - name: Shop
        description: Everything of the web shop
      - name: Web
        parent: Shop
    alert_policies:
      - name: Disk above 80 percent
        recipients: [ops@example.com]
        triggers:
          - metric: disk
            duration: "00:05:00"
            threshold: 80
    servers:
      - name: WEB
        group: Shop/Web
        count: 2
        template: UBUNTU-14-64-TEMPLATE
        cpu: 2
        memory_gb: 4
        administrator_password: "{{ vault_web_password }}"
        alert_policies: [Disk above 80 percent]
    shared_load_balancers:
      - name: web-front
        pools:
          - port: 443
            nodes:
              - server: WEB
                group: Shop/Web
                private_port: 8443
  register: built

- name: Delete the load balancer alone
  centurylink.cloud.environment:
    data_center: WA1
    state: absent
    shared_load_balancers:
      - name: web-front
"""

RETURN = r"""
# Generated from tools/returns/environment.yml.
summary:
  description:
    - How many things were created, changed, left unchanged, and deleted, by kind. In check mode, how many would
      be.
    - The servers of a fleet count one by one.
  returned: always
  type: dict
  sample:
    servers:
      created: 2
      changed: 0
      unchanged: 0
      deleted: 0
plan:
  description: The items that were not as desired, each with what is done to it. The same in check mode.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description: Option that has the item.
      returned: always
      type: str
      sample: server_groups
    name:
      description: Name of the item, with its data center or whatever else it needs.
      returned: always
      type: str
      sample: Shop in WA1
    action:
      description: What is done, such as V(created), V(changed), or V(deleted).
      returned: always
      type: str
      sample: created
    steps:
      description: The steps of it.
      returned: always
      type: list
      elements: str
      sample:
        - create server group 'Shop'
plan_digest:
  description: A digest of the plan. Two plans with the same digest are equal.
  returned: always
  type: str
  sample: 5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456
undeclared:
  description:
    - What belongs to the groups of O(server_groups) and is not declared, of kinds that the task has a list of and
      that O(purge) does not name. Servers, groups, firewall policies, and load balancers with their pools are looked
      for.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description: Option that could have it.
      returned: always
      type: str
      sample: firewall_policies
    name:
      description: Name of it.
      returned: always
      type: str
      sample: 10.80.12.21/32, 10.80.12.22/32 10.80.12.30/32 in WA1
done:
  description: The steps that were carried out before a failure, and at the same time.
  returned: failure
  type: list
  elements: str
  sample:
    - create server group 'Shop'
pending:
  description: The part of the plan that is left for the next run, after a failure.
  returned: failure
  type: list
  elements: dict
  sample:
    - kind: servers
      name: WEB Shop in WA1
      action: created
      steps: []
failures:
  description: What has failed, each with its message. Of items that cannot be planned, the messages alone.
  returned: failure
  type: list
  elements: raw
  sample:
    - kind: servers
      name: WEB Shop in WA1
      msg: Cannot create servers WEB.
"""

from ..module_utils.argument_specs.environment import ARGUMENTS
from ..module_utils.environment.arguments import list_arguments
from ..module_utils.environment.environment import run
from ..module_utils.running import Module

MODULE = Module(run, {**ARGUMENTS, **list_arguments()}, waits=False, has_free_data=True)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
