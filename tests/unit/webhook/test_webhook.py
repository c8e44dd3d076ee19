# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules webhook and webhook_info."""

from __future__ import annotations

import copy
import typing as t
from urllib.parse import quote

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Exchange
from ansible_collections.centurylink.cloud.plugins.module_utils.arguments import secrets_in
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = "/v2/webhooks/ALTD"
A, B, C = "https://a.example/clc", "https://b.example/clc?x=1&y=2", "https://c.example"
CREATED, DELETED = "Server.Created", "Server.Deleted"
DOCUMENTED: Entity = documented("GET-api-ctl-io-v2-webhooks-accountAlias")


def hooks(recursive: bool | str = False, **targets: t.Sequence[str]) -> Entity:
    """Return the documented list with other targets; Server_Created=[...] sets those of Server.Created."""
    made = copy.deepcopy(DOCUMENTED)
    for item in made["items"]:
        item.pop("configuration", None)
        urls = targets.get(item["name"].replace(".", "_"))
        if urls is not None:
            item["configuration"] = {"recursive": recursive, "targetUris": [{"targetUri": url} for url in urls]}
    return made


def path(event: str) -> str:
    return f"/v2/webhooks/RJP/{event}/configuration"


def body(recursive: bool, *targets: str) -> Entity:
    return {"recursive": recursive, "targetUris": [{"targetUri": url} for url in targets]}


def test_multiple_events_get_their_targets(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks(Server_Deleted=[B]))
    for event in (DELETED, CREATED):
        api.expects("PUT", path(event), NO_BODY, 204, body=body(True, A))
    api.expects("GET", LIST, hooks(True, Server_Created=[A], Server_Deleted=[A]))
    outcome = run("webhook", {"events": [DELETED, CREATED], "target_uris": [A], "recursive": True})
    assert outcome.changed
    assert outcome["webhooks"] == [
        {"event": DELETED, "recursive": True, "target_uris": [A]},
        {"event": CREATED, "recursive": True, "target_uris": [A]},
    ]


SAME: list[Entity] = [
    {"target_uris": [A, B]},
    {"target_uris": [B, "HTTPS://A.example/clc", A]},
    {"target_uri": [A], "purge": False},
    {"recursive": True},
    {},
    {"target_uris": [C], "state": "absent"},
]


@pytest.mark.parametrize("options", SAME)
def test_a_second_run_changes_nothing(api: Scripted, run: Runner, options: Entity) -> None:
    api.expects("GET", LIST, hooks("true", Server_Created=[A, B]))
    assert not run("webhook", {"event": CREATED, **options}).changed


@pytest.mark.parametrize("options", [{"target_uris": []}, {"state": "absent"}, {"recursive": False}])
def test_an_event_without_configuration_has_no_targets(api: Scripted, run: Runner, options: Entity) -> None:
    api.expects("GET", LIST, hooks())
    outcome = run("webhook", {"event": CREATED, **options})
    assert not outcome.changed
    assert outcome["webhooks"] == [{"event": CREATED, "recursive": None, "target_uris": []}]


CHANGES: list[tuple[Entity, Entity]] = [
    ({"target_uris": [A]}, body(True, A)),
    ({"target_uris": []}, body(True)),
    ({"recursive": False}, body(False, A, B)),
    ({"target_uris": [C], "recursive": False, "purge": False}, body(False, A, B, C)),
]


@pytest.mark.parametrize(("options", "sent"), CHANGES)
def test_omitted_options_are_sent_as_they_were(api: Scripted, run: Runner, options: Entity, sent: Entity) -> None:
    targets = [target["targetUri"] for target in sent["targetUris"]]
    api.expects("GET", LIST, hooks(True, Server_Created=[A, B]))
    api.expects("PUT", path(CREATED), NO_BODY, 204, body=sent)
    api.expects("GET", LIST, hooks(sent["recursive"], Server_Created=targets))
    outcome = run("webhook", {"event": CREATED, **options})
    assert outcome["webhooks"] == [{"event": CREATED, "recursive": sent["recursive"], "target_uris": targets}]


def test_targets_are_added_one_at_a_time(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks(True, Server_Created=[C]))
    for present in ([C, A], [C, A, B]):
        api.expects("POST", f"{path(CREATED)}/targetUris", NO_BODY, 204, body={"targetUri": present[-1]})
        api.expects("GET", LIST, hooks(True, Server_Created=present))
    outcome = run("webhook", {"event": CREATED, "target_uris": [A, B], "purge": False})
    assert outcome["webhooks"][0]["target_uris"] == [C, A, B]


