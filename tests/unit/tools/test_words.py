# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each kind of rule finds a word in each place that it reads, and the rules of this repository are in use."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tools import words
from tools.support import ROOT

HOUSE = words.house_words()


def _found(source: str, path: str = "plugins/example.py", rules: words.Words = HOUSE) -> list[tuple[str, int, str]]:
    return [(finding.category, finding.line, finding.text) for finding in words.findings_in(path, source, rules)]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("step.told = 1", "told"),
        ("def toldSoFar(): pass", "toldSoFar"),
        ("class ThingStep: pass", "ThingStep"),
        ("call(remedy=1)", "remedy"),
        ("def call(verb): pass", "verb"),
        ("from .journal import Entry", "journal"),
        ("import a.b as parts", "as parts"),
        ("for one in servers: pass", "one"),
        ("_found_servers = 1", "_found_servers"),
        ("def _refuse_shrinking(): pass", "_refuse_shrinking"),
        ("old_center = 1", "old_center"),
        ("try: pass\nexcept ValueError as shown: pass", "shown"),
        ("def call():\n    global held", "held"),
    ],
)
def test_finds_a_word_of_an_identifier(source: str, name: str) -> None:
    assert [(category, text) for category, _line, text in _found(source)] == [("names", name)]


@pytest.mark.parametrize("name", ["data_center", "dataCenter", "one_server", "title", "was_found", "answering", "plan"])
def test_keeps_identifiers_of_other_words(name: str) -> None:
    assert _found(f"{name} = 1") == []


def test_finds_a_word_of_a_file_name() -> None:
    assert _found("", "simulator/core/journal.py") == [("names", 1, "journal")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("test_a_failure_is_told", "is told"),
        ("test_a_name_that_is_no_id", "is no id"),
        ("test_the_answer", "test_the_answer"),
    ],
)
def test_finds_words_of_the_names_of_test_functions(name: str, text: str) -> None:
    assert ("tests", 1, text) in _found(f"def {name}(): pass")


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ('x = "it is no id"', ("messages", 1, "is no id")),
        ("x = f'{value} is no {kind}.'", ("messages", 1, "is no x")),
        ('x = "cause. Give name."', ("messages", 1, ". Give")),
        ('x = "first " \\\n    "and not given"', ("messages", 1, "not given")),
        ("x = f\"{call('not given')}\"", ("messages", 1, "not given")),
        ('DOCUMENTATION = r"""\noptions:\n  - shall\n    exist"""', ("docs", 3, "shall")),
        ('"""A module that is\ntold."""', ("docstrings", 1, "is told")),
        ('async def call():\n    """Say whether it is."""', ("docstrings", 2, "Say whether")),
        ("x = 1\n# one that is\n# there", ("docstrings", 2, "that is there")),
    ],
)
def test_finds_words_of_texts(source: str, finding: tuple[str, int, str]) -> None:
    assert _found(source) == [finding]


@pytest.mark.parametrize(
    ("path", "category"),
    [("docs/page.md", "pages"), ("changelogs/fragments/new.yml", "pages"), ("tests/tasks/main.yml", "yaml")],
)
def test_finds_words_of_pages(path: str, category: str) -> None:
    assert _found("First line.\nWrapped: it was\n  told.\n", path) == [(category, 2, "was told")]


def test_a_text_may_contain_words_that_are_wrong_in_names_only() -> None:
    assert _found('x = "there is no longer a center, and there is no held lock"') == []


def test_an_exception_allows_one_text_in_one_file() -> None:
    rules = replace(HOUSE, exceptions=(words.Allowed("plugins/a.py", "Begin of", "a quotation"),))
    assert _found("# Begin of", "plugins/a.py", rules) == []
    assert _found("# Begin of", "plugins/b.py", rules) != []
    assert _found("# Say whether", "plugins/a.py", rules) != []


def test_every_exception_is_in_use() -> None:
    rules = replace(HOUSE, exceptions=())
    paths = words.files([], HOUSE)
    for exception in HOUSE.exceptions:
        matching = [path for path in paths if fnmatch(path, exception.path)]
        findings = words.findings_under(matching, rules)
        assert any(exception.covers(finding) for finding in findings), exception


def test_an_exception_needs_a_reason() -> None:
    document = {"names": [], "texts": [], "skip": [], "clean": []}
    with pytest.raises(TypeError, match="reason"):
        words.load({**document, "exceptions": [{"path": "plugins/a.py", "text": "told"}]})


def test_every_skipped_path_exists() -> None:
    for pattern in HOUSE.skip:
        assert any(fnmatch(str(path.relative_to(ROOT)), pattern) for path in ROOT.glob(pattern)), pattern


def test_clean_parts_exist() -> None:
    assert [path for path in HOUSE.clean if not (ROOT / path).exists()] == []


def test_the_command_prints_place_and_replacement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("A host.\nIt was told.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "files", lambda paths, rules: list(paths))
        assert words.main([str(page)]) == 1
        assert capsys.readouterr().out == f"{page}:2: was told: report, say, identify\n"
        page.write_text("A host.\n")
        assert words.main([str(page)]) == 0


def test_the_command_fails_for_a_path_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        words.main(["plugins", "plugin"])
    assert "not found: plugin\n" in capsys.readouterr().err


def test_counts_by_part_and_category() -> None:
    findings = [
        *words.findings_in("plugins/a.py", "told = shown", HOUSE),
        *words.findings_in("README.md", "It was told.", HOUSE),
        *words.findings_in("conftest.py", "# is told", HOUSE),
    ]
    rows = {row.split()[0]: row.split()[1:] for row in words.table(findings).splitlines()}
    assert rows["part"] == [*words.CATEGORIES, "all"]
    assert rows["plugins"] == ["2", "0", "0", "0", "0", "0", "0", "2"]
    assert rows["docs"] == ["0", "0", "0", "0", "0", "1", "0", "1"]
    assert rows["tools"] == ["0", "0", "0", "0", "1", "0", "0", "1"]
