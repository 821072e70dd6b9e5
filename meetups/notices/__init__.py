"""Who hears of evenings, and how."""

from meetups.notices.agendas import claimed, given_back, slotted, speaking
from meetups.notices.evenings import (
    cancelled,
    changed,
    confirmed,
    countered,
    invited,
    joined,
    lapsed,
    offered,
    opened,
    promoted,
)
from meetups.notices.kinds import IN_CALENDARS, register
from meetups.notices.reminders import announced, reminded
from meetups.notices.series import series_cancelled, series_changed, stands

__all__ = [
    "IN_CALENDARS",
    "announced",
    "cancelled",
    "changed",
    "claimed",
    "confirmed",
    "countered",
    "given_back",
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
    "slotted",
    "speaking",
    "stands",
]
