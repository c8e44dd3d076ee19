# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action groups, and what documents that a module is in one."""

from __future__ import annotations

import yaml

from tools import argument_specs, generate
from tools.option_rules import documentation
from tools.support import ROOT

GROUPS = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]


def test_the_group_of_a_data_center_has_all_modules_with_the_option() -> None:
    shared, docs = argument_specs.fragments(ROOT), documentation(ROOT)
    with_option = [name for name, doc in docs.items() if "data_center" in argument_specs.options_of(doc, shared)]
    assert GROUPS["data_center"] == with_option
    assert len(with_option) > 40
    assert set(with_option) < set(GROUPS["all"])


def test_each_of_them_says_so() -> None:
    fragment = "centurylink.cloud.attributes.data_center"
    says_so = [name for name, doc in documentation(ROOT).items() if fragment in doc["extends_documentation_fragment"]]
    assert says_so == GROUPS["data_center"]


def test_each_data_center_names_its_variable() -> None:
    shared = argument_specs.fragments(ROOT)
    (option,) = [generate.shared().DATA_CENTER]
    for module, doc in documentation(ROOT).items():
        found = argument_specs.options_of(doc, shared)
        entry = found.get(option.name) or found.get(*option.aliases)
        has_default = entry is not None and not entry.get("required") and "Not used" not in str(entry["description"])
        assert not has_default or f"E({option.env[0]})" in str(entry["description"]), module
