# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of comparison that a single family of resources uses."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.kit import formats
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup import _shared as backups
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup import policy as backup_policy
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.database import _shared as databases
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.firewall import firewall_policy
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.policy import (
    alert_policy,
    horizontal_autoscale_policy,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import public_ip
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.webhook import webhook

Rule = t.Callable[[t.Any, t.Any], bool]


def mails(*recipients: str) -> list[dict[str, t.Any]]:
    return [{"action": "email", "settings": {"recipients": list(recipients)}}]


def trigger(metric: str, duration: str = "00:05:00", threshold: float = 80.0) -> dict[str, t.Any]:
    return {"metric": metric, "duration": duration, "threshold": threshold}


SAME: list[tuple[Rule, t.Any, t.Any, bool]] = [
    (databases.same_enum_value, "BACKING_UP", "Backing Up", True),
    (databases.same_enum_value, "MySQL", "MySQL_REPLICATION", False),
    (databases.same_enum_value, "MySQL", None, False),
    (databases.same_enum_set, ["A_B", "C"], ["c", "a b"], True),
    (databases.same_enum_set, ["A_B"], ["A_B", "C"], False),
    (databases.same_enum_set, [], None, True),
    (public_ip.same_ports, [{"protocol": "tcp", "port": 80}], [{"protocol": "TCP", "port": 80, "portTo": 80}], True),
    (
        public_ip.same_ports,
        [{"protocol": "TCP", "port": 80}, {"protocol": "UDP", "port": 53}],
        [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 80}],
        True,
    ),
    (public_ip.same_ports, [{"protocol": "TCP", "port": 80}], [{"protocol": "TCP", "port": 80, "portTo": 90}], False),
    (public_ip.same_ports, [{"protocol": "ICMP", "port": 0}], [{"protocol": "ICMP", "port": 0}], True),
    (public_ip.same_ports, [{"protocol": "TCP", "port": 80}], None, False),
    (alert_policy.same_recipients, mails("B@x.org", "a@x.org"), mails("a@x.org") + mails("b@X.org"), True),
    (alert_policy.same_recipients, mails("a@x.org"), mails("a@x.org", "b@x.org"), False),
    (alert_policy.same_recipients, mails(), None, True),
    (alert_policy.same_recipients, mails(), mails("a@x.org"), False),
    (alert_policy.same_triggers, [trigger("cpu", "5", 80), trigger("disk")], [trigger("disk"), trigger("CPU")], True),
    (alert_policy.same_triggers, [trigger("cpu", "00:10:00")], [trigger("cpu")], False),
    (alert_policy.same_triggers, [trigger("cpu", threshold=85)], [trigger("cpu")], False),
    (alert_policy.same_triggers, [trigger("cpu")], [trigger("cpu"), trigger("disk")], False),
    (alert_policy.same_triggers, [trigger("cpu")], None, False),
    (horizontal_autoscale_policy.is_part, {"a": {"b": 1}}, {"a": {"b": 1.0, "c": 2}, "d": 3}, True),
    (horizontal_autoscale_policy.is_part, {"a": {"b": 1}}, {"a": {"b": 2}}, False),
    (horizontal_autoscale_policy.is_part, {"a": None}, {"b": 1}, True),
    (horizontal_autoscale_policy.is_part, {"a": None}, {"a": 1}, False),
    (horizontal_autoscale_policy.is_part, {"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}]}, True),
    (horizontal_autoscale_policy.is_part, {"a": [1, 2]}, {"a": [2, 1]}, False),
    (horizontal_autoscale_policy.is_part, {"a": [1]}, {"a": [1, 2]}, False),
    (horizontal_autoscale_policy.is_part, {}, {"a": 1}, True),
    (horizontal_autoscale_policy.is_part, {"a": {}}, {}, True),
    (firewall_policy.same_ports, ["TCP/80", "icmp"], ["icmp", "tcp/80-80"], True),
    (firewall_policy.same_ports, ["tcp/0080"], ["tcp/80"], True),
    (firewall_policy.same_ports, ["ANY", "any"], ["any"], True),
    (firewall_policy.same_ports, ["tcp/80-90"], ["tcp/80"], False),
    (firewall_policy.same_ports, ["tcp/80"], ["udp/80"], False),
    (firewall_policy.same_ports, ["tcp/80"], None, False),
    (firewall_policy.same_ports, [], None, True),
    (firewall_policy.same_ports, ["any"], ["gre"], False),
    (
        webhook.same_urls,
        ["HTTPS://A.example/x", "https://b.example"],
        ["https://B.example/", "https://a.example/x"],
        True,
    ),
    (webhook.same_urls, ["https://a.example/x"], ["https://a.example/X"], False),
    (webhook.same_urls, ["https://a.example/?q=A"], ["https://a.example/?q=a"], False),
    (webhook.same_urls, ["https://[x"], ["https://[x"], True),
    (webhook.same_urls, [], None, True),
    (webhook.same_urls, [], ["https://a.example"], False),
]


@pytest.mark.parametrize(("rule", "desired", "actual", "same"), SAME)
def test_rules_of_comparison(rule: Rule, desired: t.Any, actual: t.Any, same: bool) -> None:
    assert rule(desired, actual) is same


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (" Any ", "any"),
        ("ICMP", "icmp"),
        ("TCP/080", "tcp/80"),
        ("udp/8000-8100", "udp/8000-8100"),
        ("tcp/9-9", "tcp/9"),
        ("tcp/90-80", None),
        ("tcp/65536", None),
        ("tcp", None),
        ("icmp/1", None),
        ("80", None),
    ],
)
def test_words_for_ports_have_one_form(value: str, word: str | None) -> None:
    assert formats.parse_port(value) == word


