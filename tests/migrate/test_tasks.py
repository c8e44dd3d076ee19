# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Single tasks: what they become, and the reasons for those that cannot be rewritten."""

from __future__ import annotations

import dataclasses
import functools
import textwrap
import typing as t
from pathlib import Path

import pytest

from clc_migrate import cli, document, tables, values
from clc_migrate.migration import PREFIXED, REWRITTEN, Finding, Migration
from clc_migrate.planning import Knowledge
from tools import argument_specs, generate
from tools.support import ROOT


def migrate(*texts: str, **files: str) -> tuple[list[str], list[Finding]]:
    """Return texts of task files rewritten together, and what became of their tasks."""
    named = {f"{index}.yml": textwrap.dedent(text) for index, text in enumerate(texts)}
    named |= {name.replace("__", "."): text for name, text in files.items()}
    documents = [document.read(Path(name), text) for name, text in named.items()]
    findings = Migration(documents, Knowledge()).run()
    return [loaded.edited() for loaded in documents], findings


def rewritten(text: str) -> str:
    """Return one text rewritten; all of its tasks have to be."""
    (after,), findings = migrate(text)
    assert [finding.reason for finding in findings if finding.what != REWRITTEN] == []
    return after


def reason(text: str) -> str:
    """Return why the first task of a text keeps its old name."""
    (_after,), findings = migrate(text)
    assert findings[0].what == PREFIXED
    return findings[0].reason


