# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An inventory update and a job, run as AWX runs them: by ansible-runner, with what AWX's own injector makes of the credential.

The API has a certificate of an authority that only the credential knows.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import typing as t
from pathlib import Path
from types import SimpleNamespace

import ansible_runner
import pytest
import yaml
from awx_plugins.interfaces._temporary_private_inject_api import ENV_BLOCKLIST, HIDDEN_PASSWORD, inject_credential

from ansible_collections.centurylink.cloud.tests.awx import credential_types
from ansible_collections.centurylink.cloud.tests.unit.support.certificates import make_certificate
from tools import linktree, simulator

ROLE = Path(__file__).parents[2] / "roles" / "awx"
PASSWORD = "demo-password"
# What AWX sets for inventory updates; it sets neither the plugins that are enabled nor a transformation of names.
UPDATE = {
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_INVENTORY_EXPORT": "True",
    "ANSIBLE_VERBOSE_TO_STDERR": "True",
    "ANSIBLE_HOST_PATTERN_MISMATCH": "error",
    "INVENTORY_UPDATE_ID": "7",
}


class _Loader(yaml.SafeLoader):
    """Reads variables of the role: text that Ansible does not evaluate is text."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
VARIABLES = yaml.load((ROLE / "vars" / "main.yml").read_text(encoding="utf-8"), _Loader)
INPUTS, INJECTORS = VARIABLES["awx_type_inputs"], VARIABLES["awx_type_injectors"]


class Injected(t.NamedTuple):
    environment: dict[str, str]
    displayed: dict[str, str]
    arguments: list[str]


def inject(directory: Path, **fields: t.Any) -> Injected:
    """Return what AWX's injector makes of a credential with these fields; paths are those of this machine."""
    (directory / "env").mkdir(parents=True, exist_ok=True)
    kind = SimpleNamespace(inputs=INPUTS, injectors=INJECTORS, managed=False, custom_injectors=None)
    credential = SimpleNamespace(get_input_keys=lambda: list(fields), get_input=lambda name, **more: fields.get(name))
    injected = Injected({}, {}, [])
    inject_credential(kind, credential, *injected, str(directory))
    for variables in (injected.environment, injected.displayed):
        for name, value in variables.items():
            variables[name] = value.replace("/runner/", f"{directory}/")
    return injected


def test_the_credential_type_is_accepted() -> None:
    assert credential_types.errors_of(INPUTS, INJECTORS, ENV_BLOCKLIST) == []


@pytest.mark.parametrize(
    ("inputs", "injectors"),
    [
        ({"fields": [{"id": "a"}]}, {}),
        ({"fields": [{"id": "a", "label": "A", "type": "boolean", "secret": True}]}, {}),
        ({"fields": [{"id": "a", "label": "A", "default": True}]}, {}),
        ({"fields": [], "required": ["b"]}, {}),
        ({"fields": [], "dependencies": {}}, {}),
        ({"fields": [{"id": "tower", "label": "A"}]}, {}),
        ({"fields": []}, {"env": {"CLC_X": "{{ missing }}"}}),
        ({"fields": []}, {"env": {"ANSIBLE_X": "{{ 1 }}"}}),
        ({"fields": []}, {"env": {"PATH": "{{ 1 }}"}}),
        ({"fields": []}, {"file": {"template": "{{ 1 }}", "template.ca": "{{ 1 }}"}}),
    ],
)
def test_the_rules_reject_what_awx_rejects(inputs: dict[str, t.Any], injectors: dict[str, t.Any]) -> None:
    assert credential_types.errors_of(inputs, injectors, ENV_BLOCKLIST) != []


def test_a_credential_without_optional_fields_changes_no_default(tmp_path: Path) -> None:
    injected = inject(tmp_path, api_url="https://api.example.com", username="demo", password=PASSWORD)
    given = {name: value for name, value in injected.environment.items() if value}
    assert given == {
        "CLC_V2_API_URL": "https://api.example.com",
        "CLC_V2_API_USERNAME": "demo",
        "CLC_V2_API_PASSWD": PASSWORD,
        "CLC_VALIDATE_CERTS": "true",
    }
    assert injected.arguments == []


