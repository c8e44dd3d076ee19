# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the recorded responses of a seed, and checks them against the contract."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.contract import load_contract
from clc_simulator.core.recordings import Recording
from clc_simulator.core.seeds.directory import responses_in
from clc_simulator.core.seeds.errors import SeedError, entry

Json = dict[str, Any]

_STATUS = re.compile(r"\.([1-5][0-9]{2})\b")


def read_recordings(items: list[Json], base: Path) -> list[Recording]:
    """Return the recorded responses of a seed, in its order. items match the schema; paths are relative to base.

    Raise SeedError, with request and file, if a file cannot be read or the contract does not have the request or the response.
    """
    recordings = []
    for item in items:
        if "directory" in item:
            found = responses_in(base / item["directory"], item.get("account"), item.get("data_center"))
        else:
            found = [item]
        recordings += [_recording(each, base) for each in found]
    return recordings


def _recording(item: Json, base: Path) -> Recording:
    name = item.get("file", "")
    location = f"recorded: {item['request']}" + (f" ({name})" if name else "")
    with entry(location):
        body = item["body"] if "body" in item else _body(base / name)
        named = _STATUS.search(Path(name).name)
        status = item.get("status") or (int(named[1]) if named else 200)
        path, _, query = item["request"].removeprefix("GET ").partition("?")
        match = load_contract().match("GET", path)
        if match is None or match.operation is None:
            raise SeedError("the contract has no such request")
        match.operation.check_response(status, body, body is not None)
    return Recording(location, path, query, status, body)


def _body(path: Path) -> Any:
    """Return the JSON of a file; None if it is empty."""
    try:
        content = path.read_bytes()
        return orjson.loads(content) if content.strip() else None
    except OSError as error:
        raise SeedError(f"the file cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise SeedError(f"the file is not JSON ({error})") from error
