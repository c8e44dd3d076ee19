#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read uploaded images."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_import_info
short_description: Read the uploaded images that servers can be made from
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the images (OVF) that lie in the account's folder of a data center, two requests.
options:
  data_center:
    description:
      - Code of the data center; by default the home of the login.
    type: str
    aliases: [location]
  ovf_id:
    description:
      - One of the images; without it all of them are read.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_import
"""

EXAMPLES = r"""
- name: What was uploaded
  centurylink.cloud.server_import_info:
    data_center: WA1
"""

RETURN = r"""
server_imports:
  description: The images, sorted by id; empty where there is none.
  returned: success
  type: list
  elements: dict
  sample:
    - id: ACME/LEGACY-APP
      name: LEGACY-APP-RHEL-6-64
      data_center: WA1
      cpu: 1
      memory_gb: 1
      storage_gb: 16
"""

from ..module_utils.module import Spec, run_info
from ..module_utils.resources.server_import import found_imports

ARGUMENTS: Spec = {
    "data_center": {"type": "str", "aliases": ["location"]},
    "ovf_id": {"type": "str"},
}


def main() -> None:
    """Run the module."""
    run_info("server_imports", found_imports, ARGUMENTS)


if __name__ == "__main__":
    main()
