# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors that any resource can meet, each with one text.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidOptionError, InvalidTaskError, NoSuchResource


def invalid_option(option: str, cause: str, help_text: str = "") -> InvalidOptionError:
    """Return the error of an option whose value cannot be used. option: its name. help_text: full sentences."""
    return InvalidOptionError(option, cause, help_text)


def missing_options(
    target: str, options: t.Sequence[str], needed_for: str = "create", hint: str = ""
) -> InvalidTaskError:
    """Return the error of a step that needs options which the task does not have.

    target: what the step is for. options: the missing ones. needed_for: what needs them. hint: what to do, if not to specify them.
    """
    names = " and ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
    return InvalidTaskError(
        f"{names} {'are' if len(options) > 1 else 'is'} missing",
        action=needed_for,
        target=target,
        help_text=hint
        or f"It does not exist yet; specify {'all of them' if len(options) > 1 else names} to create it.",
    )


def no_such_id(target: str, option: str, value: t.Any) -> NoSuchResource:
    """Return the error of a task that names something by an id, or an address, that nothing has.

    option: the one with that id, which the service assigns itself, so that nothing is created for it.
    """
    return NoSuchResource(
        f"nothing has the {option} {value}, and the service assigns it itself",
        action="find",
        target=target,
        help_text=f"Check {option}, or omit it to have a new one created.",
    )


def not_updatable(option: str, current: t.Any, desired: t.Any) -> InvalidTaskError:
    """Return the error of a property that the service does not change once something exists."""
    return InvalidTaskError(
        f"it is {current!r} and cannot be changed to {desired!r}",
        action="change",
        target=option,
        help_text="Remove the thing and create it again, or leave the option out.",
    )
