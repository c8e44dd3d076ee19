# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role awx with the modules of awx.awx, and with those of ansible.controller, against a controller that is played."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import typing as t
from pathlib import Path

import yaml

from ansible_collections.centurylink.cloud.tests.awx.controller import PASSWORD, USER, Controller, serving
from tools import linktree

ROOT = Path(__file__).parents[2]
ROLE = ROOT / "roles" / "awx"
PLAYBOOKS = [f"playbooks/{file.name}" for file in (ROLE / "files" / "project" / "playbooks").iterdir()]
SECRET = "account-password-0f1e2d"
VARIABLES = ("-e", "awx_image=registry.example.com/clc:1", "-e", "awx_scm_url=https://git.example.com/shop.git")
CREATED = {
    "credential_types": ["CLC account"],
    "credentials": ["CLC account"],
    "execution_environments": ["CLC execution environment"],
    "projects": ["CLC project"],
    "inventories": ["CLC servers", "CLC localhost"],
    "hosts": ["localhost"],
    "inventory_sources": ["CLC account"],
    "job_templates": ["CLC plan", "CLC apply", "CLC drift"],
    "workflow_job_templates": ["CLC plan, approval, apply"],
    "workflow_job_template_nodes": ["apply", "approval", "plan"],
    "workflow_approval_templates": ["CLC approval"],
    "schedules": ["CLC nightly drift"],
}
# What a controller gives to jobs as extra variables, which take precedence over all others; each with the prefix tower too.
INJECTED = {
    *("awx_execution_node", "awx_inventory_id", "awx_inventory_name", "awx_job_id", "awx_job_launch_type"),
    *("awx_job_scm_branch", "awx_job_template_id", "awx_job_template_name", "awx_parent_job_schedule_id"),
    *("awx_parent_job_schedule_name", "awx_project_id", "awx_project_name", "awx_project_revision"),
    *("awx_project_scm_branch", "awx_schedule_id", "awx_schedule_name", "awx_user_email", "awx_user_first_name"),
    *("awx_user_id", "awx_user_last_name", "awx_user_name", "awx_webhook_event_guid", "awx_webhook_event_ref"),
    *("awx_webhook_event_type", "awx_webhook_payload", "awx_webhook_status_api", "awx_workflow_job_id"),
    *("awx_workflow_job_launch_type", "awx_workflow_job_name", "job_slice"),
}


class Ended(t.NamedTuple):
    changed: int
    failed: int
    output: str


def play(address: str, *options: str, collections: Path | None = None) -> Ended:
    paths = [str(path) for path in (linktree.collections_path(), collections) if path]
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": os.environ["HOME"],
        "ANSIBLE_COLLECTIONS_PATH": os.pathsep.join(paths),
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_PIPELINING": "true",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "CONTROLLER_HOST": address,
        "CONTROLLER_USERNAME": USER,
        "CONTROLLER_PASSWORD": PASSWORD,
        "CLC_V2_API_URL": "https://api.example.com",
        "CLC_V2_API_USERNAME": "demo",
        "CLC_V2_API_PASSWD": SECRET,
        "CLC_DATA_CENTER": "WA1",
    }
    command = ["ansible-playbook", str(ROOT / "playbooks" / "awx.yml"), *VARIABLES, *options]
    ended = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    output = ended.stdout + ended.stderr
    counts = re.search(r"changed=(\d+).*failed=(\d+)", output)
    assert counts, output
    assert SECRET not in output
    assert PASSWORD not in output
    return Ended(int(counts[1]), int(counts[2]), output)


def test_a_controller_is_set_up_once_and_predicted_before() -> None:
    controller = Controller(PLAYBOOKS)
    with serving(controller) as address:
        predicted = play(address, "--check", "-vvv")
        assert predicted.failed == 0, predicted.output
        assert controller.writes == []
        first = play(address, "-vvv")
        assert first.failed == 0, first.output
        assert controller.created() == CREATED
        _assert_connected(controller)
        controller.requests.clear()
        second = play(address)
        assert (second.failed, second.changed, controller.writes) == (0, 0, []), second.output
        _assert_an_interrupted_run_is_predicted(controller, address)
    # A task for each object but the approval, which belongs to a node, and one for all job templates.
    assert first.changed == sum(map(len, CREATED.values())) - 1 - (len(CREATED["job_templates"]) - 1)
    # One task reports localhost and the inventory source, one all nodes.
    assert predicted.changed == first.changed - 1 - 2
    assert set(re.findall(r'"msg": "(.+) would be created', predicted.output)) == {
        *("CLC account", "localhost in CLC localhost", "CLC account in CLC servers"),
        *CREATED["job_templates"],
        *(f"Node {node} of CLC plan, approval, apply" for node in ("plan", "approval", "apply")),
        "CLC nightly drift",
    }


def _assert_an_interrupted_run_is_predicted(controller: Controller, address: str) -> None:
    for kind, name in (("job_templates", "CLC drift"), ("workflow_job_template_nodes", "approval")):
        del controller.objects[kind][controller.named(kind, name)["id"]]
    ended = play(address, "--check")
    assert (ended.failed, controller.writes) == (0, []), ended.output
    assert "CLC nightly drift would be created" in ended.output
    assert "Node plan of CLC plan, approval, apply would be created" in ended.output
    assert "CLC account would be created" not in ended.output


