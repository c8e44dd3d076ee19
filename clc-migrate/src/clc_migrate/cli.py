# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: options, files, report, and exit code."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import __version__
from . import document as docs
from .document import Document, Unreadable
from .migration import LEFT, PREFIXED, REWRITTEN, Finding, Migration
from .planning import Knowledge

OK, WOULD_CHANGE, ERRORS = 0, 1, 2
_SUFFIXES = (".yml", ".yaml", ".j2")
_VAULT = "$ANSIBLE_VAULT"
_EPILOG = """\
Without --write or --check nothing is written: the changes are shown as a unified diff.

exit codes:
  0  done; undecided tasks are in the report
  1  --check: something would change
  2  a path does not exist, or a file cannot be read, parsed, or written; the others are done
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="clc-migrate",
        description="Rewrite tasks of the clc_* modules (of community.general or the vendor) for the collection "
        "centurylink.cloud.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"clc-migrate {__version__}")
    made.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path, help="playbook, task file, role, or directory of these"
    )
    mode = made.add_mutually_exclusive_group()
    mode.add_argument("--write", action="store_true", help="rewrite the files in place")
    mode.add_argument("--check", action="store_true", help="write and show nothing but the report; exit 1 on a change")
    made.add_argument(
        "--prefix-only", action="store_true", help="change nothing but the prefix, to centurylink.cloud.clc_*"
    )
    made.add_argument("--report", choices=("text", "json"), default="text", help="form of the report (default: text)")
    made.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="PART=NAME",
        type=_pair,
        help="full name of the template that a part of a name stands for; can be repeated",
    )
    return made


def _pair(text: str) -> tuple[str, str]:
    part, equals, name = text.partition("=")
    if not (part and equals and name):
        raise argparse.ArgumentTypeError(f"'{text}' is not PART=NAME")
    return part.lower(), name


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files of the paths: files themselves, and the YAML files and templates below directories that are not hidden."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if found.suffix in _SUFFIXES and found.is_file() and not hidden:
                yield found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = parser().parse_args(arguments)
    errors: list[str] = []
    documents = _load(options.paths, errors)
    migration = Migration(documents, Knowledge(templates=dict(options.template)), options.prefix_only)
    findings = migration.run()
    changed = [document for document in documents if document.edited() != document.text and _is_sound(document, errors)]
    if options.write:
        for document in changed:
            _write(document, errors)
    elif not options.check and options.report == "text":
        sys.stdout.writelines(line for document in changed for line in _diff(document))
    report = _json if options.report == "json" else _text
    sys.stdout.write(report(findings, changed, errors))
    for error in errors:
        sys.stderr.write(f"clc-migrate: {error}\n")
    if errors:
        return ERRORS
    return WOULD_CHANGE if options.check and changed else OK


def _load(paths: Sequence[Path], errors: list[str]) -> list[Document]:
    documents = []
    for path in dict.fromkeys(files(paths)):
        try:
            found = docs.load(path)
        except Unreadable as error:
            errors.append(f"cannot read {path}: {error}")
            continue
        if not found.text.startswith(_VAULT):
            documents.append(found)
    return documents


def _is_sound(document: Document, errors: list[str]) -> bool:
    """Return whether a rewritten file can still be read; if not, it is not written."""
    try:
        docs.read(document.path, document.edited())
    except Unreadable as error:
        errors.append(f"cannot rewrite {document.path}, which is left as it is: {error}. Please report this file")
        return False
    return True


def _write(document: Document, errors: list[str]) -> None:
    """Write a new file in the same directory and replace the old one with it, so that a file is never half written."""
    path = document.path.resolve()
    try:
        mode = path.stat().st_mode
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            try:
                file.write(document.edited())
                Path(file.name).chmod(mode & 0o7777)
            except BaseException:
                Path(file.name).unlink()
                raise
        os.replace(file.name, path)  # noqa: PTH105 (Path.replace is the same; this says that it is one step)
    except OSError as error:
        errors.append(f"cannot write {document.path}: {error.strerror}")


def _diff(document: Document) -> Iterator[str]:
    before, after = (text.splitlines(keepends=True) for text in (document.text, document.edited()))
    for line in difflib.unified_diff(before, after, str(document.path), str(document.path)):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _text(findings: Sequence[Finding], changed: Sequence[Document], errors: Sequence[str]) -> str:
    lines = []
    for finding in findings:
        title = f"  ({finding.task})" if finding.task else ""
        target = finding.new if finding.new != finding.old else "as it is"
        lines.append(f"{finding.path}:{finding.line}: {finding.old} -> {target}{title}")
        if finding.reason:
            lines.append(f"    {'left' if finding.what == LEFT else 'undecided'}: {finding.reason}")
        lines += [f"    note: {note}" for note in finding.notes]
    counts = ", ".join(f"{count} {what}" for what, count in _counts(findings).items())
    lines.append(f"{counts}; {len(changed)} files with changes")
    return "\n".join(lines) + "\n"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {what: sum(1 for finding in findings if finding.what == what) for what in (REWRITTEN, PREFIXED, LEFT)}


def _json(findings: Sequence[Finding], changed: Sequence[Document], errors: Sequence[str]) -> str:
    whole = {
        "tasks": [dataclasses.asdict(finding) for finding in findings],
        "counts": _counts(findings),
        "changed_files": [str(document.path) for document in changed],
        "errors": list(errors),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
