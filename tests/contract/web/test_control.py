# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Control paths: what they do not accept is a 400 with a message, and changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

import clc_simulator
from simclient import Client


def bad_request(client: Client, method: str, path: str, body: Any = None, raw: bytes = b"") -> str:
    """Send a request that must be refused; return the message."""
    before = client.control("GET", "state").json()
    response = client.request(method, f"/_simulator/{path}", body, raw)
    assert response.status == 400, response.body
    after = client.control("GET", "state").json()
    assert after == before
    message: str = response.json()["message"]
    return message


@pytest.mark.parametrize(
    "body",
    [
        {"advance": 1e12}, {"advance": -1}, {"advance": True}, {"advance": "1"}, {"advance": None}, {"rate": 1e12},
        {"rate": -1}, {"rate": 2, "advance": 1e12}, {"rate": 2, "advance": "x"}, {}, [], {"now": 1},
    ],
)  # fmt: skip
def test_clock(small: Client, body: Any) -> None:
    assert bad_request(small, "POST", "clock", body)
    assert small.control("POST", "clock", {"advance": 0}).json()["rate"] == 0


def test_ten_years_pass(small: Client) -> None:
    small.control("POST", "clock", {"advance": 10 * 366 * 86400})
    assert small.login().get("/v2/datacenters/DEMO").status == 200


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff", b"[" * 5000, b'{"advance": 1e400}', b'{"advance": NaN}', b" " * 2_000_000]
)
def test_bodies(small: Client, raw: bytes) -> None:
    if raw.strip():
        assert bad_request(small, "POST", "clock", raw=raw)
    assert bad_request(small, "POST", "faults", raw=raw)


@pytest.mark.parametrize("since", ["9" * 5000, "\u00b2", "-1", "1.5", "", "x", "%00"])
@pytest.mark.parametrize("path", ["requests", "notifications"])
def test_since(small: Client, path: str, since: str) -> None:
    assert "since must be" in bad_request(small, "GET", f"{path}?since={since}")


@pytest.mark.parametrize(
    "seed",
    [
        "a\u0000b", "/etc/passwd", "/etc", "/dev/zero", "/dev/stdin", "/proc/self/environ", "/proc/kcore", "/root/x.json",
        "x" * 5000, "", "fleet:99999999", "fleet:x", "fleet:-1",
    ],
)  # fmt: skip
def test_reset(small: Client, seed: str) -> None:
    message = bad_request(small, "POST", "reset", {"seed": seed})
    assert "root:" not in message
    assert "PATH=" not in message


@pytest.mark.parametrize("body", [{"seed": 1}, {"seed": None}, {"seeds": "small"}, [], "small", 5])
def test_reset_with_another_body(small: Client, body: Any) -> None:
    if body:
        assert "seed" in bad_request(small, "POST", "reset", body)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yml", "password: [sesame"),
        ("a.yml", "password: sesame\n"),
        ("a.yml", "- sesame\n"),
        ("a.yml", "sesame"),
        ("a.yml", "%sesame: x"),
        ("a.yml", "a: *sesame"),
        ("a.yml", "[" * 100_000 + "sesame"),
        ("a.json", '{"password": "sesame"'),
        ("a.json", '{"password": "sesame"}'),
        ("a.json", "sesame"),
        ("a.yml", "sesame\ufffe"),
    ],
)
def test_the_message_has_nothing_of_a_file_that_is_not_a_seed(
    small: Client, tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    message = bad_request(small, "POST", "reset", {"seed": str(path)})
    assert message.startswith(f"seed {path}: it is not ")
    assert "sesame" not in message
    path.write_bytes(content.encode("utf-16"))
    assert "sesame" not in bad_request(small, "POST", "reset", {"seed": str(path)})


@pytest.mark.parametrize(
    "rule",
    [
        {"latency_ms": 1e12}, {"jitter_ms": 1e12}, {"job_lag_seconds": 1e12}, {"retry_after": -1}, {"status": 99},
        {"reject": {"server": -100}}, {"status": 500, "path": 5}, {"status": 500, "operation": "nothing"}, {}, 5, None,
    ],
)  # fmt: skip
def test_faults(small: Client, rule: Any) -> None:
    assert "faults[0]" in bad_request(small, "POST", "faults", [rule])


@pytest.mark.parametrize(
    "body",
    [
        {}, [], 5, {"event": "Server.Created"}, {"event": "nothing", "account": "DEMO"}, {"event": [], "account": "DEMO"},
        {"event": {}, "account": {}}, {"event": "Server.Created", "account": "NOPE"},
        {"event": "Server.Created", "account": "DEMO", "body": 5}, {"event": "Server.Created", "account": "DEMO", "more": 1},
    ],
)  # fmt: skip
def test_notifications(small: Client, body: Any) -> None:
    assert bad_request(small, "POST", "notifications", raw=orjson.dumps(body))


def test_unknown_control_paths(small: Client) -> None:
    for method, path in (("GET", "nothing"), ("PUT", "clock"), ("POST", "state"), ("GET", "%0A")):
        response = small.request(method, f"/_simulator/{path}")
        assert response.status == 404
        assert "Control paths:" in response.json()["message"]


def test_rules_are_removed_by_id(small: Client) -> None:
    small.faults(
        {"operation": "getServer", "status": 500}, {"status": 503, "path": "*WEB01"}, {"status": 429, "method": "PUT"}
    )
    first, second, third = (rule["id"] for rule in small.control("GET", "faults").json())
    small.control("DELETE", f"faults?id={first}&id={third}")
    assert [rule["id"] for rule in small.control("GET", "faults").json()] == [second]
    assert f"no rule with the id {first}" in bad_request(small, "DELETE", f"faults?id={second}&id={first}")
    assert "id must be" in bad_request(small, "DELETE", "faults?id=x")
    assert [rule["id"] for rule in small.control("GET", "faults").json()] == [second]
    small.control("DELETE", "faults")
    assert small.control("GET", "faults").json() == []


def test_version(small: Client) -> None:
    assert small.control("GET", "version").json() == {"version": clc_simulator.__version__}
