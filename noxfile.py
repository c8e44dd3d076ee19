# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions: what runs, on which ansible-core and Python. The work itself is in tools/; make calls all of this.

`make test` runs the sessions with the tag "test" side by side, after those with the tag "environment" (tools/sessions.py).

    nox -s lint                  one session
    nox -s units                 units on every supported ansible-core that a Python is here for
    nox -s units-2.21-py3.13     one of them
    nox -l                       all there are

The environments are sessions of their own (core-..., lint-env, ...), made by uv where it is and by venv where it is
not, and shared by the sessions that need them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nox
import nox.project

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from tools import interpreters, linktree, sessions, support

FOUND = interpreters.find(support.pythons())
# For nox, uv and ansible-test alike: they all look Pythons up by name.
os.environ["PATH"] = interpreters.search_path(FOUND, os.environ.get("PATH", ""))
# Tests start hundreds of processes. Each would compile all of ansible-core that it imports without a cache of what was compiled.
os.environ["UV_COMPILE_BYTECODE"] = "1"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

nox.needs_version = ">=2026.10"
nox.options.default_venv_backend = "uv|venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.download_python = "never"  # a Python that is not here is said to be missing, not fetched
nox.options.error_on_missing_interpreters = True  # only those that were found have sessions

if os.environ.get("NOX_QUIET"):  # the demo speaks for itself; errors still show
    logging.getLogger("nox").setLevel(logging.ERROR)

PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
SIMULATOR = ["-e", str(ROOT / "simulator")]
MIGRATE = ["-e", str(ROOT / "clc-migrate")]
REPORTS = Path("build", "reports")

ALL = support.environments(FOUND)
ONE_EACH = support.one_for_each_core(FOUND)
if not ALL:
    sys.exit(f"No supported Python was found. Any of {', '.join(support.pythons())} will do.")
NEWEST, OLDEST = ONE_EACH[-1], min(ALL, key=lambda environment: support.pythons().index(environment.python))


def of(environment: support.Environment) -> str:
    """Return the session that makes the virtual environment of one ansible-core on one Python."""
    return f"core-{environment.name}"


def groups(*names: str) -> list[str]:
    """Return the requirements of groups of pyproject.toml."""
    return list(nox.project.dependency_groups(PROJECT, *names))


def core(environment: support.Environment) -> str:
    """Return the requirement for the newest release of an ansible-core."""
    return f"ansible-core~={environment.core}.0"


def fill(session: nox.Session, requirements: Sequence[str]) -> None:
    """Install requirements, unless that was done already: each look at the index costs seconds."""
    manifests = [ROOT / "simulator" / "pyproject.toml", ROOT / "clc-migrate" / "pyproject.toml"]
    described = "\n".join(
        [*requirements, *(manifest.read_text(encoding="utf-8") for manifest in manifests if manifest.exists())]
    )
    digest = hashlib.sha256(described.encode()).hexdigest()
    stamp = Path(session.virtualenv.location) / "filled"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    session.install(*requirements)
    stamp.write_text(digest, encoding="utf-8")


def python_of(session: nox.Session, name: str) -> str:
    """Return the Python in the virtual environment that the session of that name made."""
    directory = re.sub(r"[^\w-]+", "-", name)
    return str((session.cache_dir.parent / directory / "bin" / "python").absolute())


def tool(session: nox.Session, environment: str, *arguments: str) -> None:
    """Run a tool of this repository with the Python of an environment."""
    session.run(python_of(session, environment), "-m", *arguments, external=True, env={"PYTHONUNBUFFERED": "1"})


def pytest(session: nox.Session, environment: str, *arguments: str) -> None:
    """Run pytest with the Python of an environment; its counts go to reports under the session's name."""
    tool(session, environment, "pytest", "-q", f"--junitxml={REPORTS / session.name}.xml", *arguments, *session.posargs)


def make_environment(name: str, python: str, requirements: Sequence[str], *, tested: bool) -> None:
    """Define the session that makes an environment; tested: whether a session of tests requires it."""

    @nox.session(name=name, python=python, default=False, tags=[sessions.ENVIRONMENT] if tested else [])
    def _environment(session: nox.Session) -> None:
        """Make an environment that other sessions share."""
        fill(session, requirements)


for each in ALL:
    extra = groups("contract" if each == OLDEST else "test")
    make_environment(of(each), each.python, [core(each), *extra, *SIMULATOR], tested=each in {*ONE_EACH, OLDEST})
