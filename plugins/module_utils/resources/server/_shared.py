# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests that everything about servers shares: read them, send a batch, follow a server's own links.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import NotThere
from ...api.pool import map_concurrently
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.task import Task

# Relations that a server shows while it is active, and where they lead. Of its networks no answer has a link.
_BELOW = {
    "alertPolicyMappings": paths.SERVER_ALERT_POLICIES,
    "antiAffinityPolicyMapping": paths.SERVER_ANTI_AFFINITY_POLICY,
    "cpuAutoscalePolicyMapping": paths.SERVER_AUTOSCALE_POLICY,
    "networks": paths.SERVER_NETWORKS,
    "publicIPAddresses": paths.SERVER_PUBLIC_IPS,
}


def read_server(task: Task, name: str) -> Entity | None:
    """Read a server by its id, in any case; None where there is none. One request."""
    found: Entity | None = task.read(paths.SERVER(task.account, name))
    return found


def read_servers(task: Task, given: t.Iterable[t.Any]) -> dict[str, Entity | None]:
    """Read servers by their ids, in any case: by id in lower case and sorted, None where there is none.

    One request for each, through a bounded pool. An id that is null, as a prediction of a new server has it, is left out.
    """
    names = sorted({str(one).lower() for one in given if one})
    return dict(zip(names, map_concurrently(functools.partial(read_server, task), names), strict=True))


def expect_all(task: Task, read: t.Mapping[str, Entity | None]) -> None:
    """Raise NotThere, which names all servers that are missing; in check mode that is a warning."""
    missing = [name for name, found in read.items() if found is None]
    if missing:
        task.raise_missing(
            NotThere(
                f"there is no server {listed(missing)}",
                action="find",
                thing="servers",
                remedy="Check server_ids and account_alias.",
            )
        )


def post_batch(task: Task, verb: str, body: t.Any) -> Answer:
    """Send a request for many servers; the body has their ids in upper case, which every operation of the family takes."""
    return task.client.post(paths.SERVER_BATCHES[verb](task.account), body)


def path_to(task: Task, server: Entity, rel: str = "self") -> str:
    """Return where a relation of a server leads: by its link, else by what is known of the service's paths."""
    href = links.href_of(server, rel)
    if href:
        return task.client.path_of(href)
    own = links.href_of(server, "self")
    path = task.client.path_of(own) if own else paths.SERVER(task.account, server["id"])
    return path if rel == "self" else _BELOW[rel].below(path)
