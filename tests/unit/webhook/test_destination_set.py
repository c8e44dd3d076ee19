# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When two lists of destinations are equal."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.resources.security.ips_notification import (
    same_destinations,
)

MAIL = {"typeCode": "EMAIL", "emailAddress": "a@example.com"}
HOOK = {"typeCode": "WEBHOOK", "url": "https://example.com/Hook"}
SYSLOG = {"typeCode": "SYSLOG", "sysLogSettings": {"ipAddress": "2001:db8::1", "udpPort": 514, "facility": 16}}


def syslog(**settings: t.Any) -> list[dict[str, t.Any]]:
    return [{"typeCode": "SYSLOG", "sysLogSettings": {**SYSLOG["sysLogSettings"], **settings}}]  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("desired", "actual", "equal"),
    [
        ([], None, True),
        ([], [], True),
        ([], [MAIL], False),
        ([MAIL], None, False),
        ([MAIL, HOOK], [HOOK, MAIL], True),
        ([MAIL], [MAIL, HOOK], False),
        ([MAIL], [{"typeCode": "email", "emailAddress": "A@Example.com", "url": "", "sysLogSettings": None}], True),
        ([MAIL], [{**MAIL, "intervalCode": "DAILY"}], True),
        ([HOOK], [{**HOOK, "url": "https://example.com/hook"}], False),
        ([HOOK], [{**HOOK, "typeCode": "SLACK"}], False),
        ([SYSLOG], syslog(ipAddress="2001:0db8:0::1", udpPort="514", facility="16"), True),
        ([SYSLOG], syslog(udpPort=515), False),
        ([SYSLOG], syslog(facility=17), False),
        (syslog(ipAddress="Logs.example.com"), syslog(ipAddress="logs.example.com"), True),
    ],
)
def test_destinations(desired: t.Any, actual: t.Any, equal: bool) -> None:
    assert same_destinations(desired, actual) is equal
