"""Who hears of evenings, and how."""

from meetups.notices import agendas, evenings
from meetups.notices.agendas import claimed, given_back, slotted, speaking
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
)
from meetups.notices.reminders import announced, reminded
from meetups.notices.series import series_cancelled, series_changed, stands
from notifications.registry import register_kind


def register() -> None:
    """The kinds, once, when the site starts."""
    evenings.register()
    for kind in agendas.KINDS:
        register_kind(kind)


__all__ = [
    "IN_CALENDARS",
    "announced",
    "cancelled",
    "changed",
    "claimed",
    "concerned",
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
