# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Status of the jobs of the v2 queue and the v2-experimental queue."""

from __future__ import annotations

from clc_simulator.core.errors import not_found
from clc_simulator.core.jobs import Job
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation


def _find_job(request: RequestContext, key: str, experimental: bool) -> Job:
    """Return the job of an id. Raise ApiError (404); each queue has its own jobs (docs/wire-notes.md, section 2)."""
    job = request.world[Job].get(key.lower())
    if job is None or job.account != request.alias or job.outcome == "vanish" or "service" in job.properties:
        raise not_found()
    if ("-" in job.id) == experimental:
        raise not_found()
    return job


@operation("getOperationStatus")
def get_operation_status(request: RequestContext) -> HandlerResponse:
    """Return the status of a job; the cause of a failure cannot be read."""
    return HandlerResponse(
        {"status": _find_job(request, request.path["statusId"], experimental=False).status(request.world.now)}
    )


@operation("getExperimentalOperation")
def get_experimental_operation(request: RequestContext) -> HandlerResponse:
    """Return the status of an experimental job; claims have more properties, and the link to the network after success."""
    job = _find_job(request, request.path["operationId"], experimental=True)
    status = job.status(request.world.now)
    if not job.properties:
        return HandlerResponse({"status": status})
    summary = dict(job.properties["summary"])
    if status == "succeeded" and request.world.now >= job.started + job.seconds + job.properties.get("result_lag", 0.0):
        summary |= job.properties["result"]
    return HandlerResponse(
        {
            "requestType": job.properties["requestType"],
            "status": status,
            "summary": summary,
            "source": job.properties["source"],
        }
    )
