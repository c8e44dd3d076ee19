# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example rulebook under ansible-rulebook, driven by the messages of a simulator."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from service import Key, free_port, make_paths, post

from tools import java, linktree, simulator

PATIENCE = 60.0
BIN = Path(sys.executable).parent
CONNECTION = {"CLC_V2_API_USERNAME": "demo", "CLC_V2_API_PASSWD": "demo-password"}
TIER = {
    "group": "Default Group",
    "data_center": "WA1",
    "alert_policies": ["Busy"],
    "load_balancer": "front",
    "port": 443,
    "private_port": 8443,
}
BEFORE = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - centurylink.cloud.alert_policy:
        name: Busy
        recipients: [ops@example.com]
        triggers: [{metric: cpu, duration: "00:05:00", threshold: 80}]
    - centurylink.cloud.shared_load_balancer:
        name: front
        data_center: WA1
        pools: [{port: 443}]
"""
CREATE = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - centurylink.cloud.server:
        name: HOOK
        group: Default Group
        data_center: WA1
        template: CENTOS-6-64-TEMPLATE
        cpu: 1
        memory_gb: 1
"""


class Session:
    """A simulator, and ansible-rulebook with the example rulebook, whose variables are those of the documentation."""

    def __init__(self, url: str, directory: Path) -> None:
        self.url, self.directory, self.port, self.paths = url, directory, free_port(), make_paths()
        path = os.pathsep.join([str(BIN), os.environ["PATH"]])
        self._environment = {
            **os.environ, **CONNECTION, **java.environment(), "CLC_V2_API_URL": url, "PATH": path,
            "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()), "ANSIBLE_HOME": str(directory / "home"),
            "ANSIBLE_FORCE_COLOR": "0", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        self.log = directory / "rulebook.log"
        self._process: subprocess.Popen[bytes] | None = None

    def play(self, name: str, text: str) -> None:
        file = self.directory / name
        file.write_text(text, encoding="utf-8")
        self.playbook(str(file))

    def playbook(self, name: str) -> None:
        command = [str(BIN / "ansible-playbook"), name, "-e", f"@{self.directory / 'variables.yml'}"]
        played = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        assert played.returncode == 0, played.stdout + played.stderr

    def start(self) -> None:
        key = self.directory / "key.pem"
        key.write_text(simulator.ask(self.url, "notifications/key")["publicKey"], encoding="utf-8")
        variables = {
            "clc_webhook_host": "127.0.0.1", "clc_webhook_port": self.port, "clc_webhook_certfile": "",
            "clc_webhook_keyfile": "", "clc_webhook_public_key_path": str(key), "clc_webhook_accounts": ["DEMO"],
            "clc_webhook_paths": self.paths, "clc_webhook_url": f"http://127.0.0.1:{self.port}", "clc_tier": TIER,
        }  # fmt: skip
        (self.directory / "variables.yml").write_text(yaml.safe_dump(variables), encoding="utf-8")
        inventory = self.directory / "inventory.yml"
        host = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        inventory.write_text(yaml.safe_dump({"all": {"hosts": {"localhost": host}}}), encoding="utf-8")
        command = [
            str(BIN / "ansible-rulebook"), "-r", "centurylink.cloud.server_created", "-i", str(inventory),
            "-e", str(self.directory / "variables.yml"), "--print-events",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=subprocess.STDOUT, cwd=self.directory
            )

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait(self, condition: Any) -> None:
        patience = time.monotonic() + PATIENCE
        while not condition():
            assert self._process is None or self._process.poll() is None, self.output()
            assert time.monotonic() < patience, self.output()
            time.sleep(0.1)

    def listens(self) -> bool:
        try:
            return post(self.port, "", b"", None)[0] == 404
        except OSError:
            return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def get(self, path: str) -> Any:
        """Read from the API as the demo user."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            body = json.dumps({"username": "demo", "password": "demo-password"})
            connection.request("POST", "/v2/authentication/login", body, {"Content-Type": "application/json"})
            token = json.loads(connection.getresponse().read())["bearerToken"]
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = simulator.ask(self.url, "notifications")
        return found


pytestmark = pytest.mark.skipif(not java.is_present(), reason="there is no Java, so ansible-rulebook did not run")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with simulator.serving("--seed", "small", "--job-seconds", "0.3", log=tmp_path / "simulator.log") as url:
        running = Session(url, tmp_path)
        try:
            yield running
        finally:
            running.stop()


def nodes(session: Session) -> set[str]:
    """Return the IP addresses of the pool's nodes."""
    (balancer,) = session.get("/v2/sharedLoadBalancers/DEMO/WA1")
    (pool,) = session.get(f"/v2/sharedLoadBalancers/DEMO/WA1/{balancer['id']}/pools")
    return {node["ipAddress"] for node in pool["nodes"]}


def test_a_created_server_is_set_up_and_invalid_messages_have_no_effect(session: Session) -> None:
    session.start()
    session.play("before.yml", BEFORE)
    session.playbook("centurylink.cloud.webhook_targets")
    session.wait(session.listens)
    session.play("create.yml", CREATE)
    session.wait(lambda: "failed=0" in session.output())
    server = session.get("/v2/servers/DEMO/WA1DEMOHOOK01")
    assert [policy["name"] for policy in server["details"]["alertPolicies"]] == ["Busy"]
    assert server["details"]["ipAddresses"][0]["internal"] in nodes(session)

    (created,) = [sent for sent in session.messages() if sent["event"] == "Server.Created"]
    assert (created["outcome"], created["status"]) == ("sent", 200)
    check_invalid_messages(session, created["body"])
    # A valid message after them: what the rule engine has seen by then is all that it has accepted.
    raised = {"event": "Account.Updated", "account": "DEMO"}
    connection = HTTPConnection(urlsplit(session.url).netloc, timeout=10)
    connection.request("POST", "/_simulator/notifications", json.dumps(raised))
    assert connection.getresponse().status == 200
    session.wait(lambda: "Account.Updated" in session.output())
    assert session.output().count("'type': 'Server.Created'") == 1
    assert session.output().count("'type': 'Server.Deleted'") == 0
    assert session.output().count("PLAY RECAP") == 1


def check_invalid_messages(session: Session, body: dict[str, Any]) -> None:
    """Send a forged signature, a replay, and the body on paths of other events; apart from the first, with the valid signature."""
    # The bytes that the simulator sent.
    raw = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    (stored,) = simulator.ask(session.url, "state")["webhookKeys"].values()
    private = load_pem_private_key(stored["pem"].encode(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    signature = Key(private=private).sign(raw)
    assert post(session.port, session.paths["Server.Created"], raw, Key().sign(raw))[0] == 401
    assert post(session.port, session.paths["Server.Created"], raw, signature)[0] == 409
    assert post(session.port, session.paths["Server.Deleted"], raw, signature)[0] == 400
    assert post(session.port, session.paths["Server.Updated"], raw, signature)[0] == 409
