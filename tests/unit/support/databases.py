# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Databases for scripted responses, made from the samples of the vendor's documentation, and the requests that read them."""

from __future__ import annotations

import typing as t

from .made import ALIAS, Entity, documented
from .wire import NO_BODY, Scripted

RDBS = "https://api.rdbs.ctl.io"
DATABASES_PATH = f"/v1/{ALIAS}/subscriptions"
DATABASE_PATH = f"{DATABASES_PATH}/2957"  # the database of the samples
_SAMPLES = "mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId"


def database(**properties: t.Any) -> Entity:
    """Return the documented database, config-db, in the default data center. size: cpu, memory, and storage of its servers."""
    sample: Entity = documented(_SAMPLES)
    for server in sample["servers"]:
        server.update(properties.pop("size", {}))
    return {**sample, "location": "VA1", **properties}


def replicated(**properties: t.Any) -> Entity:
    """Return the documented database with a second server."""
    sample = database(**properties)
    second = {**sample["servers"][0], "id": 2918, "alias": "IL1DBPDMYSQLYYYY"}
    return {**sample, "servers": [*sample["servers"], second]}


def backup(number: int, milliseconds: int = 1459296004000, **properties: t.Any) -> Entity:
    """Return a backup made from the documented sample."""
    sample: Entity = documented(_SAMPLES)["backups"][0]
    return {**sample, "id": number, "backupTime": milliseconds, **properties}


def notification(number: int = 19, **properties: t.Any) -> Entity:
    """Return the documented notification."""
    sample: Entity = documented(f"{_SAMPLES}-notifications")[0]
    return {**sample, "id": number, **properties}


def expects_all(api: Scripted, *databases: Entity) -> None:
    """Expect a request for all databases."""
    api.expects("GET", DATABASES_PATH, list(databases), base=RDBS)


def expects_one(api: Scripted, *states: Entity | None) -> None:
    """Expect successive requests for the database by its id; None is a 404."""
    for state in states:
        body, status = (NO_BODY, 404) if state is None else (state, 200)
        api.expects("GET", DATABASE_PATH, body, status, base=RDBS)
