# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module, as a process and in the worker: what its declaration makes of arguments, and what becomes of its failures.

The comparison is that of the fixture `run`. In the place of the module's own work, which has tests of its own, stands work that
sends a request and returns all parameters.
"""

from __future__ import annotations

import datetime
import importlib
import os
import typing as t
from pathlib import Path
from unittest import mock

import pytest
from ansible.module_utils.common.warnings import deprecate

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidTaskError, NotFound
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.formats import FORMATS
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.options import CONNECTION
from ansible_collections.centurylink.cloud.plugins.plugin_utils import in_worker, module_results
from ansible_collections.centurylink.cloud.tests.unit.support.modules import MODULES, PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import TOKEN, Scripted

pytestmark = pytest.mark.usefixtures("undocumented_results")

Options = dict[str, t.Any]
Entry = t.Mapping[str, t.Any]
PLUGINS = Path(running.__file__).parents[1]
NAMES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))
SECRET = "SECRET-5e4d3c2b"  # made up, as the value of each option that must not be shown
PATH = "/v2/x"
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
TEMPLATE = "{{ 7*7 }}"
RESPONSE = {
    "name": TEMPLATE,
    "none": None,
    "yes": True,
    "one": 1,
    "half": 0.5,
    "list": [{"{{ 1+1 }}": "ü"}],
    "text": "1",
}
GOOD = {"int": 7, "float": 1.5, "bool": True, "raw": "raw", "path": "/nowhere", "str": "text", "dict": {"key": "value"}}
BAD: Options = {"int": "many", "float": "much", "bool": "perhaps", "dict": "nothing of a dict", "list": {"a": "dict"}}
every_module = pytest.mark.parametrize("name", NAMES)


def module_of(name: str) -> running.Module:
    module: running.Module = importlib.import_module(f"{MODULES}.{name}").MODULE
    return module


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch, api: Scripted) -> t.Callable[..., running.Module]:
    """Replaces the work of a module; by default with work that returns everything it has."""

    def replace(name: str, work: t.Callable[[Task], t.Any] | None = None) -> running.Module:
        def default(task: Task) -> Options:
            return {"changed": not task.check_mode, "params": dict(task.params), "diff_mode": task.diff_mode}

        module = module_of(name)
        monkeypatch.setattr(module, "work", work or default)
        monkeypatch.setattr(module, "check", None)
        return module

    return replace


def good(entry: Entry) -> t.Any:
    """Return a value that an option takes."""
    if entry.get("type") == "list":
        return [good({**entry, "type": entry.get("elements", "str")})]
    if entry.get("options"):
        return fewest(entry["options"], entry)
    return entry["choices"][0] if entry.get("choices") else GOOD[entry.get("type", "str")]


def fewest(entries: t.Mapping[str, Entry], rules: t.Mapping[str, t.Any]) -> Options:
    """Return options that pass the validation, as few as there can be."""
    options = {key: good(entry) for key, entry in entries.items() if entry.get("required")}
    for group in rules.get("required_one_of", ()):
        if options.keys().isdisjoint(group):
            options[group[-1]] = good(entries[group[-1]])
    for key, others in rules.get("required_by", {}).items():
        if key in options:
            options.update({other: good(entries[other]) for other in others})
    for key, value, others, *is_any in rules.get("required_if", ()):
        if options.get(key, entries[key].get("default")) == value:
            options.update({other: good(entries[other]) for other in (others[:1] if is_any else others)})
    return options


def own_options(module: running.Module) -> dict[str, Entry]:
    shared = {module.renamed.get(option.name, option.name) for option in CONNECTION}
    return {key: entry for key, entry in module.argument_spec.items() if key not in shared}


def required(module: running.Module) -> Options:
    return _in_format(module.limits, fewest(module.argument_spec, module.rules))


def _in_format(limits: t.Mapping[str, Entry], options: Options) -> Options:
    """Return options with examples in the place of text that has to have a format."""
    examples = {
        name: FORMATS[limits[name]["format"]].example
        for name in options.keys() & limits.keys()
        if "format" in limits[name]
    }
    return {
        name: examples.get(name, value) if isinstance(value, str) else [examples[name]] if name in examples else value
        for name, value in options.items()
    }


def broken_rules(module: running.Module) -> t.Iterator[Options]:
    """Return for each rule of a module options that break it."""
    entries, options = module.argument_spec, required(module)
    for group in module.rules.get("mutually_exclusive", ()):
        yield {**options, **{key: good(entries[key]) for key in group}}
    for group in module.rules.get("required_one_of", ()):
        yield {key: value for key, value in options.items() if key not in group}
    for key, value, others, *_any in module.rules.get("required_if", ()):
        yield {**{name: item for name, item in options.items() if name not in others}, key: value}
    for key, others in module.rules.get("required_by", {}).items():
        yield {**{name: item for name, item in options.items() if name not in others}, key: good(entries[key])}


def wrong_values(module: running.Module) -> t.Iterator[Options]:
    """Return for each option that does not take everything a value that it does not take, also within a list or a dict."""
    for key, entry in own_options(module).items():
        wrong: list[t.Any] = []
        if entry.get("options"):
            # Of another type than a dict there is a test of its own: a module process reveals secrets then.
            wrong.append([{"no_such_key": 1}] if entry["type"] == "list" else {"no_such_key": 1})
        elif entry.get("type") in BAD and not entry.get("no_log"):
            wrong.append(BAD[entry["type"]])
        if "choices" in entry:
            wrong.append(["no such choice"] if entry.get("type") == "list" else "no such choice")
        yield from ({**required(module), key: value} for value in wrong)


def secret_options(module: running.Module) -> Options:
    """Return a secret for each option of the module's own that must not be shown."""
    return {
        key: {"secret_key": SECRET} if entry.get("type") == "dict" else SECRET
        for key, entry in own_options(module).items()
        if entry.get("no_log")
    }


