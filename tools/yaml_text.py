# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML in the style of the repository, which yamllint checks."""

from __future__ import annotations

import typing as t

import yaml


def dump(data: t.Any, *, width: int = 110) -> str:
    """Return data as YAML, its keys in their order, lists indented below their key. width: columns of a line of text."""
    return yaml.dump(data, Dumper=_Indented, sort_keys=False, width=width, allow_unicode=True)


class _Indented(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
