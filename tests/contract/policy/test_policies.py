# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert, anti-affinity and autoscale policies, their mappings to servers, and policies of seeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.seeds import SeedError
from simclient import WEB, Client, Response, load, shape

Make = Callable[..., Client]
Json = dict[str, Any]

ALERTS, SPREADS = "/v2/alertPolicies/DEMO", "/v2/antiAffinityPolicies/DEMO"
SCALINGS, HORIZONTAL = "/v2/autoscalePolicies/DEMO", "/v2/horizontalAutoscalePolicies/DEMO"
SERVER = "/v2/servers/Demo/WA1DEMOWEB01"
UNKNOWN_ID = "0" * 32
ALERT: Json = {
    "name": "Disk above 80 percent",
    "actions": [{"action": "email", "settings": {"recipients": ["ops@example.com"]}}],
    "triggers": [{"metric": "disk", "duration": "00:05:00", "threshold": 80}],
}


def create(client: Client, path: str, body: Json) -> Json:
    response = client.post(path, body)
    assert response.status == 201, response.body
    policy: Json = response.json()
    assert response.headers["location"].lower() == f"{path}/{policy['id']}".lower()
    return policy


def empty(response: Response) -> tuple[int, bytes]:
    return response.status, response.body


# Alert policies


def test_alert_policy_is_created_updated_and_deleted(small: Client) -> None:
    policy = create(small, ALERTS, ALERT)
    assert shape(policy) == shape(load("documented/POST-api-ctl-io-v2-alertPolicies-accountAlias.json"))
    assert b'"threshold":80.0' in small.get(f"{ALERTS}/{policy['id'].upper()}").body
    body = small.get(ALERTS).json()
    assert shape(body) == shape(load("documented/GET-api-ctl-io-v2-alertPolicies-accountAlias.json"))
    assert body["items"] == [policy]
    changed = {**ALERT, "name": "Other", "triggers": [{"metric": "cpu", "duration": "00:15:00", "threshold": 5}]}
    response = small.put(f"{ALERTS}/{policy['id']}", changed)
    assert (response.status, response.json()["name"], response.json()["triggers"][0]["metric"]) == (200, "Other", "cpu")
    assert small.get(f"{ALERTS}/{policy['id']}").json() == response.json()
    assert empty(small.delete(f"{ALERTS}/{policy['id']}")) == (204, b"")
    assert small.delete(f"{ALERTS}/{policy['id']}").status == 204
    assert empty(small.get(f"{ALERTS}/{policy['id']}")) == (404, b"")
    assert small.put(f"{ALERTS}/{policy['id']}", ALERT).status == 404


def test_names_of_alert_policies_repeat(small: Client) -> None:
    ids = {create(small, ALERTS, ALERT)["id"] for _ in range(2)}
    assert {item["id"] for item in small.get(ALERTS).json()["items"]} == ids


@pytest.mark.parametrize(
    ("member", "wrong", "state"),
    [
        ("triggers", [{"metric": "net", "duration": "00:05:00", "threshold": 80}], "body.triggers[0].metric"),
        ("triggers", [{"metric": "cpu", "duration": "00:06:00", "threshold": 80}], "body.triggers[0].duration"),
        ("triggers", [{"metric": "cpu", "duration": "00:05:00", "threshold": 81}], "body.triggers[0].threshold"),
        ("triggers", [], "body.triggers"),
        ("actions", None, "body.actions"),
        ("name", "", "body.name"),
    ],
)
def test_wrong_alert_policies_are_refused(small: Client, member: str, wrong: Any, state: str) -> None:
    assert list(small.post(ALERTS, {**ALERT, member: wrong}).state()) == [state]
    assert small.get(ALERTS).json()["items"] == []


def test_policies_belong_to_an_account_and_viewers_read(make: Make, small: Client) -> None:
    policy = create(small, ALERTS, ALERT)
    assert small.get("/v2/alertPolicies/DEM2").json()["items"] == []
    assert small.get(f"/v2/alertPolicies/DEM2/{policy['id']}").status == 404
    assert small.delete(f"/v2/alertPolicies/DEM2/{policy['id']}").status == 204
    assert small.get(f"{ALERTS}/{policy['id']}").status == 200
    viewer = make().login("viewer", "viewer-password")
    assert (viewer.get(ALERTS).status, viewer.post(ALERTS, ALERT).status) == (200, 403)


