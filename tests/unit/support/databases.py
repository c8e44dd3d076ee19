# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Databases for scripted answers, after the samples of the vendor's documentation, and the calls that read them."""

from __future__ import annotations

import typing as t

from .made import ALIAS, Entity, documented
from .wire import NO_BODY, Scripted

RDBS = "https://api.rdbs.ctl.io"
ALL = f"/v1/{ALIAS}/subscriptions"
ONE = f"{ALL}/2957"  # the database of the samples
_SAMPLES = "mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId"


def database(**members: t.Any) -> Entity:
    """The documented database, config-db, in the home of the login. size: cpu, memory and storage of its servers."""
    made: Entity = documented(_SAMPLES)
    for server in made["servers"]:
        server.update(members.pop("size", {}))
    return {**made, "location": "VA1", **members}


def replicated(**members: t.Any) -> Entity:
    """The same with a second server."""
    made = database(**members)
    second = {**made["servers"][0], "id": 2918, "alias": "IL1DBPDMYSQLYYYY"}
    return {**made, "servers": [*made["servers"], second]}


def backup(number: int, milliseconds: int = 1459296004000, **members: t.Any) -> Entity:
    """A backup after the documented one."""
    made: Entity = documented(_SAMPLES)["backups"][0]
    return {**made, "id": number, "backupTime": milliseconds, **members}


def notification(number: int = 19, **members: t.Any) -> Entity:
    """The documented notification."""
    made: Entity = documented(f"{_SAMPLES}-notifications")[0]
    return {**made, "id": number, **members}


def expects_all(api: Scripted, *found: Entity) -> None:
    """Expect the read of all databases."""
    api.expects("GET", ALL, list(found), base=RDBS)


def expects_one(api: Scripted, *found: Entity | None) -> None:
    """Expect reads of the database by its id, one after the other; None is a 404."""
    for one in found:
        api.expects("GET", ONE, NO_BODY if one is None else one, 404 if one is None else 200, base=RDBS)
