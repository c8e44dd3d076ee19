# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Login, tokens, accounts and roles."""

from __future__ import annotations

from clc_simulator.core.accounts import TOKEN_SECONDS
from simclient import ROOT, WEB, Client, power

BAD = {"message": "We didn't recognize the username or password you entered. Please try again."}
LOGIN = "/v2/authentication/login"
RIGHT = {"username": "demo", "password": "demo-password"}
WRONG = {"username": "demo", "password": "wrong"}


def test_wrong_password_is_400_with_the_real_message(composed: Client) -> None:
    for body in (WRONG, {"username": "unknown", "password": "x"}):
        response = composed.post(LOGIN, body)
        assert (response.status, response.json()) == (400, BAD)


def test_three_wrong_passwords_lock_and_the_right_one_comes_too_late(composed: Client) -> None:
    for _ in range(3):
        composed.post(LOGIN, WRONG)
    response = composed.post(LOGIN, RIGHT)
    assert (response.status, response.json()) == (400, BAD)
    assert composed.get("/v2/datacenters/DEMO").status == 200, "a token that was issued before stays good"
    assert composed.post(LOGIN, {"username": "viewer", "password": "viewer-password"}).status == 200


def test_two_wrong_passwords_are_forgiven(composed: Client) -> None:
    for _ in range(4):
        composed.post(LOGIN, WRONG)
        composed.post(LOGIN, WRONG)
        assert composed.post(LOGIN, RIGHT).status == 200


def test_errors_have_the_missing_properties(composed: Client) -> None:
    assert set(composed.post(LOGIN, {"username": "demo"}).state()) == {"body.password"}


def test_401_without_or_with_a_stale_token(composed: Client) -> None:
    good = composed.token
    for token in (None, "nonsense", f"{good}x", f"x{good}", ".".join(str(good).split(".")[:2])):
        composed.token = token
        response = composed.get("/v2/datacenters/DEMO")
        assert (response.status, response.body) == (
            401,
            b'{"message":"Authorization has been denied for this request."}',
        )
    composed.token = good
    composed.advance(TOKEN_SECONDS - 5)
    assert composed.get("/v2/datacenters/DEMO").status == 200
    composed.advance(10)
    assert composed.get("/v2/datacenters/DEMO").status == 401
    assert composed.login().get("/v2/datacenters/DEMO").status == 200


def test_bearer_is_case_insensitive_and_required_once(composed: Client) -> None:
    token, composed.token = composed.token, None
    for text, status in (
        (f"bearer {token}", 200),
        (f"Bearer Bearer {token}", 401),
        (f"Basic {token}", 401),
        (str(token), 401),
    ):
        assert composed.request("GET", "/v2/accounts/DEMO", headers={"authorization": text}).status == status


def test_reset_invalidates_tokens(composed: Client) -> None:
    composed.control("POST", "reset")
    assert composed.get("/v2/accounts/DEMO").status == 401


def test_sub_account_with_the_same_token(small: Client) -> None:
    assert small.get("/v2/accounts/dem2").json()["parentAlias"] == "DEMO"
    assert small.server("WA1DEM2BOX01", "dem2")["links"][2]["href"] == "/v2/accounts/dem2"
    assert small.get("/v2/servers/DEMO/WA1DEM2BOX01").status == 404


def test_other_accounts(composed: Client) -> None:
    assert composed.get("/v2/accounts/OTHR").status == 403
    assert composed.get("/v2/accounts/NONE").status == 404
    assert composed.get("/v2/groups/DEMO/0123456789abcdef0123456789abcdef").status == 404
    assert composed.get("/v2/servers/DEMO/WA1OTHRBOX01").status == 404
    assert power(composed, "powerOff", "WA1OTHRBOX01").status == 400
    body = {"name": "x", "parentGroupId": "0123456789abcdef0123456789abcdef"}
    assert set(composed.post("/v2/groups/DEMO", body).state()) == {"body.parentGroupId"}
    composed.login("other", "other-password")
    assert composed.get("/v2/accounts/DEMO").status == 403
    assert composed.get("/v2/servers/OTHR/WA1OTHRBOX01").status == 200


def test_a_viewer_may_only_read(composed: Client) -> None:
    composed.login("viewer", "viewer-password")
    assert composed.get("/v2/servers/DEMO/WA1DEMOWEB01").status == 200
    assert composed.post("/v2/groups/DEMO", {"name": "x", "parentGroupId": ROOT}).status == 403
    assert composed.delete("/v2/servers/DEMO/WA1DEMOWEB01").status == 403
    assert composed.patch(f"/v2/groups/DEMO/{WEB}", name="x").status == 403
    assert power(composed, "powerOff", "WA1DEMOWEB01").status == 403
    assert composed.server("WA1DEMOWEB01")["status"] == "active"
