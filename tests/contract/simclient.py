# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client that calls the simulator's application in this process, and helpers that tests share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

from clc_simulator.core.contract import load_contract
from clc_simulator.web.app import create_app
from clc_simulator.web.simulator import Settings, Simulator

HERE = Path(__file__).parent
PAYLOADS = HERE.parent / "payloads"
SEEDS = HERE / "seeds"
COMPOSED = str(SEEDS / "composed.yml")

CONTRACT = load_contract()

JOB = 100.0
"""Seconds that a job takes in these tests. Only advance() moves the clock."""

WEB = "8a67639f74080f56c5aa328f676226e2"
ROOT = "36a23e238e3b1c77fc4c011f1bd38f1f"
"""Group ids of composed.yml."""


@dataclass
class Response:
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)

    def state(self) -> dict[str, list[str]]:
        """Return the modelState of a 400."""
        assert self.status == 400, (self.status, self.body)
        state: dict[str, list[str]] = self.json()["modelState"]
        return state

    def link(self, rel: str = "status") -> str:
        """Return the href of a link, from any format of response that has links."""
        body = self.json()
        links = [body] if "rel" in body else body["links"]
        return next(str(link["href"]) for link in links if link["rel"] == rel)


class Client:
    """A user of one simulator."""

    def __init__(self, runner: asyncio.Runner, seed: str = "small", state: Path | None = None) -> None:
        self._runner = runner
        self.simulator = Simulator(Settings(seed, JOB, 0.0, state), CONTRACT)
        self._app = create_app(self.simulator)
        self.token: str | None = None
        self.may_be_unknown = False
        """Set by tests that send properties that are not in the contract."""
        self.may_violate = False
        self.control("POST", "clock", {"rate": 0})

    def login(self, name: str = "demo", password: str = "demo-password") -> Client:
        response = self.post("/v2/authentication/login", {"username": name, "password": password})
        assert response.status == 200, response.body
        self.token = str(response.json()["bearerToken"])
        return self

    def request(
        self, method: str, path: str, json: Any = None, raw: bytes = b"", headers: dict[str, str] | None = None
    ) -> Response:
        target, _, query = path.partition("?")
        sent = {"host": "simulator", "user-agent": "contract-tests"}
        if self.token is not None:
            sent["authorization"] = f"Bearer {self.token}"
        if json is not None:
            raw, sent["content-type"] = orjson.dumps(json), "application/json"
        sent |= headers or {}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": target,
            "raw_path": target.encode(), "query_string": query.encode(), "root_path": "", "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "server": ("simulator", 80), "client": ("test", 1), "state": {},
        }  # fmt: skip
        return self._runner.run(self._send(scope, raw))

    async def _send(self, scope: dict[str, Any], raw: bytes) -> Response:
        messages: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        await self._app(scope, receive, send)
        start = messages[0]
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Response(start["status"], headers, b"".join(message.get("body", b"") for message in messages[1:]))

    def get(self, path: str) -> Response:
        return self.request("GET", path)

    def post(self, path: str, json: Any = None) -> Response:
        return self.request("POST", path, json)

    def patch(self, path: str, **members: Any) -> Response:
        steps = [{"op": "set", "member": name, "value": value} for name, value in members.items()]
        return self.request("PATCH", path, steps)

    def put(self, path: str, json: Any) -> Response:
        return self.request("PUT", path, json)

    def delete(self, path: str) -> Response:
        return self.request("DELETE", path)

    def form(self, path: str, fields: dict[str, Any]) -> Response:
        headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
        return self.request("POST", path, raw=urlencode(fields, doseq=True).encode(), headers=headers)

    def control(self, method: str, path: str, json: Any = None) -> Response:
        response = self.request(method, f"/_simulator/{path}", json)
        assert response.status < 300, response.body
        return response

    def faults(self, *rules: dict[str, Any]) -> None:
        self.control("POST", "faults", {"faults": list(rules), "replace": True})

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def finish(self) -> None:
        """Finish all jobs and their late effects."""
        self.advance(2 * JOB)

    def server(self, key: str, alias: str = "DEMO") -> dict[str, Any]:
        response = self.get(f"/v2/servers/{alias}/{key}")
        assert response.status == 200, (key, response.status)
        view: dict[str, Any] = response.json()
        return view

    def create(self, **members: Any) -> Response:
        body = {
            "name": "new", "groupId": WEB, "sourceServerId": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memoryGB": 2,
            "type": "standard",
        }  # fmt: skip
        return self.post(
            "/v2/servers/DEMO", {name: value for name, value in {**body, **members}.items() if value != ...}
        )

    def create_and_finish(self, **members: Any) -> dict[str, Any]:
        """Create a server, wait until it is active, and return it."""
        response = self.create(**members)
        assert response.status == 202, response.body
        self.finish()
        view: dict[str, Any] = self.get(response.link("self")).json()
        return view

    def log(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control("GET", "requests").json()
        return entries


def power(client: Client, operation: str, *ids: str) -> Response:
    return client.post(f"/v2/operations/DEMO/servers/{operation}", list(ids))


def load(path: str) -> Any:
    return orjson.loads((PAYLOADS / path).read_bytes())


def without_order(value: Any) -> Any:
    """Return JSON values with the links of each entity sorted."""
    if isinstance(value, dict):
        return {
            name: sorted(map(without_order, item), key=lambda link: (link["rel"], link["href"]))
            if name == "links"
            else without_order(item)
            for name, item in value.items()
        }
    return [without_order(item) for item in value] if isinstance(value, list) else value


def shape(value: Any) -> Any:
    """Return the properties of a response at each level, with the types of their values; links by their rel."""
    if isinstance(value, dict):
        kinds = {name: shape(item) for name, item in value.items()}
        return {**kinds, "rel": value["rel"]} if "rel" in value else kinds
    if isinstance(value, list):
        shapes = [shape(item) for item in value]
        return sorted((each for at, each in enumerate(shapes) if each not in shapes[:at]), key=repr)
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
