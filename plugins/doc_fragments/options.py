# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options that several modules have, each documented once.

    A module that extends `centurylink.cloud.options.<name>` has the options of the attribute of that name.
    """

    # Data centers

    DATA_CENTER = r"""
options:
  data_center:
    description:
      - Code of the data center; by default the home of the login.
    type: str
    aliases: [location]
"""

    DATA_CENTER_OF_NAME = r"""
options:
  data_center:
    description:
      - Code of the data center in which the name is looked up; by default the home of the login.
    type: str
    aliases: [location]
"""

    DATA_CENTER_OF_SOURCE = r"""
options:
  data_center:
    description:
      - Code of the data center that the traffic comes from; by default the home of the login.
    type: str
    aliases: [location]
"""

    ANY_DATA_CENTER_OF_NAME = r"""
options:
  data_center:
    description:
      - Code of a data center; without it the name may be in any of them.
    type: str
    aliases: [location]
"""

    ALL_DATA_CENTERS = r"""
options:
  data_center:
    description:
      - Code of one data center; without it all of them are read.
    type: str
    aliases: [location]
"""

    # Servers and groups

    SERVER_ID = r"""
options:
  server_id:
    description:
      - Id of the server, in any case.
    type: str
    required: true
    aliases: [server]
"""

    SERVER_IDS = r"""
options:
  server_ids:
    description:
      - Ids of the servers, in any case.
    type: list
    elements: str
    required: true
"""

    GROUP = r"""
options:
  group:
    description:
      - The group, as an id, a path from the root such as V(Shop/Web), a list of names, or a name found once.
      - An empty list means the root group.
    type: raw
    required: true
"""

    GROUPS = r"""
options:
  group:
    description:
      - The group, as an id, a path from the root such as V(Shop/Web), a list of names, or a name, which may mean several.
      - An empty list means the root group.
    type: raw
    required: true
"""

    CUSTOM_FIELDS = r"""
options:
  custom_fields:
    description:
      - Values of custom fields by the field's name or id, merged into what is there. A null unsets a value.
      - For a field with options both the option's word and its index are accepted.
    type: dict
  custom_fields_purge:
    description:
      - Whether to unset all fields that O(custom_fields) does not name.
    type: bool
    default: false
"""

    MEMORY = r"""
options:
  memory_gb:
    description:
      - Memory in GB.
    type: int
    aliases: [memory]
"""

    NAME_SERVERS = r"""
options:
  primary_dns:
    description:
      - Address of the first name server.
    type: str
  secondary_dns:
    description:
      - Address of the second name server.
    type: str
"""

    STATISTICS = r"""
options:
  statistics:
    description:
      - Which figures V(statistics) in O(gather) means.
    type: dict
    suboptions:
      type:
        description:
          - The latest ones, or a window of hours or minutes.
        type: str
        choices: [latest, hourly, realtime]
        default: latest
      start:
        description:
          - Begin of the window in UTC, as V(2026-05-17T07:00:00Z); within the last 14 days, for V(realtime) the last 4 hours.
        type: str
      end:
        description:
          - End of the window in UTC; now by default.
        type: str
      interval_minutes:
        description:
          - Length of a sample in minutes, at least 60 for V(hourly) and 5 for V(realtime).
        type: int
"""

    # Policies

    POLICY = r"""
options:
  id:
    description:
      - Id of the policy. With it O(name) is the name that the policy shall have.
      - A policy of that id has to be there, since the service chooses the ids.
    type: str
"""

    POLICY_NAME = r"""
options:
  name:
    description:
      - Name of the policy, in exact case. It identifies the policy where O(id) is not given.
    type: str
"""

    POLICY_ID_INFO = r"""
options:
  id:
    description:
      - Id of one policy.
    type: str
"""

    POLICY_NAME_INFO = r"""
options:
  name:
    description:
      - Name of the policies to read, in exact case. Names may repeat. By default all policies are read.
    type: str
"""

    FIREWALL_POLICY = r"""
options:
  id:
    description:
      - Id of a policy that is there already.
    type: str
  destination_account:
    description:
      - Alias of the account that the traffic goes to, in any case; by default the account itself. It cannot be changed.
    type: str
    aliases: [destination_account_alias]
"""

    FIREWALL_POLICY_INFO = r"""
options:
  destination_account:
    description:
      - Only policies to this account; its alias in any case.
    type: str
"""

    # Load balancers

    LOAD_BALANCER = r"""
options:
  name:
    description:
      - Name. It need not be unique; where several have it, give O(id).
      - With O(id) it is the new name.
    type: str
  id:
    description:
      - Id of a load balancer that is there.
    type: str
  state:
    description:
      - Whether the load balancer shall be there. Its pools go with it.
    type: str
    choices: [present, absent]
    default: present
"""

    LOAD_BALANCER_INFO = r"""
options:
  name:
    description:
      - Only those of this name, which may be several.
    type: str
  id:
    description:
      - Only the one of this id.
    type: str
"""

    LOAD_BALANCER_OF_POOL = r"""
options:
  load_balancer:
    description:
      - The load balancer, as an id or a name found once in the data center.
    type: str
    required: true
"""

    # Databases and backups

    DATABASE = r"""
options:
  database:
    description:
      - The database, as its id or its name. Digits alone are taken for an id.
    type: str
    required: true
"""

    BACKUP_DATA = r"""
options:
  server_id:
    description:
      - Id of a server in any case, or of a server from anywhere.
    type: str
    required: true
  policy:
    description:
      - Read what this policy has stored only; its id or its name.
    type: str
  storage_region:
    description:
      - Read what this region has stored only, by its name.
    type: str
"""

    # All kinds

    STATE = r"""
options:
  state:
    description:
      - Whether the resource shall be there.
    type: str
    choices: [present, absent]
    default: present
"""
