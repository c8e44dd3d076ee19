# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_alert_policy: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import states

TABLE = Table(
    name="clc_alert_policy",
    title="Manage alert policies (legacy interface)",
    text=(
        "Creates, updates, and deletes an alert policy, which sends mail if a server exceeds a threshold for some time.",
        "For new playbooks use M(centurylink.cloud.alert_policy), which takes any number of triggers.",
    ),
    new="centurylink.cloud.alert_policy",
    options=(
        LegacyOption("name", "Name of the policy.", renamed_to="name", rule="text"),
        LegacyOption("id", "Id of an existing policy, as an alternative to O(name).", renamed_to="id", rule="text"),
        LegacyOption(
            "alert_recipients",
            "Mail addresses of the recipients. Required to create a policy.",
            type="list",
            elements="str",
            renamed_to="recipients",
            rule="names",
        ),
        LegacyOption(
            "metric",
            "Metric that triggers the alert. Required to create a policy.",
            choices=("cpu", "memory", "disk"),
            renamed_to="triggers",
            rule="trigger",
        ),
        LegacyOption(
            "duration",
            "Time for which the threshold must be exceeded: 5, 10, or 15 minutes, such as V(00:05:00). Required to "
            "create a policy.",
            renamed_to="triggers",
            rule="trigger",
        ),
        LegacyOption(
            "threshold",
            "Percentage, 5 to 95 in steps of 5. Required to create a policy.",
            type="int",
            renamed_to="triggers",
            rule="trigger",
        ),
        states("Whether the policy should exist.", "present", "absent"),
    ),
    exclusive=(("name", "id"),),
    examples="""\
- name: Send mail under high load
  centurylink.cloud.clc_alert_policy:
    alias: ACME
    name: Web under load
    alert_recipients: [ops@example.com, web@example.com]
    metric: cpu
    duration: '00:05:00'
    threshold: 80

- name: Lower the threshold
  centurylink.cloud.clc_alert_policy:
    alias: ACME
    name: Web under load
    threshold: 70
""",
    waits=False,
    differences=(
        "Omitted options are not changed; in the original module, an update cleared them.",
        "The trigger with O(metric) is updated, or the first one if none has it. Other triggers are kept; the original "
        "module deleted them.",
        "Recipients are compared in any order, case-insensitive.",
        "V(present) supports the O(id) of an existing policy.",
        "A name of several policies is an error; in the original module, V(present) used the last one.",
        "A new policy without O(alert_recipients), O(metric), O(duration), or O(threshold) is an error that lists the "
        "missing options.",
        "O(alias) is optional and defaults to the account of the user.",
    ),
)
