# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules backup_region_info, backup_os_type_info, and backup_data_center_info."""

from __future__ import annotations

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    API,
    REGIONS,
    SAMPLES,
    expects,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted


def test_regions_operating_systems_and_data_centers(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{API}/regions", REGIONS)
    regions = run("backup_region_info", {})["backup_regions"]
    assert regions[0] == {"name": "APAC", "label": "APAC (Singapore)", "messages": []}
    expects(api, "GET", f"{API}/osTypes", documented(f"mended/GET-{SAMPLES}-osTypes"))
    assert run("backup_os_type_info", {})["backup_os_types"] == ["Linux", "Windows"]
    expects(api, "GET", f"{API}/datacenters", documented(f"mended/GET-{SAMPLES}-datacenters"))
    servers = documented(f"mended/GET-{SAMPLES}-datacenters-datacenter-servers")
    expects(api, "GET", f"{API}/datacenters/VA1%20-%20US%20East%20%28Sterling%29/servers", servers)
    (data_center,) = run("backup_data_center_info", {"data_center": "va1", "gather": ["servers"]})[
        "backup_data_centers"
    ]
    assert data_center["servers"] == ["va1baapxample01", "va1baapxample02", "va1baapxample03"]
    expects(api, "GET", f"{API}/datacenters", documented(f"mended/GET-{SAMPLES}-datacenters"))
    assert len(run("backup_data_center_info", {})["backup_data_centers"]) == 12