def _assert_connected(controller: Controller) -> None:
    """The objects refer to each other as jobs need it."""
    named, associated = controller.named, controller.associated
    credential = named("credentials", "CLC account")
    assert credential["inputs"]["password"] == SECRET
    source = named("inventory_sources", "CLC account")
    assert (source["credential"], source["source_path"]) == (credential["id"], "inventory/clc.yml")
    assert (source["enabled_var"], source["enabled_value"]) == ("clc_enabled", "true")
    for template in controller.objects["job_templates"].values():
        assert associated["job_templates", template["id"], "credentials"] == [credential["id"]]
        assert controller.surveys[f"job_templates/{template['id']}"]["spec"]
    nodes = {name: named("workflow_job_template_nodes", name) for name in ("plan", "approval", "apply")}
    assert associated["workflow_job_template_nodes", nodes["plan"]["id"], "success_nodes"] == [nodes["approval"]["id"]]
    assert associated["workflow_job_template_nodes", nodes["approval"]["id"], "success_nodes"] == [nodes["apply"]["id"]]
    approval = named("workflow_approval_templates", "CLC approval")
    assert (nodes["approval"]["unified_job_template"], approval["timeout"]) == (approval["id"], 86400)
    assert named("schedules", "CLC nightly drift")["unified_job_template"] == named("job_templates", "CLC drift")["id"]
    host = named("hosts", "localhost")
    assert yaml.safe_load(host["variables"])["ansible_python_interpreter"] == "{{ ansible_playbook_python }}"


def test_the_modules_of_ansible_controller_can_be_used(tmp_path: Path) -> None:
    """Both collections are built from the same files, which say at one place which they are."""
    built = Path(sysconfig.get_path("purelib"), "ansible_collections", "awx", "awx")
    copied = tmp_path / "ansible_collections" / "ansible" / "controller"
    shutil.copytree(built, copied, ignore=shutil.ignore_patterns("test", "images", "*.pyc"))
    for file in copied.rglob("*.*"):
        if file.suffix in (".py", ".yml", ".json"):
            text = file.read_text(encoding="utf-8").replace("awx.awx", "ansible.controller")
            text = text.replace('_COLLECTION_TYPE = "awx"', '_COLLECTION_TYPE = "controller"')
            file.write_text(text, encoding="utf-8")
    controller = Controller(PLAYBOOKS, "/api/controller/")
    options = ("--check", "-e", "awx_collection=ansible.controller", "-e", "awx_prefix=Shop")
    with serving(controller) as address:
        ended = play(address, *options, collections=tmp_path)
    assert ended.failed == 0, ended.output
    assert ("GET", "/api/controller/v2/workflow_job_templates/") in controller.requests
    assert "Shop nightly drift would be created" in ended.output


def test_an_empty_list_of_environments_is_rejected_before_anything_is_sent() -> None:
    controller = Controller(PLAYBOOKS)
    with serving(controller) as address:
        ended = play(address, "-e", '{"awx_environments": []}')
    assert (ended.failed, controller.requests) == (1, [])
    assert "Invalid value for awx_environments" in ended.output


def test_no_variable_of_the_role_is_one_that_a_controller_gives_to_jobs() -> None:
    texts = [file.read_text(encoding="utf-8") for file in ROLE.rglob("*.yml") if "files" not in file.parts]
    names = set(re.findall(r"\b(?:awx|tower)_\w+", "\n".join(texts)))
    assert {"awx_environment", "awx_made_type", "awx_predicts_type"} <= names
    assert not names & {*INJECTED, *(name.replace("awx_", "tower_", 1) for name in INJECTED)}


def test_the_readme_and_the_defaults_agree_with_the_argument_specs() -> None:
    specs = yaml.safe_load((ROLE / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]
    defaults = yaml.safe_load((ROLE / "defaults" / "main.yml").read_text(encoding="utf-8"))
    options = specs["main"]["options"]
    assert {name: entry["default"] for name, entry in options.items() if "default" in entry} == defaults
    readme = (ROLE / "README.md").read_text(encoding="utf-8")
    for entry in specs.values():
        assert {name for name in entry["options"] if f"`{name}`" not in readme} == set()


def test_the_project_is_written_and_what_is_there_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "environments" / "example.yml"
    own.parent.mkdir()
    own.write_text("mine: true\n", encoding="utf-8")
    playbook = tmp_path / "write.yml"
    tasks = [{"ansible.builtin.include_role": {"name": "centurylink.cloud.awx", "tasks_from": "project"}}]
    variables = {"awx_project_directory": str(tmp_path)}
    play_of = {"hosts": "localhost", "gather_facts": False, "vars": variables, "tasks": tasks}
    playbook.write_text(yaml.safe_dump([play_of]), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "ansible-playbook"), str(playbook)]
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path())}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert own.read_text(encoding="utf-8") == "mine: true\n"
    for name in (*PLAYBOOKS, "inventory/clc.yml", "collections/requirements.yml"):
        assert (tmp_path / name).is_file()
