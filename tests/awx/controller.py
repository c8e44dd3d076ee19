# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A controller as far as the modules of awx.awx use one: objects in lists by kind, their sublists, surveys, and approvals.

It rejects what AWX rejects where the role could get it wrong: names that exist, references to nothing, playbooks that the project
does not have, credential types that break the rules, and inputs that the credential's type does not have.
"""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import typing as t
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from awx_plugins.interfaces._temporary_private_inject_api import ENV_BLOCKLIST

from ansible_collections.centurylink.cloud.tests.awx import credential_types

Fields = dict[str, t.Any]
USER, PASSWORD, TOKEN = "admin", "controller-password", "controller-token"
ENCRYPTED = "$encrypted$"
# Kinds of objects, what a new one requires, and of which kind its references are.
REQUIRED: dict[str, tuple[str, ...]] = {
    "organizations": ("name",),
    "credential_types": ("name", "kind"),
    "credentials": ("name", "credential_type", "organization"),
    "execution_environments": ("name", "image"),
    "projects": ("name", "organization"),
    "inventories": ("name", "organization"),
    "hosts": ("name", "inventory"),
    "inventory_sources": ("name", "inventory", "source"),
    "job_templates": ("name", "project", "playbook"),
    "workflow_job_templates": ("name",),
    "workflow_job_template_nodes": ("identifier", "workflow_job_template"),
    "workflow_approval_templates": ("name",),
    "schedules": ("name", "rrule", "unified_job_template"),
    "instance_groups": ("name",),
}
UNIFIED = ("job_templates", "workflow_job_templates", "projects", "inventory_sources", "workflow_approval_templates")
REFERENCES = {
    "organization": ("organizations",),
    "credential_type": ("credential_types",),
    "execution_environment": ("execution_environments",),
    "project": ("projects",),
    "source_project": ("projects",),
    "inventory": ("inventories",),
    "credential": ("credentials",),
    "workflow_job_template": ("workflow_job_templates",),
    "unified_job_template": UNIFIED,
}
SUBLISTS = ("credentials", "instance_groups", "success_nodes", "always_nodes", "failure_nodes", "labels")
RELATED_KIND = dict.fromkeys(("success_nodes", "always_nodes", "failure_nodes"), "workflow_job_template_nodes")


class Rejected(Exception):
    """A response with an error status."""

    def __init__(self, status: int, **body: t.Any) -> None:
        super().__init__(status, body)
        self.status, self.body = status, body


class Controller:
    """The objects of a controller. playbooks: what a project of it has."""

    def __init__(self, playbooks: t.Iterable[str], prefix: str = "/api/") -> None:
        self.playbooks, self.prefix = set(playbooks), f"{prefix}v2/"
        self.objects: dict[str, dict[int, Fields]] = {kind: {} for kind in REQUIRED}
        self.associated: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[str, Fields] = {}
        self.requests: list[tuple[str, str]] = []
        self._last_id = 0
        self.create("organizations", {"name": "Default"})

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path in self.requests if method != "GET" and "/tokens/" not in path]

    def created(self) -> dict[str, list[str]]:
        """Return the names of all objects by kind, without the organization that was there from the start."""
        found = {
            kind: [item.get("name", item.get("identifier")) for item in items.values()]
            for kind, items in self.objects.items()
        }
        return {kind: names for kind, names in found.items() if names and kind != "organizations"}

    def named(self, kind: str, name: str) -> Fields:
        return next(item for item in self.objects[kind].values() if name in (item.get("name"), item.get("identifier")))

    def respond(self, method: str, path: str, query: Fields, body: Fields) -> tuple[int, t.Any]:
        """Return status and body of the response to a request with valid credentials. path: below the prefix."""
        parts = path.strip("/").split("/")
        match parts:
            case ["unified_job_templates"]:
                return 200, self._listing(UNIFIED, query)
            case [kind] if kind in REQUIRED:
                return (201, self.create(kind, body)) if method == "POST" else (200, self._listing([kind], query))
            case [kind, key]:
                return self._item(method, kind, self._get(kind, key), body)
            case [kind, key, "survey_spec"]:
                return self._survey(method, f"{kind}/{self._get(kind, key)['id']}", body)
            case [_kind, key, "create_approval_template"]:
                approval = self.create("workflow_approval_templates", body)
                node = self._get("workflow_job_template_nodes", key)
                node["unified_job_template"] = approval["id"]
                node["related"]["unified_job_template"] = approval["url"]
                return 201, approval
            case [kind, key, sublist] if sublist in SUBLISTS:
                return self._sublist(method, kind, self._get(kind, key)["id"], sublist, body)
        raise Rejected(404, detail="Not found.")

    def create(self, kind: str, fields: Fields) -> Fields:
        missing = [name for name in REQUIRED[kind] if fields.get(name) in (None, "")]
        if missing:
            raise Rejected(400, **{name: ["This field is required."] for name in missing})
        self._validate(kind, fields)
        self._last_id += 1
        url = f"{self.prefix}{kind}/{self._last_id}/"
        related = {"survey_spec": f"{url}survey_spec/"} if kind.endswith("job_templates") else {}
        state = {"status": "successful", "scm_revision": "1f2e3d"} if kind == "projects" else {}
        kept = {**fields, "id": self._last_id, "url": url, "type": kind.removesuffix("s"), "related": related}
        self.objects[kind][self._last_id] = {**kept, "summary_fields": {}, **state}
        return self._view(kind, self.objects[kind][self._last_id])

    def _validate(self, kind: str, fields: Fields, existing: Fields | None = None) -> None:
        whole = {**(existing or {}), **fields}
        for name, kinds in REFERENCES.items():
            if whole.get(name) and not any(whole[name] in self.objects[other] for other in kinds):
                raise Rejected(400, **{name: [f"Invalid pk {whole[name]} - object does not exist."]})
        scope = ("name", "identifier", "organization", "inventory", "workflow_job_template")
        for item in self.objects[kind].values():
            is_other = item["id"] != whole.get("id") and kind != "workflow_approval_templates"
            if is_other and all(item.get(name) == whole.get(name) for name in scope):
                raise Rejected(400, __all__=["An object with these fields already exists."])
        if kind == "credential_types":
            errors = credential_types.errors_of(whole.get("inputs", {}), whole.get("injectors", {}), ENV_BLOCKLIST)
            if errors:
                raise Rejected(400, inputs=errors)
        if kind == "credentials":
            self._validate_inputs(whole)
        if kind == "job_templates" and whole["playbook"] not in self.playbooks:
            raise Rejected(400, playbook=["Playbook not found for project."])

    def _validate_inputs(self, credential: Fields) -> None:
        inputs = self.objects["credential_types"][credential["credential_type"]].get("inputs", {})
        known = {field["id"] for field in inputs.get("fields", [])}
        given = credential.get("inputs", {})
        if given.keys() - known or set(inputs.get("required", [])) - given.keys():
            raise Rejected(400, inputs=[f"unknown or missing: {sorted(given.keys() ^ known)}"])

    def _get(self, kind: str, key: str) -> Fields:
        if kind not in self.objects or not key.isdigit() or int(key) not in self.objects[kind]:
            raise Rejected(404, detail="Not found.")
        return self.objects[kind][int(key)]

    def _item(self, method: str, kind: str, item: Fields, body: Fields) -> tuple[int, t.Any]:
        if method == "DELETE":
            del self.objects[kind][item["id"]]
            return 204, None
        if method == "PATCH":
            self._validate(kind, body, item)
            if "inputs" in body and kind == "credentials":
                secrets = {
                    name: item["inputs"].get(name) for name, value in body["inputs"].items() if value == ENCRYPTED
                }
                body = {**body, "inputs": {**body["inputs"], **secrets}}
            item.update(body)
        return 200, self._view(kind, item)

    def _survey(self, method: str, key: str, body: Fields) -> tuple[int, t.Any]:
        if method == "POST":
            questions = {"question_name", "question_description", "required", "type", "variable"}
            if not all(questions <= question.keys() for question in body["spec"]):
                raise Rejected(400, error="a key of a question is missing")
            self.surveys[key] = body
            return 200, {}
        return 200, self.surveys.get(key, {})

    def _sublist(self, method: str, kind: str, key: int, sublist: str, body: Fields) -> tuple[int, t.Any]:
        ids = self.associated.setdefault((kind, key, sublist), [])
        related = RELATED_KIND.get(sublist, sublist)
        if method == "GET":
            return 200, _page([self._view(related, self.objects[related][number]) for number in ids])
        self._get(related, str(body["id"]))
        if body.get("disassociate"):
            ids.remove(body["id"])
        elif body["id"] not in ids:
            ids.append(body["id"])
        return 204, None

    def _listing(self, kinds: t.Iterable[str], query: Fields) -> Fields:
        found = []
        for kind in kinds:
            for item in self.objects[kind].values():
                alternatives = {name[4:]: value for name, value in query.items() if name.startswith("or__")}
                plain = {name: value for name, value in query.items() if not name.startswith("or__")}
                is_match = all(str(item.get(name)) == value for name, value in plain.items())
                if alternatives:
                    is_match &= any(str(item.get(name)) == value for name, value in alternatives.items())
                found += [self._view(kind, item)] if is_match else []
        return _page(found)

    def _view(self, kind: str, item: Fields) -> Fields:
        if kind != "credentials":
            return item
        fields = self.objects["credential_types"][item["credential_type"]]["inputs"]["fields"]
        secrets = {field["id"] for field in fields if field.get("secret")}
        return {
            **item,
            "inputs": {name: ENCRYPTED if name in secrets else value for name, value in item["inputs"].items()},
        }


def _page(items: list[Fields]) -> Fields:
    return {"count": len(items), "next": None, "previous": None, "results": items}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    controller: Controller
    lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the controller."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body in one packet, which the other side does not wait for

    def __getattr__(self, name: str) -> t.Any:
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)

    def log_message(self, *arguments: t.Any) -> None:
        pass

    def _respond(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        url = urlsplit(self.path)
        controller = t.cast("_Server", self.server).controller
        with t.cast("_Server", self.server).lock:
            controller.requests.append((self.command, url.path))
            try:
                status, response = self._routed(controller, url.path, dict(parse_qsl(url.query)), body)
            except Rejected as error:
                status, response = error.status, error.body
            data = b"" if response is None else json.dumps(response).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header(
            "X-API-Product-Name", "AWX" if controller.prefix == "/api/v2/" else "Red Hat Ansible Automation Platform"
        )
        self.send_header("X-API-Product-Version", "24.6.1")
        self.end_headers()
        self.wfile.write(data)

    def _routed(self, controller: Controller, path: str, query: Fields, body: Fields) -> tuple[int, t.Any]:
        below = path.removeprefix(controller.prefix)
        if below == path:
            raise Rejected(404, detail="Not found.")
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        credentials = self.headers.get("Authorization")
        if below.startswith("tokens/") and credentials == basic:
            return (201, {"id": 1, "token": TOKEN}) if self.command == "POST" else (204, None)
        if credentials != f"Bearer {TOKEN}":
            raise Rejected(401, detail="Authentication credentials were not provided.")
        return controller.respond(self.command, below, query, body)


@contextlib.contextmanager
def serving(controller: Controller) -> t.Iterator[str]:
    """Serve a controller on a free port of the loopback; give its address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.controller = controller
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
