# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The states of queued work: the queue of v2 and that of v2-experimental."""

from __future__ import annotations

from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem
from clc_simulator.queue import Job


def _job(call: Call, key: str, experimental: bool) -> Job:
    """Return the job of an id. Raises Problem (404); each queue knows its own jobs only (wire notes, section 2)."""
    job = call.world[Job].get(key.lower())
    if job is None or job.account != call.alias or job.outcome == "vanish" or "service" in job.facts:
        raise Problem(404)
    if ("-" in job.id) == experimental:
        raise Problem(404)
    return job


@operation("getOperationStatus")
def get_operation_status(call: Call) -> Reply:
    """Answer the status of a job, and nothing else: why a job failed cannot be read."""
    return Reply({"status": _job(call, call.path["statusId"], experimental=False).status(call.world.now)})


@operation("getExperimentalOperation")
def get_experimental_operation(call: Call) -> Reply:
    """Answer the status of an experimental job; claims tell more, and where their network is once they succeeded."""
    job = _job(call, call.path["operationId"], experimental=True)
    status = job.status(call.world.now)
    if not job.facts:
        return Reply({"status": status})
    summary = dict(job.facts["summary"])
    if status == "succeeded" and call.world.now >= job.begun + job.seconds + job.facts.get("result_lag", 0.0):
        summary |= job.facts["result"]
    return Reply(
        {
            "requestType": job.facts["requestType"],
            "status": status,
            "summary": summary,
            "source": job.facts["source"],
        }
    )
