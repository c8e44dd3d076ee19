#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: anti-affinity policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: anti_affinity_policy
short_description: Manage anti-affinity policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - An anti-affinity policy keeps the hyperscale servers that have it on different hosts of a data center.
  - The vendor withdrew them in January 2020; a service may know none of this any more.
  - Names of policies may repeat in the service. This module takes a name for one policy of a data center, and fails where
    several have it.
options:
  id:
    description:
      - Id of the policy. With it O(name) is the name that the policy shall have.
      - A policy of that id has to be there, since the service chooses the ids.
    type: str
  name:
    description:
      - Name of the policy, in exact case. It identifies the policy in its data center where O(id) is not given.
    type: str
  data_center:
    description:
      - Code of the data center, in any case; by default the home of the login. It cannot be changed.
    type: str
    aliases: [location]
  state:
    description:
      - Whether the policy shall be there.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.anti_affinity_policy_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Databases on different hosts
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1

- name: Wherever they are
  centurylink.cloud.anti_affinity_policy:
    name: Database spread
    data_center: WA1
    state: absent
"""

RETURN = r"""
anti_affinity_policy:
  description: The policy and the servers that have it, null where there is none.
  returned: always
  type: dict
  sample:
    id: 3f79a8afba701070d26d7f79a73aff5c
    name: Database spread
    data_center: WA1
    server_ids: [wa1acmedb01]
"""

from ..module_utils.module import Spec, run_resource
from ..module_utils.resources.anti_affinity_policy import AntiAffinityPolicy
from ..module_utils.resources.policies import check

ARGUMENTS: Spec = {
    "id": {"type": "str"},
    "name": {"type": "str"},
    "data_center": {"type": "str", "aliases": ["location"]},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
}


def main() -> None:
    """Run the module."""
    run_resource(AntiAffinityPolicy, ARGUMENTS, check=check, waits=False, required_one_of=[("id", "name")])


if __name__ == "__main__":
    main()
