# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: output, exit, TLS, faults, and state files, which survive a kill -9."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from clc_simulator import cli
from conftest import COMMAND, Process
from simclient import COMPOSED, JOB, WEB, Client, power

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"
Start = Callable[..., Process]
Serve = Callable[..., tuple[int, str]]


def client(process: Process, **options: object) -> httpx.Client:
    made = httpx.Client(base_url=process.url, timeout=5, **options)  # type: ignore[arg-type]
    login = {"username": "demo", "password": "demo-password"}
    token = made.post("/v2/authentication/login", json=login).json()["bearerToken"]
    made.headers["Authorization"] = f"Bearer {token}"
    return made


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_prints_one_line_then_responds_then_exits_cleanly(start: Start, number: signal.Signals) -> None:
    process = start("--seed", COMPOSED)
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:[1-9]\d*\n", process.line)
    with closing(client(process)) as http:
        assert http.get(SERVER).status_code == 200
        process.process.send_signal(number)
        out, err = process.process.communicate(timeout=10)
    assert (process.process.returncode, out, err) == (0, "", "")


def test_bugs_of_requests_print_nothing_on_stdout(start: Start) -> None:
    process = start("--seed", COMPOSED)
    with closing(client(process)) as http:
        http.get("/v2/nothing")
        http.post("/v2/groups/DEMO", content=b"{")
    with socket.create_connection(("127.0.0.1", int(process.url.rpartition(":")[2]))) as raw:
        raw.sendall(b"nonsense\r\n\r\n")
        raw.recv(1000)
    code, out, _ = process.end()
    assert (code, out) == (0, "")


def test_a_request_to_upgrade_is_a_request(running: Process) -> None:
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "eA==",
    }
    response = httpx.get(f"{running.url}/v2/nothing", headers=headers)
    assert (response.status_code, response.json()) == (404, {"message": "The requested resource does not exist."})


def test_host_and_port(start: Start) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("--host", "127.0.0.1", "--port", str(port), "--seed", "empty")
    assert process.url == f"http://127.0.0.1:{port}"
    taken = subprocess.run([COMMAND, "serve", "--port", str(port)], capture_output=True, text=True, timeout=20)
    assert (taken.returncode, taken.stdout) == (1, "")
    assert "Address already in use" in taken.stderr


