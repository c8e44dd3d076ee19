# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options, samples, and texts that several tables have in common.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption

SERVER_IDS = LegacyOption(
    "server_ids",
    "Ids of the servers, case-insensitive: a list, a single id, or ids separated by commas.",
    type="list",
    elements="str",
    renamed_to="server_ids",
    rule="names",
    required=True,
)
LOCATION = LegacyOption(
    "location",
    "Code of the data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the "
    "user.",
    renamed_to="data_center",
)


def states(text: str, *choices: str) -> LegacyOption:
    """Return the option state; the first choice is its default."""
    return LegacyOption("state", text, renamed_to="state", default=choices[0], choices=choices)


SERVER = {
    "id": "wa1acmeweb01",
    "name": "WA1ACMEWEB01",
    "description": "",
    "groupId": "8a67639f74080f56c5aa328f676226e2",
    "locationId": "WA1",
    "status": "active",
    "type": "standard",
    "storageType": "standard",
    "ipaddress": "10.80.12.40",
    "publicip": None,
    "changeInfo": {"createdBy": "demo", "createdDate": 1770819845},
    "details": {
        "cpu": 2,
        "memoryMB": 4096,
        "memoryGB": 4,
        "powerState": "started",
        "ipAddresses": [{"internal": "10.80.12.40"}],
    },
}
GROUP = {
    "id": "8a67639f74080f56c5aa328f676226e2",
    "name": "Web",
    "description": "",
    "locationId": "WA1",
    "type": "default",
    "status": "active",
    "serversCount": 1,
    "groups": [],
    "customFields": [],
}

REMOVED_REASON = "the metadata service is not part of the API of this collection"
NETWORK = {
    "id": "d892aa68bfcc8c928344b16103485a1c",
    "name": "web-tier",
    "description": "Web servers",
    "cidr": "10.80.37.0/24",
    "gateway": "10.80.37.1",
    "netmask": "255.255.255.0",
    "type": "private",
    "vlan": 237,
}
LOAD_BALANCER = {
    "id": "ae3bbac5d9694c70ad7de062476ccb70",
    "name": "web-front",
    "description": "Public web tier",
    "ipAddress": "203.0.113.40",
    "status": "enabled",
    "pools": [
        {
            "id": "2fa937bd20dd47c9b856376e9499c0c1",
            "port": 443,
            "method": "leastConnection",
            "persistence": "sticky",
            "nodes": [{"status": "enabled", "ipAddress": "10.80.12.11", "privatePort": 8443, "name": "10.80.12.11"}],
        }
    ],
}
