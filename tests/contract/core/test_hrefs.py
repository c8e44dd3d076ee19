# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hrefs: built from all paths of the contract, which match them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import clc_simulator
from clc_simulator.core.contract import SERVICES, Operation
from clc_simulator.core.hrefs import href
from simclient import CONTRACT


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=lambda operation: str(operation.id))
def test_every_path_of_the_contract_can_be_built(operation: Operation) -> None:
    names = re.findall(r"\{([^}]*)\}", operation.path)
    values = [f"value-{number}" for number in range(len(names))]
    expected = operation.path
    for name, value in zip(names, values, strict=True):
        expected = expected.replace(f"{{{name}}}", value)
    path = href(operation.id, *values)
    assert path == expected
    match = CONTRACT.match(operation.method, path) or CONTRACT.match(operation.method, SERVICES[operation.file] + path)
    assert match is not None
    assert match.operation is not None
    assert operation.id in [match.operation.id, *(overload.id for overload in match.operation.overloads)]
    assert list(match.path.values()) == values


def test_values_are_used_as_they_are() -> None:
    assert href("getServer", "Demo", "WA1%20x") == "/v2/servers/Demo/WA1%20x"


@pytest.mark.parametrize("values", [(), ("demo",), ("demo", "x", "y")])
def test_a_wrong_number_of_values_is_refused(values: tuple[str, ...]) -> None:
    with pytest.raises(TypeError):
        href("getServer", *values)


def test_an_unknown_operation_is_refused() -> None:
    with pytest.raises(KeyError, match="getNothing"):
        href("getNothing")


def test_paths_are_not_repeated_in_the_code() -> None:
    """Seeds of recordings match paths; everything else builds them."""
    root = Path(clc_simulator.__file__).parent
    written = [
        f"{path.relative_to(root)}:{node.lineno}: {node.value}"
        for path in sorted(root.rglob("*.py"))
        if "seeds" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"/v[0-9]+(-experimental)?/.", node.value)
    ]
    assert written == []
