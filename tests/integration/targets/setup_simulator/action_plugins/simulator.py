# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends a request to a control path of a simulator: `path`, and `method` or `body` if it is not a read.

The simulator is the one that start.yml has started, unless `url` names another. The result has the response as `json`. This does
what ansible.builtin.uri would do, without a module process: some targets ask a hundred times.
"""

from __future__ import annotations

import json
import typing as t
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

_PATIENCE = 30.0  # seconds


class ActionModule(ActionBase):  # type: ignore[misc]
    """Sends one request to a path below /_simulator/."""

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Return the response."""
        result: dict[str, t.Any] = super().run(tmp, task_vars)
        arguments = dict(self._task.args)
        path, body = str(arguments.pop("path")), arguments.pop("body", None)
        method = str(arguments.pop("method", "GET" if body is None else "POST"))
        url = str(arguments.pop("url", None) or (task_vars or {})["own_api_url"])
        if arguments:
            raise AnsibleActionFail(f"no such options: {', '.join(sorted(arguments))}")
        status, text = _request(url, method, f"/_simulator/{path}", body)
        if not 200 <= status < 300:
            raise AnsibleActionFail(f"the response to {method} {path} has the status {status}: {text[:500]}")
        return {**result, "changed": False, "json": json.loads(text) if text else None}


def _request(url: str, method: str, path: str, body: t.Any) -> tuple[int, str]:
    """Send a request; return status and body of the response."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=_PATIENCE)
    try:
        text = None if body is None else json.dumps(body)
        connection.request(method, path, text, {"Content-Type": "application/json"} if text else {})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, HTTPException) as error:
        raise AnsibleActionFail(f"no response to {method} {path}: {error}") from error
    finally:
        connection.close()
