# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connection plugin of the unit tests: runs on this machine, and says that it does not."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: far
short_description: Execute here as if it were elsewhere
description: Executes here as if it were elsewhere.
author: centurylink.cloud contributors (!UNKNOWN)
version_added: "0.1.0"
options:
  become_success_timeout:
    description: As for local.
    type: int
    default: 10
  become_strip_preamble:
    description: As for local.
    type: bool
    default: true
extends_documentation_fragment:
  - connection_pipelining
"""


class Connection(LocalConnection):  # type: ignore[misc]
    """The local connection by another name."""

    transport = "far"
