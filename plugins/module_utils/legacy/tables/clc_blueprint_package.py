# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_blueprint_package: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import SERVER_IDS

TABLE = Table(
    name="clc_blueprint_package",
    title="Run a package on servers (legacy interface)",
    text=(
        "Runs a package on servers each time the task runs.",
        "For new playbooks use M(centurylink.cloud.server_package).",
    ),
    new="centurylink.cloud.server_package",
    options=(
        SERVER_IDS,
        LegacyOption("package_id", "Id of the package.", required=True, renamed_to="package_id"),
        LegacyOption(
            "package_params",
            "Parameters of the package by name.",
            type="dict",
            default={},
            renamed_to="parameters",
            rule="non_empty",
        ),
        LegacyOption("state", "The only state.", default="present", choices=("present",)),
    ),
    examples="""\
- name: Run a package
  centurylink.cloud.clc_blueprint_package:
    server_ids: WA1ACMEWEB01
    package_id: 77abb844-579d-478d-3955-c69ab4a7ba1a
    package_params:
      Edition: standard
""",
    idempotent="The package is run each time the task runs.",
    differences=(
        "The task sends one request for all servers; a failed package is an error.",
        "O(wait=false) is supported.",
    ),
)
