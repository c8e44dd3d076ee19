# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text files on the module's host: read for comparison, and written atomically.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..api.errors import InvalidTaskError

# The umask while a file is written, so that no other user can read it before its mode is set.
_HIDDEN = 0o077


class Host:
    """How files on the host of a module are replaced and get their attributes. This class uses Python alone.

    Attributes are owner, group, mode, and the others that are options of file modules.
    """

    def move(self, source: str, target: str, *, keeps_attributes: bool) -> None:
        """Replace a file, which may be missing, by another one. keeps_attributes: whether those of the replaced file are kept."""
        if keeps_attributes and Path(target).exists():
            Path(source).chmod(Path(target).stat().st_mode & 0o7777)
        Path(source).replace(target)

    def attributes_differ(self, path: str) -> bool:
        """Return whether the attributes of a file, which may not exist yet, differ from the options of the task."""
        return False

    def set_attributes(self, path: str) -> None:
        """Set the attributes of a file from the options of the task."""


def target_of(path: str) -> str:
    """Return the target of a path: a link to a file stays a link, and the file is written."""
    return str(Path(path).resolve())


def read_text(path: str) -> str | None:
    """Return the content of a file with its line endings; None if it does not exist. Raises InvalidTaskError."""
    try:
        return Path(path).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _file_error("read", path, error) from None


def check_place(path: str) -> None:
    """Raise InvalidTaskError if no file can be written at a path, before any work is done."""
    target = Path(target_of(path))
    if target.is_dir():
        raise InvalidTaskError(
            "it is a directory", action="write", target=path, help_text="Specify the path of a file."
        )
    if not target.parent.is_dir():
        raise InvalidTaskError(
            f"the directory {target.parent} does not exist",
            action="write",
            target=path,
            help_text="Create the directory first.",
        )
    if not os.access(target.parent, os.W_OK):
        raise InvalidTaskError(
            f"the directory {target.parent} is not writable",
            action="write",
            target=path,
            help_text="Check its owner and mode.",
        )


def write_text(host: Host, path: str, text: str, mode: int, *, keeps_attributes: bool = True) -> None:
    """Write a file atomically. Raises InvalidTaskError.

    mode: mode of a new file, and of any file if keeps_attributes is false.
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
        raise _file_error("write", path, error) from None
    finally:
        os.umask(before)


def _file_error(action: str, path: str, error: OSError) -> InvalidTaskError:
    return InvalidTaskError(
        str(error.strerror or "the file system rejected it"),
        action=action,
        target=path,
        help_text="Check the path, its owner, and its mode.",
    )