make_environment("lint-env", NEWEST.python, [core(NEWEST), *groups("lint"), *SIMULATOR, *MIGRATE], tested=True)
make_environment("events-env", NEWEST.python, [core(NEWEST), *groups("events"), *SIMULATOR], tested=True)
make_environment("build-env", NEWEST.python, [core(NEWEST), *groups("build"), *SIMULATOR], tested=True)
make_environment("bench-env", NEWEST.python, [core(NEWEST), *groups("bench"), *SIMULATOR], tested=False)
make_environment("demo-env", NEWEST.python, [core(NEWEST), *groups("run"), *SIMULATOR], tested=False)
# Without dependencies: of the package ansible only the collections are wanted, and an ansible-core is in the other environments.
make_environment("legacy-env", NEWEST.python, ["--no-deps", *groups("legacy")], tested=False)


@nox.session(name="awx-env", python=NEWEST.python, default=False, tags=[sessions.ENVIRONMENT])
def awx_environment(session: nox.Session) -> None:
    """Make the environment of the tests with AWX's own tools and collection."""
    fill(session, [core(NEWEST), *groups("awx"), *SIMULATOR])
    (requirement,) = groups("awx-collection")
    tool(session, "awx-env", "tools.collection_from_package", requirement, "awx.awx")


@nox.session(venv_backend="none", requires=["lint-env"], tags=[sessions.TEST])
def lint(session: nox.Session) -> None:
    """Rules, format, types, YAML, playbooks, changelog, documentation, licences, rules of the house."""
    tool(session, "lint-env", "tools.lint")


@nox.session(venv_backend="none", requires=["lint-env"], default=False)
def new(session: nox.Session) -> None:
    """Write the files of a new resource: nox -s new -- --family=policy --name=alert_policy --list=listAlertPolicies."""
    tool(session, "lint-env", "tools.new", *session.posargs)


@nox.session(venv_backend="none", requires=["lint-env"], tags=[sessions.TEST])
def scaffold(session: nox.Session) -> None:
    """Lint, test, and run what make new writes, in a copy of the repository."""
    pytest(session, "lint-env", "-p", "no:cacheprovider", "tests/tools")


@nox.session(venv_backend="none", requires=[of(OLDEST)], tags=[sessions.TEST])
def simulator(session: nox.Session) -> None:
    """Tests of the simulator against the contract and recorded responses, on the oldest Python."""
    pytest(session, of(OLDEST), "-p", "no:cacheprovider", "tests/contract")


@nox.session(venv_backend="none", requires=["lint-env"], tags=[sessions.TEST])
def migrate(session: nox.Session) -> None:
    """Tests of clc-migrate, which play old and rewritten playbooks against two simulators, and lint what it wrote."""
    pytest(session, "lint-env", "-n", "3", "-p", "no:cacheprovider", "tests/migrate")


@nox.session(venv_backend="none", requires=["awx-env"], tags=[sessions.TEST])
def awx(session: nox.Session) -> None:
    """Tests of what AWX uses: the role awx with AWX's collection, its jobs by ansible-runner, metadata of the collection."""
    pytest(session, "awx-env", "-n", "2", "-p", "no:cacheprovider", "tests/awx")


@nox.session(venv_backend="none", requires=["events-env"], tags=[sessions.TEST])
def events(session: nox.Session) -> None:
    """Tests of the event source, and of the example rulebook under ansible-rulebook, which needs Java."""
    session.run(python_of(session, "events-env"), "-m", "tools.java", external=True, success_codes=[0, 1])
    pytest(session, "events-env", "-p", "no:cacheprovider", "tests/events")


