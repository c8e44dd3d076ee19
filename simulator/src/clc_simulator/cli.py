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

from clc_simulator.core.eras import ERAS
from clc_simulator.core.errors import DeclarationError, StateFileError
from clc_simulator.core.faults import FaultError
from clc_simulator.core.seeds import SeedError
from clc_simulator.web.app import create_app
from clc_simulator.web.serving import Address, run
from clc_simulator.web.simulator import Settings, Simulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code: 0 after SIGTERM or SIGINT, 1 if it cannot start, 2 for invalid arguments."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.tls_cert is None) != (options.tls_key is None):
        parser.error("--tls-cert and --tls-key must be used together")
    try:
        simulator = Simulator(Settings(options.seed, options.job_seconds, options.latency, options.state, options.era))
        if options.faults is not None:
            simulator.faults.add(_read(options.faults), frozenset(simulator.contract.operations))
        run(create_app(simulator), Address(options.host, options.port, options.tls_cert, options.tls_key))
    except (DeclarationError, SeedError, FaultError, StateFileError, OSError, UnicodeError) as error:
        print(f"clc-simulator: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clc-simulator", description="Simulates the CenturyLink Cloud v2 API.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve requests until SIGTERM or SIGINT")
    add = serve.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=0, help="port to listen on; 0 (default) selects a free port")
    add("--seed", default="small", help="initial state: small (default), empty, fleet:N, or a seed file")
    add("--latency", type=_not_negative, default=0.0, metavar="MS", help="milliseconds to wait before each response")
    add("--job-seconds", type=_not_negative, default=1.0, metavar="S", help="seconds a queued job takes (default: 1)")
    add("--era", type=int, choices=ERAS, help="form of hrefs and of servers (default: that of the seed, or 2016)")
    add("--faults", type=Path, metavar="FILE", help="JSON or YAML file with an array of fault rules")
    add("--state", type=Path, metavar="FILE", help="SQLite file with the state; a new file is filled from the seed")
    add("--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM), to serve https")
    add("--tls-key", type=Path, metavar="FILE", help="key of the certificate (PEM)")
    return parser


def _not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of at least 0")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return number


def _read(path: Path) -> object:
    """Return the fault rules of a JSON or YAML file. Raise FaultError if it cannot be parsed."""
    try:
        content = path.read_text(encoding="utf-8")
        value: object = orjson.loads(content) if path.suffix == ".json" else yaml.load(content, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError) as error:
        raise FaultError(f"{path}: {error}") from error
    return value
