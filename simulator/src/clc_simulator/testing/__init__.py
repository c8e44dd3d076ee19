# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For tests of playbooks and other clients: a running simulator with clock, faults, and log of requests.

It only needs the standard library. `clc_simulator.pytest_plugin` has the fixture for pytest.
"""

from clc_simulator.testing.control import ControlError, NotReady
from clc_simulator.testing.process import StartFailed
from clc_simulator.testing.requests import LoggedRequest, RequestLog
from clc_simulator.testing.simulator import Clock, Faults, RunningSimulator, running

__all__ = [
    "Clock",
    "ControlError",
    "Faults",
    "LoggedRequest",
    "NotReady",
    "RequestLog",
    "RunningSimulator",
    "StartFailed",
    "running",
]
