# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service has, for scripted responses: recorded entities, and others made after their pattern."""

from __future__ import annotations

import copy
import json
import typing as t
from pathlib import Path

Entity = dict[str, t.Any]
PAYLOADS = Path(__file__).parents[2] / "payloads"

ALIAS = "ALTD"  # the account of the recordings
DATA_CENTER = "VA1"
ROOT_ID = "5757349d19c343a88ce9a473fe2522f4"  # parent of the recorded group and home of the recorded server


def recorded(name: str) -> t.Any:
    """Return a recorded response or request, by its path below recorded/ without its ending."""
    return json.loads((PAYLOADS / "recorded" / f"{name}.json").read_text(encoding="utf-8"))


def documented(name: str) -> t.Any:
    """Return a sample of the vendor's documentation, by its path below documented/ without its ending."""
    return json.loads((PAYLOADS / "documented" / f"{name}.json").read_text(encoding="utf-8"))


def hex_id(number: int) -> str:
    """Return an id of the service's form."""
    return f"{number:032x}"


def data_center(code: str = DATA_CENTER, root_id: str | None = ROOT_ID) -> Entity:
    """A data center after the recorded one, with groupLinks=true."""
    made = recorded("clc-knife/GET-v2-datacenters-alias-dc-groupLinks-true.200")
    text = json.dumps(made).replace("ca1", code.lower()).replace("CA1", code.upper())
    made = json.loads(text.replace("5ffda89a8ce6444baa8d28b9d1581e6d", root_id or ""))
    if root_id is None:
        made["links"] = [link for link in made["links"] if "roup" not in link["rel"]]
    return t.cast(Entity, made)


def group(
    name: str,
    group_id: str,
    *below: Entity,
    parent: str | None = ROOT_ID,
    servers: t.Sequence[Entity] | None = None,
    linked: t.Sequence[str] = (),
    type: str = "default",  # noqa: A002 - the service's own word
    **members: t.Any,
) -> Entity:
    """A group after the recorded response to a create. servers: those of the detailed form; linked: ids in the form of links."""
    made: Entity = recorded("clc-puppet/POST-v2-groups-alias.201")
    text = json.dumps(made).replace(ROOT_ID, str(parent)).replace(made["id"], group_id)
    made = json.loads(text)
    made.update(name=name, serversCount=0, type=type, groups=list(below))
    if type == "default":
        made["description"] = ""
    if parent is None or type != "default":
        made["links"] = [
            link for link in made["links"] if link["rel"] in ("self", "parentGroup", "defaults", "billing")
        ]
        for link in made["links"]:
            if link["rel"] == "self":
                link["verbs"] = ["GET", "PATCH"]
    if parent is None:
        made["links"] = [link for link in made["links"] if link["rel"] != "parentGroup"]
        made["links"].append({"rel": "createGroup", "href": "/v2/groups/altd", "verbs": ["POST"]})
        made["links"].append({"rel": "createServer", "href": "/v2/servers/altd", "verbs": ["POST"]})
    if servers is not None:
        made["servers"] = list(servers)
    for server_id in linked:
        made["links"].append(
            {"rel": "server", "href": f"/v2/servers/altd/{server_id.lower()}", "id": server_id.upper()}
        )
    made.update(members)
    for child in below:
        for link in child["links"]:
            if link["rel"] == "parentGroup":
                link.update(id=group_id, href=f"/v2/groups/altd/{group_id}")
    return made


def root(*below: Entity, code: str = DATA_CENTER, root_id: str = ROOT_ID, **members: t.Any) -> Entity:
    """The root group of a data center, with the system groups as recorded."""
    archive = group("Archive", hex_id(0xA1), type="archive", parent=root_id)
    templates = group("Templates", hex_id(0xA2), type="templates", parent=root_id)
    children = sorted([archive, templates, *below], key=lambda child: str(child["name"]).lower())
    return group(f"{code} Hardware", root_id, *children, parent=None, **members)


def server(server_id: str, *, uuid: str | None = None, details: Entity | None = None, **members: t.Any) -> Entity:
    """An active server after the recorded one. details: changes of its details."""
    made: Entity = recorded("clc-puppet/GET-v2-servers-alias-id-uuid-True.200")
    text = json.dumps(made).replace("va1altdtest18", server_id.lower()).replace("VA1ALTDTEST18", server_id.upper())
    made = json.loads(text.replace("66e12f478a714552a8701b956142bdc6", uuid or hex_id(sum(map(ord, server_id)))))
    made["details"].update(details or {})
    made.update(members)
    return made


def building(server_id: str, **members: t.Any) -> Entity:
    """A server under construction: no details, and few links."""
    made = server(server_id, **{"status": "underConstruction", **members})
    del made["details"]
    made["links"] = [link for link in made["links"] if link["rel"] in ("self", "group", "account", "billing")]
    return made


def archived(server_id: str, **members: t.Any) -> Entity:
    """An archived server with the short details, and its link for the restore."""
    made = server(server_id, status="archived", **members)
    made["details"] = {"powerState": "stopped", "storageGB": 19}
    made["links"] = [link for link in made["links"] if link["rel"] in ("self", "group", "account", "billing")]
    made["links"].append({"rel": "restore", "href": f"/v2/servers/altd/{server_id.lower()}/restore"})
    return made


def queued(server_id: str, job: str, uuid: str | None = None) -> Entity:
    """One queued operation; with the uuid that a create returns."""
    links: list[Entity] = [{"rel": "status", "href": f"/v2/operations/altd/status/{job}", "id": job}]
    if uuid:
        href = f"/v2/servers/{ALIAS}/{uuid}?uuid=True"
        links.append({"rel": "self", "href": href, "id": uuid, "verbs": ["GET"]})
    return {"server": server_id.lower(), "isQueued": True, "links": links}


def status_link(job: str) -> Entity:
    """The link that is the response to an update of a server."""
    return {"rel": "status", "href": f"/v2/operations/altd/status/{job}", "id": job}


def copies(entity: Entity, number: int) -> list[Entity]:
    """Return equal entities that share nothing."""
    return [copy.deepcopy(entity) for _number in range(number)]


LOGIN: Entity = recorded("clc-puppet/POST-v2-authentication-login.200")
CUSTOM_FIELDS: list[Entity] = documented("GET-api-ctl-io-v2-accounts-accountAlias-customFields")
