"""What a member's download holds of evenings."""

from meetups.exports import agendas, evenings
from meetups.exports.evenings import (
    announcements,
    attendances,
    calendar_imports,
    calendars,
    invitations,
    queue,
    rsvps,
    standing,
)

ALL = evenings.ALL | agendas.ALL
"""By the name of their file in the download."""

__all__ = [
    "ALL",
    "announcements",
    "attendances",
    "calendar_imports",
    "calendars",
    "invitations",
    "queue",
    "rsvps",
    "standing",
]
