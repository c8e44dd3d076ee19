# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps are recognized by their keys, and never by what they are called."""

from __future__ import annotations

import typing as t
from types import SimpleNamespace

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.declared_resource import DeclaredResource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.pending import PendingCreates
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import Field, member
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.steps import Step, StepKey
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server.creation import ServerCreator

NOTHING: t.Any = lambda: None  # noqa: E731


def key(operation: str = "update", targets: str = "a", properties: str = "", attempt: int = 1) -> StepKey:
    return StepKey(operation, frozenset(targets), frozenset(properties), attempt)


@pytest.mark.parametrize(
    ("sent", "planned", "same"),
    [
        (key(), key(), True),
        (key(targets="abc"), key(targets="bc"), True),  # a batch of which only one target is visible
        (key(targets="ab"), key(targets="abc"), False),  # a target that was not sent
        (key(properties="xy"), key(properties="y"), True),  # an update of which only one property is visible
        (key(properties="x"), key(properties="xy"), False),
        (key(properties="x"), key(properties="y"), False),  # an unrelated update
        (key("create"), key("delete"), False),
        (key(properties="x"), key(properties="x", attempt=2), False),  # a deliberate repeat
    ],
)
def test_what_is_planned_again_is_the_same_work(sent: StepKey, planned: StepKey, same: bool) -> None:
    assert sent.includes(planned) is same


def test_words_decide_nothing() -> None:
    first = Step("archive", "server A", NOTHING, NOTHING, target_ids=["a"], phrase="archive")
    second = Step("archive", "the server a", NOTHING, NOTHING, target_ids=["a"], phrase="move to the archive")
    assert first.label != second.label
    assert first.key == second.key


def test_a_step_without_ids_is_recognized_by_an_identity() -> None:
    first = Step("create", "server 'WEB' (1 of 3)", NOTHING, NOTHING, identity=("server", "WEB", 1))
    again = Step("create", "server 'WEB' (1 of 2)", NOTHING, NOTHING, identity=("server", "WEB", 1))
    other = Step("create", "server 'WEB' (1 of 3)", NOTHING, NOTHING, identity=("server", "WEB", 2))
    assert first.key == again.key != other.key
    with pytest.raises(ValueError, match="target_ids or an identity"):
        Step("create", "server 'WEB'", NOTHING, NOTHING)


def test_creates_of_a_fleet_are_the_same_work_when_some_of_it_is_visible() -> None:
    def creates(missing: int, base: str = "WEB") -> list[StepKey]:
        fleet: t.Any = SimpleNamespace(
            base_name=base,
            group=None,
            group_servers=[],
            task=SimpleNamespace(client=None, option=str, pending=PendingCreates()),
        )
        return [step.key for step in ServerCreator(fleet).steps(missing, {}, NOTHING, "/v2/servers/DEMO")]

    sent = creates(3)
    assert len({*sent}) == 3
    assert all(any(before.includes(planned) for before in sent) for planned in creates(2))
    assert not any(before.includes(creates(4)[3]) for before in sent)
    assert not any(before.includes(planned) for before in sent for planned in creates(3, "APP"))


def test_a_target_that_was_rejected_stays_in_the_key() -> None:
    step = Step("powerOn", "servers", NOTHING, NOTHING, target_ids=["a", "b"])
    step.target_ids = ("a",)
    assert step.key.targets == {"a", "b"}


@pytest.mark.parametrize(
    ("step", "label"),
    [
        (Step("create", "pool 80", NOTHING, NOTHING, identity="x"), "create pool 80"),
        (
            Step("update", "pool 80", NOTHING, NOTHING, identity="x", properties=["port", "nodes"]),
            "change nodes, port of pool 80",
        ),
        (Step("delete", "pool 80", NOTHING, NOTHING, identity="x"), "remove pool 80"),
        (Step("back_up", "shop", NOTHING, NOTHING, identity="x"), "back up shop"),
        (Step("power_on", "web01", NOTHING, NOTHING, identity="x", phrase="start"), "start web01"),
    ],
)
def test_a_step_in_words(step: Step, label: str) -> None:
    assert step.label == label


def test_a_declaration_is_checked_when_its_class_is_made() -> None:
    name = Field("name", create="name", getter=member("name"))
    with pytest.raises(TypeError, match="declares options twice: \\['name'\\]"):
        type("Twice", (DeclaredResource,), {"fields": (name, name)})
    with pytest.raises(TypeError, match="overrides \\['_update_step'\\]"):
        type("Private", (DeclaredResource,), {"_update_step": lambda self, changes: None})
