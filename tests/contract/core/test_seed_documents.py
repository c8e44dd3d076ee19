# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a seed file contains, the simulator starts, or there is one line that says what is wrong with which entry.

The documents are generated: a seed with every section, or one of recordings, of which some parts are replaced, removed, or
repeated. The same number always gives the same document.
"""

from __future__ import annotations

import copy
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from clc_simulator.core.seeds import SeedError
from conftest import COMMAND
from simclient import COMPOSED, PAYLOADS, SEEDS, Client

VALUES: list[Any] = [
    None, True, 0, -1, 2**62, 1.5, "", " ", "DEMO", "demo", "WA1", "XX1", "10.80.12.0/24", "10.1.2.3/24", "10.1.300.0/24",
    "10.0.0.0/33", "10.0.0.0/32", "999.1.1.1", "a" * 300, "é\u2028", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:60Z", "GET /v2/nothing", "/", "%0A", [], {}, [[]], {"a": {}}, "0" * 32, "WA1DEMOWEB01", 10**9,
]  # fmt: skip


def composed() -> Any:
    return yaml.safe_load(Path(COMPOSED).read_text(encoding="utf-8"))


def recorded() -> Any:
    """Return a seed with the bodies of recorded responses."""
    document = yaml.safe_load((SEEDS / "recorded-servers.yml").read_text(encoding="utf-8"))
    for item in document["recorded"]:
        item["body"] = orjson.loads((SEEDS / item.pop("file")).read_bytes())
    return document


def places_in(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, item in items for path in [(*at, key), *places_in(item, (*at, key))]]


def mutated(document: Any, chance: random.Random) -> Any:
    document = copy.deepcopy(document)
    for _ in range(chance.choice((1, 1, 2, 4))):
        path = chance.choice(places_in(document))
        owner = document
        for key in path[:-1]:
            owner = owner[key]
        match chance.randrange(5):
            case 0:
                del owner[path[-1]]
            case 1 if isinstance(owner, list):
                owner.append(copy.deepcopy(owner[path[-1]]))
            case 2:
                other: Any = document
                for key in chance.choice(places_in(document)):
                    other = other[key]
                owner[path[-1]] = copy.deepcopy(other)
            case _:
                owner[path[-1]] = copy.deepcopy(chance.choice(VALUES))
    return document


def check(make: Callable[..., Client], path: Path, document: Any) -> bool:
    """Load a document; return whether it is valid. A valid seed can be read."""
    path.write_bytes(orjson.dumps(document))
    try:
        client = make(str(path))
    except SeedError as error:
        line = str(error)
        assert line.startswith(f"seed {path}: "), line
        assert "\n" not in line
        assert len(line) < 1300, line
        return False
    state = client.control("GET", "state").json()
    user = next(iter(state["users"].values()), None)
    if user is not None:
        client.login(user["id"], user["password"])
        for group in state["groups"].values():
            if group["parent"] is None and group["account"] == user["account"]:
                assert client.get(f"/v2/groups/{group['account']}/{group['id']}?serverDetail=detailed").status == 200
    return True


@pytest.mark.parametrize("source", [composed, recorded])
def test_a_seed_starts_or_is_one_line(make: Callable[..., Client], tmp_path: Path, source: Callable[[], Any]) -> None:
    document, path = source(), tmp_path / "seed.json"
    assert check(make, path, document)
    started = sum(check(make, path, mutated(document, random.Random(number))) for number in range(150))
    assert 0 < started < 150, "some of the documents are valid, some are not"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("accounts: &a [*a]", "seed"),
        ("accounts: [{alias: DEMO, business_name: 2026-01-01}]", None),
        ("now: 2026-01-01T00:00:00Z", None),
        ("now: 2026-01-01T00:00:60Z", "now"),
        ("? [a]\n: b", "seed"),
        ("1: 2", "seed"),
        ("a: !!binary aGVsbG8=", "seed"),
        ("x-n: .nan", None),
        ("accounts: [{alias: AA}, {alias: aa}]", "accounts[1]: duplicate account AA"),
        ("accounts: [{alias: AA, parent: BB}, {alias: BB, parent: AA}]", "accounts[0]: the parents of AA lead back to AA"),
        ("accounts: [{alias: AA, parent: AA}]", "accounts[0]: the parents of AA lead back to AA"),
        ("accounts: [{alias: A1}, {alias: A2}, {alias: A3}, {alias: A4}, {alias: A5}, {alias: A6}]", None),
        ("accounts: [{alias: AA}]\nusers: [&u {name: u, password: p, account: AA}, *u]", "users[1]: duplicate user u"),
        (
            "accounts: [{alias: AA}]\nplaces: [{account: AA, data_center: WA1, networks: [{cidr: 10.1.2.3/24}]}]",
            "places[0]: networks[0] cannot be loaded (ValueError: 10.1.2.3/24 has host bits set)",
        ),
        (
            "accounts: [{alias: AA}]\nplaces: [{account: AA, data_center: WA1, networks: [{cidr: 10.1.300.0/24}]}]",
            "places[0]: networks[0] cannot be loaded",
        ),
        (
            "accounts: [{alias: AA}]\nplaces: [{account: AA, data_center: WA1, networks: [{cidr: 10.1.2.0/24}, "
            "{cidr: 10.1.2.0/24}]}]",
            "places[0]: networks[1]: duplicate network",
        ),
        (
            "accounts: [{alias: AA}]\nplaces: [{account: AA, data_center: WA1, groups: [{name: a, groups: [{name: b, servers: "
            "[{name: x}, {name: y, template: NIX}]}]}]}]",
            "places[0]: groups[0]: groups[0]: servers[1]: servers: wa1aay01: template NIX",
        ),
    ],
)  # fmt: skip
def test_a_document_of_yaml(make: Callable[..., Client], tmp_path: Path, text: str, word: str | None) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(text)
    if word is None:
        make(str(path))
        return
    with pytest.raises(SeedError) as raised:
        make(str(path))
    assert word in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_text(make: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SeedError, match=r"seed .*seed\.yml: it is not a text file"):
        make(str(path))


def test_the_command_prints_one_line(tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_text("accounts: [\n  {alias: AA\n")
    done = subprocess.run(
        [COMMAND, "serve", "--seed", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"clc-simulator: seed {path}: ")
    assert done.stderr.count("\n") == 1
    assert PAYLOADS.exists()
