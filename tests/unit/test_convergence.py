# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Convergence, driven with two small resources of its own: one thing with fields, and many things at once."""

from __future__ import annotations

import contextlib
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils import convergence
from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import (
    BadRequest,
    ClcError,
    Forbidden,
    JobError,
    ResponseLost,
    ServerError,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.jobs import QueueResult, parse_queue_response
from ansible_collections.centurylink.cloud.plugins.module_utils.api.responses import ApiResponse
from ansible_collections.centurylink.cloud.plugins.module_utils.kit import compare
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.declared_resource import DeclaredResource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.naming import to_snake_case, with_keys
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import (
    Action,
    Entity,
    Field,
    Resource,
    member,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.steps import Step
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import queued, status_link
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

SHELVES, BOXES = "/v2/shelves", "/v2/boxes"


class Shelf(DeclaredResource):
    """A shelf, found by its name in the list of all."""

    title = "shelf"
    volatile = DeclaredResource.volatile | {"touched"}
    consistency_timeout = 10.0
    fields = (
        Field("name", create="name"),
        Field("size", create="size", update="size", getter=member("size"), matches=compare.number),
        Field("note", create="note", update="note", getter=member("note"), matches=compare.string),
    )

    @property
    def label(self) -> str:
        return f"shelf {self.task.option('name')}"

    def find(self) -> None:
        found = self.task.client.get(SHELVES).body
        self.entity = next((entry for entry in found if entry["name"] == self.task.option("name")), None)

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(SHELVES, body)

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.patch(f"{SHELVES}/{self.existing['id']}", changes)

    def remove(self) -> ApiResponse:
        return self.task.client.delete(f"{SHELVES}/{self.existing['id']}")

    def show(self) -> dict[str, t.Any]:
        keys = ("id", "name", "size", "note", "touched", "change_info")
        return {"shelf": with_keys(to_snake_case(self.entity), keys) if self.entity is not None else None}


class Boxes(Resource):
    """Boxes by name, all of them made at once; each is a job, and empty until it is ready."""

    title = "boxes"
    consistency_timeout = 10.0

    def __init__(self, task: Task, recover: bool = False) -> None:
        super().__init__(task)
        self.boxes: list[Entity] = []
        self.recover = recover
        self.submitted_jobs: list[str] = []

    def find(self) -> None:
        self.boxes = self.task.client.get(BOXES).body

    def is_stable(self) -> bool:
        return all(box.get("ready", True) for box in self.boxes)

    def plan(self) -> list[Step]:
        there = {box["name"] for box in self.boxes}
        return [self._step(name) for name in self.task.option("names") if name not in there]

    def _step(self, name: str) -> Step:
        def recovered(error: ResponseLost) -> QueueResult:
            raise error

        return Step(
            "make",
            f"box {name}",
            send=lambda: self.task.client.post(BOXES, {"name": name}),
            predict=lambda: self.boxes.append({"name": name}),
            target_ids=(name,),
            effect="created",
            parse=lambda response: parse_queue_response(self.task.client, response, (name,)),
            recover=recovered if self.recover else None,
        )

    def submitted(self, jobs: t.Sequence[t.Any]) -> None:
        self.submitted_jobs = [job.id for job in jobs]

    def show(self) -> dict[str, t.Any]:
        return {"boxes": sorted(box["name"] for box in self.boxes)}


def task_of(client: Client, clock: Clock, options: dict[str, t.Any], **more: t.Any) -> Task:
    return Task(client, {"wait": True, "wait_timeout": 60, **options}, deadline=clock.now + 60.0, **more)


def shelf(**members: t.Any) -> Entity:
    return {
        "id": "7",
        "name": "a",
        "size": 1,
        "changeInfo": {"modifiedDate": "x"},
        "touched": 1,
        "links": [],
        **members,
    }


@pytest.fixture
def task(client: Client, clock: Clock) -> t.Callable[..., Task]:
    def make(check: bool = False, diff: bool = False, **options: t.Any) -> Task:
        return task_of(client, clock, options, check_mode=check, diff_mode=diff)

    return make


Make = t.Callable[..., Task]
LOST = requests.exceptions.ReadTimeout()
# Reads of the status of a job within the 60 seconds of a task.
ROUNDS = 17
# Looks for a change within them: at once, after 1, 2 and 4 seconds, and every 5 seconds.
READS = 15


# One thing


def test_what_is_missing_is_created(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [])
    api.expects("POST", SHELVES, shelf(), 201, body={"name": "a", "size": 1})
    api.expects("GET", SHELVES, [shelf()])
    result = convergence.converge(Shelf(task(name="a", size=1)))
    assert result["changed"] is True
    assert result["shelf"]["id"] == "7"
    assert set(result) == {"changed", "shelf"}


def test_what_differs_is_changed(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, [shelf(size=2)])
    result = convergence.converge(Shelf(task(name="a", size=2, note="")))
    assert (result["changed"], result["shelf"]["size"]) == (True, 2)


def test_an_update_that_reads_show_by_halves_is_sent_once(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2, "note": "x"})
    api.expects("GET", SHELVES, [shelf(size=2)])
    api.expects("GET", SHELVES, [shelf(size=2)])
    api.expects("GET", SHELVES, [shelf(size=2, note="x")])
    result = convergence.converge(Shelf(task(name="a", size=2, note="x")))
    assert (result["changed"], result["shelf"]["note"]) == (True, "x")


def test_what_is_as_wanted_is_left_alone(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    result = convergence.converge(Shelf(task(name="a", size=1.0, diff=True)))
    assert result["changed"] is False
    assert result["diff"]["before"] == result["diff"]["after"]


def test_state_absent_removes_the_resource(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("DELETE", f"{SHELVES}/7", status_link("va1-1"), 202)
    api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": "succeeded"})
    api.expects("GET", SHELVES, [])
    result = convergence.converge(Shelf(task(name="a", state="absent")))
    assert result == {"changed": True, "shelf": None}


def test_what_is_not_there_need_not_be_removed(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [])
    assert convergence.converge(Shelf(task(name="a", state="absent"))) == {"changed": False, "shelf": None}


@pytest.mark.parametrize(
    ("before", "options"),
    [
        ([], {"name": "a", "size": 1}),
        ([shelf()], {"name": "a", "size": 2, "note": "x"}),
        ([shelf()], {"name": "a"}),
        ([shelf()], {"name": "a", "state": "absent"}),
        ([], {"name": "a", "state": "absent"}),
    ],
)
def test_a_prediction_is_what_comes_of_it(
    api: Scripted, task: Make, before: list[Entity], options: dict[str, t.Any]
) -> None:
    """Check mode sends nothing but reads, and shows the same keys and values as far as they can be known."""
    api.expects("GET", SHELVES, before)
    predicted = convergence.converge(Shelf(task(check=True, diff=True, **options)))
    after = [] if options.get("state") == "absent" else [shelf(**options)]
    api.expects("GET", SHELVES, before)
    if after and not before:
        api.expects("POST", SHELVES, shelf(), 201, body={"name": "a", "size": 1})
    elif after and len(options) > 1:
        api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2, "note": "x"})
    elif before and not after:
        api.expects("DELETE", f"{SHELVES}/7", NO_BODY, 204)
    if predicted["changed"]:
        api.expects("GET", SHELVES, after)
    real = convergence.converge(Shelf(task(diff=True, **options)))
    assert real["changed"] is predicted["changed"]
    assert real["diff"]["before"] == predicted["diff"]["before"]
    if real["shelf"] is None:
        assert predicted["shelf"] is None
    else:
        assert list(real["shelf"]) == list(predicted["shelf"])
        known = {key: value for key, value in predicted["shelf"].items() if value not in (None, PLACEHOLDER)}
        assert {key: real["shelf"][key] for key in known} == known


def test_a_diff_leaves_out_what_changes_by_itself(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, [shelf(size=2, touched=99, changeInfo={"modifiedDate": "y"})])
    result = convergence.converge(Shelf(task(name="a", size=2, diff=True)))
    before = {"id": "7", "name": "a", "size": 1, "note": None}
    assert result["diff"] == {"before": {"shelf": before}, "after": {"shelf": {**before, "size": 2}}}
    assert result["shelf"]["touched"] == 99


def test_a_lag_after_the_work_is_waited_out(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, [shelf()], times=2)
    api.expects("GET", SHELVES, [shelf(size=2)])
    assert convergence.converge(Shelf(task(name="a", size=2)))["shelf"]["size"] == 2
    assert clock.pauses == [1.0, 1.25]


def test_a_lag_without_end_is_an_error_and_nothing_is_sent_again(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, [shelf()], times=8)  # seven times in 11.3 s, and once more for the result
    with pytest.raises(JobError, match="reads do not return the change yet \\(change size of shelf a\\)") as error:
        convergence.converge(Shelf(task(name="a", size=2)))
    assert clock.passed == pytest.approx(11.26, abs=0.01)
    assert error.value.details["changed"] is True
    assert error.value.details["done"] == ["change size of shelf a"]
    assert error.value.details["shelf"]["size"] == 1


def test_an_error_of_a_job_lists_what_was_done(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("DELETE", f"{SHELVES}/7", status_link("va1-1"), 202)
    api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": "executing"})
    api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": "failed"})
    api.expects("GET", SHELVES, [shelf()], times=2)
    with pytest.raises(JobError) as error:
        convergence.converge(Shelf(task(name="a", state="absent")))
    message = str(error.value)
    assert message.startswith("Cannot remove shelf a: the work failed (job va1-1: failed).")
    assert "The service does not report why a job failed." in message
    details = error.value.details
    assert (details["changed"], details["done"], details["shelf"]["id"]) == (True, ["remove shelf a"], "7")
    assert details["jobs"] == [{"id": "va1-1", "status": "failed", "targets": []}]


def test_a_refused_change_changed_nothing(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects(
        "PATCH", f"{SHELVES}/7", {"message": "no room", "modelState": {"body.size": ["big"]}}, 400, body={"size": 2}
    )
    with pytest.raises(BadRequest) as error:
        convergence.converge(Shelf(task(name="a", size=2)))
    assert str(error.value).startswith("Cannot change size of shelf a: no room (size: big;")
    assert error.value.details["changed"] is False
    assert error.value.details["done"] == []
    assert error.value.details["model_state"] == {"body.size": ["big"]}


def test_a_failure_of_the_first_read(api: Scripted, task: Make) -> None:
    api.expects("GET", SHELVES, NO_BODY, 403)
    with pytest.raises(Forbidden) as error:
        convergence.converge(Shelf(task(name="a")))
    assert error.value.details["changed"] is False


def test_reads_that_fail_after_the_work_are_repeated(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, {"message": "down"}, 503, times=10)
    api.expects("GET", SHELVES, [shelf(size=2)])
    assert convergence.converge(Shelf(task(name="a", size=2)))["changed"] is True


def test_the_failure_itself_is_raised_if_the_result_cannot_be_read(
    api: Scripted, task: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convergence, "_LOST_SECONDS", 0.0)
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", NO_BODY, 204, body={"size": 2})
    api.expects("GET", SHELVES, {"message": "down"}, 500, times=5)
    api.expects("GET", SHELVES, {"message": "still down"}, 500, times=5)
    with pytest.raises(ServerError, match="down") as error:
        convergence.converge(Shelf(task(name="a", size=2)))
    assert error.value.details["changed"] is True


def test_a_shared_resource_is_locked_for_the_whole_task(api: Scripted, client: Client, clock: Clock) -> None:
    seen: list[tuple[str, int]] = []

    @contextlib.contextmanager
    def lock(name: str) -> t.Iterator[None]:
        seen.append((f"take {name}", len(api.made)))
        yield
        seen.append((f"give {name}", len(api.made)))

    class Locked(Shelf):
        def lock_names(self) -> str | None:
            return f"shelf {self.task.option('name')}"

    api.expects("GET", SHELVES, [shelf()], times=2)
    convergence.converge(Locked(task_of(client, clock, {"name": "a"}, lock=lock)))
    assert seen == [("take shelf a", 0), ("give shelf a", 1)]
    convergence.converge(Locked(task_of(client, clock, {"name": "a"}, lock=lock, check_mode=True)))
    assert len(seen) == 2  # a prediction needs no lock


# Many things


def job_of(number: int) -> str:
    return f"/v2/operations/altd/status/va1-{number}"


def boxes(*names: str, ready: bool = True) -> list[Entity]:
    return [{"name": name, "ready": ready} for name in names]


def test_the_jobs_of_a_stage_are_waited_for_together(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})  # the first goes alone
    with api.in_any_order():
        api.expects("POST", BOXES, queued("b", "va1-2"), 202, body={"name": "b"})
        api.expects("POST", BOXES, queued("c", "va1-3"), 202, body={"name": "c"})
    with api.in_any_order():
        for number in (1, 2, 3):
            api.expects("GET", job_of(number), {"status": "succeeded"})
    api.expects("GET", BOXES, boxes("a", "b", "c", ready=False))  # the job is done before the thing is
    api.expects("GET", BOXES, boxes("a", "b", "c"))
    result = convergence.converge(Boxes(task(names=["a", "b", "c"])))
    assert result == {"changed": True, "boxes": ["a", "b", "c"]}
    assert clock.pauses == [1.0, 1.0]


def test_where_the_first_step_is_refused_nothing_else_is_sent(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, {"message": "Memory limit exceeded"}, 400, body={"name": "a"})
    with pytest.raises(BadRequest, match="Cannot make box a: Memory limit exceeded") as error:
        convergence.converge(Boxes(task(names=list("abcde"))))
    assert error.value.details["changed"] is False


def test_one_refused_of_five(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    with api.in_any_order():
        for number, name in enumerate("bde", 2):
            api.expects("POST", BOXES, queued(name, f"va1-{number}"), 202, body={"name": name})
        api.expects("POST", BOXES, {"message": "Memory limit exceeded"}, 400, body={"name": "c"})
    with api.in_any_order():
        for number in range(1, 5):
            api.expects("GET", job_of(number), {"status": "succeeded"})
    api.expects("GET", BOXES, boxes(*"abde"))
    with pytest.raises(BadRequest, match="Cannot make box c: Memory limit exceeded") as error:
        convergence.converge(Boxes(task(names=list("abcde"))))
    assert "1 of 5 steps failed; the others were carried out." in str(error.value)
    details = error.value.details
    assert (details["changed"], details["boxes"]) == (True, ["a", "b", "d", "e"])
    assert sorted(details["done"]) == ["make box a", "make box b", "make box d", "make box e"]
    assert [entry["status"] for entry in details["jobs"]] == ["succeeded"] * 4
    assert [text[:17] for text in details["failures"]] == ["Cannot make box c"]


def test_one_that_is_not_queued_of_a_stage(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    api.expects("POST", BOXES, {"server": "b", "isQueued": False, "errorMessage": "no room."}, 202, body={"name": "b"})
    api.expects("GET", job_of(1), {"status": "succeeded"})
    api.expects("GET", BOXES, boxes("a"))
    with pytest.raises(JobError, match="b was rejected: no room") as error:
        convergence.converge(Boxes(task(names=["a", "b"])))
    assert error.value.details["rejections"] == [{"target": "b", "reason": "no room."}]
    assert error.value.details["done"] == ["make box a"]


def test_a_lost_response_among_others_is_reported_after_they_ended(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, raises=LOST, body={"name": "a"})
    api.expects("POST", BOXES, queued("b", "va1-2"), 202, body={"name": "b"})
    api.expects("GET", job_of(2), {"status": "succeeded"})
    api.expects("GET", BOXES, boxes("b"))
    with pytest.raises(ResponseLost) as error:
        convergence.converge(Boxes(task(names=["a", "b"]), recover=True))
    assert error.value.details["done"] == ["make box b"]


def test_without_waiting_the_jobs_are_returned(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", BOXES, boxes("z", ready=False))  # without waiting, another box may be unstable
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    api.expects("GET", BOXES, boxes("z"))
    found = Boxes(task(names=["a"], wait=False))
    result = convergence.converge(found)
    assert result == {
        "changed": True,
        "boxes": ["z"],
        "jobs": [{"id": "va1-1", "service": "api", "path": job_of(1), "targets": ["a"]}],
        "pending": [],
    }
    assert found.submitted_jobs == ["va1-1"]
    assert clock.pauses == []


class Stages(Boxes):
    """One box after the other."""

    def plan(self) -> list[Step]:
        return super().plan()[:1]


def test_without_waiting_the_later_stages_are_pending(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    api.expects("GET", BOXES, boxes("a"))
    result = convergence.converge(Stages(task(names=["a", "b", "c"], wait=False)))
    assert result["pending"] == ["make box b", "make box c"]
    assert result["boxes"] == ["a"]


def test_without_waiting_nothing_to_do_has_the_same_keys(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, boxes("a"))
    result = convergence.converge(Boxes(task(names=["a"], wait=False)))
    assert result == {"changed": False, "boxes": ["a"], "jobs": [], "pending": []}


def test_without_waiting_a_prediction_has_the_same_keys(api: Scripted, task: Make) -> None:
    api.expects("GET", BOXES, [])
    result = convergence.converge(Stages(task(names=["a", "b"], wait=False, check=True)))
    assert result == {"changed": True, "boxes": ["a", "b"], "jobs": [], "pending": ["make box a", "make box b"]}


def test_unfinished_work_is_an_error_at_the_end_of_wait_timeout(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    api.expects("GET", job_of(1), {"status": "executing"}, times=ROUNDS)
    api.expects("GET", BOXES, [])
    with pytest.raises(JobError, match=r"a did not finish within wait_timeout, 60 s \(job va1-1: executing\)") as error:
        convergence.converge(Boxes(task(names=["a"])))
    assert "The work continues." in str(error.value)
    assert clock.passed == pytest.approx(60.0)
    assert error.value.details["changed"] is True


class Unrepeatable(Boxes):
    """Boxes of which a second run would make more."""

    rerun_hint = "Look first."


@pytest.mark.parametrize("status", ["executing", "failed"])
def test_a_resource_says_itself_what_a_second_run_does(api: Scripted, task: Make, clock: Clock, status: str) -> None:
    api.expects("GET", BOXES, [])
    api.expects("POST", BOXES, queued("a", "va1-1"), 202, body={"name": "a"})
    api.expects("GET", job_of(1), {"status": status}, times=ROUNDS if status == "executing" else 1)
    api.expects("GET", BOXES, [])
    with pytest.raises(JobError) as error:
        convergence.converge(Unrepeatable(task(names=["a"])))
    hint = {"executing": "The work continues. Look first.", "failed": "not report why a job failed. Look first."}
    assert str(error.value).endswith(hint[status])


def test_a_task_waits_first_for_what_another_one_is_building(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", BOXES, boxes("z", ready=False), times=2)
    api.expects("GET", BOXES, boxes("a", "z"))
    assert convergence.converge(Boxes(task(names=["a"])))["changed"] is False
    assert clock.pauses == [1.0, 1.25]


def test_a_resource_that_never_is_stable_is_an_error(api: Scripted, task: Make, clock: Clock) -> None:
    api.expects("GET", BOXES, boxes("z", ready=False), times=18)
    with pytest.raises(JobError, match="was not stable within the time of the task"):
        convergence.converge(Boxes(task(names=["a"])))
    assert clock.passed == pytest.approx(60.0)


class Endless(Boxes):
    """Wants another box each time."""

    def plan(self) -> list[Step]:
        return [self._step(f"b{len(self.done)}")]

    def find(self) -> None:
        self.boxes = []

    def _step(self, name: str) -> Step:
        step = super()._step(name)
        step.send = lambda: ApiResponse(204, None)
        return step


@pytest.mark.parametrize("check", [True, False])
def test_a_plan_without_end_is_an_error(api: Scripted, task: Make, check: bool) -> None:
    with pytest.raises(JobError, match="the plan has not ended after 50 stages"):
        convergence.converge(Endless(task(check=check)))


# Actions


class Ring(Action):
    """Rings a bell, and another one where the first is not enough; the service shows which were rung."""

    title = "bells"

    def find(self) -> None:
        self.rung = self.task.client.get("/v2/bells").body

    def steps(self) -> list[Step]:
        return [
            Step(
                "ring",
                f"bell {name}",
                lambda name=name: self.task.client.post(f"/v2/bells/{name}"),  # type: ignore[misc]
                lambda name=name: self.rung.append(name),  # type: ignore[misc]
                target_ids=(name,),
            )
            for name in self.task.option("names")
            if name not in self.rung
        ]

    def show(self) -> dict[str, t.Any]:
        return {"rung": sorted(self.rung)}


def test_an_action_is_carried_out_once(api: Scripted, task: Make) -> None:
    api.expects("GET", "/v2/bells", ["b"])
    api.expects("POST", "/v2/bells/a", NO_BODY, 204)
    api.expects("GET", "/v2/bells", ["b"])  # the service does not show it, but it must not ring again
    assert convergence.converge(Ring(task(names=["a", "b"]))) == {"changed": True, "rung": ["b"]}


def test_an_action_is_predicted(api: Scripted, task: Make) -> None:
    api.expects("GET", "/v2/bells", [])
    assert convergence.converge(Ring(task(names=["a"], check=True))) == {"changed": True, "rung": ["a"]}


def test_an_action_that_was_done_is_not_repeated(api: Scripted, task: Make) -> None:
    api.expects("GET", "/v2/bells", ["a"])
    assert convergence.converge(Ring(task(names=["a"])))["changed"] is False


def test_an_info_module_never_changes_anything() -> None:
    assert convergence.info_result("boxes", ("a", "b")) == {"changed": False, "boxes": ["a", "b"]}


def test_an_error_of_the_plan_is_raised(api: Scripted, task: Make) -> None:
    class Refusing(Boxes):
        def plan(self) -> list[Step]:
            raise ClcError("the options are invalid", action="make", target="boxes")

    api.expects("GET", BOXES, [])
    with pytest.raises(ClcError, match="the options are invalid") as error:
        convergence.converge(Refusing(task(names=["a"])))
    assert error.value.details == {"changed": False, "done": []}


# Responses that were lost, of steps that have no recovery of their own


@pytest.mark.parametrize(
    "lost",
    [{"raises": LOST}, {"reply": b"<html>", "status": 502}, {"reply": b'{"cut', "status": 202}],
    ids=["lost", "gateway", "accepted"],
)
def test_a_change_whose_response_was_lost_is_read_back(api: Scripted, task: Make, lost: dict[str, t.Any]) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", **{"reply": b"", "body": {"size": 2}, **lost})
    api.expects("GET", SHELVES, [shelf()], times=3)
    api.expects("GET", SHELVES, [shelf(size=2)], times=2)
    result = convergence.converge(Shelf(task(name="a", size=2)))
    assert (result["changed"], result["shelf"]["size"]) == (True, 2)


@pytest.mark.parametrize(
    ("lost", "changed", "message"),
    [
        ({"raises": LOST}, False, "may or may not have been done"),
        ({"status": 503}, False, "may or may not have been done"),
        ({"reply": b'{"cut', "status": 202}, True, "accepted the request"),
    ],
    ids=["lost", "gateway", "accepted"],
)
def test_a_change_that_never_becomes_visible_may_have_been_done(
    api: Scripted, task: Make, clock: Clock, lost: dict[str, t.Any], changed: bool, message: str
) -> None:
    api.expects("GET", SHELVES, [shelf()])
    api.expects("PATCH", f"{SHELVES}/7", **{"reply": b"", "body": {"size": 2}, **lost})
    api.expects("GET", SHELVES, [shelf()], times=READS + changed)
    with pytest.raises(ResponseLost, match=message) as error:
        convergence.converge(Shelf(task(name="a", size=2)))
    assert error.value.details["changed"] is changed
    assert clock.passed == pytest.approx(60.0)
