# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: ``clc-simulator serve``, in the foreground or in the background, and ``clc-simulator wait``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import yaml

from clc_simulator import __version__
from clc_simulator.core.eras import ERAS
from clc_simulator.core.errors import DeclarationError, StateFileError
from clc_simulator.core.faults import FaultError
from clc_simulator.core.seeds import SeedError
from clc_simulator.testing.control import Control, NotReady
from clc_simulator.testing.process import LISTENING, StartFailed, start_server
from clc_simulator.web.app import create_app
from clc_simulator.web.serving import Address, run
from clc_simulator.web.simulator import Settings, Simulator

_URL = "CLC_V2_API_URL"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return the exit code.

    serve: 0 after SIGTERM or SIGINT, or when the server in the background accepts requests; 1 if it cannot start.
    wait: 0 when the server responds, 1 if it does not respond in time. Both: 2 for invalid arguments.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    options = parser.parse_args(given)
    if options.command == "wait":
        return _wait(parser, options)
    if (options.tls_cert is None) != (options.tls_key is None):
        parser.error("--tls-cert and --tls-key must be used together")
    try:
        return _start(given[1:]) if options.background else _serve(options)
    except (DeclarationError, SeedError, FaultError, StateFileError, OSError, UnicodeError) as error:
        print(f"clc-simulator: {error}", file=sys.stderr)
        return 1


def _serve(options: argparse.Namespace) -> int:
    """Serve until a signal."""
    simulator = Simulator(Settings(options.seed, options.job_seconds, options.latency, options.state, options.era))
    if options.faults is not None:
        simulator.faults.add(_read(options.faults), frozenset(simulator.contract.operations))
    address = Address(options.host, options.port, options.tls_cert, options.tls_key)
    run(create_app(simulator), address, options.pid_file)
    return 0


def _start(arguments: Sequence[str]) -> int:
    """Start a server in the background with these arguments of serve, and print its line when it accepts requests."""
    try:
        server = start_server([argument for argument in arguments if argument != "--background"], detached=True)
    except StartFailed as error:
        # Messages of the server have the name of the program.
        print(error, file=sys.stderr)
        return 1
    print(f"{LISTENING}{server.url}")
    return 0


def _wait(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Wait until a server responds."""
    url = options.url or os.environ.get(_URL)
    if not url:
        parser.error(f"specify the URL of the server, or set {_URL}")
    try:
        control = Control(url)
    except ValueError as error:
        parser.error(str(error))
    try:
        version = control.wait_until_ready(options.timeout)
    except NotReady as error:
        print(f"clc-simulator: {error}", file=sys.stderr)
        return 1
    print(f"clc-simulator {version} responds at {control.url}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clc-simulator", description="Simulates the CenturyLink Cloud v2 API.")
    parser.add_argument("--version", action="version", version=f"clc-simulator {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _add_serve(commands)
    wait = commands.add_parser("wait", help="wait until a server responds")
    wait.add_argument("url", nargs="?", metavar="URL", help=f"URL of the server (default: ${_URL})")
    add = wait.add_argument
    add("--timeout", type=_not_negative, default=30.0, metavar="S", help="seconds to wait at most (default: 30)")
    return parser


def _add_serve(commands: Any) -> None:
    # An abbreviated --background would be passed on to the server in the background.
    serve = commands.add_parser("serve", help="serve requests until SIGTERM or SIGINT", allow_abbrev=False)
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
    add("--background", action="store_true", help="return when the server accepts requests; it continues to run")
    add("--pid-file", type=Path, metavar="FILE", help="file for the process id of the server; removed when it ends")


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