def test_alert_policies_of_a_server(small: Client) -> None:
    first, second = create(small, ALERTS, ALERT), create(small, ALERTS, {**ALERT, "name": "Second"})
    assert small.server("WA1DEMOWEB01")["details"]["alertPolicies"] == []
    response = small.post(f"{SERVER}/alertPolicies", {"id": first["id"].upper()})
    href = f"{SERVER}/alertPolicies/{first['id']}"
    assert (response.status, response.json()) == (
        201,
        {"id": first["id"], "links": [{"rel": "self", "href": href, "verbs": ["DELETE"]}]},
    )
    assert list(small.post(f"{SERVER}/alertPolicies", {"id": first["id"]}).state()) == ["body.id"]
    assert small.post(f"{SERVER}/alertPolicies", {"id": second["id"]}).status == 201
    result = small.server("WA1DEMOWEB01")["details"]["alertPolicies"]
    documented = load("documented/GET-api-ctl-io-v2-servers-accountAlias-serverId.json")["details"]["alertPolicies"]
    assert [item["name"] for item in result] == [ALERT["name"], "Second"]
    assert shape(result) == shape(documented)
    mapping = next(link["href"] for link in result[0]["links"] if link["rel"] == "alertPolicyMap")
    assert empty(small.delete(mapping)) == (204, b"")
    assert small.delete(mapping).status == 404
    # A policy that goes is gone from its servers.
    assert small.delete(f"{ALERTS}/{second['id']}").status == 204
    assert small.server("WA1DEMOWEB01")["details"]["alertPolicies"] == []


def test_refused_alert_mappings(small: Client) -> None:
    policy = create(small, ALERTS, ALERT)
    assert list(small.post(f"{SERVER}/alertPolicies", {"id": UNKNOWN_ID}).state()) == ["body.id"]
    assert small.post("/v2/servers/DEMO/WA1DEMONONE/alertPolicies", {"id": policy["id"]}).status == 404
    assert small.post("/v2/servers/DEMO/WA1DEMOOLD01/alertPolicies", {"id": policy["id"]}).status == 400
    elsewhere = create(small, "/v2/alertPolicies/DEM2", ALERT)
    assert small.post(f"{SERVER}/alertPolicies", {"id": elsewhere["id"]}).status == 400


# Anti-affinity policies


def spread(client: Client, name: str = "Spread", location: str = "wa1") -> Json:
    return create(client, SPREADS, {"name": name, "location": location})


def hyperscale(client: Client, **members: Any) -> Json:
    return client.create_and_finish(type="hyperscale", storageType="hyperscale", groupId=group_of(client), **members)


def group_of(client: Client) -> str:
    return str(client.server("WA1DEMOWEB01")["groupId"])


def test_anti_affinity_policy_is_created_updated_and_deleted(small: Client) -> None:
    policy = spread(small)
    assert policy == {
        "id": policy["id"],
        "name": "Spread",
        "location": "WA1",
        "links": [
            {
                "rel": "self",
                "href": f"/v2/antiAffinityPolicies/demo/{policy['id']}",
                "verbs": ["GET", "DELETE", "PUT"],
            },
            {"rel": "location", "href": "/v2/datacenters/demo/WA1", "id": "wa1", "name": "WA1 - US West (Seattle)"},
        ],
    }
    assert spread(small)["id"] != policy["id"]
    own = f"{SPREADS}/{policy['id']}"
    response = small.put(own, {"name": "Other", "location": None})
    assert (response.status, response.json()) == (200, {**policy, "name": "Other"})
    assert small.put(own, {"name": "Other", "location": "VA1"}).json()["location"] == "WA1"
    assert small.get(own).json() == response.json()
    assert len(small.get(SPREADS).json()["items"]) == 2
    assert empty(small.delete(own)) == (204, b"")
    assert small.delete(f"{SPREADS}/undefined").status == 204
    assert empty(small.get(own)) == (404, b"")
    assert list(small.post(SPREADS, {"name": "Spread", "location": "XX1"}).state()) == ["body.location"]


