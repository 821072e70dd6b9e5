"""Who hears of evenings, and how."""

from meetups.notices.evenings import (
    IN_CALENDARS,
    cancelled,
    changed,
    concerned,
    confirmed,
    countered,
    invited,
    joined,
    lapsed,
    offered,
    opened,
    promoted,
    register,
)
from meetups.notices.reminders import announced, reminded
from meetups.notices.series import series_cancelled, series_changed, stands

__all__ = [
    "IN_CALENDARS",
    "announced",
    "cancelled",
    "changed",
    "concerned",
    "confirmed",
    "countered",
    "invited",
    "joined",
    "lapsed",
    "offered",
    "opened",
    "promoted",
    "register",
    "reminded",
    "series_cancelled",
    "series_changed",
    "stands",
]
