# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection that leads to this machine and does not say so, as one to another machine would look."""

from __future__ import annotations

DOCUMENTATION = r"""
name: elsewhere
short_description: This machine, taken for another
description: [Runs commands here without being the local connection.]
author: [centurylink.cloud contributors (!UNKNOWN)]
version_added: "0.1.0"
"""

import os

from ansible.plugins.connection.local import Connection as Local


class Connection(Local):  # type: ignore[misc]
    """The local connection under another name."""

    transport = "elsewhere"

    def exec_command(self, cmd: str, in_data: bytes | None = None, sudoable: bool = True) -> tuple[int, bytes, bytes]:
        """Run a command without what the controller's environment says of the service, which another machine has not."""
        hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("CLC_")}
        try:
            result: tuple[int, bytes, bytes] = super().exec_command(cmd, in_data=in_data, sudoable=sudoable)
        finally:
            os.environ.update(hidden)
        return result