def test_anti_affinity_policy_of_a_server(small: Client) -> None:
    policy, elsewhere = spread(small), spread(small, location="VA1")
    server = hyperscale(small)
    own = f"/v2/servers/Demo/{server['id'].upper()}/antiAffinityPolicy"
    assert "antiAffinityPolicy" not in server["details"]
    assert empty(small.get(own)) == (404, b"")
    assert small.delete(own).status == 404
    assert "WA1" not in str(small.put(own, {"id": UNKNOWN_ID}).state())
    assert "is in VA1, not in WA1" in str(small.put(own, {"id": elsewhere["id"]}).state())
    assert "hyperscale only" in str(small.put(f"{SERVER}/antiAffinityPolicy", {"id": policy["id"]}).state())
    response = small.put(own, {"id": policy["id"]})
    assert (response.status, response.json()) == (200, {"id": policy["id"], "links": [{"rel": "self", "href": own}]})
    assert small.get(own).json() == response.json()
    link = {"rel": "self", "href": f"/v2/antiAffinityPolicies/demo/{policy['id']}"}
    result = {"id": policy["id"], "name": "Spread", "links": [link]}
    assert small.server(server["id"])["details"]["antiAffinityPolicy"] == result
    linked = [link for link in small.get(f"{SPREADS}/{policy['id']}").json()["links"] if link["rel"] == "server"]
    key = server["id"]
    assert linked == [{"rel": "server", "href": f"/v2/servers/demo/{key}", "id": key, "name": key.upper()}]
    assert small.delete(f"{SPREADS}/{policy['id']}").json() == {"message": "The policy Spread is in use."}
    assert empty(small.delete(own)) == (204, b"")
    assert small.delete(f"{SPREADS}/{policy['id']}").status == 204


def test_mappings_go_with_their_server(small: Client) -> None:
    policy = spread(small)
    server = hyperscale(small, antiAffinityPolicyId=policy["id"].upper())
    assert server["details"]["antiAffinityPolicy"]["id"] == policy["id"]
    assert small.delete(f"/v2/servers/DEMO/{server['id']}").status == 202
    small.finish()
    assert [link["rel"] for link in small.get(f"{SPREADS}/{policy['id']}").json()["links"]] == ["self", "location"]
    assert small.delete(f"{SPREADS}/{policy['id']}").status == 204


# Vertical autoscale policies


def scalings(client: Client) -> dict[str, str]:
    return {item["name"]: item["id"] for item in client.get(SCALINGS).json()}


def test_vertical_policies_can_be_read(small: Client) -> None:
    body = small.get(SCALINGS).json()
    documented = load("documented/mended/GET-api-ctl-io-v2-autoscalePolicies-accountAlias.json")
    assert [shape(item) for item in body] == [shape(documented)] * 2
    assert body[0]["range"] == {"max": 8, "min": 1}
    assert body[0]["links"] == [{"rel": "self", "href": f"/v2/autoscalePolicies/demo/{body[0]['id']}"}]
    assert small.get(f"{SCALINGS}/{body[1]['id']}").json() == body[1]
    assert empty(small.get(f"{SCALINGS}/{UNKNOWN_ID}")) == (404, b"")
    assert small.get("/v2/autoscalePolicies/DEM2").json() == []


def test_vertical_policy_of_a_server(small: Client) -> None:
    ids, own = scalings(small), f"{SERVER}/cpuAutoscalePolicy"
    assert empty(small.get(own)) == (404, b"")
    assert small.delete(own).status == 404
    for key in (ids["Web scaling"], ids["Web scaling"], ids["Night scaling"]):
        response = small.put(own, {"id": key})
        assert (response.status, response.json()) == (200, {"id": key, "links": [{"rel": "self", "href": own}]})
    assert small.get(own).json() == response.json()
    link = {"rel": "self", "href": f"/v2/autoscalePolicies/demo/{key}"}
    assert small.server("WA1DEMOWEB01")["details"]["cpuAutoscalePolicy"] == {"id": key, "links": [link]}
    assert list(small.put(own, {"id": UNKNOWN_ID}).state()) == ["body.id"]
    assert small.put("/v2/servers/DEMO/WA1DEMOOLD01/cpuAutoscalePolicy", {"id": key}).status == 400
    assert empty(small.delete(own)) == (204, b"")
    assert "cpuAutoscalePolicy" not in small.server("WA1DEMOWEB01")["details"]