def test_the_first_target_creates_a_configuration(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks())
    api.expects("PUT", path(CREATED), NO_BODY, 204, body=body(False, A))
    api.expects("GET", LIST, hooks(Server_Created=[A]))
    assert run("webhook", {"event": CREATED, "target_uris": [A], "purge": False}).changed


def test_targets_are_removed_with_the_uri_that_the_service_returns(api: Scripted, run: Runner) -> None:
    stored_uri = B.replace("https://b", "HTTPS://B")
    api.expects("GET", LIST, hooks(Server_Created=[A, stored_uri, C]))
    api.expects("DELETE", f"{path(CREATED)}/targetUris?targetUri={quote(stored_uri, safe='')}", NO_BODY, 204)
    api.expects("GET", LIST, hooks(Server_Created=[A, C]))
    outcome = run("webhook", {"event": CREATED, "target_uris": [B], "state": "absent"})
    assert outcome["webhooks"][0]["target_uris"] == [A, C]


def test_a_configuration_is_removed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks(True, Server_Created=[A], Server_Deleted=[]))
    for event in (CREATED, DELETED):
        api.expects("DELETE", path(event), NO_BODY, 204)
    api.expects("GET", LIST, hooks())
    outcome = run("webhook", {"events": [CREATED, DELETED], "state": "absent"})
    assert outcome.changed
    assert outcome["webhooks"][0] == {"event": CREATED, "recursive": None, "target_uris": []}


PREDICTED: list[tuple[Entity, Entity]] = [
    ({"target_uris": [C]}, {"recursive": True, "target_uris": [C]}),
    ({"target_uris": [B, C], "purge": False}, {"recursive": True, "target_uris": [A, B, C]}),
    ({"recursive": False}, {"recursive": False, "target_uris": [A]}),
    ({"state": "absent"}, {"recursive": None, "target_uris": []}),
    ({"state": "absent", "target_uris": [A]}, {"recursive": True, "target_uris": []}),
]


@pytest.mark.parametrize(("options", "after"), PREDICTED)
def test_changes_are_predicted(api: Scripted, run: Runner, options: Entity, after: Entity) -> None:
    api.expects("GET", LIST, hooks(True, Server_Created=[A]))
    outcome = run("webhook", {"event": CREATED, **options}, check=True, diff=True)
    assert outcome.changed
    assert outcome["webhooks"] == [{"event": CREATED, **after}]
    assert outcome["diff"]["before"]["webhooks"] == [{"event": CREATED, "recursive": True, "target_uris": [A]}]


LOST = requests.exceptions.ReadTimeout()


def test_a_lost_update_is_repeated(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks())
    api.expects("PUT", path(CREATED), raises=LOST, body=body(False, A))
    api.expects("GET", LIST, hooks())
    api.expects("PUT", path(CREATED), NO_BODY, 204, body=body(False, A))
    api.expects("GET", LIST, hooks(Server_Created=[A]))
    assert run("webhook", {"event": CREATED, "target_uris": [A]}).changed


@pytest.mark.parametrize("urls", [[C, A], [C]])
def test_a_lost_addition_is_verified_and_not_repeated(api: Scripted, run: Runner, urls: list[str]) -> None:
    api.expects("GET", LIST, hooks(Server_Created=[C]))
    api.expects("POST", f"{path(CREATED)}/targetUris", raises=LOST, body={"targetUri": A})
    api.expects("GET", LIST, hooks(Server_Created=urls), times=2 if A in urls else 15)
    outcome = run("webhook", {"event": CREATED, "target_uris": [A], "purge": False})
    assert outcome.failed == (A not in urls)
    assert not outcome.failed or "The work may or may not have been done." in outcome.msg


@pytest.mark.parametrize("options", [{}, {"target_uris": [A]}])
def test_a_lost_removal_is_verified_in_the_list(api: Scripted, run: Runner, options: Entity) -> None:
    where = f"{path(CREATED)}/targetUris?targetUri={quote(A, safe='')}" if options else path(CREATED)
    other = {"Server_Deleted": [A]}  # what another event has does not count
    api.expects("GET", LIST, hooks(Server_Created=[A], **other))
    api.expects("DELETE", where, raises=LOST)
    api.expects("GET", LIST, hooks(**other), times=2)
    assert run("webhook", {"event": CREATED, "state": "absent", **options}).changed


