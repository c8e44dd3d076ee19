# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The walk: the same account from either form of responses, whatever comes first, through a bounded pool."""

from __future__ import annotations

import copy
import random
import threading
import time
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api import tree
from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.endpoints import Endpoints
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import NotFound, ResourceLookupError
from ansible_collections.centurylink.cloud.plugins.module_utils.api.responses import ApiResponse
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    data_center,
    group,
    hex_id,
    recorded,
    root,
    server,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

LIST = "/v2/datacenters/ALTD?groupLinks=true"


class Service:
    """Responds to reads of an account in memory after short random delays, and counts the reads at the same time."""

    def __init__(
        self, trees: t.Mapping[str, Entity], detailed: bool, seed: int = 0, gone: t.Container[str] = ()
    ) -> None:
        self.paths: list[str] = []
        self.served: list[str] = []
        self.most, self._now, self._lock = 0, 0, threading.Lock()
        self._random, self._gone, self._detailed = random.Random(seed), gone, detailed
        self._data_centers = [data_center(code, top["id"]) for code, top in trees.items()]
        self._groups: dict[str, Entity] = {}
        self._servers: dict[str, Entity] = {}
        for top in trees.values():
            for node in tree.nodes_from(top):
                self._groups[node.id] = node.group
                self._servers.update({entry["id"]: entry for entry in node.group["servers"]})

    def get(self, path: str, *, params: t.Mapping[str, str] | None = None, **_more: t.Any) -> ApiResponse:
        with self._lock:
            self.paths.append(path + (f"?{next(iter(params))}" if params else ""))
            self._now += 1
            self.most = max(self.most, self._now)
            pause = self._random.uniform(0, 0.002)
        time.sleep(pause)
        with self._lock:
            self._now -= 1
            self.served.append(path)
        return ApiResponse(200, self._body(path.split("/"), params or {}))

    def _body(self, parts: list[str], params: t.Mapping[str, str]) -> t.Any:
        kind, last = parts[2], parts[-1]
        if kind == "datacenters":
            return copy.deepcopy(self._data_centers)
        if last in self._gone:
            raise NotFound("gone", status=404)
        if kind == "servers":
            return copy.deepcopy(self._servers[last])
        found = copy.deepcopy(self._groups[last])
        if not (self._detailed and params):
            for node in tree.nodes_from(found):
                names = [entry["id"] for entry in node.group.pop("servers")]
                node.group["links"] += [
                    {"rel": "server", "href": f"/v2/servers/altd/{server_id}"} for server_id in names
                ]
        return found


def account(servers: int = 3) -> dict[str, Entity]:
    """Two data centers with nested groups of servers."""
    trees = {}
    for number, code in enumerate(("VA1", "DE1")):
        base = (number + 1) * 0x100

        def own(group_number: int, code: str = code) -> list[Entity]:
            return [server(f"{code}altdg{group_number}x{number:02}") for number in range(servers, 0, -1)]

        nested = group("Api", hex_id(base + 3), servers=own(3))
        web = group("Web", hex_id(base + 2), nested, servers=own(2))
        top = root(web, group("Db", hex_id(base + 4), servers=own(4)), code=code, root_id=hex_id(base + 1))
        for node in tree.nodes_from(top):
            node.group.setdefault("servers", [])
            node.group["locationId"] = code
        trees[code] = top
    return trees


def walked(service: Service, scope: tree.Scope | None = None, workers: int = tree.WORKERS) -> list[Entity]:
    def convert(entity: Entity, read: t.Callable[[], Entity | None]) -> Entity | None:
        root = read()
        return None if root is None else {**entity, "tree": root}

    client = _Reader(service)
    return tree.walk(client, "ALTD", scope or tree.Scope(), workers, tree.data_centers(client, "ALTD"), convert)


class _Reader(Client):
    """A real client that reads from the service in memory."""

    def __init__(self, service: Service) -> None:
        super().__init__(Endpoints.make({}), user_agent="test")
        self._service = service

    def get(self, path: str, **more: t.Any) -> ApiResponse:
        return self._service.get(path, **more)


def brought(found: list[Entity]) -> list[t.Any]:
    """What a walk brought: of each data center the groups with their servers, in its order."""
    return [
        (entity["id"], [(p.path, p.id, [s["id"] for s in p.group["servers"]]) for p in tree.nodes_from(entity["tree"])])
        for entity in found
    ]


def test_both_forms_of_responses_give_the_same() -> None:
    detailed, linked = walked(Service(account(), True)), walked(Service(account(), False))
    assert brought(detailed) == brought(linked)
    assert brought(detailed)[0] == (
        "de1",
        [
            ((), hex_id(0x201), []),
            (("Archive",), hex_id(0xA1), []),
            (("Db",), hex_id(0x204), ["de1altdg4x01", "de1altdg4x02", "de1altdg4x03"]),
            (("Templates",), hex_id(0xA2), []),
            (("Web",), hex_id(0x202), ["de1altdg2x01", "de1altdg2x02", "de1altdg2x03"]),
            (("Web", "Api"), hex_id(0x203), ["de1altdg3x01", "de1altdg3x02", "de1altdg3x03"]),
        ],
    )
    servers = [[node.group["servers"] for node in tree.nodes_from(entity["tree"])] for entity in detailed]
    assert servers == [[node.group["servers"] for node in tree.nodes_from(entity["tree"])] for entity in linked]