def test_policies_of_new_servers(small: Client) -> None:
    ids, home = scalings(small), group_of(small)
    server = small.create_and_finish(groupId=home, cpuAutoscalePolicyId=ids["Web scaling"].upper())
    assert server["details"]["cpuAutoscalePolicy"]["id"] == ids["Web scaling"]
    invalid = {
        "cpuAutoscalePolicyId": [{"cpuAutoscalePolicyId": UNKNOWN_ID}],
        "antiAffinityPolicyId": [
            {"antiAffinityPolicyId": UNKNOWN_ID},
            {"antiAffinityPolicyId": spread(small)["id"]},
            {
                "antiAffinityPolicyId": spread(small, location="VA1")["id"],
                "type": "hyperscale",
                "storageType": "hyperscale",
            },
        ],
    }
    for member, bodies in invalid.items():
        for body in bodies:
            assert list(small.create(groupId=home, **body).state()) == [f"body.{member}"]


# Horizontal autoscale policies


def test_horizontal_policy_is_what_was_sent(small: Client) -> None:
    body = {"name": "Web", "scaleUp": {"cpu": 80, "steps": [1, 2]}, "id": UNKNOWN_ID}
    policy = create(small, HORIZONTAL, body)
    assert policy["id"] != UNKNOWN_ID
    assert policy["scaleUp"] == body["scaleUp"]
    own = f"{HORIZONTAL}/{policy['id']}"
    assert small.get(own).json() == policy
    assert small.get(HORIZONTAL).json()["items"] == [policy]
    response = small.put(own, {"name": "Other"})
    assert (response.status, response.json()["name"], "scaleUp" in response.json()) == (200, "Other", False)
    assert empty(small.delete(own)) == (204, b"")
    assert [empty(response) for response in (small.get(own), small.delete(own), small.put(own, body))] == [
        (404, b"")
    ] * 3


def test_horizontal_policy_of_a_group(composed: Client) -> None:
    policy = create(composed, HORIZONTAL, {"name": "Web"})
    path, pool = (
        f"/v2/groups/DEMO/{WEB}/horizontalAutoscalePolicy",
        {"id": "e" * 32, "publicPort": 80, "privatePort": 80},
    )
    assert list(composed.put(path, {"policyId": UNKNOWN_ID, "loadBalancerPool": pool}).state()) == ["body.policyId"]
    assert composed.put(path, {"policyId": policy["id"].upper(), "loadBalancerPool": pool}).status == 200
    assert composed.delete(f"{HORIZONTAL}/{policy['id']}").json() == {"message": "The policy is in use."}
    assert composed.delete(path).status == 204
    assert composed.delete(f"{HORIZONTAL}/{policy['id']}").status == 204


# Seeds

SEED = """
accounts:
  - alias: DEMO
    alert_policies:
      - {name: Busy, recipients: [ops@example.com], triggers: [{metric: cpu, duration_minutes: 10, threshold: 90}]}
      - id: 0123456789abcdef0123456789abcdef
        name: Full
        recipients: []
        triggers: [{metric: disk, duration_minutes: 5, threshold: 80}]
    anti_affinity_policies: [{name: Spread, data_center: wa1}]
    autoscale_policies: [{name: Grow}]
    horizontal_autoscale_policies: [{name: Wide, members: {targetSize: 3}}]
users: [{name: demo, password: demo-password, account: DEMO}]
places:
  - account: DEMO
    data_center: WA1
    groups:
      - name: Web
        servers:
          - {id: WA1DEMOWEB01, type: %s, alert_policies: [Full, Busy], anti_affinity_policy: %s, cpu_autoscale_policy: Grow}
"""


def test_loads_policies_of_a_seed(make: Make, tmp_path: Path) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(SEED % ("hyperscale", "Spread"))
    client = make(str(seed)).login()
    details = client.server("WA1DEMOWEB01")["details"]
    assert [item["name"] for item in details["alertPolicies"]] == ["Full", "Busy"]
    assert details["antiAffinityPolicy"]["name"] == "Spread"
    assert details["cpuAutoscalePolicy"]["id"] == client.get(SCALINGS).json()[0]["id"]
    busy = client.get(ALERTS).json()["items"][0]
    assert busy["triggers"] == [{"metric": "cpu", "duration": "00:10:00", "threshold": 90.0}]
    assert client.get(HORIZONTAL).json()["items"][0]["targetSize"] == 3


@pytest.mark.parametrize(("kind", "name"), [("standard", "Spread"), ("hyperscale", "Unknown")])
def test_a_seed_that_contradicts_itself(make: Make, tmp_path: Path, kind: str, name: str) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(SEED % (kind, name))
    with pytest.raises(SeedError, match=r"WA1DEMOWEB01|wa1demoweb01"):
        make(str(seed))
