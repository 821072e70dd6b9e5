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
    put_down,
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
    "put_down",
    "register",
    "reminded",
    "series_cancelled",
    "series_changed",
    "slotted",
    "speaking",
    "stands",
]
