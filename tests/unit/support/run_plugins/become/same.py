# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Become plugin of the unit tests: becomes who one is."""

from __future__ import annotations

from ansible.plugins.become import BecomeBase

DOCUMENTATION = """
name: same
short_description: Become the same user
description: Becomes the same user.
author: centurylink.cloud contributors (!UNKNOWN)
version_added: "0.1.0"
options:
  become_user:
    description: User to become.
    default: root
    vars:
      - name: ansible_become_user
    keyword:
      - name: become_user
  become_exe:
    description: Not used.
  become_flags:
    description: Not used.
  become_pass:
    description: Not used.
"""


class BecomeModule(BecomeBase):  # type: ignore[misc]
    """Runs a command as it is."""

    name = "same"

    def build_become_command(self, cmd: str, shell: object) -> str:
        super().build_become_command(cmd, shell)
        return str(self._build_success_command(cmd, shell)) if cmd else cmd
