# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks: claims, limits, and servers on claimed networks."""

from __future__ import annotations

from simclient import JOB, WEB, Client, Response

NETWORKS = "/v2-experimental/networks/DEMO/WA1"


def claimed(client: Client) -> Response:
    return client.post(f"{NETWORKS}/claim")


def test_what_was_accepted_counts_against_the_limit(composed: Client) -> None:
    assert claimed(composed).status == 202
    response = claimed(composed)
    assert response.status == 400
    assert response.json()["message"].startswith("Network limit exceeded -> available: 0, requested: 1")
    assert composed.post(f"{NETWORKS.replace('WA1', 'VA1')}/claim").status == 202, "each data center has its own limit"


def test_a_claim_that_fails_counts_no_more(composed: Client) -> None:
    composed.faults({"operation": "claimNetwork", "job": "fail", "count": 1})
    response = claimed(composed)
    composed.finish()
    result = composed.get(response.json()["uri"]).json()
    assert (result["status"], "links" in result["summary"]) == ("failed", False)
    assert claimed(composed).status == 202


def test_a_success_may_come_before_its_network(composed: Client) -> None:
    composed.faults({"operation": "claimNetwork", "job_lag_seconds": 50})
    uri = claimed(composed).json()["uri"]
    composed.advance(JOB)
    result = composed.get(uri).json()
    assert (result["status"], "links" in result["summary"], len(composed.get(NETWORKS).json())) == (
        "succeeded",
        False,
        2,
    )
    composed.advance(50)
    link = composed.get(uri).json()["summary"]["links"][0]
    assert composed.get(link["href"]).json()["id"] == link["id"]


def test_servers_are_made_on_a_claimed_network(composed: Client) -> None:
    uri = claimed(composed).json()["uri"]
    composed.finish()
    key = composed.get(uri).json()["summary"]["links"][0]["id"]
    capabilities = composed.get("/v2/datacenters/DEMO/WA1/deploymentCapabilities").json()
    assert key in [network["networkId"] for network in capabilities["deployableNetworks"]]
    server = composed.create_and_finish(groupId=WEB, networkId=key)
    addresses = composed.get(f"{NETWORKS}/{key}?ipAddresses=claimed").json()["ipAddresses"]
    assert [address["server"] for address in addresses] == [server["id"].upper()]
    response = composed.post(f"{NETWORKS}/{key}/release")
    assert (response.status, response.json()) == (400, {"message": "Cannot release network with active servers"})
