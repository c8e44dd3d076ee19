#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: log in."""

from __future__ import annotations

DOCUMENTATION = r"""
module: login
short_description: Log in and return an API token
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Logs in and returns the account and a token. Other modules of this collection do not need it, since each run logs in once.
  - The token is returned so that it can be registered and used, but the result is never displayed.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
"""

EXAMPLES = r"""
- name: Get a token
  centurylink.cloud.login:
    username: deploy.acme
    password: "{{ vault_clc_password }}"
  register: session

- name: Use the token in another task
  centurylink.cloud.data_center_info:
    token: "{{ session.token }}"
    account_alias: "{{ session.account_alias }}"
"""

RETURN = r"""
# Generated from tools/returns/account.yml.
account_alias:
  description: Alias of the account.
  returned: always
  type: str
  sample: ACME
data_center:
  description: Code of the default data center of the user. Null if O(token) is set.
  returned: always
  type: str
  sample: WA1
token:
  description: The token, valid for up to two weeks.
  returned: always
  type: str
  sample: eyJhbGciOi...
"""

from ..module_utils.running import LoginModule

MODULE = LoginModule()


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