def test_every_module_has_an_action_plugin_of_its_own() -> None:
    assert len(NAMES) > 90
    assert sorted(path.stem for path in (PLUGINS / "action").glob("*.py")) == NAMES
    for name in NAMES:
        action = importlib.import_module(f"{MODULES.replace('modules', 'action')}.{name}").ActionModule
        assert action.module is module_of(name)
        # The loader writes on the class, which must not be the common one.
        assert action.__module__.endswith(f".action.{name}")


@every_module
def test_what_passes_the_validation(name: str, run: Runner, working: t.Callable[..., running.Module]) -> None:
    module = working(name)
    outcome = run(name, required(module))
    assert outcome.changed
    assert set(outcome["params"]) >= set(required(module))
    for key, entry in own_options(module).items():
        for alias in entry.get("aliases", ()):
            value = good(entry)
            others = {other: item for other, item in required(module).items() if other != key}
            assert run(name, {**others, alias: value}).result.get("params", {key: value})[key] in (value, HIDDEN)
            both = run(name, {**others, key: value, alias: value})
            assert both.warnings == [f"Both option {key} and its alias {alias} are set."]


@every_module
def test_what_does_not_pass_the_validation(name: str, run: Runner, working: t.Callable[..., running.Module]) -> None:
    module = working(name)
    outcome = run(name, {**required(module), "no_such_option": 1})
    prefix = f"Unsupported parameters for (centurylink.cloud.{name}) module: no_such_option."
    assert (outcome.failed, outcome.msg[: len(prefix)]) == (True, prefix)
    needed = [key for key, entry in own_options(module).items() if entry.get("required")]
    assert run(name, {}).failed == bool(required(module))
    if needed:
        assert "missing required arguments: " in run(name, {}).msg
    for options in [*wrong_values(module), *broken_rules(module)]:
        assert run(name, options).failed, options


@every_module
def test_a_secret_is_in_no_message_of_the_validation(
    name: str, run: Runner, working: t.Callable[..., running.Module]
) -> None:
    module = working(name)
    secrets = secret_options(module)
    run.secrets.update({SECRET} if secrets else ())
    # Messages quote the value of an option, which is here the secret of another.
    quoted = {"state": SECRET if secrets else TOKEN} if "choices" in module.argument_spec.get("state", {}) else {}
    outcome = run(name, {**required(module), **secrets, **quoted, "timeout": TOKEN})
    assert outcome.failed
    assert "value of state must be one of" in outcome.msg or "to float" in outcome.msg


QUOTED = f"{TOKEN} and {SECRET}"
FAILURES = [
    (InvalidTaskError(f"it is {QUOTED}", action="use", target="x", help_text="Do."), "Cannot use x: it is"),
    (NotFound(f"no {QUOTED}", status=404, action="read", target="x"), "Cannot read x"),
    (RuntimeError(f"{QUOTED}\nin two lines"), "Unexpected error in centurylink.cloud: RuntimeError"),
    (KeyError(QUOTED), "Unexpected error in centurylink.cloud: KeyError"),
    (SystemExit(f"3{QUOTED}"), "Unexpected error in centurylink.cloud: SystemExit"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "Unexpected error in centurylink.cloud: UnicodeDecodeError"),
]


@every_module
def test_a_failure_of_the_work_is_a_result_without_secrets(
    name: str, run: Runner, working: t.Callable[..., running.Module]
) -> None:
    module = module_of(name)
    secrets = secret_options(module)
    run.secrets.update({SECRET} if secrets else ())
    for error, message in FAILURES:

        def work(task: Task, error: BaseException = error) -> t.Any:
            raise error

        working(name, work)
        outcome = run(name, {**required(module), **secrets})
        assert outcome.failed
        assert message in outcome.msg
        assert "exception" not in outcome.result


