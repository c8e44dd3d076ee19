# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which connection option counts where several places give one: task before environment before the controller before default.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..module_utils.options import CONNECTION, Option

Level = t.Mapping[str, t.Any]
_CREDENTIALS = ("token", "username", "password", "account_alias")


def from_arguments(arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the connection options among a task's arguments, under their proper names."""
    found = {}
    for one in CONNECTION:
        given = [arguments[name] for name in (one.name, *one.aliases) if arguments.get(name) not in (None, "")]
        if given:
            found[one.name] = given[0]
    return found


def from_environment(environment: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the connection options that an environment holds; the first of an option's names wins."""
    found = {}
    for one in CONNECTION:
        given = [environment[name] for name in one.env if environment.get(name)]
        if given:
            found[one.name] = given[0]
    return found


def resolved(levels: t.Sequence[Level]) -> dict[str, t.Any]:
    """Return one value for each option that any level gives, most specific level first.

    Credentials come as one: the first level with a token or a user name decides who speaks, and within it the token wins. An
    account alias of a less specific level counts only where that level names no credentials of its own, since otherwise the
    alias belongs to those.
    """
    plain = [one for one in CONNECTION if one.name not in _CREDENTIALS]
    found = {one.name: value for one in plain for value in [_first(levels, one)] if value is not None}
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
    """Return the user's password: of the level that names the user, or of a less specific one that names nobody else.

    Another user's password would be a wrong try, and three of those lock the user.
    """
    fitting = [level for level in levels if level.get("username") in (None, "", username)]
    return _first_of(fitting, "password")


def _first(levels: t.Sequence[Level], one: Option) -> t.Any:
    return _first_of(levels, one.name)


def _first_of(levels: t.Sequence[Level], name: str) -> t.Any:
    return next((level[name] for level in levels if level.get(name) is not None), None)