@nox.session(venv_backend="none", default=False, tags=[sessions.TEST])
def gaps(session: nox.Session) -> None:
    """Say loudly what this machine cannot test, and leave it for the summary."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    found = support.not_tested(FOUND)
    (REPORTS / "not-tested.txt").write_text("".join(f"{gap}\n" for gap in found), encoding="utf-8")
    for gap in found:
        session.warn(f"NOT TESTED: {gap}")


def tests_of(name: str, environment: support.Environment) -> Callable[[Callable[[nox.Session], None]], object]:
    """Return the decorator of a session that tests one ansible-core; another session gathers those of a kind."""
    return nox.session(name=name, venv_backend="none", requires=[of(environment)], default=False, tags=[sessions.TEST])


def make_units(environment: support.Environment) -> None:
    """Define the unit tests of one environment; the newest one measures their coverage."""

    @tests_of(f"units-{environment.name}", environment)
    def _units(session: nox.Session) -> None:
        """Unit tests on one ansible-core and Python."""
        measured = ["--cov", "--cov-report=term:skip-covered"] if environment == NEWEST else []
        pytest(session, of(environment), "-n", "2", *measured, "tests/unit")


def make_sanity(environment: support.Environment) -> None:
    """Define the sanity tests of one ansible-core."""

    @tests_of(f"sanity-{environment.core}", environment)
    def _sanity(session: nox.Session) -> None:
        """Sanity tests of one ansible-core: all of them on the newest that is here, else those that ask ansible-core."""
        scope = ["--every-test"] if environment == NEWEST else []
        tool(session, of(environment), "tools.sanity", session.name, *scope, *session.posargs)


def make_integration(environment: support.Environment) -> None:
    """Define the integration tests of one ansible-core: everything on the newest that is here, else a smoke test."""

    @tests_of(f"integration-{environment.core}", environment)
    def _integration(session: nox.Session) -> None:
        """Integration tests of one ansible-core."""
        scope = "--coverage" if environment == NEWEST else "--smoke"
        tool(session, of(environment), "tools.integration", session.name, scope, *session.posargs)


for each in ONE_EACH:
    make_units(each)
    make_sanity(each)
    make_integration(each)


@nox.session(venv_backend="none", requires=[*(f"units-{each.name}" for each in ONE_EACH), "gaps"])
def units(session: nox.Session) -> None:
    """Unit tests on every supported ansible-core; together they use every supported Python that is here."""


@nox.session(venv_backend="none", requires=[*(f"sanity-{each.core}" for each in ONE_EACH), "gaps"])
def sanity(session: nox.Session) -> None:
    """Sanity tests of every supported ansible-core that a Python is here for."""


@nox.session(venv_backend="none", requires=[*(f"integration-{each.core}" for each in ONE_EACH), "gaps"])
def integration(session: nox.Session) -> None:
    """Integration tests: all targets on the newest ansible-core, those with the alias smoke on the others."""


@nox.session(venv_backend="none", requires=[of(NEWEST)], default=False)
def coverage(session: nox.Session) -> None:
    """Run the integration targets on the newest ansible-core and report which operations of the API they covered."""
    tool(session, of(NEWEST), "tools.integration", "coverage", "--coverage")


@nox.session(venv_backend="none", requires=[*map(of, ONE_EACH), "bench-env", "legacy-env"], default=False)
def bench(session: nox.Session) -> None:
    """Measure on every supported ansible-core, and write docs/performance: nox -s bench -- --rounds 1 tasks."""
    pythons = [f"--python={python_of(session, of(each))}" for each in ONE_EACH]
    library = Path(python_of(session, "legacy-env")).parent.parent / "lib" / f"python{NEWEST.python}" / "site-packages"
    tool(session, "bench-env", "tests.benchmarks", *pythons, f"--legacy={library}", *session.posargs)


@nox.session(venv_backend="none", requires=["build-env"], tags=[sessions.TEST])
def build(session: nox.Session) -> None:
    """Build the collection's archive, let Galaxy's importer judge it, and test the packages as users install them."""
    tool(session, "build-env", "tools.build")
    pytest(session, "build-env", "-p", "no:cacheprovider", "tests/packages")


@nox.session(venv_backend="none", requires=["lint-env"], default=False)
def changelog(session: nox.Session) -> None:
    """Bring CHANGELOG.md up to date for the version in galaxy.yml: new fragments, new modules and plugins."""
    version = re.search(r"^version: (\S+)$", (ROOT / "galaxy.yml").read_text(encoding="utf-8"), re.MULTILINE)
    if version is None:
        session.error("galaxy.yml has no version")
    program = str(Path(python_of(session, "lint-env")).with_name("antsibull-changelog"))
    command = [program, "release", "--version", version[1], "--update-existing", "--reload-plugins"]
    tree = str(linktree.collections_path())
    bin_directory = str(Path(program).parent)
    path = os.pathsep.join([bin_directory, os.environ["PATH"]])
    session.run(*command, external=True, env={"ANSIBLE_COLLECTIONS_PATH": tree, "PATH": path})


@nox.session(venv_backend="none", requires=["demo-env"], default=False)
def demo(session: nox.Session) -> None:
    """Build an environment on the simulator, show it, take it down."""
    os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(linktree.collections_path())
    tool(session, "demo-env", "tools.demo", *session.posargs)
