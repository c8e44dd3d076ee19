# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the nodes of load balancers are compared and put together."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ClcError, ConfigurationError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit import lookup
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.load_balancer import _shared as pool_nodes
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock

CHECK = {"unhealthyThreshold": 3, "healthyThreshold": 2, "intervalSeconds": 30, "targetPort": 80}
SHOWN = {**CHECK, "mode": "TCP", "httpHealthCheckMethod": None, "httpHealthCheckUrl": None}
HTTP = {**SHOWN, "mode": "HTTP", "httpHealthCheckMethod": "GET"}


def node(address: str, port: t.Any = 80, **members: t.Any) -> dict[str, t.Any]:
    return {"ipAddress": address, "privatePort": port, **members}


def option(address: str, port: int = 80, state: str = "present", **more: t.Any) -> dict[str, t.Any]:
    return {"ip_address": address, "private_port": port, "state": state, **more}


A, B = node("10.0.0.1", status="enabled"), node("10.0.0.2", status="disabled")


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ([A, B], [B, A]),
        ([A], [A, A]),
        ([node("10.0.0.1", "80")], [A]),
        ([node("10.0.0.1", status="Enabled", name="10.0.0.1")], [A]),
        ([node("10.0.0.1", serverWeight=1)], [node("10.0.0.1", serverWeight=None, healthCheck=None)]),
        ([node("10.0.0.1", healthCheck=CHECK)], [node("10.0.0.1", healthCheck=SHOWN)]),
        ([], None),
    ],
)
def test_the_same_nodes(wanted: t.Any, shown: t.Any) -> None:
    assert pool_nodes.same_nodes(wanted, shown)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ([A], [A, B]),
        ([], [A]),
        ([node("10.0.0.1", status="disabled")], [A]),
        ([node("10.0.0.1", 81)], [A]),
        ([node("10.0.0.1", serverWeight=2)], [A]),
        ([node("10.0.0.1", healthCheck=CHECK)], [A]),
    ],
)
def test_other_nodes(wanted: t.Any, shown: t.Any) -> None:
    assert not pool_nodes.same_nodes(wanted, shown)


@pytest.mark.parametrize(
    ("wanted", "shown", "same"),
    [
        ({}, None, True),
        (CHECK, SHOWN, True),
        ({**CHECK, "mode": "tcp"}, SHOWN, True),
        (
            {**SHOWN, "mode": "HTTP", "httpHealthCheckMethod": "get"},
            {**SHOWN, "mode": "HTTP", "httpHealthCheckMethod": "GET"},
            True,
        ),
        ({**CHECK, "intervalSeconds": 31}, SHOWN, False),
        ({**CHECK, "mode": "HTTP"}, SHOWN, False),
        (CHECK, None, False),
    ],
)
def test_health_checks(wanted: t.Any, shown: t.Any, same: bool) -> None:
    assert pool_nodes.same_health_check(wanted, shown) is same


def test_an_id_of_lbaas_has_dashes() -> None:
    assert lookup.is_id("329A98E6-977a-4c25-a7c8-174209fe1d31")
    assert not lookup.is_id("329a98e6977a-4c25-a7c8-174209fe1d31")


def test_with_purge_only_what_is_named_stays() -> None:
    whole = pool_nodes.merged([A, B, A], [option("10.0.0.1", status="disabled"), option("10.0.0.3")], purge=True)
    changed = {**A, "status": "disabled"}
    assert whole == [changed, changed, node("10.0.0.3", status="enabled")]


def test_without_purge_others_are_kept_as_they_were_read() -> None:
    other = node("10.0.0.9", status="disabled", serverWeight=7)
    read = [other, A, other]
    options = [option("10.0.0.1", state="absent"), option("10.0.0.2"), option("10.0.0.8", state="absent")]
    whole = pool_nodes.merged(read, options, purge=False)
    assert whole == [other, other, node("10.0.0.2", status="enabled")]


def test_what_a_node_is_not_told_stays() -> None:
    (one,) = pool_nodes.merged([{**B, "serverWeight": 5}], [option("10.0.0.2", server_weight=6)], purge=True)
    assert one == {**B, "serverWeight": 6}


def test_what_was_deleted_is_no_node() -> None:
    assert pool_nodes.living([A, {**B, "status": "deleted"}]) == [A]


def test_a_health_check_is_changed_in_part() -> None:
    http = {**SHOWN, "mode": "HTTP", "httpHealthCheckMethod": "GET", "httpHealthCheckUrl": "/"}
    assert pool_nodes.health_check(http, {"interval_seconds": 60}, "it") == {**http, "intervalSeconds": 60}
    assert pool_nodes.health_check(http, {"mode": "TCP"}, "it") == SHOWN
    assert pool_nodes.health_check(http, {"mode": None}, "it") is None
    with pytest.raises(ConfigurationError, match="unhealthy_threshold, healthy_threshold, target_port not given"):
        pool_nodes.health_check(None, {"interval_seconds": 60}, "it")


def task(check_mode: bool = False) -> Task:
    return Task(t.cast(t.Any, None), {}, check_mode=check_mode, deadline=1e9)


def test_nodes_that_cannot_be_meant() -> None:
    with pytest.raises(ConfigurationError, match="'web01' is no IP address"):
        pool_nodes.check_nodes(task(), [option("web01")], "nodes")
    with pytest.raises(ConfigurationError, match=r"10\.0\.0\.1:80 is there more than once"):
        pool_nodes.check_nodes(task(), [option("10.0.0.1"), option("10.0.0.1", state="absent")], "nodes")
    with pytest.raises(ConfigurationError, match="is no IP address"):
        pool_nodes.check_nodes(task(), [option("")], "nodes")
    pool_nodes.check_nodes(task(check_mode=True), [option(""), option("")], "nodes")


def test_a_write_rests_as_long_as_it_took(clock: Clock) -> None:
    writes = pool_nodes.Writes(task())
    writes.rest()
    writes.begin(80)
    clock.now += 4.0
    writes.rest()
    writes.rest()
    assert len(clock.pauses) == 1
    assert 4.5 <= clock.pauses[0] <= 5.0


def test_five_writes_are_enough(clock: Clock) -> None:
    writes = pool_nodes.Writes(task())
    told = []
    for _number in range(5):
        told.append(writes.next_attempt(80, "pool 80"))
        writes.begin(80)
    assert len(set(told)) == 5
    with pytest.raises(ClcError, match="written 5 times"):
        writes.next_attempt(80, "pool 80")
    assert writes.next_attempt(443, "pool 443") == told[0]
