# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module file declares, and the argument spec that comes of it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.running import Module

ARGUMENTS: dict[str, dict[str, t.Any]] = {
    "address": {
        "type": "dict",
        "options": {"ports": {"type": "list", "elements": "dict", "options": {"port": {"type": "int"}}}},
    }
}
RULE = {"required_if": [("protocol", "tcp", ("port",))]}


def test_rules_of_suboptions_are_added_to_the_spec_of_this_module_alone() -> None:
    spec = Module(lambda task: {}, ARGUMENTS, suboption_rules={"address.ports": RULE, "address": RULE}).argument_spec
    assert spec["address"] == {
        "type": "dict",
        "options": {"ports": {**ARGUMENTS["address"]["options"]["ports"], **RULE}},
        **RULE,
    }
    assert Module(lambda task: {}, ARGUMENTS).argument_spec["address"] == ARGUMENTS["address"]


@pytest.mark.parametrize("name", ["adress", "address.port"])
def test_rules_of_an_option_that_does_not_exist(name: str) -> None:
    with pytest.raises(KeyError):
        Module(lambda task: {}, ARGUMENTS, suboption_rules={name: RULE})
