# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Action plugin of the module of the same name."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from ansible_collections.centurylink.cloud.plugins.plugin_utils.in_worker import InWorker

_SPEC = importlib.util.spec_from_file_location("clc_test_ends", Path(__file__).parents[1] / "modules" / "ends.py")
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)


class ActionModule(InWorker):
    """Runs it in the worker."""

    module = _MODULE.MODULE
