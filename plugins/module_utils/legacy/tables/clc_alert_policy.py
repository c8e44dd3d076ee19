# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_alert_policy in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import states

TABLE = Table(
    name="clc_alert_policy",
    title="Alert policies, as the module of this name of the predecessors made them",
    text=(
        "Makes, changes and removes an alert policy: mail to recipients when a server exceeds a threshold for some time.",
        "For new playbooks use M(centurylink.cloud.alert_policy), which takes any number of triggers.",
    ),
    new="centurylink.cloud.alert_policy",
    options=(
        Old("name", "Name of the policy.", becomes="name", rule="text"),
        Old("id", "Id of the policy, in the place of O(name).", becomes="id", rule="text"),
        Old(
            "alert_recipients",
            "Addresses that the mail goes to.",
            type="list",
            elements="str",
            becomes="recipients",
            rule="names",
        ),
        Old(
            "metric",
            "What is measured.",
            choices=("cpu", "memory", "disk"),
            becomes="triggers",
            rule="trigger",
        ),
        Old(
            "duration",
            "How long the threshold has to be exceeded: 5, 10 or 15 minutes, such as V(00:05:00).",
            becomes="triggers",
            rule="trigger",
        ),
        Old(
            "threshold",
            "Percentage, from 5 to 95 in steps of 5.",
            type="int",
            becomes="triggers",
            rule="trigger",
        ),
        states("Whether the policy is there.", "present", "absent"),
    ),
    exclusive=(("name", "id"),),
    returns={
        "policy": {
            "description": "The policy; null for V(absent), and in check mode where it would be made.",
            "type": "dict",
            "sample": {
                "id": "ba54ac54a60d4cf1f1ed6d48c1ce240a",
                "name": "Web under load",
                "actions": [{"action": "email", "settings": {"recipients": ["ops@example.com"]}}],
                "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 80.0}],
            },
        }
    },
    examples="""\
- name: Tell of load
  centurylink.cloud.clc_alert_policy:
    alias: ACME
    name: Web under load
    alert_recipients: [ops@example.com, web@example.com]
    metric: cpu
    duration: '00:05:00'
    threshold: 80

- name: Tell of it earlier
  centurylink.cloud.clc_alert_policy:
    alias: ACME
    name: Web under load
    threshold: 70
""",
    waits=False,
    differences=(
        "What is left out stays as it is; before, a change made it empty.",
        "Changed is the trigger of O(metric), or the first where none has that. Further triggers stay; before, they got lost.",
        "Recipients are compared whatever their order and case.",
        "V(present) takes O(id) as well, of a policy that is there.",
        "A name that stands for several policies is an error; before, V(present) took the last one.",
        "A new policy without O(alert_recipients), O(metric), O(duration) or O(threshold) is an error that names what is missing.",
        "O(alias) may be left out; it is then the account of the login.",
    ),
)
