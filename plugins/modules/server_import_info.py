#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read uploaded images."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_import_info
short_description: Gather information about uploaded OVF images
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the OVF images in the account's directory of a data center. Sends two requests.
options:
  ovf_id:
    description:
      - Id of the image. Defaults to all images.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_import
"""

EXAMPLES = r"""
- name: Gather the uploaded images
  centurylink.cloud.server_import_info:
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
server_imports:
  description: The images, sorted by id. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the image. Use it in O(centurylink.cloud.server_import#module:ovf_id).
      returned: always
      type: str
      sample: ACME/LEGACY-APP
    name:
      description: Name of the image.
      returned: always
      type: str
      sample: LEGACY-APP-RHEL-6-64
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    cpu:
      description: Number of CPUs.
      returned: always
      type: int
      sample: 1
    memory_gb:
      description: Memory in GB.
      returned: always
      type: float
      sample: 1
    storage_gb:
      description: Size of all disks in GB.
      returned: always
      type: int
      sample: 16
"""

from ..module_utils.argument_specs.server_import_info import ARGUMENTS
from ..module_utils.resources.server.server_import import gather_images
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_imports", gather_images, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
