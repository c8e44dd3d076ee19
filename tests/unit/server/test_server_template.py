# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server_template."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    archived,
    building,
    hex_id,
    queued,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

NAME = "va1altdweb01"
SERVER, CONVERT = f"/v2/servers/ALTD/{NAME}", f"/v2/servers/altd/{NAME}/convertToTemplate"
DESIRED: dict[str, t.Any] = {"server_id": NAME.upper(), "template_password": PASSWORD}
TEMPLATES = hex_id(0xA2)


def template(**members: t.Any) -> Entity:
    return server(NAME, isTemplate=True, groupId=TEMPLATES, **members)


@pytest.mark.parametrize("response", [status_link("va1-1"), queued(NAME, "va1-1")])
def test_a_server_is_converted_and_keeps_its_description(api: Scripted, run: Runner, response: Entity) -> None:
    api.expects("GET", SERVER, server(NAME, description="shop"))
    body = {"description": "shop", "visibility": "private", "password": PASSWORD}
    api.expects("POST", CONVERT, response, 202, body=body)
    expects_jobs(api, "va1-1", statuses=["executing", "succeeded"])
    api.expects("GET", SERVER, server(NAME, description="shop"))  # not visible yet
    api.expects("GET", SERVER, template(description="shop"))
    outcome = run("server_template", DESIRED)
    assert outcome.changed
    result = outcome["server_template"]
    assert (result["id"], result["is_template"], result["group_id"]) == (NAME, True, TEMPLATES)
    assert result["description"] == "shop"


def test_specified_options_are_sent(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, server(NAME, description="shop"))
    body = {"description": "", "visibility": "shared", "password": PASSWORD}
    api.expects("POST", CONVERT, status_link("va1-1"), 202, body=body)
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, template(description=""))
    assert run("server_template", {**DESIRED, "description": "", "visibility": "shared"}).changed


def test_a_template_is_left_as_it_is(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, template(description="shop"))
    outcome = run("server_template", {**DESIRED, "description": "another"})
    assert not outcome.changed
    assert outcome["server_template"]["description"] == "shop"


def test_a_conversion_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, server(NAME, description="shop"))
    outcome = run("server_template", {**DESIRED, "description": "new"}, check=True, diff=True)
    assert outcome.changed
    result = outcome["server_template"]
    assert (result["is_template"], result["description"], result["group_id"]) == (True, "new", PLACEHOLDER)
    assert outcome["diff"]["before"]["server_template"]["is_template"] is False


def test_a_server_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, NO_BODY, 404)
    outcome = run("server_template", DESIRED, check=True)
    assert outcome.changed
    assert (outcome["server_template"]["id"], len(outcome.warnings)) == (NAME, 1)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ((NO_BODY, 404), f"Cannot find server {NAME}: server {NAME} does not exist"),
        ((building(NAME), 200), f"Cannot create a template of server {NAME}: {NAME} is underConstruction"),
        ((archived(NAME), 200), f"Cannot create a template of server {NAME}: {NAME} is archived"),
    ],
)
def test_an_unsuitable_server_is_an_error(api: Scripted, run: Runner, reply: tuple[t.Any, int], message: str) -> None:
    api.expects("GET", SERVER, *reply)
    outcome = run("server_template", DESIRED)
    assert outcome.failed
    assert message in outcome.msg


def test_a_wrong_password_is_reported_by_the_service(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, server(NAME, description=""))
    body = {"description": "", "visibility": "private", "password": PASSWORD}
    wrong = {"message": "The request is invalid.", "modelState": {"body.password": ["It is not that of the server."]}}
    api.expects("POST", CONVERT, wrong, 400, body=body)
    outcome = run("server_template", DESIRED)
    assert f"Cannot create a template of server {NAME}" in outcome.msg
    assert "password: It is not that of the server." in outcome.msg
    assert not outcome.changed
