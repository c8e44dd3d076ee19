# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finders of the policies of an account.

Servers hold the ids of their policies themselves, so that their mappings go with a server that is deleted.

Decisions:
  - An unknown policy id is an empty 404 in a path, and a 400 with the property in a body.
  - Policies can be applied to active servers only. A clone does not get the policies of its source. A server keeps its policies
    while it is archived.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import Entity, World
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.models import Server
from clc_simulator.core.operations import RequestContext
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.values import stable_id

Json = dict[str, Any]

NAMED = {"id": {"$ref": "#/$defs/id"}, "name": {"type": "string", "minLength": 1}}
"""Properties of every policy in a seed; the default id is derived from the name."""


class Policy(Entity, Protocol):
    """An entity that belongs to an account and has a name."""

    @property
    def account(self) -> str: ...

    @property
    def name(self) -> str: ...


P = TypeVar("P", bound=Policy)


def policy_from_path(request: RequestContext, kind: type[P]) -> P:
    """Return the policy of the path. Raise ApiError: an empty 404, as recorded for other resources."""
    policy = find_policy(request.world, kind, request.alias, request.path["policyId"])
    if policy is None:
        raise not_found()
    return policy


def policy_from_body(request: RequestContext, kind: type[P], key: str, property_name: str) -> P:
    """Return the policy of an id in a body. Raise ApiError (400) with the property."""
    policy = find_policy(request.world, kind, request.alias, key)
    if policy is None:
        raise validation_error(property_name, f"The policy {key} does not exist.")
    return policy


def find_policy(world: World, kind: type[P], alias: str, key: str) -> P | None:
    """Return the policy of an account, or None."""
    policy = world[kind].get(key.lower())
    return policy if policy is not None and policy.account == alias else None


def seed_id(world: World, kind: type[P], account: Account, item: Json) -> str:
    """Return the id of a policy of a seed: by default it is derived from the name and the number of policies."""
    return str(item.get("id") or stable_id(kind.__name__, account.id, item["name"], len(world[kind])))


def policy_of_seed(world: World, kind: type[P], server: Server, requested: str) -> P:
    """Return the policy of a server of a seed, by id or name. Raise SeedError unless one policy matches."""
    policies = world[kind].find_by("account", server.account)
    matches = [policy for policy in policies if requested in (policy.id, policy.name)]
    if len(matches) != 1:
        raise SeedError(f"servers: policy {requested} of {server.id} matches {len(matches)} policies")
    return matches[0]