def test_the_detailed_form_needs_one_read_for_each_data_center() -> None:
    service = Service(account(), True)
    walked(service)
    assert sorted(service.paths) == [
        "/v2/datacenters/ALTD?groupLinks",
        f"/v2/groups/altd/{hex_id(0x101)}?serverDetail",
        f"/v2/groups/altd/{hex_id(0x201)}?serverDetail",
    ]


def test_order_does_not_depend_on_what_comes_first() -> None:
    orders, results = set(), []
    for seed in range(8):
        service = Service(account(), False, seed)
        results.append(brought(walked(service)))
        orders.add(tuple(service.served))
    assert len(orders) > 1
    assert all(result == results[0] for result in results)


def test_the_pool_is_bounded() -> None:
    service = Service(account(servers=12), False)
    walked(service, workers=3)
    assert len(service.paths) == 1 + 2 + 2 * 3 * 12
    assert 1 < service.most <= 3


def test_what_has_just_gone_is_left_out() -> None:
    gone = {"va1altdg2x02", hex_id(0x201)}
    found = brought(walked(Service(account(), False, gone=gone)))
    assert [name for name, _groups in found] == ["va1"]  # a data center without its tree has nothing to show
    assert {path: servers for path, _id, servers in found[0][1]}[("Web",)] == ["va1altdg2x01", "va1altdg2x03"]


def test_a_scope_of_data_centers() -> None:
    service = Service(account(), True)
    found = walked(service, tree.Scope(data_centers=frozenset({"va1"})))
    assert [entity["id"] for entity in found] == ["va1"]
    assert len(service.paths) == 2


@pytest.mark.parametrize("detailed", [True, False])
def test_a_scope_of_groups_reads_only_the_subtrees_that_are_kept(detailed: bool) -> None:
    service = Service(account(), detailed)
    scope = tree.Scope(groups=lambda node: node.path == ("Web", "Api"), data_centers=frozenset({"va1"}))
    found = brought(walked(service, scope))
    names = ["va1altdg3x01", "va1altdg3x02", "va1altdg3x03"]
    assert found == [
        ("va1", [((), hex_id(0x101), []), (("Web",), hex_id(0x102), []), (("Web", "Api"), hex_id(0x103), names)])
    ]
    reads = ["/v2/datacenters/ALTD?groupLinks", f"/v2/groups/altd/{hex_id(0x101)}"]
    reads += [f"/v2/groups/ALTD/{hex_id(0x103)}?serverDetail"]
    assert service.paths[:3] == reads
    assert len(service.paths) == (3 if detailed else 6)


def test_a_scope_without_any_group_leaves_the_data_center_out() -> None:
    assert walked(Service(account(), True), tree.Scope(groups=lambda node: False)) == []


@pytest.mark.parametrize("detailed", [True, False])
def test_system_groups_may_be_left_out(detailed: bool) -> None:
    service = Service(account(), detailed)
    found = walked(service, tree.Scope(without_types=frozenset({"archive", "templates"})))
    names = [node.group["name"] for entity in found for node in tree.nodes_from(entity["tree"])]
    assert names == ["DE1 Hardware", "Db", "Web", "Api", "VA1 Hardware", "Db", "Web", "Api"]


def test_a_data_center_without_groups_is_left_out() -> None:
    service = Service(account(), True)
    service._data_centers.append(data_center("UC1", None))
    assert [entity["id"] for entity in walked(service)] == ["de1", "va1"]


def test_the_recorded_tree_is_walked() -> None:
    top = recorded("clc-knife/GET-v2-groups-alias-id-serverDetail-detailed.200")
    found = list(tree.nodes_from(top))
    assert len(found) == 20
    assert [node.path for node in found[:5]] == [
        (),
        ("Archive",),
        ("Default Group",),
        ("Default Group", "group name"),
        ("Templates",),
    ]
    assert [name for node in found for name in tree.server_ids(node.group)] == ["ca1altdtest48"]
    # Two groups of one name and one path are two nodes.
    twins = [node.id for node in found if node.path == ("test_ca1", "kiddo", "test3_group_from_cmd")]
    assert len(set(twins)) == 3
    assert {node.parent_id for node in found if node.id in twins} == {"4fcc08b9ed3e42558766d3ec46518405"}


def test_server_ids_from_either_form() -> None:
    assert tree.server_ids(group("Web", hex_id(1), linked=["va1altdb01", "va1altda01"])) == ["va1altdb01", "va1altda01"]
    assert tree.server_ids(group("Web", hex_id(1), servers=[server("VA1ALTDA01")])) == ["va1altda01"]
    assert tree.server_ids({"links": [{"rel": "server", "href": "/v2/servers/altd/va1altda01"}]}) == ["va1altda01"]
    assert tree.server_ids({}) == []


def test_data_centers_are_sorted(api: Scripted, client: Client) -> None:
    api.expects("GET", LIST, [data_center("VA1"), data_center("CA1"), data_center("DE1")])
    assert [entity["id"] for entity in tree.data_centers(client, "ALTD")] == ["ca1", "de1", "va1"]


def test_an_error_for_an_unknown_data_center_lists_the_known_data_centers(api: Scripted, client: Client) -> None:
    api.expects("GET", "/v2/datacenters/ALTD/XX1?groupLinks=true", b"", 404)
    api.expects("GET", LIST, [data_center("VA1"), data_center("CA1")])
    with pytest.raises(ResourceLookupError, match=r"(?s)no data center 'XX1'.*CA1, VA1"):
        tree.data_center(client, "ALTD", "XX1")
