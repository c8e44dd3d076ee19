# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module of the unit tests whose work ends in the way that its option says."""

from __future__ import annotations

import os
import sys
import typing as t

from ansible_collections.centurylink.cloud.plugins.module_utils.running import Module

DOCUMENTATION = """
module: ends
short_description: End in some way
description: Ends in some way.
author: centurylink.cloud contributors (!UNKNOWN)
version_added: "0.1.0"
options:
  way:
    description: How to end.
    type: str
  pin:
    description: A secret.
    type: str
"""


def _work(task: t.Any) -> dict[str, t.Any]:
    if task.params["way"] == "exit":
        sys.exit(3)
    if task.params["way"] == "error":
        raise KeyError(f"{task.params['pin']} is wrong")
    variables = {name: value for name, value in os.environ.items() if name.startswith("MARK_")}
    return {"changed": False, "cwd": os.getcwd(), "variables": variables, "template": "{{ 7*7 }}"}  # noqa: PTH109


MODULE = Module(_work, {"way": {"type": "str"}, "pin": {"type": "str", "no_log": True}}, waits=False)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