@pytest.mark.parametrize(
    ("desired", "actual", "same"),
    [
        ([], None, True),
        (["/home", "/etc"], ["/etc/", "/home"], True),
        (["//home//a"], ["/home/a"], True),
        (["/Home"], ["/home"], False),
        (["/home"], ["/home", "/etc"], False),
        (["D:\\Data\\"], ["d:\\data"], True),
        (["d:/data"], ["D:\\Data"], True),
        (["\\\\nas\\Share"], ["\\\\NAS\\share"], True),
        (["/"], ["/"], True),
    ],
)
def test_directories(desired: t.Any, actual: t.Any, same: bool) -> None:
    assert backup_policy.same_paths(desired, actual) is same


@pytest.mark.parametrize(
    ("desired", "actual", "same"),
    [
        ("0 0 3 ? * SUN", "0 0 3 ? * SUN *", True),
        ("0 0 3  ? * sun *", "0 0 3 ? * SUN *", True),
        ("0 0 3 ? * SUN 2030", "0 0 3 ? * SUN *", False),
        ("0 0 4 ? * SUN", "0 0 3 ? * SUN", False),
        ("0 0 3 ? * *", "0 0 3 ? *", False),
        ("0 0 3 ? * SUN", None, False),
    ],
)
def test_cron_expressions(desired: str, actual: t.Any, same: bool) -> None:
    assert backup_policy.same_cron(desired, actual) is same


@pytest.mark.parametrize(
    ("desired", "actual", "same"),
    [("US EAST", "USEAST", True), ("us-east", "US East", True), ("US EAST", "US WEST", False), ("a", None, False)],
)
def test_same_alphanumerics(desired: str, actual: t.Any, same: bool) -> None:
    assert backups.same_alphanumerics(desired, actual) is same


@pytest.mark.parametrize(("written", "minutes"), [("00:05:00", 5), ("5", 5), (15, 15), ("1:0:30", 60.5), ("10.0", 10)])
def test_minutes_of_a_duration(written: t.Any, minutes: float) -> None:
    assert formats.parse_minutes(written) == minutes


@pytest.mark.parametrize("written", ["", "five", "5 min", "05:00", None])
def test_what_is_not_a_duration(written: t.Any) -> None:
    assert formats.parse_minutes(written) is None