@pytest.mark.parametrize(
    "target",
    [
        "http://hooks.example.com/clc",
        "hooks.example.com",
        "ftp://a.example",
        "ftp://127.0.0.1/x",
        "https://",
        "https://[x",
    ],
)
def test_a_target_without_https_is_rejected_before_a_request(api: Scripted, run: Runner, target: str) -> None:
    outcome = run("webhook", {"event": CREATED, "target_uris": [A, target]})
    assert f"Invalid value for target_uris: '{target}' is not an https URL" in outcome.msg
    assert api.made == []


def test_a_target_without_https_can_be_removed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, hooks(Server_Created=[]))
    assert not run("webhook", {"event": CREATED, "target_uris": ["http://a.example"], "state": "absent"}).changed


def test_http_is_allowed_for_loopback_addresses(api: Scripted, run: Runner) -> None:
    target = "http://127.0.0.1:9000/created"
    api.expects("GET", LIST, hooks(Server_Created=[target]))
    assert not run("webhook", {"event": CREATED, "target_uris": [target]}).changed


def test_an_unknown_event_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, {"items": [], "links": []})
    assert "the service has no event Server.Created" in run("webhook", {"event": CREATED}).msg
    assert "value of events must be one or more of" in run("webhook", {"event": "Server.Moved"}).msg


@pytest.mark.parametrize(("options", "number"), [({}, 10), ({"event": CREATED}, 1)])
def test_webhooks_are_returned(api: Scripted, run: Runner, options: Entity, number: int) -> None:
    api.expects("GET", LIST, DOCUMENTED)
    results = run("webhook_info", options)["webhooks"]
    assert len(results) == number
    if number == 10:
        targets = ["https://uri.test/account/created", "https://api.test/account/created"]
        assert results[0] == {"event": "Account.Created", "recursive": False, "target_uris": targets}
        assert results[2] == {"event": "Account.Updated", "recursive": None, "target_uris": []}


def test_the_password_of_a_target_is_masked(api: Scripted, run: Runner) -> None:
    secret, kept = "https://user:p%40ss-word@hooks.example/x", "https://other:his-0wn@hooks.example/y"
    visible = ["https://other:********@hooks.example/y", "https://user:********@hooks.example/x"]
    api.expects("GET", LIST, hooks(Server_Created=[kept]))
    api.expects("POST", f"{path(CREATED)}/targetUris", NO_BODY, 204, body={"targetUri": secret})
    api.expects("GET", LIST, hooks(Server_Created=[kept, secret]))
    outcome = run("webhook", {"event": CREATED, "target_uris": [secret], "purge": False}, diff=True)
    assert outcome.changed
    assert outcome["webhooks"][0]["target_uris"] == visible
    assert not [word for word in ("p%40ss-word", "his-0wn") if word in outcome.written]
    api.expects("GET", LIST, hooks(Server_Created=[kept, secret]))
    assert not run("webhook", {"event": CREATED, "target_uris": [secret], "purge": False}).changed
    api.expects("GET", LIST, hooks(Server_Created=[kept, secret]))
    outcome = run("webhook_info", {"events": [CREATED]})
    assert outcome["webhooks"][0]["target_uris"] == visible


@pytest.mark.parametrize(
    ("url", "secret", "visible"),
    [
        ("https://user:p@ss@hooks.example/x", "p@ss", "https://user:********@hooks.example/x"),
        ("https://us%40er:p:ass@hooks.example/x", "p:ass", "https://us%40er:********@hooks.example/x"),
        ("https://key-of-user@hooks.example/x", "key-of-user", "https://********@hooks.example/x"),
        ("https://hooks.example/x:y@z", None, "https://hooks.example/x:y@z"),
    ],
)
def test_secrets_of_targets_are_masked_and_not_logged(url: str, secret: str | None, visible: str) -> None:
    path = f"/v2/webhooks/ALTD/x/targetUris?targetUri={quote(url, safe='')}"
    visible_uri = quote(visible, safe="").replace("%2A", "*")
    assert str(Exchange("DELETE", path, "204", 0.1)).startswith(
        f"DELETE /v2/webhooks/ALTD/x/targetUris?targetUri={visible_uri}:"
    )
    assert secrets_in(url) == ({secret, quote(secret, safe="")} if secret else set())
