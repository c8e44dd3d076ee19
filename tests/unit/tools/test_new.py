# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""make new: what it cannot write is an error before anything is written, and what it writes passes its unit tests."""

from __future__ import annotations

import ast
import copy as copies
import typing as t
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.tools import trial
from tools.new import __main__ as command
from tools.new import contract, files, guide, resource, texts, tree, values

LONGEST_DECLARATION = 40
OPENAPI = contract.OPENAPI
Change = t.Callable[[dict[str, t.Any]], t.Any]


def code_lines(source: str) -> int:
    """Return the number of lines that are neither empty nor a comment nor part of a docstring."""
    lines = source.splitlines()
    documentation: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            documentation.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in documentation
        for number, line in enumerate(lines, 1)
    )


def described(change: Change = lambda document: None, list_id: str = "listWidgets") -> resource.Resource:
    """Describe the guide's resource after a change of its contract."""
    document = copies.deepcopy(yaml.safe_load(guide.printed_contract()))
    change(document)
    common = yaml.safe_load((OPENAPI / "common.yaml").read_text(encoding="utf-8"))
    found = contract.Contract({"widgets.yaml": document, "common.yaml": common})
    return resource.describe(found, "widget", "widget", list_id)


def _item(document: dict[str, t.Any]) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", document["paths"]["/v2/widgets/{accountAlias}/{widgetId}"])


def _list(document: dict[str, t.Any]) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", document["paths"]["/v2/widgets/{accountAlias}"])


def _schemas(document: dict[str, t.Any]) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", document["components"]["schemas"])


def test_the_declaration_is_short() -> None:
    printed = guide.printed_files()["plugins/module_utils/resources/widget/widget.py"]
    assert code_lines(printed) <= LONGEST_DECLARATION


def test_lines_of_code_exclude_documentation() -> None:
    assert code_lines('"""Two\nlines."""\n\n# Why.\nA = 1\nB = (\n    2,\n)\n') == 4


CAUSES: tuple[tuple[str, Change], ...] = (
    ("the contract has no create for listWidgets", lambda document: _list(document).pop("post")),
    ("the contract has no delete for listWidgets", lambda document: _item(document).pop("delete")),
    ("is updated with PATCH", lambda document: _item(document).update(patch=_item(document)["put"])),
    ("the work of createWidget is queued", lambda document: _list(document)["post"].update({"x-clc-async": "queue"})),
    (
        "deleteWidget does not have the responses 404",
        lambda document: _item(document)["delete"]["responses"].pop("404"),
    ),
    ("createWidget has no body", lambda document: _list(document)["post"].pop("requestBody")),
    ("have no name", lambda document: _schemas(document)["Widget"]["properties"].pop("name")),
    ("a service with an address of its own", lambda document: document["servers"][0].update(url="https://example.com")),
    (
        "is not the list of an account",
        lambda document: document["paths"].update({"/v2/widgets/{accountAlias}": {}, "/v2/{id}": _list(document)}),
    ),
    (
        "a create needs sizeGB",
        lambda document: _schemas(document)["WidgetCreate"]["properties"].update(sizeGB={"type": "object"}),
    ),
    (
        "a create needs sizeGB",
        lambda document: _schemas(document)["WidgetCreate"]["properties"].update(
            sizeGB={"type": "string", "pattern": "^W-[0-9]{7}$"}
        ),
    ),
    (
        "an update needs template",
        lambda document: (
            _schemas(document)["WidgetUpdate"]["properties"].update(template={"type": "string"}),
            _schemas(document)["WidgetUpdate"]["required"].append("template"),
        ),
    ),
    (
        "would be the option password",
        lambda document: _schemas(document)["WidgetCreate"]["properties"].update(password={"type": "string"}),
    ),
    (
        "every response has owner",
        lambda document: (
            _schemas(document)["Widget"]["properties"].update(owner={"type": "object"}),
            _schemas(document)["Widget"]["required"].append("owner"),
        ),
    ),
)


@pytest.mark.parametrize(("cause", "change"), CAUSES, ids=[cause for cause, _change in CAUSES])
def test_what_is_not_a_plain_resource_is_an_error(cause: str, change: Change) -> None:
    with pytest.raises(contract.NotWritableError, match=cause):
        described(change)


def test_an_unknown_operation_is_an_error_that_suggests_one() -> None:
    with pytest.raises(contract.NotWritableError, match=r"no operation listWidget\. Did you mean listWidgets"):
        described(list_id="listWidget")
    with pytest.raises(contract.NotWritableError, match="createWidget is a POST"):
        described(list_id="createWidget")


