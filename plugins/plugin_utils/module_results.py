# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments and results of a module that runs in the worker of its task, as a module process would get and return them.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import json
import typing as t

from ansible import constants
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator, ValidationResult
from ansible.module_utils.common.json import Direction, get_module_decoder, get_module_encoder
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import deprecate, warn
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase

from ..module_utils import running

Result = dict[str, t.Any]
# ansible-core looks for the files of these at each call, so that is done once, and before it forks the workers.
_ARGUMENTS_ENCODER = get_module_encoder("legacy", Direction.CONTROLLER_TO_MODULE)
_ARGUMENTS_DECODER = get_module_decoder("legacy", Direction.CONTROLLER_TO_MODULE)
_RESULT_ENCODER = get_module_encoder("legacy", Direction.MODULE_TO_CONTROLLER)


def arguments_of(task_args: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return arguments as a process reads them: a copy, of plain types, without trust, with dates and keys as text."""
    text = json.dumps(task_args, cls=_ARGUMENTS_ENCODER)
    arguments: dict[str, t.Any] = json.loads(text, cls=_ARGUMENTS_DECODER)
    return arguments


@functools.cache
def validator_of(module: running.Module) -> ArgumentSpecValidator:
    """Return what validates the options of a module; it holds nothing of what it has validated."""
    return ArgumentSpecValidator(module.argument_spec, **module.rules)


def validation_message(checked: ValidationResult, action: str) -> str | None:
    """Return what is wrong with the options, in the words of AnsibleModule; None if nothing is. action: as the task names it."""
    # `errors` is an exception, which is true without any error in it; what is in it are the messages.
    if not checked.error_messages:
        return None
    message = str(checked.errors.msg)
    unsupported = isinstance(checked.errors[0], UnsupportedError)
    return f"Unsupported parameters for ({action}) module: {message}" if unsupported else message


def parsed(action: ActionBase, result: Result) -> Result:
    """Return a result as ansible-core makes it of the output of a module: plain, untrusted, and failures told as such."""
    text = json.dumps(result, cls=_RESULT_ENCODER)
    output = {"rc": 0, "stdout": text, "stderr": "", "stdout_lines": [], "stderr_lines": []}
    read = action._parse_returned_data(output, "legacy")
    if isinstance(read, dict):
        return read
    # Since ansible-core 2.21 it is an object.
    read.remove_internal_keys()
    found: Result = read.as_result_dict(for_round_trip=True)
    return found


def masked(result: Result, secrets: t.Collection[str]) -> Result:
    """Return a result with secrets masked, as AnsibleModule does: booleans and null at the top stay as they are."""
    preserved = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
    without_secrets: Result = remove_values(result, secrets)
    return {**without_secrets, **preserved}


def show_warnings_of(checked: ValidationResult) -> None:
    """Show the warnings and deprecations of the options that a task uses, in the words of ansible-core."""
    for deprecation in checked._deprecations:
        deprecate(
            deprecation["msg"],
            version=deprecation.get("version"),
            date=deprecation.get("date"),
            collection_name=deprecation.get("collection_name"),
        )
    for warning in checked._warnings:
        warn(f"Both option {warning['option']} and its alias {warning['alias']} are set.")


def wants_invocation(variables: t.Mapping[str, t.Any]) -> bool:
    """Return whether results hold the arguments of the module: always until ansible-core 2.20, since then if that is set."""
    if constants.config.get_configuration_definition("INJECT_INVOCATION") is None:
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=dict(variables)))


def wants_tracebacks() -> bool:
    """Return whether results of failures hold tracebacks, which is a setting of the user."""
    events = constants.config.get_config_value("DISPLAY_TRACEBACK")
    return not {"error", "always"}.isdisjoint(events)
