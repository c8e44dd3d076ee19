# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an info module returns of a resource that the service lists."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import NoSuchResource, ResourceLookupError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.listed_resource import ListedResource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import Entity
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.made import hex_id

WIDGETS = [{"key": hex_id(number), "label": label} for number, label in ((3, "web"), (1, "db"), (2, "web"))]


class Widget(ListedResource):
    title = "widget"
    result_key = "widget"
    id_property, name_property = "key", "label"

    def read_all(self) -> list[Entity]:
        return [dict(widget) for widget in WIDGETS]

    def read_by_id(self, resource_id: str) -> Entity | None:
        return next((widget for widget in self.read_all() if widget["key"] == resource_id), None)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return {"id": entity["key"], "name": entity["label"]}


class Sorted(Widget):
    order = ("name", "id")


def task(**options: t.Any) -> Task:
    return Task(t.cast("t.Any", None), {"data_center": "VA1", **options})


def gather_subsets(kind: type[ListedResource], **options: t.Any) -> list[str]:
    return [result["id"] for result in kind.gather(task(**options))]


def test_all_are_returned_in_the_order_of_the_service_or_by_keys() -> None:
    assert gather_subsets(Widget) == [hex_id(3), hex_id(1), hex_id(2)]
    assert gather_subsets(Sorted) == [hex_id(1), hex_id(2), hex_id(3)]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"name": "web"}, [3, 2]),
        ({"name": "WEB"}, []),
        ({"name": ""}, []),
        ({"id": hex_id(1)}, [1]),
        ({"id": hex_id(1), "name": "web"}, []),
        ({"id": hex_id(9)}, []),
        ({"id": "web"}, []),
        ({"id": ""}, []),
    ],
)
def test_what_a_task_selects_is_returned(options: dict[str, t.Any], ids: list[int]) -> None:
    assert gather_subsets(Widget, **options) == list(map(hex_id, ids))


def test_a_resource_is_picked_by_id_or_name() -> None:
    widget = Widget(task())
    widgets = widget.read_all()
    assert widget.find_one("db", widgets)["key"] == hex_id(1)
    assert widget.find_one(hex_id(2), widgets)["key"] == hex_id(2)
    assert widget.find_any("mail", widgets) is None
    with pytest.raises(NoSuchResource, match=r"(?i)there is no widget 'mail' in VA1"):
        widget.find_one("mail", widgets)
    with pytest.raises(ResourceLookupError, match="2 widgets in VA1 have the name 'web'"):
        widget.find_any("web", widgets)


def test_the_result_has_one_key() -> None:
    widget = Widget(task())
    assert widget.show() == {"widget": None}
    widget.entity = widget.read_all()[0]
    assert widget.show() == {"widget": {"id": hex_id(3), "name": "web"}}
