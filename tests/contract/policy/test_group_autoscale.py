# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The horizontal autoscale policy of a group."""

from __future__ import annotations

from simclient import WEB, Client

GROUP = f"/v2/groups/DEMO/{WEB}"


def test_autoscale_mapping(composed: Client) -> None:
    path = f"{GROUP}/horizontalAutoscalePolicy"
    assert (composed.get(path).status, composed.get(path).body) == (404, b"")
    policy = composed.post("/v2/horizontalAutoscalePolicies/DEMO", {"name": "Web"}).json()["id"]
    body = {"policyId": policy, "loadBalancerPool": {"id": "e" * 32, "publicPort": 443, "privatePort": 8443}}
    response = composed.put(path, body)
    assert (response.status, response.json()["loadBalancer"]["publicPort"]) == (200, 443)
    assert composed.get(path).json() == response.json()
    assert composed.delete(path).status == 204
    assert composed.delete(path).status == 404
