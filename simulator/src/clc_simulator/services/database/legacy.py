# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The older paths of the database service, without /v1, which the vendor's command line tool uses.

They are other addresses of the same subscriptions, so most handlers are those of the versioned paths.

Decisions:
  - A subscription that is created without a backup time has automatic backups at 2:30.
  - Destinations are the notifications of the versioned paths. Those paths do not know text messages, so they do not list
    destinations of type SMS. The id of a notification type is its position in the contract's enum, from 1.
  - The id of a promotion is its position in the account's list, from 1.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.database import database, database_backup, reports
from clc_simulator.services.database._shared import (
    Action,
    Backup,
    Database,
    Notification,
    database_from_path,
    require_usable,
)
from clc_simulator.services.database.notification import (
    ALERT_TYPES,
    EMAIL,
    add_notification,
    change_notification,
    check_recipient,
    confirm_notification,
    find_notification,
)

Json = dict[str, Any]

_DEFAULT_LOCATION = "VA1"
_DEFAULT_BACKUP_TIME = {"hour": 2, "minute": 30}
_HISTORY_LENGTH = 10
"""Largest number of entries of a history (contract)."""

operation("listLegacyRdbsSubscriptions")(database.list_databases.handler)
operation("getLegacyRdbsSubscription")(database.get_database.handler)
operation("getLegacyRdbsCertificate")(database.get_certificate.handler)
operation("listLegacyRdbsDatacenters")(reports.list_data_centers.handler)
operation("deleteLegacyRdbsSubscription", writes=(Database, Action), work_of=database.delete_database)(
    database.delete_database.handler
)
operation("failoverLegacyRdbsSubscription", writes=(Database, Action), work_of=database.fail_over)(
    database.fail_over.handler
)
operation("deleteLegacyRdbsBackup", writes=(Backup, Action), work_of=database_backup.delete_backup)(
    database_backup.delete_backup.handler
)


@operation("createLegacyRdbsSubscription", writes=(Database, Notification, Action), work_of=database.create_database)
def create_subscription(request: RequestContext) -> HandlerResponse:
    """Create a subscription, by default in VA1."""
    body = {"location": _DEFAULT_LOCATION, "backupTime": _DEFAULT_BACKUP_TIME, **request.body}
    destinations = body.get("destinations", [])
    for index, destination in enumerate(destinations):
        _check_location(destination, f"destinations[{index}].location")
    created = database.add_requested(request, body)
    for destination in destinations:
        add_notification(
            request.world, created, destination["location"], _types(destination), kind=destination["destinationType"]
        )
    return database.start_creation(request, created)


@operation("updateLegacyRdbsSubscription", writes=(Database, Action), work_of=database.update_database)
def update_subscription(request: RequestContext) -> HandlerResponse:
    """Start a change of the sizes, the backup time, or the retention; what is omitted does not change."""
    subscription = require_usable(database_from_path(request))
    database.start_update(request, subscription, {**database.policy(subscription), **request.body})
    return HandlerResponse()


@operation("listLegacyRdbsBackups")
def list_backups(request: RequestContext) -> HandlerResponse:
    """Return the backups of a subscription, without their types."""
    backups = database_backup.list_backups.handler(request).body
    return HandlerResponse(
        [{name: value for name, value in backup.items() if name != "backupType"} for backup in backups]
    )


@operation("listLegacyRdbsHistory")
def list_history(request: RequestContext) -> HandlerResponse:
    """Return the latest entries of the history of all subscriptions."""
    return HandlerResponse(reports.list_history.handler(request).body[:_HISTORY_LENGTH])


@operation("listLegacyRdbsPromotions")
def list_promotions(request: RequestContext) -> HandlerResponse:
    """Return the promotions of the account with their ids."""
    promotions = reports.list_promotions.handler(request).body
    return HandlerResponse([{"id": number, **promotion} for number, promotion in enumerate(promotions, 1)])


def _check_location(destination: Json, property_name: str) -> str:
    location: str = destination["location"]
    return check_recipient(location, property_name) if destination["destinationType"] == EMAIL else location


def _types(destination: Json) -> list[str]:
    return [item["notificationType"] for item in destination["notifications"] if "notificationType" in item]


def _view(notification: Notification) -> Json:
    return {
        "id": int(notification.id),
        "destinationType": notification.kind,
        "location": notification.recipient,
        "notifications": [{"id": ALERT_TYPES.index(kind) + 1, "notificationType": kind} for kind in notification.types],
        "verified": notification.verified,
    }


def _destination(request: RequestContext) -> Notification:
    return find_notification(request, request.path["destinationId"])


@operation("listLegacyRdbsDestinations")
def list_destinations(request: RequestContext) -> HandlerResponse:
    """Return the destinations of a subscription, including those of its creation."""
    subscription = database_from_path(request)
    return HandlerResponse([_view(item) for item in request.world[Notification].find_by("database", subscription.id)])


@operation("createLegacyRdbsDestination", writes=(Notification,))
def create_destination(request: RequestContext) -> HandlerResponse:
    """Add a destination; a location may have more than one."""
    subscription = database_from_path(request)
    location = _check_location(request.body, "location")
    kind = request.body["destinationType"]
    return HandlerResponse(
        _view(add_notification(request.world, subscription, location, _types(request.body), kind=kind))
    )


@operation("updateLegacyRdbsDestination", writes=(Notification,))
def update_destination(request: RequestContext) -> HandlerResponse:
    """Replace a destination; a new location must confirm with a new token."""
    destination = _destination(request)
    location = _check_location(request.body, "location")
    kind = request.body["destinationType"]
    return HandlerResponse(
        _view(change_notification(request.world, destination, location, _types(request.body), kind=kind))
    )


@operation("deleteLegacyRdbsDestination", writes=(Notification,))
def delete_destination(request: RequestContext) -> HandlerResponse:
    """Remove a destination."""
    request.world[Notification].remove(_destination(request).id)
    return HandlerResponse()


@operation("verifyLegacyRdbsDestination", writes=(Notification,))
def verify_destination(request: RequestContext) -> HandlerResponse:
    """Confirm a destination with the token of the message, which GET /_simulator/state returns."""
    return HandlerResponse(_view(confirm_notification(request.world, _destination(request), request.path["token"])))
