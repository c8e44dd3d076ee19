# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs: every shape of asynchronous response, and many jobs waited for together."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import Forbidden
from ansible_collections.centurylink.cloud.plugins.module_utils.api.jobs import (
    Job,
    QueueResult,
    Rejection,
    Waiter,
    WaitResult,
    normalize_status,
    parse_queue_response,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.responses import ApiResponse
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import documented, queued, recorded, status_link
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

STATUS = "/v2/operations/altd/status"
NO = "The operation cannot be queued because the server cannot be found or it is not in a valid state."
UUID = "66e12f478a714552a8701b956142bdc6"


def started(
    client: Client,
    body: t.Any,
    *target_ids: str,
    service: str = "api",
    request_path: t.Callable[[str], str] | None = None,
) -> QueueResult:
    return parse_queue_response(client, ApiResponse(202, body, service), target_ids, request_path)


# Shapes of responses

SHAPES: list[tuple[str, t.Any, tuple[str, ...], list[Job]]] = [
    (
        "create server",
        recorded("clc-puppet/POST-v2-servers-alias.202"),
        ("test",),
        [
            Job(
                "va1-337562",
                f"{STATUS}/va1-337562",
                target_ids=("test",),
                self_path=f"/v2/servers/ALTD/{UUID}?uuid=True",
                self_id=UUID,
            )
        ],
    ),
    (
        "delete server",
        recorded("clc-puppet/DELETE-v2-servers-alias-server.202"),
        (),
        [Job("va1-334708", f"{STATUS}/va1-334708", target_ids=("va1altdtest13",))],
    ),
    (
        "power on",
        recorded("clc-puppet/POST-v2-operations-alias-servers-powerOn.200"),
        (),
        [Job("va1-341315", f"{STATUS}/va1-341315", target_ids=("va1altdtest25",))],
    ),
    (
        "delete group",
        recorded("clc-puppet/DELETE-v2-groups-alias-id.202"),
        ("group a1",),
        [Job("va1-334736", f"{STATUS}/va1-334736", target_ids=("group a1",))],
    ),
    (
        "add public address",
        recorded("clc-puppet/POST-v2-servers-alias-server-publicIPAddresses.202"),
        ("va1altdtest18",),
        [Job("va1-337564", f"{STATUS}/va1-337564", target_ids=("va1altdtest18",))],
    ),
    (
        "claim network",
        recorded("clc-puppet/POST-v2-experimental-networks-alias-dc-claim.202"),
        ("VA1",),
        [
            Job(
                "acdec714326246029d1b8afa479fabc3",
                "/v2-experimental/operations/ALTD/status/acdec714326246029d1b8afa479fabc3",
                target_ids=("VA1",),
            )
        ],
    ),
    (
        "claim network, absolute address of 2015",
        {"operationId": "ab12", "uri": "http://api.ctl.io/v2-experimental/operations/ALTD/status/ab12"},
        (),
        [Job("ab12", "/v2-experimental/operations/ALTD/status/ab12")],
    ),
    (
        "restore group",
        {"isQueued": True, "links": [{"rel": "self", "href": "/v2/groups/altd/a1?x=y"}, status_link("va1-9")]},
        ("group a1",),
        [
            Job(
                "va1-9",
                f"{STATUS}/va1-9",
                target_ids=("group a1",),
                self_path="/v2/groups/altd/a1?x=y",
                self_id="a1",
            )
        ],
    ),
    ("nothing queued", None, ("va1altdtest18",), []),
    ("no job at all", {"id": "a1", "name": "Web"}, (), []),
]


@pytest.mark.parametrize(("what", "body", "target_ids", "jobs"), SHAPES, ids=[case[0] for case in SHAPES])
def test_every_shape_of_response_becomes_a_job(
    client: Client, what: str, body: t.Any, target_ids: tuple[str, ...], jobs: list[Job]
) -> None:
    assert started(client, body, *target_ids) == QueueResult(jobs=jobs)


def test_a_load_balancer_request_becomes_a_job(client: Client) -> None:
    body = documented("POST-api-loadbalancer-ctl-io-accountAlias-dataCenter-loadbalancers")
    made = body["links"][0]["resourceId"]
    found = started(client, body, "web", service="lbaas", request_path="/ALTD/VA1/loadbalancers/requests/{}".format)
    path = f"/ALTD/VA1/loadbalancers/requests/{body['id']}"
    assert found.jobs == [Job(body["id"], path, "lbaas", ("web",), self_id=made)]


def test_servers_of_one_batch_share_one_job(client: Client) -> None:
    body = [queued("va1altdb02", "va1-5"), queued("va1altda01", "va1-5"), queued("de1altdc01", "de1-7")]
    assert started(client, body).jobs == [
        Job("va1-5", f"{STATUS}/va1-5", target_ids=("va1altdb02", "va1altda01")),
        Job("de1-7", f"{STATUS}/de1-7", target_ids=("de1altdc01",)),
    ]


def test_a_mixed_batch_is_sorted(client: Client) -> None:
    body = [
        queued("va1altda01", "va1-5"),
        {"server": "VA1ALTDB01", "isQueued": False, "errorMessage": NO},
        {"server": "va1altdc01", "isQueued": False, "errorMessage": "The server already in desired state."},
        {"server": "va1altdd01", "isQueued": False},
    ]
    found = started(client, body)
    assert [job.target_ids for job in found.jobs] == [("va1altda01",)]
    assert found.rejections == [Rejection("va1altdb01", NO), Rejection("va1altdd01", "the service gave no reason")]
    assert found.unchanged == ["va1altdc01"]


def test_the_documented_batch_is_understood(client: Client) -> None:
    body = documented("POST-api-ctl-io-v2-operations-accountAlias-servers-archive")
    found = started(client, body)
    assert len(found.jobs) + len(found.rejections) == len(body)
    assert [rejection.reason for rejection in found.rejections] == [
        operation["errorMessage"] for operation in body if not operation["isQueued"]
    ]


def test_one_rejected_operation_is_reported(client: Client) -> None:
    body = {"isQueued": False, "errorMessage": "no room"}
    assert started(client, body, "group a1").rejections == [Rejection("group a1", "no room")]


@pytest.mark.parametrize(
    ("status", "word"),
    [("notStarted", "notstarted"), ("NOT_STARTED", "notstarted"), ("not started", "notstarted"), (None, "none")],
)
def test_statuses_are_normalized(status: t.Any, word: str) -> None:
    assert normalize_status(status) == word


# Waiting


def ids(jobs: t.Iterable[Job]) -> list[str]:
    return [item.id for item in jobs]


def job(number: int, **more: t.Any) -> Job:
    return Job(f"va1-{number}", f"{STATUS}/va1-{number}", **more)


def wait(
    client: Client, clock: Clock, *jobs: Job, seconds: float = 3600.0, progress: list[str] | None = None
) -> WaitResult:
    return Waiter(client, clock.now + seconds, None if progress is None else progress.append).wait(jobs)


def reads(api: Scripted, number: int, *statuses: t.Any) -> None:
    for status in statuses:
        reply = {"status": status} if isinstance(status, str) else b""
        api.expects("GET", f"{STATUS}/va1-{number}", reply, status if isinstance(status, int) else 200)


def test_rounds_grow_by_a_quarter(api: Scripted, client: Client, clock: Clock) -> None:
    reads(api, 1, "notStarted", "executing", "executing", "executing", "executing", "succeeded")
    ended = wait(client, clock, job(1))
    assert clock.pauses == pytest.approx([1.0, 1.25, 1.5625, 1.953125, 2.44140625, 3.0517578125])
    assert (ids(ended.succeeded), ended.failed, ended.unfinished) == (["va1-1"], [], [])


def test_recorded_words_lead_to_success(api: Scripted, client: Client, clock: Clock) -> None:
    words = [
        recorded(f"clc-puppet/GET-v2-operations-alias-status-statusId.200{version}")
        for version in (".v4", ".v2", "", ".v3")
    ]
    assert [word["status"] for word in words] == ["notStarted", "executing", "resumed", "succeeded"]
    for word in words:
        api.expects("GET", f"{STATUS}/va1-1", word)
    progress: list[str] = []
    assert wait(client, clock, job(1, target_ids=("a", "b")), progress=progress).statuses == {"va1-1": "succeeded"}
    assert progress == [f"job va1-1 (a, b): {word['status']}" for word in words]


def test_an_experimental_job_has_words_of_its_own(api: Scripted, client: Client, clock: Clock) -> None:
    path = "/v2-experimental/operations/ALTD/status/ab12"
    for version in ("", ".v2", ".v3"):
        api.expects(
            "GET", path, recorded(f"clc-puppet/GET-v2-experimental-operations-alias-status-statusId.200{version}")
        )
    assert wait(client, clock, Job("ab12", path)).statuses == {"ab12": "succeeded"}


@pytest.mark.parametrize("word", ["failed", "unknown", "FAILED", "error"])
def test_words_of_failure(api: Scripted, client: Client, clock: Clock, word: str) -> None:
    reads(api, 1, word)
    ended = wait(client, clock, job(1))
    assert (ids(ended.failed), ended.statuses) == (["va1-1"], {"va1-1": word})


@pytest.mark.parametrize("word", ["succeeded", "complete", "COMPLETED", "Success"])
def test_words_of_success(api: Scripted, client: Client, clock: Clock, word: str) -> None:
    reads(api, 1, word)
    assert ids(wait(client, clock, job(1)).succeeded) == ["va1-1"]


def test_resumed_goes_on_and_on(api: Scripted, client: Client, clock: Clock) -> None:
    reads(api, 1, *["executing", "resumed"] * 3, "succeeded")
    assert len(wait(client, clock, job(1)).succeeded) == 1


def test_each_round_reads_each_unfinished_job_once(api: Scripted, client: Client, clock: Clock) -> None:
    runs = {1: ["succeeded"], 2: ["executing", "failed"], 3: ["executing", "executing", "succeeded"]}
    for number in range(3):
        with api.in_any_order():
            for job_number, words in runs.items():
                reads(api, job_number, *words[number : number + 1])
    ended = wait(client, clock, *map(job, runs))
    assert clock.pauses == [1.0, 1.25, 1.5625]
    assert [ids(jobs) for jobs in (ended.succeeded, ended.failed, ended.unfinished)] == [
        ["va1-1", "va1-3"],
        ["va1-2"],
        [],
    ]


@pytest.mark.parametrize("status", [500, 502, 429, 404])
def test_a_bad_read_in_passing_is_borne(api: Scripted, client: Client, clock: Clock, status: int) -> None:
    reads(api, 1, "executing", status, status, status, "executing", status, "succeeded")
    assert len(wait(client, clock, job(1)).succeeded) == 1
    assert len(clock.pauses) == 7  # and none of them was tried again within its round


def test_a_lost_read_is_borne(api: Scripted, client: Client, clock: Clock) -> None:
    api.expects("GET", f"{STATUS}/va1-1", raises=requests.exceptions.ReadTimeout())
    api.expects("GET", f"{STATUS}/va1-1", raises=requests.exceptions.ConnectTimeout())
    reads(api, 1, "succeeded")
    assert len(wait(client, clock, job(1)).succeeded) == 1


def test_a_job_that_the_service_does_not_have_any_more_is_unknown(api: Scripted, client: Client, clock: Clock) -> None:
    reads(api, 1, "executing", 404, 404, 404, 404)
    ended = wait(client, clock, job(1))
    assert (ended.failed, ids(ended.unknown), ended.statuses) == ([], ["va1-1"], {"va1-1": "vanished"})


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_status_that_cannot_be_read_is_read_until_the_time_is_up(
    api: Scripted, client: Client, clock: Clock, status: int
) -> None:
    reads(api, 1, *[status] * 9, "succeeded")
    assert ids(wait(client, clock, job(1), seconds=60).succeeded) == ["va1-1"]
    reads(api, 1, "executing", *[status] * 3)
    ended = wait(client, clock, job(1), seconds=5)
    assert (ids(ended.unknown), ended.failed, ended.unfinished) == (["va1-1"], [], [])
    assert ended.statuses == {"va1-1": "unknown"}


def test_a_status_is_not_read_before_retry_after(api: Scripted, client: Client, clock: Clock) -> None:
    begun = clock.now
    api.expects("GET", f"{STATUS}/va1-1", b"", 429, headers={"Retry-After": "20"})
    reads(api, 1, "succeeded")
    assert ids(wait(client, clock, job(1), seconds=60).succeeded) == ["va1-1"]
    assert clock.now - begun >= 21.0


def test_a_job_of_five_seconds_is_noticed_within_the_sixth(api: Scripted, client: Client, clock: Clock) -> None:
    begun = clock.now
    reads(api, 1, "executing", "executing", "executing", "succeeded")
    wait(client, clock, job(1))
    assert 5.0 <= clock.now - begun <= 6.0


def test_many_jobs_are_read_early_when_the_first_has_ended(api: Scripted, client: Client, clock: Clock) -> None:
    numbers = range(1, 26)
    begun = clock.now
    reads(api, 1, "executing", "executing", "executing")  # between rounds
    with api.in_any_order():
        for number in numbers:
            reads(api, number, "executing")
    reads(api, 1, "executing", "succeeded")  # before the second round, which begins at once
    with api.in_any_order():
        for number in numbers[1:]:
            reads(api, number, "succeeded")
    ended = wait(client, clock, *map(job, numbers))
    assert clock.pauses == [0.25] * 6
    assert clock.now - begun == pytest.approx(1.5)
    assert sorted(ids(ended.succeeded)) == sorted(f"va1-{number}" for number in numbers)


def test_time_is_up_for_many_jobs(api: Scripted, client: Client, clock: Clock) -> None:
    reads(api, 1, "executing")
    with api.in_any_order():
        for number in range(1, 26):  # the last read of each is at the deadline itself
            reads(api, number, "executing" if number > 1 else "succeeded")
    ended = wait(client, clock, *map(job, range(1, 26)), seconds=0.5)
    assert ids(ended.succeeded) == ["va1-1"]
    assert len(ended.unfinished) == 24


def test_many_jobs_that_take_long_are_read_in_rounds(api: Scripted, client: Client, clock: Clock) -> None:
    """The reads in between become fewer: none are left when a 25th of the time is longer than a round."""
    counts: list[int] = []
    waiter = Waiter(client, clock.now + 600, None)
    waiter.poll = lambda waits: counts.append(len(waits[0][0]))  # type: ignore[method-assign]
    waiter.wait([job(number) for number in range(30)])
    probes = [position for position, count in enumerate(counts) if count == 1]
    assert 0 < len(probes) < 100  # of more than 3,900 reads
    assert set(counts[-50:]) == {30}


def test_what_no_patience_mends_is_an_error(api: Scripted, client: Client, clock: Clock) -> None:
    reads(api, 1, 403)
    with pytest.raises(Forbidden):
        wait(client, clock, job(1))


def test_what_a_job_returns_with_its_status_is_handed_on(api: Scripted, client: Client, clock: Clock) -> None:
    """A claimed network is named by its operation alone. Reads that failed hand on nothing."""
    seen: list[t.Any] = []
    reads(api, 1, "running", 500, "succeeded")
    assert wait(client, clock, job(1, on_status_read=seen.append)).failed == []
    assert seen == [{"status": "running"}, {"status": "succeeded"}]


def test_time_is_up(api: Scripted, client: Client, clock: Clock) -> None:
    with api.in_any_order():
        reads(api, 1, "executing")
        reads(api, 2, "succeeded")
    reads(api, 1, "executing", "resumed")
    ended = wait(client, clock, job(1), job(2), seconds=3.5)
    assert clock.pauses == [1.0, 1.25, 1.25]  # the last read is at the deadline itself
    assert ids(ended.unfinished) == ["va1-1"]
    assert ended.statuses == {"va1-1": "resumed", "va1-2": "succeeded"}


def test_without_time_nothing_is_read(api: Scripted, client: Client, clock: Clock) -> None:
    assert ids(wait(client, clock, job(1), seconds=0.0).unfinished) == ["va1-1"]


def test_nothing_is_waited_for_where_nothing_was_queued(api: Scripted, client: Client, clock: Clock) -> None:
    assert wait(client, clock) == WaitResult()
    assert clock.pauses == []


def test_a_resource_may_be_its_own_job(api: Scripted, client: Client, clock: Clock) -> None:
    own = Job(
        "7",
        "/v1/ALTD/subscriptions/7",
        "rdbs",
        member="state",
        succeeded=frozenset({"active"}),
        failed=frozenset({"bad"}),
    )
    for word in ("CONFIGURING", "ACTIVE"):
        api.expects("GET", own.path, {"state": word}, base=client.endpoints.of("rdbs"))
    assert wait(client, clock, own).succeeded == [own]


def test_what_is_removed_may_be_gone_at_the_end(api: Scripted, client: Client, clock: Clock) -> None:
    own = Job("7", "/v1/ALTD/subscriptions/7", "rdbs", not_found_is_success=True)
    base = client.endpoints.of("rdbs")
    api.expects("GET", own.path, {"status": "Pending"}, base=base).expects("GET", own.path, status=404, base=base)
    ended = wait(client, clock, own)
    assert (ended.succeeded, ended.statuses) == ([own], {"7": "gone"})