@every_module
def test_modes_of_a_task(
    name: str, api: Scripted, run: Runner, working: t.Callable[..., running.Module], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check mode, diff mode, a task that is not to be logged; and a response that would be a template in a playbook."""

    def work(task: Task) -> Options:
        task.report("progress")
        task.warn("a warning of the module")
        modes = {"check": task.check_mode, "diff": task.diff_mode, "hidden": task.hidden}
        return {"changed": False, "modes": modes, "response": task.client.get(PATH).body, "given": dict(task.params)}

    displayed: list[str] = []
    monkeypatch.setattr(in_worker.display, "v", lambda line, host=None: displayed.append(line))
    monkeypatch.setattr(in_worker.display, "vvv", lambda line, host=None: displayed.append(line))
    module = working(name, work)
    for mode in ("", "check", "diff", "no_log"):
        api.expects("GET", PATH, RESPONSE)
        displayed.clear()
        outcome = run(name, required(module), **({mode: True} if mode else {}))
        assert outcome["modes"] == {"check": mode == "check", "diff": mode == "diff", "hidden": True}
        assert outcome["response"] == RESPONSE
        assert outcome.warnings == ["a warning of the module"]
        assert len(displayed) == (0 if mode == "no_log" or module.process_only else 2)


# The comparison itself


class Differing:
    """Work that does something else in the worker, where it is done for the second time."""

    def __init__(self, difference: t.Callable[[Task, Options], t.Any]) -> None:
        self._difference, self._times = difference, 0

    def __call__(self, task: Task) -> Options:
        self._times += 1
        result: Options = {"changed": False, "value": 1}
        if self._times == 2:
            self._difference(task, result)
        return result


@pytest.mark.parametrize(
    ("difference", "message"),
    [
        (lambda task, result: result.update(value=2), "another result"),
        (lambda task, result: result.update(value=True), "other types"),
        (lambda task, result: result.pop("value"), "another result"),
        (lambda task, result: task.warn("x"), "warns of something else"),
        (
            lambda task, result: deprecate("x", version="9.0.0", collection_name="centurylink.cloud"),
            "deprecates something else",
        ),
        (lambda task, result: task.client.get(PATH), "unexpected GET"),
        (lambda task, result: os.environ.update(LEFT_OVER="x"), "leaves its process changed"),
        (lambda task, result: os.chdir("/"), "^$"),  # the action plugin restores it
        (lambda task, result: result.update(results=[]), "reserved for ansible-core: {'results'}"),
        (lambda task, result: result.update(_ansible_x=1), "reserved for ansible-core: {'_ansible_x'}"),
        (lambda task, result: print(f"on standard output: {PASSWORD}"), "a secret is in the output"),
        (lambda task, result: result.update(value=[PASSWORD]), "a secret is in the output"),
    ],
)
def test_the_comparison_sees_a_difference(
    run: Runner,
    api: Scripted,
    working: t.Callable[..., running.Module],
    difference: t.Callable[[Task, Options], t.Any],
    message: str,
) -> None:
    working("server_info", Differing(difference))
    failed = ""
    with mock.patch.dict(os.environ):
        try:
            run("server_info", {})
        except AssertionError as error:
            failed = str(error)
    api._registry.unexpected.clear()
    assert message.strip("^$") in failed
    assert bool(failed) is (message != "^$")


def test_the_comparison_sees_other_headers(run: Runner, api: Scripted, working: t.Callable[..., t.Any]) -> None:
    times: list[int] = []

    def work(task: Task) -> Options:
        times.append(1)
        task.client.post(PATH, headers={"X-Time": str(len(times))})
        return {"changed": False}

    working("server_info", work)
    api.expects("POST", PATH, {})
    with pytest.raises(AssertionError, match="the other way sent something else"):
        run("server_info", {})


@pytest.mark.parametrize(
    ("name", "instead", "message"),
    [
        ("masked", lambda result, _secrets: result, "a secret is in the output"),
        ("arguments_of", lambda arguments: arguments, "not JSON serializable"),
        ("parsed", lambda _action, result: result, "the worker has"),
    ],
)
def test_the_comparison_sees_what_the_worker_leaves_out(
    run: Runner,
    working: t.Callable[..., running.Module],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    instead: t.Callable[..., t.Any],
    message: str,
) -> None:
    """Masking, what crosses a border of processes, and what ansible-core makes of a result."""

    def work(task: Task) -> Options:
        types = {key: type(value).__name__ for key, value in task.params.items()}
        return {"changed": False, "echo": dict(task.params), "types": types, "date": datetime.date(2026, 5, 17)}

    working("server_info", work)
    monkeypatch.setattr(module_results, name, instead)
    with pytest.raises((AssertionError, TypeError), match=message):
        run("server_info", {"name": "web"})


def test_a_secret_of_the_connection_is_looked_for(run: Runner, working: t.Callable[..., running.Module]) -> None:
    """Both ways masked: what stands in `params` is not shown."""
    working("server_info")
    outcome = run("server_info", {})
    assert TOKEN not in outcome.written
    assert outcome["params"]["token"] == HIDDEN
