# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the nodes of load balancers are compared and put together."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ClcError, InvalidTaskError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit import lookup
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.load_balancer import _shared as pool_nodes
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock

CHECK = {"unhealthyThreshold": 3, "healthyThreshold": 2, "intervalSeconds": 30, "targetPort": 80}
WITH_MODE = {**CHECK, "mode": "TCP", "httpHealthCheckMethod": None, "httpHealthCheckUrl": None}
HTTP = {**WITH_MODE, "mode": "HTTP", "httpHealthCheckMethod": "GET"}


def node(address: str, port: t.Any = 80, **properties: t.Any) -> dict[str, t.Any]:
    return {"ipAddress": address, "privatePort": port, **properties}


def option(address: str, port: int = 80, state: str = "present", **suboptions: t.Any) -> dict[str, t.Any]:
    return {"ip_address": address, "private_port": port, "state": state, **suboptions}


A, B = node("10.0.0.1", status="enabled"), node("10.0.0.2", status="disabled")


@pytest.mark.parametrize(
    ("desired", "actual"),
    [
        ([A, B], [B, A]),
        ([A], [A, A]),
        ([node("10.0.0.1", "80")], [A]),
        ([node("10.0.0.1", status="Enabled", name="10.0.0.1")], [A]),
        ([node("10.0.0.1", serverWeight=1)], [node("10.0.0.1", serverWeight=None, healthCheck=None)]),
        ([node("10.0.0.1", healthCheck=CHECK)], [node("10.0.0.1", healthCheck=WITH_MODE)]),
        ([], None),
    ],
)
def test_equal_nodes(desired: t.Any, actual: t.Any) -> None:
    assert pool_nodes.same_nodes(desired, actual)


@pytest.mark.parametrize(
    ("desired", "actual"),
    [
        ([A], [A, B]),
        ([], [A]),
        ([node("10.0.0.1", status="disabled")], [A]),
        ([node("10.0.0.1", 81)], [A]),
        ([node("10.0.0.1", serverWeight=2)], [A]),
        ([node("10.0.0.1", healthCheck=CHECK)], [A]),
    ],
)
def test_different_nodes(desired: t.Any, actual: t.Any) -> None:
    assert not pool_nodes.same_nodes(desired, actual)


@pytest.mark.parametrize(
    ("desired", "actual", "same"),
    [
        ({}, None, True),
        (CHECK, WITH_MODE, True),
        ({**CHECK, "mode": "tcp"}, WITH_MODE, True),
        (
            {**WITH_MODE, "mode": "HTTP", "httpHealthCheckMethod": "get"},
            {**WITH_MODE, "mode": "HTTP", "httpHealthCheckMethod": "GET"},
            True,
        ),
        ({**CHECK, "intervalSeconds": 31}, WITH_MODE, False),
        ({**CHECK, "mode": "HTTP"}, WITH_MODE, False),
        (CHECK, None, False),
    ],
)
def test_equal_health_checks(desired: t.Any, actual: t.Any, same: bool) -> None:
    assert pool_nodes.same_health_check(desired, actual) is same


def test_an_id_of_lbaas_has_dashes() -> None:
    assert lookup.is_id("329A98E6-977a-4c25-a7c8-174209fe1d31")
    assert not lookup.is_id("329a98e6977a-4c25-a7c8-174209fe1d31")


def test_with_purge_other_nodes_are_removed() -> None:
    nodes = pool_nodes.merge_nodes([A, B, A], [option("10.0.0.1", status="disabled"), option("10.0.0.3")], purge=True)
    updated = {**A, "status": "disabled"}
    assert nodes == [updated, updated, node("10.0.0.3", status="enabled")]


def test_without_purge_other_nodes_are_not_changed() -> None:
    other = node("10.0.0.9", status="disabled", serverWeight=7)
    current = [other, A, other]
    options = [option("10.0.0.1", state="absent"), option("10.0.0.2"), option("10.0.0.8", state="absent")]
    nodes = pool_nodes.merge_nodes(current, options, purge=False)
    assert nodes == [other, other, node("10.0.0.2", status="enabled")]


def test_omitted_suboptions_of_a_node_keep_their_values() -> None:
    (merged,) = pool_nodes.merge_nodes([{**B, "serverWeight": 5}], [option("10.0.0.2", server_weight=6)], purge=True)
    assert merged == {**B, "serverWeight": 6}


def test_deleted_nodes_are_omitted() -> None:
    assert pool_nodes.without_deleted([A, {**B, "status": "deleted"}]) == [A]


def test_omitted_suboptions_of_a_health_check_keep_their_values() -> None:
    http = {**WITH_MODE, "mode": "HTTP", "httpHealthCheckMethod": "GET", "httpHealthCheckUrl": "/"}
    assert pool_nodes.merge_health_check(http, {"interval_seconds": 60}, "it") == {**http, "intervalSeconds": 60}
    assert pool_nodes.merge_health_check(http, {"mode": "TCP"}, "it") == WITH_MODE
    assert pool_nodes.merge_health_check(http, {"mode": None}, "it") is None
    with pytest.raises(InvalidTaskError, match="unhealthy_threshold, healthy_threshold and target_port are missing"):
        pool_nodes.merge_health_check(None, {"interval_seconds": 60}, "it")


def task(check_mode: bool = False) -> Task:
    return Task(t.cast(t.Any, None), {}, check_mode=check_mode, deadline=1e9)


def test_invalid_nodes() -> None:
    with pytest.raises(
        InvalidTaskError, match=r"Invalid value for nodes\[0\].ip_address: 'web01' is not an IP address"
    ):
        pool_nodes.validate_nodes([option("web01")], "nodes")
    with pytest.raises(InvalidTaskError, match=r"10\.0\.0\.1:80 is listed more than once"):
        pool_nodes.validate_nodes([option("10.0.0.1"), option("10.0.0.1", state="absent")], "nodes")
    with pytest.raises(InvalidTaskError, match="ip_address is missing"):
        pool_nodes.validate_nodes([option("")], "nodes")
    predicted = "ip-address.va1altdweb-1-0a1b2c.predicted.invalid"
    pool_nodes.validate_nodes([option(predicted)], "nodes")
    with pytest.raises(InvalidTaskError, match=":80 is listed more than once"):
        pool_nodes.validate_nodes([option(predicted), option(predicted)], "nodes")


def test_an_update_is_followed_by_a_wait_as_long_as_it_took(clock: Clock) -> None:
    writes = pool_nodes.WriteTracker(task())
    writes.wait_for_other_writers()
    writes.record(80)
    clock.now += 4.0
    writes.wait_for_other_writers()
    writes.wait_for_other_writers()
    assert len(clock.pauses) == 1
    assert 4.5 <= clock.pauses[0] <= 5.0


def test_there_are_at_most_five_updates(clock: Clock) -> None:
    writes = pool_nodes.WriteTracker(task())
    attempts = []
    for _number in range(5):
        attempts.append(writes.next_attempt(80, "pool 80"))
        writes.record(80)
    assert len(set(attempts)) == 5
    with pytest.raises(ClcError, match="after each of 5 updates"):
        writes.next_attempt(80, "pool 80")
    assert writes.next_attempt(443, "pool 443") == attempts[0]
