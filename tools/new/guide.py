# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The blocks of docs/writing-a-resource.md: what make new writes for the contract that is printed there."""

from __future__ import annotations

import re

import yaml

from ..support import ROOT
from . import files, resource
from .contract import OPENAPI, Contract

GUIDE = ROOT / "docs" / "writing-a-resource.md"
CONTRACT_FILE = "widgets.yaml"
_CONTRACT = f"simulator/src/clc_simulator/openapi/{CONTRACT_FILE}"
_BLOCK = re.compile(r"(<!-- (?:file|lines): (\S+) -->\n```\w*\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"# Copyright .*?SPDX-License-Identifier: \S+\n(?:\n|(?=---\n))", re.DOTALL)


def printed_files() -> dict[str, str]:
    """Return the blocks of the guide by the paths of their files."""
    return {path: text for _begin, path, text, _end in _BLOCK.findall(GUIDE.read_text(encoding="utf-8"))}


def printed_contract() -> str:
    """Return the contract of the guide's resource, which is written by hand."""
    return printed_files()[_CONTRACT]


def widget() -> files.Texts:
    """Return what make new writes for the guide's resource, whose family is new."""
    documents = {
        CONTRACT_FILE: printed_contract(),
        "common.yaml": (OPENAPI / "common.yaml").read_text(encoding="utf-8"),
    }
    contract = Contract({name: yaml.safe_load(text) for name, text in documents.items()})
    return files.render(resource.describe(contract, "widget", "widget", "listWidgets"), new_family=True)


def text() -> str:
    """Return the guide with its blocks as make new writes them, without the license headers. Raise KeyError for another file."""
    written = widget()
    blocks = {
        path: _HEADER.sub("", body, count=1).lstrip("\n") for path, body in {**written.files, **written.lines}.items()
    }
    blocks[_CONTRACT] = printed_contract()
    return _BLOCK.sub(lambda match: f"{match[1]}{blocks[match[2]]}{match[4]}", GUIDE.read_text(encoding="utf-8"))
