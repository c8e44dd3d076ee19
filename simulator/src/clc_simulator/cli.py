# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: ``clc-simulator serve``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson
import yaml

from clc_simulator.core.errors import DeclarationError, StateFileError
from clc_simulator.core.faults import FaultError
from clc_simulator.core.seeds import SeedError
from clc_simulator.web.app import create_app
from clc_simulator.web.serving import Address, run
from clc_simulator.web.simulator import Settings, Simulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 after SIGTERM or SIGINT, 1 if it cannot start, 2 for wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.tls_cert is None) != (options.tls_key is None):
        parser.error("--tls-cert and --tls-key go together")
    try:
        simulator = Simulator(Settings(options.seed, options.job_seconds, options.latency, options.state))
        if options.faults is not None:
            simulator.faults.add(_read(options.faults), frozenset(simulator.contract.operations))
        run(create_app(simulator), Address(options.host, options.port, options.tls_cert, options.tls_key))
    except (DeclarationError, SeedError, FaultError, StateFileError, OSError) as error:
        print(f"clc-simulator: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clc-simulator", description="Simulates the CenturyLink Cloud v2 API.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="answer requests until SIGTERM or SIGINT")
    add = serve.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=int, default=0, help="port to listen on; 0, the default, takes a free one")
    add("--seed", default="small", help="world to start with: small (default), empty, fleet:N or a seed file")
    add("--latency", type=_not_negative, default=0.0, metavar="MS", help="milliseconds to wait before each answer")
    add("--job-seconds", type=_not_negative, default=1.0, metavar="S", help="seconds a queued job takes (default: 1)")
    add("--faults", type=Path, metavar="FILE", help="JSON or YAML file with an array of faults to play")
    add("--state", type=Path, metavar="FILE", help="SQLite file that keeps the world; the seed fills it when it is new")
    add("--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM), to serve https")
    add("--tls-key", type=Path, metavar="FILE", help="key of the certificate (PEM)")
    return parser


def _not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of 0 or more")
    return number


def _read(path: Path) -> object:
    """Return the faults of a JSON or YAML file. Raises FaultError if it is neither."""
    try:
        text = path.read_text(encoding="utf-8")
        value: object = orjson.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError) as error:
        raise FaultError(f"{path}: {error}") from error
    return value
