#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read the forwarding of network logs."""

from __future__ import annotations

DOCUMENTATION = r"""
module: log_forwarding_info
short_description: Read where network logs are forwarded to
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads where the network logs of an account in a data center go to.
options:
  data_center:
    description:
      - Code of the data center; by default the home of the login.
    type: str
    aliases: [location]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.log_forwarding
"""

EXAMPLES = r"""
- name: Where do logs go
  centurylink.cloud.log_forwarding_info:
    data_center: WA1
"""

RETURN = r"""
log_forwardings:
  description: The setting of the data center; empty while forwarding is off.
  returned: success
  type: list
  elements: dict
  sample:
    - data_center: WA1
      remote_address: 192.0.2.10
      protocol: tcp
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.log_forwarding import found_log_forwardings

ARGUMENTS: Spec = {"data_center": {"type": "str", "aliases": ["location"]}}


def main() -> None:
    """Run the module."""
    run_info("log_forwardings", found_log_forwardings, ARGUMENTS)


if __name__ == "__main__":
    main()