def test_tls(start: Start, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    process = start("--tls-cert", str(certificate), "--tls-key", str(key), "--seed", COMPOSED)
    assert process.url.startswith("https://")
    with closing(client(process, verify=ssl.create_default_context(cafile=str(certificate)))) as http:
        assert http.get(SERVER).status_code == 200
        http.post("/_simulator/faults", json=[{"operation": "getServer", "drop": "before"}])
        with pytest.raises(httpx.RemoteProtocolError):
            http.get(SERVER)
    assert process.end()[0] == 0


def test_latency_and_faults_file(start: Start, tmp_path: Path) -> None:
    faults = tmp_path / "faults.yml"
    faults.write_text("- {operation: getServer, status: 503, count: 1}\n")
    process = start("--seed", COMPOSED, "--latency", "80", "--faults", str(faults))
    with closing(client(process)) as http:
        begin = time.perf_counter()
        assert http.get(SERVER).status_code == 503
        assert time.perf_counter() - begin >= 0.08
        assert http.get(SERVER).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--seed", "nowhere.yml"], "not small, empty, fleet:N, or a file"),
        (["--seed", "fleet:many"], "N in fleet:N must be a number"),
        (["--faults", "/nowhere"], "No such file"),
        (["--tls-cert", "x"], "must be used together"),
        (["--job-seconds", "-1"], "at least 0"),
    ],
)
def test_wrong_use_says_what_is_wrong(serve: Serve, arguments: list[str], word: str) -> None:
    done = subprocess.run([COMMAND, "serve", *arguments], capture_output=True, text=True, timeout=20)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_module_runs_too() -> None:
    done = subprocess.run([sys.executable, "-m", "clc_simulator", "--help"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0


def test_state_survives_kill_9(start: Start, tmp_path: Path) -> None:
    """All acknowledged writes are kept; jobs, tokens, locked users, numbers, and the clock continue."""
    arguments = ("--seed", COMPOSED, "--state", str(tmp_path / "state.db"), "--job-seconds", "0.3")
    process = start(*arguments)
    with closing(client(process)) as http:
        http.post("/_simulator/clock", json={"advance": 3600, "rate": 0})
        for _ in range(3):
            http.post("/v2/authentication/login", json={"username": "viewer", "password": "wrong"})
        group = http.post("/v2/groups/DEMO", json={"name": "Kept", "parentGroupId": WEB}).json()["id"]
        body = {"name": "kept", "groupId": group, "sourceServerId": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memoryGB": 1}
        queued = http.post("/v2/servers/DEMO", json=body).json()["links"]
        http.delete("/v2/servers/DEMO/WA1DEMODEEP01")
        before = http.get("/_simulator/state").json()
        process.process.kill()
        process.process.wait()
    again = start(*arguments)
    with httpx.Client(base_url=again.url, headers=http.headers) as http:
        after = http.get("/_simulator/state").json()
        assert {name: before[name] for name in before if name not in ("now", "clock")} == {
            name: after[name] for name in after if name not in ("now", "clock")
        }
        assert after["now"] == pytest.approx(before["now"], abs=0.01)
        assert http.get(queued[1]["href"]).status_code == 404
        http.post("/_simulator/clock", json={"advance": 0.6})
        assert http.get(queued[0]["href"]).json() == {"status": "succeeded"}
        assert http.get(queued[1]["href"]).json()["id"] == "wa1demokept01"
        assert http.get("/v2/servers/DEMO/WA1DEMODEEP01").status_code == 404
        locked = http.post("/v2/authentication/login", json={"username": "viewer", "password": "viewer-password"})
        assert locked.status_code == 400


def test_state_writes_only_what_changed(make: Callable[..., Client], tmp_path: Path) -> None:
    http = make(COMPOSED, tmp_path / "state.db").login()
    store = http.simulator.store
    assert store is not None
    written: list[str] = []
    store._db.set_trace_callback(written.append)
    http.get(SERVER)
    assert written == []
    http.patch(SERVER, description="x")
    rows = [line for line in written if line.startswith("INSERT OR REPLACE INTO entities")]
    assert len(rows) == 1
    assert "wa1demoweb01" in rows[0]


def test_removed_rows_stay_removed(make: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    first = make(COMPOSED, path).login()
    first.delete(SERVER)
    first.advance(JOB)
    assert first.get(SERVER).status == 404
    second = make(COMPOSED, path).login()
    assert second.get(SERVER).status == 404
    assert "203.0.113.24" not in second.control("GET", "state").json()["publicAddresses"]


def test_reset_with_a_state_file(make: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    make(COMPOSED, path).control("POST", "reset", {"seed": "empty"})
    assert make(COMPOSED, path).control("GET", "state").json()["servers"] == {}


@pytest.fixture
def serve(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the command in this process, for a simulator that cannot start; return its exit code and stderr."""

    def run(*arguments: str) -> tuple[int, str]:
        try:
            code = cli.main(["serve", *arguments])
        except SystemExit as end:
            code = int(str(end.code))
        output = capsys.readouterr()
        assert output.out == ""
        return code, output.err

    return run


def test_a_state_file_has_one_owner(start: Start, serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    first = start("--seed", COMPOSED, "--state", str(path))
    code, message = serve("--state", str(path))
    assert (code, message) == (
        1, f"clc-simulator: another simulator uses {path}; end it or specify another file\n",
    )  # fmt: skip
    with closing(client(first)) as http:
        http.patch(SERVER, json=[{"op": "set", "member": "description", "value": "of the first"}])
    first.process.kill()
    first.process.wait()
    second = start("--state", str(path))
    with closing(client(second)) as http:
        assert http.get(SERVER).json()["description"] == "of the first"


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("UPDATE entities SET body = '{' WHERE id = 'wa1demoweb01'", "the row 'wa1demoweb01' of servers: "),
        ("UPDATE entities SET body = x'ff' WHERE id = 'wa1demoweb01'", "the row 'wa1demoweb01' of servers: "),
        ("UPDATE entities SET body = '[]' WHERE id = 'wa1demoweb01'", "it is not an object of that id"),
        ("UPDATE entities SET body = 5 WHERE id = 'wa1demoweb01'", "the row 'wa1demoweb01' of servers: "),
        ("UPDATE entities SET body = '{\"id\": \"wa1demoweb01\"}' WHERE id = 'wa1demoweb01'", "missing properties: "),
        (
            "UPDATE entities SET body = json_set(body, '$.cpu', 'two') WHERE kind = 'servers' AND id = 'wa1demoweb01'",
            "wrong types: cpu",
        ),
        (
            "UPDATE entities SET body = json_set(body, '$.colour', 1) WHERE kind = 'servers' AND id = 'wa1demoweb01'",
            "unknown properties: colour",
        ),
        ("UPDATE metadata SET body = '{}' WHERE name = 'clock'", "its metadata: "),
        ("UPDATE metadata SET body = '7' WHERE name = 'clock'", "its metadata: "),
        ("DELETE FROM metadata WHERE name = 'format'", "its metadata: "),
    ],
)
def test_a_damaged_state_file(
    make: Callable[..., Client], serve: Serve, tmp_path: Path, statement: str, cause: str
) -> None:
    path = tmp_path / "state.db"
    make(COMPOSED, path).simulator.close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(statement).rowcount == 1
        database.commit()
    code, message = serve("--state", str(path))
    assert code == 1
    assert message.startswith(f"clc-simulator: {path} is damaged (")
    assert message.endswith("); restore a copy of the file, or delete it\n")
    assert cause in message
    assert message.count("\n") == 1


def test_every_kind_of_entity_can_be_loaded_again(make: Callable[..., Client], tmp_path: Path) -> None:
    """The types of all properties are checked, so a state with everything in it must pass."""
    path = tmp_path / "state.db"
    first = make("small", path).login()
    power(first, "pause", "WA1DEMOWEB01")
    first.delete(SERVER)
    before = first.control("GET", "state").json()
    after = make("small", path).control("GET", "state").json()
    assert {name: after[name] for name in after if name not in ("now", "clock")} == {
        name: before[name] for name in before if name not in ("now", "clock")
    }


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--state", "/nothing/state.db"], "/nothing/state.db cannot be opened"),
        (["--state", "/"], "cannot be opened"),
        (["--host", "x" * 70], "clc-simulator: "),
        (["--faults", "/nothing"], "/nothing"),
    ],
)
def test_says_in_one_line_why_it_cannot_start(serve: Serve, arguments: list[str], word: str) -> None:
    code, message = serve(*arguments)
    assert code == 1
    assert word in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--port", "99999"], ["--port", "-1"], ["--port", "x"], ["--latency", "nan"]])
def test_rejects_arguments_that_are_not_numbers_in_range(serve: Serve, arguments: list[str]) -> None:
    code, message = serve(*arguments)
    assert code == 2
    assert f"argument {arguments[0]}:" in message


def test_rejects_a_file_that_is_not_a_state_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and long enough to be seen as none" * 100)
    done = subprocess.run([COMMAND, "serve", "--state", str(path)], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "is not a state file" in done.stderr
