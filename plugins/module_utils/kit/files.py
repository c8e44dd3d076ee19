# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text files on the module's host: read to be compared, and written so that nobody ever sees half of one.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..api.errors import ConfigurationError

# Of a file that is being put in place, so that nobody else can read it before it has its mode.
_HIDDEN = 0o077


class Host:
    """How the host of a module puts files in place and knows their attributes. This one knows no more than Python does.

    Attributes are owner, group, mode and the like, as the options of the task ask for them.
    """

    def move(self, source: str, target: str, *, keeps_attributes: bool) -> None:
        """Put a file in the place of another, which need not be there. keeps_attributes: those of that other one."""
        if keeps_attributes and Path(target).exists():
            Path(source).chmod(Path(target).stat().st_mode & 0o7777)
        Path(source).replace(target)

    def attributes_differ(self, path: str) -> bool:
        """Say whether the attributes of a file are other than the task asks for; also of one that is yet to be made."""
        return False

    def set_attributes(self, path: str) -> None:
        """Give a file the attributes that the task asks for."""


def target_of(path: str) -> str:
    """Return where a path leads: a link to a file stays a link, and the file is what is written."""
    return str(Path(path).resolve())


def read_text(path: str) -> str | None:
    """Return the text of a file, line ends as they are; None where there is none. Raises ConfigurationError."""
    try:
        return Path(path).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _told("read", path, error) from None


def check_place(path: str) -> None:
    """Raise ConfigurationError where no file can be written at a path, before anything is done that could not be kept."""
    target = Path(target_of(path))
    if target.is_dir():
        raise ConfigurationError("it is a folder", action="write", thing=path, remedy="Give the path of a file.")
    if not target.parent.is_dir():
        raise ConfigurationError(
            f"there is no folder {target.parent}", action="write", thing=path, remedy="Make the folder before."
        )
    if not os.access(target.parent, os.W_OK):
        raise ConfigurationError(
            f"the folder {target.parent} cannot be written to",
            action="write",
            thing=path,
            remedy="Check its owner and mode.",
        )


def write_text(host: Host, path: str, text: str, mode: int, *, keeps_attributes: bool = True) -> None:
    """Put a text in the place of a file in one step. Raises ConfigurationError.

    mode: that of a new file, and of any file where keeps_attributes is false.
    """
    target, scratch = Path(target_of(path)), None
    before = os.umask(_HIDDEN)
    try:
        gets_mode = not (keeps_attributes and target.exists())
        handle, name = tempfile.mkstemp(prefix=".clc-", dir=target.parent)
        scratch = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        host.move(name, str(target), keeps_attributes=keeps_attributes)
        if gets_mode:
            target.chmod(mode)
    except OSError as error:
        if scratch is not None:
            scratch.unlink(missing_ok=True)
        raise _told("write", path, error) from None
    finally:
        os.umask(before)


def _told(action: str, path: str, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        str(error.strerror or "the file system refused it"),
        action=action,
        thing=path,
        remedy="Check the path, its owner and its mode.",
    )
