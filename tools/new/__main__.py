# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write everything that a new resource needs, from the contract: make new FAMILY=... NAME=... LIST=..."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from .. import generate
from ..checks import program
from ..support import ROOT
from . import contract, files, resource, texts, tree
from .contract import NotWritableError
from .resource import Resource


def write(family: str, name: str, list_id: str) -> tuple[Resource, list[str]]:
    """Write the files of a resource and return their paths. Raise NotWritableError before anything is written."""
    tree.check_names(ROOT, family, name)
    described = resource.describe(contract.load(), family, name, list_id)
    written = files.render(described, new_family=family not in tree.families(ROOT))
    tree.check_free(ROOT, described, written)
    all_texts = {**written.files, **tree.edited(ROOT, family, written.lines)}
    for path, text in all_texts.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    return described, list(all_texts)


def left_to_decide(described: Resource) -> list[str]:
    """Return what the contract does not say, so that the developer has to look at it."""
    compared = [option.name for option in described.options if option.returned]
    fixed = [option.name for option in described.options if option.returned and not option.source.updated]
    hidden = [option.name for option in described.options if not option.returned]
    others = [resource.snake_case(prop.name) for prop in described.others]
    found = [
        f"how values compare: {texts.joined(compared)} are equal as texts (with case), numbers by value, and lists in order",
        "locks: two tasks of a run that create the same name wait for each other, and others do not",
        f"descriptions of options and results, and what a {described.title} is, in the modules' documentation",
    ]
    if described.operations.update:
        found.append("update_is_whole: each update is sent with everything that it can change")
    if fixed:
        found.append(
            f"whether {texts.joined(fixed)} really cannot be changed: the update of the contract does not have it"
        )
    if hidden:
        found.append(f"{texts.joined(hidden)}: used at creation only, since no response has it")
    if others:
        found.append(
            f"{texts.joined(others)}: unknown until the create has run; override predicted if check mode can know it"
        )
    if described.left_out:
        names = texts.joined([prop.name for prop in described.left_out])
        found.append(f"{names}: not a plain value, so there is no option for it")
    return found


def _format(paths: list[str]) -> None:
    """Break lines that long names have made too long. The environments of unit tests have no ruff, and names that are short."""
    ruff = program("ruff")
    if Path(ruff).exists():
        subprocess.run([ruff, "format", "--quiet", *paths], cwd=ROOT, check=True)


def main(arguments: list[str] | None = None) -> int:
    """Write a resource, and print what was written and what is left to decide."""
    parser = argparse.ArgumentParser(prog="make new", description=(__doc__ or "").splitlines()[0])
    for option, text in (
        ("family", "family of the resource, such as policy; a new one is made"),
        ("name", "name of the resource and its module, such as alert_policy"),
        ("list", "operationId of the operation of the contract that lists it, such as listAlertPolicies"),
    ):
        parser.add_argument(f"--{option}", required=True, help=text)
    chosen = parser.parse_args(arguments)
    missing = [option.upper() for option, value in vars(chosen).items() if not value]
    if missing:
        sys.stderr.write(f"Cannot write a resource: {', '.join(missing)} is missing. {_USAGE}\n")
        return 2
    try:
        described, written = write(chosen.family, chosen.name, chosen.list)
    except NotWritableError as error:
        sys.stderr.write(f"Cannot write the resource {chosen.name}: {error}\n")
        return 1
    _format([path for path in written if path.endswith(".py")])
    generate.main([])
    sys.stdout.write("".join(f"written: {path}\n" for path in written))
    sys.stdout.write("Left to decide, with the default that was written:\n")
    sys.stdout.write("".join(f"- {line}\n" for line in left_to_decide(described)))
    sys.stdout.write("Then: make lint units simulator; docs/writing-a-resource.md explains each file.\n")
    return 0


_USAGE = "Use make new FAMILY=policy NAME=alert_policy LIST=listAlertPolicies."

if __name__ == "__main__":
    sys.exit(main())
