# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The generated pages about the simulator: evidence, decisions, and the files of the guide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import simulator_docs

CONTRACT = """
servers: [{url: https://api.lbaas.example}]
paths:
  /v1/{alias}/pools/:
    get: {operationId: listPools, responses: {"200": {}}, x-clc-doc: Pools/list.md}
    post: {operationId: createPool, responses: {"202": {}, "400": {}}, x-clc-doc: [A.md, B.md], x-clc-status: {recorded: 202}}
    delete: {operationId: deletePools, responses: {"204": {}}, x-clc-undocumented: true, x-clc-seen-in: [client | a, client b]}
  /v2/jobs/{jobId}:
    servers: [{url: https://api.ctl.io}]
    get: {operationId: getJob, responses: {"200": {}}, x-clc-doc: Jobs/get.md}
"""
SERVICE = '''
"""Pools: list and
create.

Decisions:
  - Pools are sorted
    by name.
  - A pool may be empty.

A remark.
"""

@operation("listPools", cacheable=True)
def list_pools(): pass

ALIKE = {"createPool": 1, "deletePools": 2, None: 3}
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    sources = tmp_path / "simulator" / "src" / "clc_simulator"
    contents = {
        sources / "openapi" / "lbaas.yaml": CONTRACT,
        sources / "core" / "contract.py": 'SERVICES = {"lbaas.yaml": "/lbaas"}\n',
        sources / "services" / "pool" / "pool.py": SERVICE.lstrip(),
        tmp_path / "tests" / "payloads" / "INDEX.tsv": "operation\tbasis\nGET /v2/jobs/{id}?all=1 -> 200\trecorded\n",
    }
    for path, content in contents.items():
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_evidence(root: Path) -> None:
    found = {operation.id: operation for operation in simulator_docs.operations(root)}
    assert {name: operation.evidence for name, operation in found.items()} == {
        "listPools": "documented",
        "createPool": "recorded",
        "deletePools": "decided",
        "getJob": "recorded",
    }
    assert found["createPool"].source == "A.md; B.md"
    assert found["createPool"].statuses == ("202", "400")
    assert found["createPool"].request == "POST /lbaas/v1/{alias}/pools/"
    assert found["getJob"].request == "GET /v2/jobs/{jobId}"


def test_handlers(root: Path) -> None:
    modules = {operation.id: operation.module for operation in simulator_docs.operations(root)}
    pool = "services/pool/pool.py"
    assert modules == {"listPools": pool, "createPool": pool, "deletePools": pool, "getJob": "without handler"}


def test_decisions_without_what_follows_them(root: Path) -> None:
    (found,) = simulator_docs.decisions(root)
    assert found.summary == "Pools: list and create."
    assert found.items == ("Pools are sorted by name.", "A pool may be empty.")


def test_pages(root: Path) -> None:
    (found,) = simulator_docs.decisions(root)
    page = simulator_docs.operations_page(simulator_docs.operations(root), {found.module: found})
    assert "implements 3 of the 4 operations" in page
    assert (
        "| [deletePools](decisions.md#servicespoolpoolpy) | `DELETE /lbaas/v1/{alias}/pools/` | decided | "
        "client &#124; a; client b | 204 |" in page
    )
    assert page.index("## pool") < page.index("## without handler") < page.index("| getJob |")
    assert "## services/pool/pool.py\n\nPools: list and create.\n\n- Pools are sorted" in simulator_docs.decisions_page(
        [found]
    )


def test_files_of_the_guide(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yml").write_text("new: 1\n", encoding="utf-8")
    guide = "Text.\n\n`a/b.yml`, for a test:\n\n```yaml\nold: 0\n```\n\n`other` is text.\n\n```\nkept\n```\n"
    assert simulator_docs.printed_files(guide) == ["a/b.yml"]
    assert simulator_docs.with_files(guide, tmp_path) == guide.replace("old: 0", "new: 1")
    with pytest.raises(FileNotFoundError):
        simulator_docs.with_files(guide, tmp_path / "nowhere")
