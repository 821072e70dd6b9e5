"""What else is on when an evening is planned, for people who could go to both; and days that are free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from community.models import Group
from community.queries.groups import within
from meetups.models import Meetup, ProgrammeEvent
from meetups.queries.joined import Entry, once
from sponsors.models import VendorEvent

TRAVEL_KM = 60
APART = timedelta(hours=2)
"""Nobody gets from one to the other in less."""

AROUND = timedelta(days=22)
WEEKEND = 5
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Around:
    """What an evening would clash with, and the nearest days at the same hour that are free."""

    clashes: list[Entry] = field(default_factory=list)
    free: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Along:
    """A series: how many dates, those that clash and with what, and days of the week (0 is Monday) with fewer."""

    count: int = 0
    dates: list[tuple[datetime, list[Entry]]] = field(default_factory=list)
    better: list[tuple[int, int]] = field(default_factory=list)


Others = Mapping[int, Sequence[datetime]]


def around(
    group: Group, starts_at: datetime, ends_at: datetime, *, at: datetime, without: Meetup | None = None
) -> Around:
    """Evenings of this group and of groups within travel distance, vendors' events there, programmes online.

    `starts_at` is on the clock of the place, so that the days suggested keep its hour. Three queries.
    """
    entries = _near(group, starts_at - AROUND, starts_at + AROUND, without)
    clashes = _overlapping(entries, starts_at, ends_at)
    if not clashes:
        return Around()
    length = ends_at - starts_at
    free = [
        day for day in _days(starts_at) if day > at + timedelta(days=1) and not _overlapping(entries, day, day + length)
    ]
    return Around(clashes, sorted(free[:SUGGESTED]))


def along(group: Group, starts: Sequence[datetime], length: timedelta, *, others: Others | None = None) -> Along:
    """What the dates of a series would clash with; `others` are the dates it would have on other days of the week.

    The days with fewer clashes are answered, the best first. Three queries, whatever the number of dates.
    """
    every = [*starts, *(each for dates in (others or {}).values() for each in dates)]
    entries = _near(group, min(every), max(every) + length, None) if every else []

    def clashing(moments: Sequence[datetime]) -> list[tuple[datetime, list[Entry]]]:
        found = [(each, _overlapping(entries, each, each + length)) for each in moments]
        return [(each, clashes) for each, clashes in found if clashes]

    dates = clashing(starts)
    better = sorted((len(clashing(moments)), weekday) for weekday, moments in (others or {}).items())
    return Along(len(starts), dates, [(weekday, count) for count, weekday in better if count < len(dates)][:SUGGESTED])


def _near(group: Group, first: datetime, last: datetime, without: Meetup | None) -> list[Entry]:
    span = Q(starts_at__gte=first - timedelta(days=1), starts_at__lte=last)
    here = Q(group=group)
    if group.latitude is not None and group.longitude is not None:
        near = within(latitude=group.latitude, longitude=group.longitude, km=TRAVEL_KM)
        here |= Q(group__in=near.values("pk"))
    evenings = Meetup.objects.visible_to(None).filter(span, here, state=Meetup.State.PUBLISHED)
    if without is not None:
        evenings = evenings.exclude(pk=without.pk)
    events = VendorEvent.objects.published().filter(span, here)
    dates = ProgrammeEvent.objects.filter(span, place="", is_cancelled=False)
    found: list[Entry] = [
        *evenings.select_related("group", "venue"),
        *events.select_related("group", "organisation"),
        *dates.select_related("feed__organisation"),
    ]
    return sorted(once(found), key=lambda each: each.starts_at)


def _overlapping(entries: Iterable[Entry], starts_at: datetime, ends_at: datetime) -> list[Entry]:
    return [each for each in entries if each.starts_at < ends_at + APART and each.ends_at > starts_at - APART]


def _days(starts_at: datetime) -> list[datetime]:
    """The same hour on other days, the same weekday first, then the nearest; no weekends unless it is one."""
    days = range(-AROUND.days + 1, AROUND.days)
    order = sorted((day for day in days if day), key=lambda day: (day % 7 != 0, abs(day), day))
    moments = [starts_at + timedelta(days=day) for day in order]
    return [each for each in moments if each.weekday() < WEEKEND or starts_at.weekday() >= WEEKEND]
