"""Evenings: a long history of one group, and a busy month of all the others."""

from datetime import datetime, timedelta

from community.models import Group, Member
from config.load.size import Size
from meetups.actions.details import Details, fresh
from meetups.models import Meetup

HISTORY = 2 / 7
"""The part of all evenings that the first group held or plans; the others share a month."""
BACK, BETWEEN = timedelta(days=700), timedelta(days=5)


def meetups(size: Size, planner: Member, at: datetime) -> list[Meetup]:
    """Unsaved evenings."""
    first, *others = Group.objects.order_by("pk")
    long = round(size.meetups * HISTORY)
    rows = [_evening(first, planner, at - BACK + BETWEEN * number, at) for number in range(long)]
    for number in range(size.meetups - long):
        group = others[number % len(others)] if others else first
        rows.append(_evening(group, planner, at + timedelta(days=1 + number % 28), at))
    return rows


def _evening(group: Group, planner: Member, starts_at: datetime, at: datetime) -> Meetup:
    details = Details(
        title="Load evening",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        time_zone="Europe/London",
    )
    return fresh(group, details, at, by=planner)
