# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options that more than one module has, each documented once.

    A module that extends `centurylink.cloud.options.<name>` has the options of the attribute of that name.
    """

    # Data centers

    DATA_CENTER = r"""
options:
  data_center:
    description:
      - Code of the data center, case-insensitive. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default
        data center of the user.
    type: str
    aliases: [location]
"""

    DATA_CENTER_OF_NAME = r"""
options:
  data_center:
    description:
      - Code of the data center in which the name is looked up, case-insensitive.
      - Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the user.
    type: str
    aliases: [location]
"""

    DATA_CENTER_OF_SOURCE = r"""
options:
  data_center:
    description:
      - Code of the data center that the traffic comes from, case-insensitive.
      - Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the user.
    type: str
    aliases: [location]
"""

    ANY_DATA_CENTER_OF_NAME = r"""
options:
  data_center:
    description:
      - Code of the data center in which the name is looked up, case-insensitive. Defaults to the environment variable
        E(CLC_DATA_CENTER), then to all.
    type: str
    aliases: [location]
"""

    ALL_DATA_CENTERS = r"""
options:
  data_center:
    description:
      - Code of the data center, case-insensitive. Defaults to the environment variable E(CLC_DATA_CENTER), then to all.
    type: str
    aliases: [location]
"""

    # Servers and groups

    SERVER_ID = r"""
options:
  server_id:
    description:
      - Id of the server, case-insensitive.
    type: str
    required: true
    aliases: [server]
"""

    SERVER_IDS = r"""
options:
  server_ids:
    description:
      - Ids of the servers, case-insensitive.
    type: list
    elements: str
    required: true
"""

    GROUP = r"""
options:
  group:
    description:
      - Group, as an id, a path such as V(Shop/Web), a list of names from the root, or a name that is unique in the data center.
      - An empty list selects the root group.
    type: raw
    required: true
"""

    GROUPS = r"""
options:
  group:
    description:
      - Group, as an id, a path such as V(Shop/Web), a list of names from the root, or a name, which can match more than one group.
      - An empty list selects the root group.
    type: raw
    required: true
"""

    CUSTOM_FIELDS = r"""
options:
  custom_fields:
    description:
      - Values of custom fields by name or id, merged into the existing values. A null value unsets the field.
      - The value of a field of type option is the value or the index of one of its options.
    type: dict
  custom_fields_purge:
    description:
      - Whether to unset all fields that are not in O(custom_fields).
    type: bool
    default: false
"""

    MEMORY = r"""
options:
  memory_gb:
    description:
      - Memory in GB, from V(1) to V(128).
    type: int
    aliases: [memory]
"""

    NAME_SERVERS = r"""
options:
  primary_dns:
    description:
      - IP address of the primary DNS server.
    type: str
  secondary_dns:
    description:
      - IP address of the secondary DNS server.
    type: str
"""

    STATISTICS = r"""
options:
  statistics:
    description:
      - Type and time window of the statistics if O(gather) contains V(statistics).
    type: dict
    suboptions:
      type:
        description:
          - V(latest) returns the latest sample; V(hourly) and V(realtime) return all samples of a time window.
        type: str
        choices: [latest, hourly, realtime]
        default: latest
      start:
        description:
          - Start of the time window in UTC, such as V(2026-05-17T07:00:00Z). Required for V(hourly) and V(realtime).
          - Must be within the last 14 days, or the last 4 hours for V(realtime).
        type: str
      end:
        description:
          - End of the time window in UTC. Defaults to the current time.
        type: str
      interval_minutes:
        description:
          - Length of a sample in minutes, at least V(60) for V(hourly) and V(5) for V(realtime). Required for both.
        type: int
"""

    # Policies

    POLICY = r"""
options:
  id:
    description:
      - Id of an existing policy. If set, O(name) renames the policy.
    type: str
"""

    POLICY_NAME = r"""
options:
  name:
    description:
      - Name of the policy, case-sensitive. Identifies the policy unless O(id) is set.
    type: str
"""

    POLICY_ID_INFO = r"""
options:
  id:
    description:
      - Id of the policy.
    type: str
"""

    POLICY_NAME_INFO = r"""
options:
  name:
    description:
      - Name of the policies, case-sensitive; names need not be unique. Defaults to all policies.
    type: str
"""

    FIREWALL_POLICY = r"""
options:
  id:
    description:
      - Id of an existing policy.
    type: str
  destination_account:
    description:
      - Alias of the account that the traffic goes to, case-insensitive. Defaults to the account itself.
      - Cannot be changed after creation.
    type: str
    aliases: [destination_account_alias]
"""

    FIREWALL_POLICY_INFO = r"""
options:
  destination_account:
    description:
      - Alias of the account that the traffic goes to, case-insensitive. Defaults to all.
    type: str
"""

    # Load balancers

    LOAD_BALANCER = r"""
options:
  name:
    description:
      - Name of the load balancer. Names need not be unique; set O(id) if more than one load balancer has the name.
      - If O(id) is set, O(name) renames the load balancer.
    type: str
  id:
    description:
      - Id of an existing load balancer.
    type: str
  state:
    description:
      - Whether the load balancer should exist. V(absent) also deletes its pools.
    type: str
    choices: [present, absent]
    default: present
"""

    LOAD_BALANCER_INFO = r"""
options:
  name:
    description:
      - Name of the load balancers, which can match more than one. Defaults to all.
    type: str
  id:
    description:
      - Id of the load balancer. Defaults to all.
    type: str
"""

    LOAD_BALANCER_NODES = r"""
options:
  kinds:
    description:
      - Kinds of load balancers to search, V(load_balancer) for those of LBaaS, and V(shared_load_balancer).
    type: list
    elements: str
    choices: [load_balancer, shared_load_balancer]
    default: [load_balancer, shared_load_balancer]
  exclude:
    description:
      - Pools to ignore. An entry that matches no pool has no effect.
    type: list
    elements: dict
    suboptions:
      load_balancer:
        description:
          - Id or name of the load balancer.
        type: str
        required: true
      port:
        description:
          - Public port of the pool. Defaults to all pools of the load balancer.
        type: int
"""

    LOAD_BALANCER_OF_POOL = r"""
options:
  load_balancer:
    description:
      - Load balancer, as an id or a name that is unique in the data center.
    type: str
    required: true
"""

    # Databases and backups

    DATABASE = r"""
options:
  database:
    description:
      - Database, as an id or a name. A value of digits only is an id.
    type: str
    required: true
"""

    BACKUP_DATA = r"""
options:
  server_id:
    description:
      - Id of a server, case-insensitive, or of a registered external server.
    type: str
    required: true
  policy:
    description:
      - Id or name of the backup policy that stored the data. Defaults to all.
    type: str
  storage_region:
    description:
      - Name of the region that stores the data. Defaults to all.
    type: str
"""

    # All kinds

    STATE = r"""
options:
  state:
    description:
      - Whether the resource should exist.
    type: str
    choices: [present, absent]
    default: present
"""
