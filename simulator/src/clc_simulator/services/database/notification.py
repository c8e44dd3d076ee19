# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications of databases: recipients of alerts about high utilization.

Decisions:
  - Of the requested types, responses have CPU_UTILIZATION and STORAGE_UTILIZATION. The same recipient may be added twice;
    a changed recipient must confirm again. The token of the email is in `GET /_simulator/state`. Responses are objects.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.database._shared import Database, Notification, database_from_path

Json = dict[str, Any]

EMAIL = "EMAIL"
ALERT_TYPES = ("CPU_UTILIZATION", "MEMORY_UTILIZATION", "STORAGE_UTILIZATION")
_VIEWED = ("CPU_UTILIZATION", "STORAGE_UTILIZATION")
"""Types of a notification; the creation of a subscription and the older paths also accept MEMORY_UTILIZATION."""


def add_notification(
    world: World, database: Database, recipient: str, types: list[str], verified: bool = False, kind: str = EMAIL
) -> Notification:
    """Send alerts of a database to an address after it is verified."""
    key = str(world.take_number("databaseNotifications", 42))
    token = world.new_id()[:8]
    return world[Notification].add(Notification(key, database.id, recipient, types, token, verified, kind))


def change_notification(
    world: World, notification: Notification, recipient: str, types: list[str], kind: str = EMAIL
) -> Notification:
    """Replace a notification and return it; a new recipient must confirm with a new token."""
    if recipient != notification.recipient:
        notification = world[Notification].update(notification, verified=False, token=world.new_id()[:8])
    return world[Notification].update(notification, recipient=recipient, types=types, kind=kind)


def confirm_notification(world: World, notification: Notification, token: str) -> Notification:
    """Set a notification to verified and return it. Raise ApiError (400) if the token is not that of the message."""
    if token != notification.token:
        raise validation_error("token", "The token does not belong to this notification.")
    return world[Notification].update(notification, verified=True)


def find_notification(request: RequestContext, key: str) -> Notification:
    """Return a notification of the database of the path. Raise ApiError (404)."""
    database = database_from_path(request)
    notification = request.world[Notification].get(key)
    if notification is None or notification.database != database.id:
        raise not_found(f"Notification {key} does not exist.")
    return notification


def check_recipient(address: str, property_name: str) -> str:
    """Return an email address. Raise ApiError (400) if it is not valid."""
    name, at, host = address.partition("@")
    if not (name and at and "." in host):
        raise validation_error(property_name, f"{address} is not an email address.")
    return address


def _view(notification: Notification) -> Json:
    return {
        "id": int(notification.id),
        "destinationType": notification.kind,
        "recipient": notification.recipient,
        "notificationTypes": [kind for kind in notification.types if kind in _VIEWED],
        "verified": notification.verified,
    }


def _notification(request: RequestContext) -> Notification:
    """Return the email notification of the path. Raise ApiError (404)."""
    notification = find_notification(request, request.path["notificationId"])
    if notification.kind != EMAIL:
        raise not_found(f"Notification {notification.id} does not exist.")
    return notification


@operation("listRdbsNotifications")
def list_notifications(request: RequestContext) -> HandlerResponse:
    """Return the notifications of a subscription, including those of its creation."""
    database = database_from_path(request)
    return HandlerResponse(
        [_view(item) for item in request.world[Notification].find_by("database", database.id) if item.kind == EMAIL]
    )


@operation("createRdbsNotification", writes=(Notification,))
def create_notification(request: RequestContext) -> HandlerResponse:
    """Add a notification; a recipient may have more than one."""
    database = database_from_path(request)
    recipient = check_recipient(request.body["recipient"], "recipient")
    notification = add_notification(request.world, database, recipient, request.body["notificationTypes"])
    return HandlerResponse(_view(notification))


@operation("updateRdbsNotification", writes=(Notification,))
def update_notification(request: RequestContext) -> HandlerResponse:
    """Replace a notification; a new recipient must confirm with a new token."""
    notification = _notification(request)
    recipient = check_recipient(request.body["recipient"], "recipient")
    types = request.body["notificationTypes"]
    return HandlerResponse(_view(change_notification(request.world, notification, recipient, types)))


@operation("deleteRdbsNotification", writes=(Notification,))
def delete_notification(request: RequestContext) -> HandlerResponse:
    """Remove a notification."""
    request.world[Notification].remove(_notification(request).id)
    return HandlerResponse()


@operation("verifyRdbsNotification", writes=(Notification,))
def verify_notification(request: RequestContext) -> HandlerResponse:
    """Confirm a recipient with the token of the email, which GET /_simulator/state returns."""
    confirm_notification(request.world, _notification(request), request.body["token"])
    return HandlerResponse()