FLEET = """\
- clc_server:
    name: WEB
    template: RHEL-7-64-TEMPLATE
    group: Default Group
    count_group: Default Group
    exact_count: 2
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("exact_count: 2\n    nonsense: 1", "clc_server has no option nonsense"),
        ("name: WEB1", "is not a base name"),
        ("count_group: Other", "counted in 'Other'"),
        ("group: A/B\n    count_group: A/B", "slash"),
        ("add_public_ip: true", "public_ip_ports is missing"),
        ("add_public_ip: '{{ x }}'", "only known at run time"),
        ("additional_disks: '{{ x }}'", "only known at run time"),
        ("ttl: soon", "is not a number of seconds"),
    ],
)
def test_fleets_that_stay(line: str, expected: str) -> None:
    name = line.partition(":")[0]
    kept = [
        existing
        for existing in FLEET.splitlines()
        if f" {name}:" not in existing and not ("\n" in line and " count_group:" in existing)
    ]
    assert expected in reason("\n".join([*kept, f"    {line}", ""]))


def test_old_defaults_are_written_out() -> None:
    after = rewritten(FLEET)
    assert "cpu: 1" in after
    assert "memory_gb: 1" in after
    assert "storage_type: standard" in after
    assert "allow_removal: true" in after
    assert "count_group" not in after


def test_hyperscale_keeps_its_storage() -> None:
    after = rewritten(FLEET + "    type: hyperscale\n    storage_type: hyperscale\n")
    assert "storage_type: standard" not in after
    assert "cpu: 1" in after


def test_what_is_of_another_kind_of_server_is_left_out() -> None:
    """The old module passed over it."""
    after = rewritten(FLEET + "    os_type: ubuntu\n    configuration_id: ''\n")
    assert "os_type" not in after
    assert "configuration_id" not in after
    assert "apply to bare metal only" in reason(FLEET + "    type: '{{ x }}'\n    os_type: '{{ y }}'\n")
    assert "os_type may be a part of a name" in reason(FLEET + "    type: bareMetal\n    os_type: ubuntu\n")
    metal = "    type: bareMetal\n    os_type: ubuntu14_64Bit\n    configuration_id: abc\n    memory: 4\n"
    after = rewritten(FLEET.replace("    template: RHEL-7-64-TEMPLATE\n", "") + metal)
    assert "os_type: ubuntu14_64Bit\n    configuration_id: abc\n" in after
    assert not any(name in after for name in ("cpu", "memory", "storage_type"))


def test_a_ttl_becomes_an_end_time() -> None:
    after = rewritten(FLEET + "    ttl: 7200\n")
    assert "ttl: \"{{ '%Y-%m-%dT%H:%M:%SZ' | strftime(now().timestamp() | int + 7200, utc=true) }}\"" in after


def test_fields_of_a_template_are_wrapped() -> None:
    after = rewritten(FLEET + '    custom_fields: "{{ fields }}"\n')
    assert "custom_fields: \"{{ (fields) | items2dict(key_name='id', value_name='value') }}\"" in after


def test_the_case_of_a_group_is_known_from_another_file() -> None:
    task = FLEET.replace("Default Group", "web tier")
    (_first, after), _findings = migrate("- clc_group: {name: Web, description: Web Tier}\n", task)
    assert "group: Web\n" in after
    _texts, findings = migrate(task)
    assert any("check 'web tier'" in note for note in findings[0].notes)


def test_a_use_in_a_template_file_counts() -> None:
    task = "- clc_server_fact: {server_id: A}\n  register: one\n"
    texts, _findings = migrate(task, a__j2="{{ one.server.ipaddress }}")
    assert texts[1] == "{{ one.servers[0].ip_address }}"
    _texts, findings = migrate(task, a__j2="x\n{{ one.server }}")
    assert "a.j2:2: one.server" in findings[0].reason


def test_a_use_refers_to_the_last_registration_before_it() -> None:
    after = rewritten("""\
        - clc_server: {server_ids: A, state: started}
          register: done
        - debug: {msg: "{{ done.server_ids }}"}
        - clc_server: {server_ids: A, state: absent}
          register: done
        - debug: {msg: "{{ done.server_ids }}"}
        - command: true
          register: done
        - debug: {msg: "{{ done.server_ids }}"}
        """)
    assert [line.split('"')[1] for line in after.splitlines() if "msg" in line] == [
        "{{ done.servers | map(attribute='id') | list }}",
        "{{ done.removed_ids }}",
        "{{ done.server_ids }}",
    ]


def test_names_in_strings_are_not_uses() -> None:
    use = "- assert:\n    that: x is search('for one of two') and one.server.id\n"
    text = "- clc_server_fact: {server_id: A}\n  register: one\n" + use
    assert "search('for one of two') and one.servers[0].id" in rewritten(text)


def test_a_single_quoted_scalar_keeps_its_quotes_right() -> None:
    text = "- clc_server: {server_ids: A, state: started}\n  register: one\n- debug:\n    msg: '{{ one.server_ids | length }}'\n"
    assert "msg: '{{ (one.servers | map(attribute=''id'') | list) | length }}'" in rewritten(text)


def test_results_of_a_loop() -> None:
    task = "- clc_server_fact: {server_id: '{{ item }}'}\n  loop: [A, B]\n  register: one\n"
    assert "one.results[1].servers[0].name" in rewritten(
        task + "- debug:\n    msg: '{{ one.results[1].server.name }}'\n"
    )
    assert "one.results" in reason(task + "- debug:\n    msg: '{{ one.results | map(attribute=\"server\") }}'\n")


def test_items_of_a_loop_that_are_needed_whole() -> None:
    task = "- clc_server: {server_ids: A, state: started}\n  register: one\n"
    use = "- debug: {msg: '{{ item | to_json }}'}\n  loop: '{{ one.servers }}'\n"
    assert "one.servers" in reason(task + use)


CREATED = "- clc_server: {name: WEB, count: 2}\n  register: one\n"


@pytest.mark.parametrize(
    ("use", "now"),
    [
        ("with_items: one.servers", 'with_items: "{{ one.servers }}"'),
        ("with_items: 'one.server_ids'", "with_items: '{{ one.server_ids }}'"),
        ("with_items: [one.partially_created_server_ids]", 'with_items: ["{{ one.partially_created_server_ids }}"]'),
        (
            "with_nested:\n    - one.group.servers\n    - [a]",
            'with_nested:\n    - "{{ one.group.servers }}"\n    - [a]',
        ),
    ],
)
def test_a_loop_without_braces_after_a_task_that_only_gets_the_prefix(use: str, now: str) -> None:
    loop = "- debug: msg={{ item }}\n  {}\n"
    (after,), findings = migrate(CREATED + loop.replace("{}", use))
    assert findings[0].what == PREFIXED
    assert after.endswith(loop.replace("{}", now))
    assert [note.rpartition(": ")[2].startswith("one.") for note in findings[0].notes] == [True]
    assert "has braces now" in findings[0].notes[0]


def test_only_the_prefix_changes_if_it_was_asked_for() -> None:
    text = CREATED + "- debug: msg={{ item }}\n  with_items: one.servers\n- action: {module: clc_group, name: Web}\n"
    loaded = document.read(Path("0.yml"), text)
    findings = Migration([loaded], Knowledge(), prefix_only=True).run()
    assert loaded.edited() == text.replace("clc_", "centurylink.cloud.clc_")
    assert "Add braces: 0.yml:4: one.servers" in findings[0].notes[0]


def test_a_host_name_in_a_loop_is_text() -> None:
    text = CREATED + "- debug: msg={{ item }}\n  with_items: one.example.com\n"
    (after,), findings = migrate(text)
    assert "with_items: one.example.com" in after
    assert not findings[0].notes


@pytest.mark.parametrize(
    ("action", "ordinary"),
    [
        (
            "- action:\n    module: clc_group\n    name: Web\n    parent: Shop\n    description: d\n  when: x\n",
            "- centurylink.cloud.server_group:\n    name: Web\n    parent: Shop\n    description: d\n  when: x\n",
        ),
        (
            "- local_action:\n    name: WEB\n    module: community.general.clc_server # more\n    count: 2\n",
            "- centurylink.cloud.clc_server:\n    name: WEB\n    # more\n    count: 2\n  delegate_to: localhost\n",
        ),
        (
            "- action: {module: clc_server_snapshot, server_ids: [A]}\n",
            "- centurylink.cloud.server_snapshot: {server_ids: [A]}\n",
        ),
        (
            "- local_action: {module: clc_server, name: WEB, count: 2}\n",
            "- centurylink.cloud.clc_server: {name: WEB, count: 2}\n  delegate_to: localhost\n",
        ),
        (
            "- action:\n    module: clc_server_snapshot\n  args:\n    server_ids: [A]\n",
            "- centurylink.cloud.server_snapshot:\n  args:\n    server_ids: [A]\n",
        ),
        (
            "- {action: {module: clc_server_snapshot, server_ids: [A]}}\n",
            "- {centurylink.cloud.server_snapshot: {server_ids: [A]}}\n",
        ),
        (
            "- {local_action: {module: clc_server_snapshot, server_ids: [A]}}\n",
            "- {local_action: {module: centurylink.cloud.server_snapshot, server_ids: [A]}}\n",
        ),
        (
            "- local_action: clc_server_snapshot server_ids=A\n",
            "- centurylink.cloud.server_snapshot:\n    server_ids: A\n  delegate_to: localhost\n",
        ),
        (
            "- local_action: clc_publicip server_ids=A,B state=absent\n",
            '- centurylink.cloud.public_ip:\n    server_id: "{{ item }}"\n    state: absent\n  loop: [A, B]\n'
            "  delegate_to: localhost\n",
        ),
        (
            "- action: &same {module: clc_server_snapshot, server_ids: [A]}\n- action: *same\n",
            "- action: &same {module: centurylink.cloud.server_snapshot, server_ids: [A]}\n- action: *same\n",
        ),
    ],
)
def test_actions_get_the_ordinary_form(action: str, ordinary: str) -> None:
    """Ansible has deprecated mappings as values of action and local_action."""
    (after,), _findings = migrate(action)
    assert after == ordinary


def test_a_task_that_is_delegated_twice_stays() -> None:
    task = "- local_action: clc_server_snapshot server_ids=A\n  delegate_to: b\n"
    assert "both local_action and delegate_to" in reason(task)


def test_options_of_module_defaults_get_a_place() -> None:
    text = "- hosts: all\n  module_defaults: {clc_group: {name: Web, description: d}}\n  tasks:\n    - clc_group: {}\n"
    after = rewritten(text)
    assert after.endswith("- centurylink.cloud.server_group:\n        name: Web\n        description: d\n")


STARTED = "- clc_server: {server_ids: [A, B], state: started}\n  register: one\n"


@pytest.mark.parametrize(
    "use",
    [
        # The items go on to another file.
        "- include_tasks: each.yml\n  with_items: '{{ one.servers }}'\n",
        "- ansible.builtin.include_role: {name: each}\n  loop: '{{ one.servers }}'\n",
        "- template: {src: each.j2, dest: '/tmp/{{ item.id }}'}\n  loop: '{{ one.servers }}'\n",
        "- action: template src=each.j2 dest=/tmp/{{ item.id }}\n  with_items: '{{ one.servers }}'\n",
        # Not all of the items are of this result.
        "- debug: msg={{ item.ipaddress }}\n  with_items: ['{{ one.servers }}', '{{ others }}']\n",
        # What is looped over, or looked into, is the list after all.
        "- debug: msg={{ item.ipaddress }}\n  with_items: '{{ one.servers or [] }}'\n",
        "- debug: {msg: '{{ (one.servers or []) | map(attribute=\"ipaddress\") }}'}\n",
        "- debug: {msg: x}\n  when: (one.servers or []) | map(attribute='ipaddress') | list\n",
        # Variables of another host.
        "- debug: msg={{ hostvars.localhost.one.servers[0].ipaddress }}\n",
        "- debug: msg={{ hostvars[groups['x'][0]].one.servers[0].ipaddress }}\n",
        "- debug: msg={{ hostvars['localhost']['one'].servers[0].ipaddress }}\n",
        "- debug: {msg: \"{{ groups.web | map('extract', hostvars, 'one') | list }}\"}\n",
        "- debug: {msg: \"{{ lookup('vars', 'one').servers[0].ipaddress }}\"}\n",
    ],
)
def test_uses_that_have_no_new_form(use: str) -> None:
    assert "its result is used in a way that has no equivalent" in reason(STARTED + use)


@pytest.mark.parametrize(
    ("use", "now"),
    [
        ("- debug: msg={{ item.ipaddress }}\n  with_items: ['{{ one.servers }}']\n", "msg={{ item.ip_address }}"),
        ("- debug: {msg: x}\n  when: one.servers or force\n", "when: one.servers or force"),
        (
            "- debug: msg={{ item.ipaddress }}\n  with_items: one.servers\n",
            'ip_address }}\n  with_items: "{{ one.servers }}"\n',
        ),
        ("- debug: msg={{ item.ipaddress }}\n  with_flattened:\n    - one.servers\n", '    - "{{ one.servers }}"\n'),
        ("- debug: msg={{ item }}\n  with_items:\n    - one\n", "    - one\n"),
        ("- debug: msg={{ one['servers'][0]['ipaddress'] }}\n", "msg={{ one.servers[0].ip_address }}"),
        (
            "- debug: {msg: '{{ [\"of one.servers\", one.servers | length] }}'}\n",
            '["of one.servers", one.servers | length]',
        ),
        ("- debug: var=one.servers[0].ipaddress\n", "var=one.servers[0].ip_address\n"),
        ("- debug: var=one.server_ids verbosity=2\n", "var=\"one.servers | map(attribute='id') | list\" verbosity=2\n"),
        ("- debug: {var: one.servers}\n", "{var: one.servers}"),
        ("- debug: {msg: '{{ one.servers }}'}\n", "{msg: '{{ one.servers }}'}"),
    ],
)
def test_uses_as_people_write_them(use: str, now: str) -> None:
    assert now in rewritten(STARTED + use)


def test_a_loop_over_the_results_of_a_loop() -> None:
    task = "- clc_server_fact: {server_id: '{{ item }}'}\n  loop: [A, B]\n  register: one\n"
    use = "- debug: msg='{{ item.item }} {{ item.server.ipaddress }}'\n  with_items: '{{ one.results }}'\n"
    assert "msg='{{ item.item }} {{ item.servers[0].ip_address }}'\n" in rewritten(task + use)
    assert "one.results | length" in rewritten(task + "- debug: msg={{ one.results | length }}\n")
    whole = "- debug: msg={{ item.server }}\n  with_items: '{{ one.results }}'\n"
    assert "one.results" in reason(task + whole)


@pytest.mark.parametrize(
    "task",
    [
        FLEET + "    ttl: '{{ x | default(omit) }}'\n",
        FLEET + "    custom_fields: '{{ x | default(omit) }}'\n",
        "- clc_alert_policy: {name: A, metric: cpu, duration: '00:05:00', threshold: '{{ x | default(omit) }}'}\n",
        "- clc_loadbalancer: {name: A, location: WA1, port: 80, method: '{{ x | default(omit) }}'}\n",
        "- clc_modify_server: {server_ids: A, additional_network: '{{ x | default(omit) }}'}\n",
        "- clc_publicip: {server_ids: A, ports: 80, source_restrictions: '{{ x | default(omit) }}'}\n",
    ],
)
def test_what_may_be_omitted_is_not_wrapped(task: str) -> None:
    """A life of omitted seconds would end at once."""
    assert "may be omitted" in reason(task)


def test_old_defaults_of_what_may_be_omitted_are_written_out() -> None:
    after = rewritten(
        FLEET
        + "    cpu: '{{ x | default(omit) }}'\n    storage_type: '{{ z|d( omit, true ) }}'\n    memory: '{{ y }}'\n"
    )
    assert 'cpu: "{{ x | default(1) }}"' in after
    assert "storage_type: \"{{ z | default('standard', true ) }}\"" in after
    assert "memory_gb: '{{ y }}'" in after
    policy = "- clc_firewall_policy: {source_account_alias: A, location: WA1, enabled: '{{ x | default(omit) }}'}\n"
    assert 'enabled: "{{ x | default(true) }}"' in rewritten(policy)
    assert "cpu may be omitted" in reason(FLEET + "    cpu: '{{ 2 if x else omit }}'\n")
    count = FLEET.replace("exact_count: 2", "exact_count: '{{ x | default(omit) }}'")
    assert "exact_count may be omitted" in reason(count)


def test_what_may_be_omitted_stays_so_in_options_of_their_own() -> None:
    after = rewritten(FLEET + "    description: '{{ x | default(omit) }}'\n    network_id: '{{ y | default(omit) }}'\n")
    assert "description: '{{ x | default(omit) }}'" in after
    assert 'network: "{{ (y | default(omit)) | default(omit, true) }}"' in after


def test_the_group_of_a_fleet_is_noted_where_it_is_read() -> None:
    task = FLEET + "  register: one\n"
    _texts, findings = migrate(task + "- debug: msg={{ one.group.servers }}\n")
    assert any("before, all servers of the group; they are used here: 0.yml:8" in note for note in findings[0].notes)
    _texts, findings = migrate(task + "- debug: msg={{ one.servers }}\n")
    assert not any("used here" in note for note in findings[0].notes)


@pytest.mark.parametrize(
    "task",
    [
        FLEET + "    network_id: 10.80.12.0/24\n",
        "- clc_modify_server: {server_ids: A, additional_network: 10.80.12.0/24}\n",
    ],
)
def test_a_range_of_addresses_is_rejected(task: str) -> None:
    assert "is a range of addresses" in reason(task)
    _texts, findings = migrate(task.replace("10.80.12.0/24", "'{{ network }}'"))
    assert any("must be the id or name of a network" in note for note in findings[0].notes)


def test_a_state_that_is_known_only_when_it_is_run() -> None:
    """Where both states mean the same thing the template is kept, unless the result is read, which one of them does not have."""
    group = "- clc_group: {name: Web, parent: Shop, state: '{{ wanted }}'}\n  register: one\n"
    assert "server_group: {name: Web, parent: Shop, state: '{{ wanted }}', description: Web}" in rewritten(group)
    assert "one.group" in reason(group + "- debug: msg={{ one.group.id }}\n")
    assert "only known at run time" in reason(group.replace("parent: Shop, ", ""))
    policy = (
        "- clc_firewall_policy: {source_account_alias: A, location: WA1, source: 10.0.0.1/32, state: '{{ wanted }}'}\n"
    )
    assert "enabled: true" in rewritten(policy)


def test_a_network_to_rename_is_identified_by_its_id() -> None:
    task = "- clc_network: {location: WA1, name: new, id: '{{ one.network.id }}'}\n"
    assert "network: {data_center: WA1, name: new, id: '{{ one.network.id }}'}" in rewritten(task)
    assert "had to exist" in reason(task.replace("'{{ one.network.id }}'", "old"))


def test_an_id_of_a_group_needs_its_data_center() -> None:
    assert "data_center" in reason("- clc_group_fact: {group_id: 8a67639f74080f56c5aa328f676226e2}\n")


def test_a_group_that_goes_is_the_one_that_was_made() -> None:
    text = "- clc_group: {name: Web, parent: Shop}\n- clc_group:\n    name: Web\n    state: absent\n"
    assert "name: Web\n    parent: Shop\n" in rewritten(text)


def test_no_addresses_for_ids_in_a_variable() -> None:
    after = rewritten('- clc_publicip:\n    server_ids: "{{ ids }}"\n    state: absent\n  when: gone\n')
    assert after == (
        '- centurylink.cloud.public_ip:\n    server_id: "{{ item }}"\n    state: absent\n'
        "  loop: \"{{ [ids] | flatten | map('split', ',') | flatten | map('trim') | list }}\"\n  when: gone\n"
    )
    task = "- clc_publicip: {server_ids: '{{ item }}', state: absent}\n"
    assert "already has a loop" in reason(task + "  loop: '{{ ids }}'\n")
    assert "already has a loop" in reason(task + "  loop: ['A,B']\n")


@pytest.mark.parametrize(
    ("ids", "loop"),
    [
        ("['{{ item }}']", "'{{ all }}'"),
        ("'{{ item }}'", "[A, B]"),
        ("'{{ item }}'", "'{{ made.server_ids }}'"),
        ("'{{ item.id }}'", "'{{ all }}'"),
    ],
)
def test_no_address_for_each_of_a_loop(ids: str, loop: str) -> None:
    after = rewritten(f"- clc_publicip: {{server_ids: {ids}, state: absent}}\n  loop: {loop}\n")
    assert f"server_id: {ids.strip('[]')}".replace("'", '"') in after.replace("'", '"')
    assert after.endswith(f"  loop: {loop}\n")


def test_ports_one_of_which_is_a_template() -> None:
    task = "- clc_publicip: {server_ids: A, ports: ['{{ item }}', 80]}\n  loop: [22, 443]\n"
    assert 'public_ip: {ports: [{port: "{{ item }}"}, {port: 80}], internal_ip: new}' in rewritten(task)
    assert "is not a port" in reason(task.replace("'{{ item }}'", "'8{{ item }}'"))


def test_one_id_of_a_list_is_not_a_list() -> None:
    after = rewritten('- clc_publicip:\n    server_ids: "{{ made.server_ids[0] }}"\n    state: absent\n')
    assert 'loop: "{{ [made.server_ids[0]] | flatten ' in after
    after = rewritten('- clc_publicip:\n    server_ids: "{{ made.server_ids[1:] }}"\n    state: absent\n')
    assert 'loop: "{{ made.server_ids[1:] }}"' in after


def test_comments_of_lines_that_go_stay() -> None:
    after = rewritten(
        "- clc_server_snapshot:\n    server_ids: [A]\n    ignore_failures: no # never\n    state: absent\n"
    )
    assert after == "- centurylink.cloud.server_snapshot:\n    server_ids: [A]\n    # never\n    state: absent\n"


@functools.cache
def documented() -> tuple[dict[str, dict[str, t.Any]], dict[str, dict[str, t.Any]]]:
    """Return the documentation of all modules and the fragments that it extends; reading it takes seconds."""
    return generate.modules(), argument_specs.fragments(ROOT)


@pytest.mark.parametrize("name", sorted(name for name, module in tables.MODULES.items() if not module.removed_reason))
def test_new_options_exist(name: str) -> None:
    """What the tables name is an option of the new module."""
    module = tables.MODULES[name]
    modules, fragments = documented()
    options = argument_specs.options_of(modules[module.new.rpartition(".")[2]], fragments)
    missing = {option.renamed_to for option in module.options.values() if option.renamed_to} - options.keys()
    # public_ip takes one server, and the planner makes a loop.
    assert missing - ({"server_ids"} if name == "clc_publicip" else set()) == set()


def test_every_rule_of_the_tables_is_known() -> None:
    used = {option.rule for module in tables.MODULES.values() for option in module.options.values()}
    assert used <= values.RULES.keys()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("yes", '"yes"'),
        ("8000-8010", "8000-8010"),
        ("80", '"80"'),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("a: b", '"a: b"'),
        ("{{ x }}", '"{{ x }}"'),
        ("# no", '"# no"'),
        ("", '""'),
        ("0x1F", '"0x1F"'),
        ("2026-01-01", '"2026-01-01"'),
        (True, "true"),
        (None, "null"),
    ],
)
def test_scalars(value: object, written: str) -> None:
    assert values.scalar(value) == written
    text = values.block("key", [value], 0)
    node = document.read(Path("a.yml"), text).root
    assert node is not None
    assert document.data(node) == {"key": [value]}


def test_findings_are_data() -> None:
    _texts, findings = migrate("- name: A\n  clc_group: {name: Web}\n")
    assert dataclasses.asdict(findings[0])["new"] == "centurylink.cloud.server_group"
    assert cli.OK == 0
