# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which connection option counts where several places give one: task before environment before the controller before default.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils.common.validation import check_type_bool, check_type_float, check_type_path

from ..module_utils.api.errors import InvalidOptionError
from ..module_utils.options import CONNECTION, DATA_CENTER, Option

Level = t.Mapping[str, t.Any]
_CREDENTIALS = ("token", "username", "password", "account_alias")
_CONVERTERS: dict[str, tuple[t.Callable[[t.Any], t.Any], str]] = {
    "bool": (check_type_bool, "a boolean (true or false)"),
    "float": (check_type_float, "a number"),
    "path": (check_type_path, "a path"),
}


def from_arguments(arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the connection options among a task's arguments, under their proper names."""
    return {option.name: given for option in CONNECTION for given in _given(arguments, option.name, *option.aliases)}


def from_environment(environment: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the connection options that an environment of this machine holds, converted to their types.

    The first of an option's variables has precedence, and an empty one counts as not set. Raises InvalidOptionError, which names
    the variable.
    """
    found = {}
    for option in CONNECTION:
        name = next((name for name in option.env if environment.get(name)), None)
        if name is not None:
            found[option.name] = _converted(option, name, environment[name])
    return found


def converted(options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return connection options converted to their types on this machine. Raises InvalidOptionError, which names the option.

    For the login, which comes before the validation of the module's arguments.
    """
    given = [option for option in CONNECTION if options.get(option.name) is not None]
    return {option.name: _converted(option, option.name, options[option.name]) for option in given}


def _converted(option: Option, name: str, value: t.Any) -> t.Any:
    """Return a value in the type of its option. name: what the value is called where it comes from."""
    converter, what = _CONVERTERS.get(option.type, (None, ""))
    try:
        return converter(value) if converter else value
    except (TypeError, ValueError):
        # The value is not quoted: it may be what another option holds as a secret.
        raise InvalidOptionError(name, f"it is not {what}") from None


def data_center(name: str, arguments: t.Mapping[str, t.Any], environment: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the data center of an environment as an option, empty if it has none or the task specifies one itself.

    name: what the module calls the option.
    """
    own = _given(arguments, DATA_CENTER.name, *DATA_CENTER.aliases)
    found = [] if own else _given(environment, *DATA_CENTER.env)
    return {name: found[0]} if found else {}


def _given(values: t.Mapping[str, t.Any], *names: str) -> list[t.Any]:
    """Return the first value that is set under one of these names as a list, empty if there is none."""
    return [values[name] for name in names if values.get(name) not in (None, "")][:1]


def resolved(levels: t.Sequence[Level]) -> dict[str, t.Any]:
    """Return one value for each option that any level gives, most specific level first.

    Credentials belong together: they come from the first level with a token or a user name, and the token has precedence. An
    account alias of a less specific level counts only if that level names no credentials of its own, since otherwise the
    alias belongs to those.
    """
    plain = [option for option in CONNECTION if option.name not in _CREDENTIALS]
    found = {option.name: value for option in plain for value in [_first(levels, option)] if value is not None}
    decisive = next(
        (number for number, level in enumerate(levels) if level.get("token") or level.get("username")), None
    )
    if decisive is not None:
        level = levels[decisive]
        if level.get("token"):
            found["token"] = level["token"]
        else:
            found["username"] = level["username"]
            found["password"] = _first_of(levels[:decisive], "password") or _password(
                levels[decisive:], str(level["username"])
            )
    for number, level in enumerate(levels):
        own = level.get("token") or level.get("username")
        if level.get("account_alias") and (decisive is None or number <= decisive or not own):
            found["account_alias"] = level["account_alias"]
            break
    return {name: value for name, value in found.items() if value is not None}


def _password(levels: t.Sequence[Level], username: str) -> t.Any:
    """Return the user's password: from the level with the user name, or from a less specific level without another user name.

    Another user's password would be a wrong try, and three of those lock the user.
    """
    fitting = [level for level in levels if level.get("username") in (None, "", username)]
    return _first_of(fitting, "password")


def _first(levels: t.Sequence[Level], option: Option) -> t.Any:
    return _first_of(levels, option.name)


def _first_of(levels: t.Sequence[Level], name: str) -> t.Any:
    return next((level[name] for level in levels if level.get(name) is not None), None)
