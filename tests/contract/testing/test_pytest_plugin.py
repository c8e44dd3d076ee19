# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixture clc_simulator, in test runs of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

REQUEST = """
    import json
    import urllib.request

    def login(simulator):
        body = json.dumps({"username": "demo", "password": "demo-password"}).encode()
        headers = {"Content-Type": "application/json"}
        url = f"{simulator.url}/v2/authentication/login"
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
            return json.load(response)["bearerToken"]
"""


def run(pytester: pytest.Pytester, tests: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(helper=REQUEST, test_user=tests)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_each_test_has_a_fresh_world_and_a_url_of_its_own(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest
        from helper import login

        urls = set()

        @pytest.mark.parametrize("attempt", [1, 2])
        def test_world(clc_simulator, attempt):
            assert len(clc_simulator.requests) == 0
            assert clc_simulator.clock.now.year < 2030
            login(clc_simulator)
            clc_simulator.clock.advance(9 * 366 * 86400)
            clc_simulator.faults({"status": 500}).__enter__()
            clc_simulator.requests.assert_sent("login", times=1)
            urls.add(clc_simulator.url)
            assert len(urls) == attempt
            assert clc_simulator.url.startswith("http://127.0.0.1:")

        def test_faults_of_the_test_before_are_removed(clc_simulator):
            login(clc_simulator)
        """,
    )
    result.assert_outcomes(passed=3)


def test_the_marker_selects_the_seed(pytester: pytest.Pytester) -> None:
    seeds = pytester.mkdir("seeds")
    seeds.joinpath("own.yml").write_text("accounts: [{alias: MINE}]\nusers: [{name: a, password: b, account: MINE}]\n")
    result = run(
        pytester,
        """
        import pytest

        @pytest.mark.clc_simulator("seeds/own.yml")
        class TestOwn:
            def test_file(self, clc_simulator):
                assert list(clc_simulator.state()["accounts"]) == ["MINE"]

            @pytest.mark.clc_simulator(seed="fleet:3")
            def test_closest_marker(self, clc_simulator):
                assert len(clc_simulator.state()["servers"]) == 3

        def test_default(clc_simulator):
            assert "wa1demoweb01" in clc_simulator.state()["servers"]
        """,
        "--strict-markers",
    )
    result.assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('"nowhere.yml"', "seed nowhere.yml: it is not small, empty, fleet:N, or a file"),
        ('sead="empty"', "unexpected keyword argument 'sead'"),
    ],
)
def test_a_wrong_seed_is_an_error_of_the_test(pytester: pytest.Pytester, marker: str, message: str) -> None:
    result = run(
        pytester,
        f"""
        import pytest

        @pytest.mark.clc_simulator({marker})
        def test_seed(clc_simulator):
            pass

        def test_default(clc_simulator):
            pass
        """,
    )
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines([f"*{message}*"])


def test_settings_of_the_project(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nclc_simulator_seed = own.yml\nclc_simulator_options = --job-seconds 7 --latency 1\n")
    pytester.path.joinpath("own.yml").write_text(
        "accounts: [{alias: MINE}]\nusers: [{name: a, password: b, account: MINE}]\n"
    )
    result = run(
        pytester,
        """
        def test_settings(clc_simulator):
            assert list(clc_simulator.state()["accounts"]) == ["MINE"]
            assert clc_simulator.state()["now"]
        """,
    )
    result.assert_outcomes(passed=1)


def test_options_reach_the_server(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nclc_simulator_options = --era 1999\n")
    result = run(pytester, "def test_era(clc_simulator): pass\n")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*StartFailed*", "*argument --era: invalid choice: *1999*"])


def test_the_report_of_a_failure_has_the_requests(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        from helper import login

        def test_fails(clc_simulator):
            login(clc_simulator)
            assert False

        def test_fails_without_simulator():
            assert False
        """,
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*Requests to clc_simulator*", "  POST /v2/authentication/login -> 200 login"])
    assert str(result.stdout).count("Requests to clc_simulator") == 1


def test_assertions_end_the_traceback_in_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_sent(clc_simulator):\n    clc_simulator.requests.assert_sent('login')\n")
    result.stdout.fnmatch_lines(["E * AssertionError: expected at least one request of login, found 0*"])
    assert "_message(" not in str(result.stdout)


def test_the_server_ends_with_the_test(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest
        from clc_simulator.testing import ControlError

        ended = []

        def test_fails(clc_simulator):
            ended.append(clc_simulator)
            assert False

        def test_next():
            with pytest.raises(ControlError, match="refused"):
                ended[0].state()
        """,
    )
    result.assert_outcomes(failed=1, passed=1)


def test_other_test_runs_do_not_import_the_simulator(pytester: pytest.Pytester) -> None:
    """The plugin is loaded by every test run of an environment in which it is installed."""
    pytester.makepyfile(
        """
        import sys

        def test_modules():
            names = {name for name in sys.modules if name.startswith("clc_simulator")}
            assert names == {"clc_simulator", "clc_simulator.pytest_plugin"}
        """
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=pytester.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_help_describes_settings_and_fixture(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("--fixtures", "--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.clc_simulator(seed):*"])
    result = pytester.runpytest_inprocess("--fixtures", "-q")
    result.stdout.fnmatch_lines(
        ["clc_simulator*", "    A simulator of the CenturyLink Cloud v2 API with a fresh state*"]
    )
