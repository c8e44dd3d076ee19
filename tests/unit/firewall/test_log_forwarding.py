# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules log_forwarding and log_forwarding_info, run against scripted HTTP."""

from __future__ import annotations

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    ALIAS,
    DATA_CENTER,
    Entity,
    data_center,
    documented,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import DATA_CENTER_PATH
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = f"/v2-experimental/networks/{ALIAS}/{DATA_CENTER}"
LOGGING = f"{LIST}/logging"
ON: Entity = documented("GET-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-logging")
SENT: Entity = documented("PUT-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-logging.request")
QUEUED: Entity = documented("PUT-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-logging")
OPTIONS = {"remote_address": "1.2.3.4", "protocol": "tcp"}


@pytest.mark.parametrize("off", [{}, {"protocol": "tcp"}, None])
def test_forwarding_is_enabled_and_waited_for(api: Scripted, run: Runner, off: Entity | None) -> None:
    def expects_off(times: int = 1) -> None:
        """The first 404 is followed by a check of the data center."""
        if off is None and times == 1:
            api.expects("GET", LOGGING, NO_BODY, 404)
            api.expects("GET", DATA_CENTER_PATH, data_center())
        else:
            api.expects("GET", LOGGING, NO_BODY if off is None else off, 404 if off is None else 200, times=times)

    expects_off()
    predicted = run("log_forwarding", OPTIONS, check=True)
    expects_off()
    api.expects("PUT", LOGGING, QUEUED, 202, body=SENT)
    expects_off(3)
    api.expects("GET", LOGGING, ON)
    real = run("log_forwarding", OPTIONS)
    assert predicted.changed
    assert real.changed
    assert predicted["log_forwarding"] == real["log_forwarding"] == {"data_center": "VA1", **OPTIONS}


def test_omitted_options_are_not_changed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, ON)
    assert not run("log_forwarding", {"remote_address": "1.2.3.4"}).changed
    api.expects("GET", LOGGING, ON)
    api.expects("PUT", LOGGING, QUEUED, 202, body={**SENT, "protocol": "udp"})
    api.expects("GET", LOGGING, {**ON, "protocol": "udp"})
    assert run("log_forwarding", {"protocol": "udp"})["log_forwarding"]["protocol"] == "udp"


def test_forwarding_is_disabled_without_an_address(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, {**ON, "protocol": "udp"})
    api.expects("PUT", LOGGING, QUEUED, 202, body={"protocol": "udp"})
    api.expects("GET", LOGGING, {})
    outcome = run("log_forwarding", {"state": "absent"})
    assert (outcome.changed, outcome["log_forwarding"]) == (True, None)
    api.expects("GET", LOGGING, {})
    assert not run("log_forwarding", {"state": "absent"}).changed


def test_a_lost_update_is_repeated_after_a_check(api: Scripted, run: Runner) -> None:
    """A PUT replaces the setting, so it may be repeated; its path may return 404 meanwhile."""
    api.expects("GET", LOGGING, NO_BODY, 404)
    api.expects("GET", DATA_CENTER_PATH, data_center())
    api.expects("PUT", LOGGING, raises=requests.ReadTimeout(), body=SENT)
    api.expects("GET", LIST, [])
    api.expects("PUT", LOGGING, QUEUED, 202, body=SENT)
    api.expects("GET", LOGGING, ON)
    assert run("log_forwarding", OPTIONS).changed


def test_without_wait_the_operation_is_returned(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, {})
    api.expects("PUT", LOGGING, QUEUED, 202, body=SENT)
    api.expects("GET", LOGGING, {})
    outcome = run("log_forwarding", {**OPTIONS, "wait": False})
    (job,) = outcome["jobs"]
    path = f"/v2-experimental/operations/{ALIAS}/status/{QUEUED['operationID']}"
    assert (job["id"], job["path"]) == (QUEUED["operationID"], path)
    assert (outcome.changed, outcome["pending"], outcome["log_forwarding"]) == (True, [], None)


def test_a_setting_that_is_never_returned_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, {})
    api.expects("PUT", LOGGING, QUEUED, 202, body=SENT)
    api.expects("GET", LOGGING, {}, times=6)
    outcome = run("log_forwarding", {**OPTIONS, "wait_timeout": 5})
    assert "reads do not return the change yet (create log forwarding of ALTD in VA1)" in outcome.msg
    assert outcome.changed


def test_missing_options_are_reported_before_a_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, {})
    assert "protocol is missing" in run("log_forwarding", {"remote_address": "1.2.3.4"}).msg


def test_an_empty_address_is_rejected_without_a_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, {"remoteAddress": "10.0.0.1", "protocol": "tcp"})
    outcome = run("log_forwarding", {"remote_address": ""})
    assert outcome.failed
    assert "Invalid value for remote_address: it is empty. Set state to absent to disable forwarding." in outcome.msg


def test_forwarding_is_returned(api: Scripted, run: Runner) -> None:
    api.expects("GET", LOGGING, ON)
    assert run("log_forwarding_info", {})["log_forwardings"] == [{"data_center": "VA1", **OPTIONS}]
    api.expects("GET", LOGGING, {})
    assert run("log_forwarding_info", {})["log_forwardings"] == []