def test_every_field_is_injected_and_secrets_are_not_displayed(tmp_path: Path) -> None:
    fields = {field["id"]: f"value-of-{field['id']}" for field in INPUTS["fields"]}
    injected = inject(tmp_path, **{**fields, "skip_certificate_check": True})
    assert injected.environment.keys() == INJECTORS["env"].keys()
    assert injected.environment["CLC_VALIDATE_CERTS"] == "false"
    file = Path(injected.environment["CLC_CA_PATH"])
    assert file.read_text(encoding="utf-8") == fields["ca_certificates"]
    plain = fields.keys() - {"skip_certificate_check", "ca_certificates"}
    assert {fields[name] for name in plain} <= set(injected.environment.values())
    displayed = injected.displayed
    assert (displayed["CLC_V2_API_PASSWD"], displayed["CLC_V2_API_TOKEN"]) == (HIDDEN_PASSWORD, HIDDEN_PASSWORD)
    assert not {fields["password"], fields["token"]} & set(displayed.values())


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[tuple[str, str]]:
    """Address of a simulator with TLS, and the certificate of its authority."""
    directory = tmp_path_factory.mktemp("api")
    certificate = make_certificate(directory)
    options = ("--seed", "small", "--tls-cert", str(certificate), "--tls-key", str(certificate))
    with simulator.serving(*options, log=directory / "log") as address:
        yield address, certificate.read_text(encoding="utf-8").partition("-----BEGIN PRIVATE")[0]


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """The directory of a run, with the project that the role writes."""
    shutil.copytree(ROLE / "files" / "project", tmp_path / "project")
    return tmp_path


def environment_of(private: Path, api: tuple[str, str]) -> dict[str, str]:
    """Return the environment of a run: that of the image, and what the credential injects."""
    injected = inject(private, api_url=api[0], username="demo", password=PASSWORD, ca_certificates=api[1])
    assert all(os.environ.get(name) is None for name in injected.environment)
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(private),
        "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
        **injected.environment,
    }


def assert_no_secret(private: Path, *outputs: str) -> None:
    # ansible-runner writes the whole environment of its process to "command"; AWX deletes the directory after the run.
    kept = [path for path in (private / "artifacts").rglob("*") if path.is_file() and path.name != "command"]
    assert kept
    texts = [*outputs, *(path.read_text(encoding="utf-8", errors="replace") for path in kept)]
    assert not [text for text in texts if PASSWORD in text]


@pytest.mark.parametrize("name", ["clc.yml", "inventory.yml", "shop.yaml"])
def test_an_inventory_update(private: Path, api: tuple[str, str], name: str) -> None:
    source = private / "project" / "inventory" / "clc.yml"
    source = source.rename(source.with_name(name))
    output = private / "artifacts" / "7" / "output.json"
    output.parent.mkdir(parents=True)
    arguments = ["--list", "--export", "-i", str(source), "--output", str(output), "--playbook-dir", str(source.parent)]
    out, err, status = ansible_runner.run_command(
        "ansible-inventory",
        [*arguments, "-vvv"],
        private_data_dir=str(private),
        envvars={**environment_of(private, api), **UPDATE},
        suppress_env_files=True,
        runner_mode="subprocess",
        quiet=True,
    )
    assert status == 0, out + err
    inventory = json.loads(output.read_text(encoding="utf-8"))
    variables = inventory["_meta"]["hostvars"]
    assert {"wa1demoweb01", "wa1demoweb02"} <= variables.keys()
    assert {host: found["clc_id"] for host, found in variables.items()} == {
        host: {"__ansible_unsafe": host} for host in variables
    }
    # What AWX compares with enabled_value; the power state itself is in a wrapped form here.
    for found in variables.values():
        assert found["clc_enabled"] is (found["clc_power_state"] == {"__ansible_unsafe": "started"})
    assert {found["clc_enabled"] for found in variables.values()} == {True, False}
    assert_no_secret(private, out, err)


def test_a_job(private: Path, api: tuple[str, str]) -> None:
    task = {"centurylink.cloud.server_group_info": {"data_center": "WA1"}, "register": "found"}
    check = {"ansible.builtin.assert": {"that": "found.server_groups | length > 0"}}
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [task, check]}
    (private / "project" / "playbooks" / "job.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    job = ansible_runner.run(
        private_data_dir=str(private),
        playbook="playbooks/job.yml",
        inventory={"all": {"hosts": {"localhost": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}}}},
        envvars=environment_of(private, api),
        suppress_env_files=True,
        verbosity=3,
        quiet=True,
    )
    output = job.stdout.read()
    assert (job.rc, job.status) == (0, "successful"), output
    assert_no_secret(private, output)


def test_without_the_certificates_of_the_credential_nothing_is_sent(private: Path, api: tuple[str, str]) -> None:
    environment = {**environment_of(private, api), "CLC_CA_PATH": ""}
    source = private / "project" / "inventory" / "clc.yml"
    out, err, status = ansible_runner.run_command(
        "ansible-inventory",
        ["--list", "-i", str(source)],
        private_data_dir=str(private),
        envvars={**environment, **UPDATE},
        suppress_env_files=True,
        runner_mode="subprocess",
        quiet=True,
    )
    assert status != 0
    assert "TLS" in out + err
    assert PASSWORD not in out + err
