# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_blueprint_package in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import SERVER_IDS

TABLE = Table(
    name="clc_blueprint_package",
    title="Packages run on servers, as the module of this name of the predecessors did",
    text=("Runs a package on servers, on every run.", "For new playbooks use M(centurylink.cloud.server_package)."),
    new="centurylink.cloud.server_package",
    options=(
        SERVER_IDS,
        Old("package_id", "Id of the package.", required=True, becomes="package_id"),
        Old(
            "package_params",
            "Parameters of the package, by their own names.",
            type="dict",
            default={},
            becomes="parameters",
            rule="some",
        ),
        Old("state", "There is one state.", default="present", choices=("present",)),
    ),
    returns={
        "server_ids": {
            "description": "Ids of the servers, as they were given.",
            "type": "list",
            "elements": "str",
            "sample": ["WA1ACMEWEB01"],
        }
    },
    examples="""\
- name: Run a package
  centurylink.cloud.clc_blueprint_package:
    server_ids: WA1ACMEWEB01
    package_id: 77abb844-579d-478d-3955-c69ab4a7ba1a
    package_params:
      Edition: standard
""",
    idempotent="The package is run on every run.",
    differences=(
        "One request for all servers; a failed run is an error.",
        "O(wait) can be turned off.",
    ),
)