@pytest.mark.parametrize(
    ("family", "name", "cause"),
    [
        ("policy", "alert-policy", "NAME is 'alert-policy'"),
        ("policy", "Alert", "NAME is 'Alert'"),
        ("policy", "class", "NAME is 'class'"),
        ("policy", "widget_info", "Name the resource alone"),
        ("policy", "clc_widget", "Name the resource alone"),
        ("policy", "group", "ansible.builtin has or redirects a module group"),
        ("my policy", "widget", "FAMILY is 'my policy'"),
        ("polcy", "widget", "there is no family polcy. Did you mean policy"),
    ],
)
def test_an_invalid_name_is_an_error(family: str, name: str, cause: str) -> None:
    with pytest.raises(contract.NotWritableError, match=cause):
        tree.check_names(trial.ROOT, family, name)


def test_a_module_that_exists_is_an_error_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_text", lambda *_arguments, **_more: pytest.fail("a file is written"))
    assert command.main(["--family=policy", "--name=alert_policy", "--list=listAlertPolicies"]) == 1
    assert capsys.readouterr().err.startswith("Cannot write the resource alert_policy: there is a module alert_policy.")


def test_names_that_exist_are_an_error() -> None:
    found = replace(described(), family="policy", name="anti_affinity_policy")
    with pytest.raises(contract.NotWritableError, match="it would take names that exist") as raised:
        tree.check_free(trial.ROOT, found, files.render(found, new_family=False))
    for taken in (
        "plugins/modules/anti_affinity_policy.py",
        "ANTI_AFFINITY_POLICY in",
        "class AntiAffinityPolicy in",
        "@entity(",
    ):
        assert taken in str(raised.value)


def test_missing_variables_are_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--family=policy", "--name=", "--list="]) == 2
    assert capsys.readouterr().err.startswith("Cannot write a resource: NAME, LIST is missing. Use make new FAMILY=")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "enum": ["a", "b", "c"]}, ["a", "b"]),
        ({"type": ["integer", "null"], "maximum": 5}, [5, 1]),
        ({"type": "boolean"}, [True, False]),
        ({"type": "string", "pattern": "^[0-9]$", "example": "7"}, ["7"]),
        ({"type": "array", "items": {"type": "string", "maxLength": 1}}, [["a"], ["b"]]),
        ({"type": "string", "pattern": "^[0-9]$"}, []),
    ],
)
def test_values_are_those_of_the_schema(schema: dict[str, t.Any], expected: list[t.Any]) -> None:
    assert values.two_of(schema, "word") == expected


def test_the_contract_documents_a_property_if_its_words_can_be_used() -> None:
    def documented(text: str) -> str:
        found = described(
            lambda document: _schemas(document)["WidgetCreate"]["properties"]["color"].update(description=text)
        )
        return next(texts.option_lines(found, option)[0] for option in found.options if option.name == "color")

    assert documented("Paint of the outer shell. Not the inner one.") == "Paint of the outer shell."
    assert documented("Color of its folders.") == "Color of the widget."
    assert documented("a: `b`") == "Color of the widget."


def test_a_resource_without_update_is_created_and_deleted() -> None:
    found = described(lambda document: _item(document).pop("put"))
    assert not found.is_updatable
    assert all("updatable=False" in option.field() for option in found.options if option.returned)


def test_what_is_written_passes_its_unit_tests_and_works_under_faults(tmp_path: Path) -> None:
    """Created, found, changed, deleted, adopted after a lost create, predicted, and read, by the real modules."""
    copy = trial.make_copy(tmp_path / "repository")
    trial.write_resources(copy)
    trial.run(copy, "-m", "tools.generate", "--check")
    of_all_resources = (
        "test_partly_visible",
        "test_outcomes",
        "test_results_as_options",
        "test_return_values",
        "api/test_paths",
    )
    written = [f"tests/unit/{family}/test_{name}.py" for family, name, _list in trial.RESOURCES]
    selected = "widget or gadget or covered or every_path or every_module"
    chosen = [
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        *written,
        *(f"tests/unit/{name}.py" for name in of_all_resources),
        "-k",
        selected,
    ]
    assert " passed" in trial.run(copy, "-m", "pytest", "-q", *chosen, environment={"WRITE_OUTCOMES": "1"})
