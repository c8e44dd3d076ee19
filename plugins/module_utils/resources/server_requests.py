# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests that everything about servers shares: read them, send a batch, follow a server's own links.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t
from concurrent.futures import ThreadPoolExecutor

from ..api import links
from ..api.answers import Answer
from ..api.errors import NotFound, NotThere
from ..kit.declaration import Entity
from ..kit.lookup import listed
from ..kit.task import Task

_WORKERS = 8
# Relations that a server shows while it is active, and where they lead. Of its networks no answer has a link.
_BELOW = {
    "self": "",
    "alertPolicyMappings": "/alertPolicies",
    "antiAffinityPolicyMapping": "/antiAffinityPolicy",
    "cpuAutoscalePolicyMapping": "/cpuAutoscalePolicy",
    "networks": "/networks",
    "publicIPAddresses": "/publicIPAddresses",
}


def read_server(task: Task, name: str) -> Entity | None:
    """Read a server by its id, in any case; None where there is none. One request."""
    try:
        found: Entity = task.client.get(_path(task, name)).body
    except NotFound:
        return None
    return found


def read_servers(task: Task, given: t.Iterable[t.Any]) -> dict[str, Entity | None]:
    """Read servers by their ids, in any case: by id in lower case and sorted, None where there is none.

    One request for each, through a bounded pool. An id that is null, as a prediction of a new server has it, is left out.
    """
    names = sorted({str(one).lower() for one in given if one})
    with ThreadPoolExecutor(max(1, min(_WORKERS, len(names)))) as pool:
        return dict(zip(names, pool.map(functools.partial(read_server, task), names), strict=True))


def expect_all(task: Task, read: t.Mapping[str, Entity | None]) -> None:
    """Raise NotThere, which names all servers that are missing; in check mode that is a warning."""
    missing = [name for name, found in read.items() if found is None]

    def refuse() -> None:
        raise NotThere(
            f"there is no server {listed(missing)}",
            action="find",
            thing="servers",
            remedy="Check server_ids and account_alias.",
        )

    if missing:
        task.reference(refuse, None)


def post_batch(task: Task, verb: str, body: t.Any) -> Answer:
    """Send a request for many servers; the body has their ids in upper case, which every operation of the family takes."""
    return task.client.post(f"/v2/operations/{task.account}/servers/{verb}", body)


def path_to(task: Task, server: Entity, rel: str = "self") -> str:
    """Return where a relation of a server leads: by its link, else by what is known of the service's paths."""
    href = links.href_of(server, rel)
    if href:
        return task.client.path_of(href)
    own = links.href_of(server, "self")
    return f"{task.client.path_of(own) if own else _path(task, str(server['id']))}{_BELOW[rel]}"


def _path(task: Task, name: str) -> str:
    return f"/v2/servers/{task.account}/{name}"
