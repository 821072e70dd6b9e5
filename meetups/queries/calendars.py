"""What calendars show, and a version of it that costs one query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from community.models import Group
from meetups.models import Meetup
from sponsors.models import VendorEvent

KEPT = timedelta(days=731)
"""Past evenings stay in feeds for two years: a calendar is also a memory."""

AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Version:
    """Changes whenever the calendar would."""

    name: str
    parts: tuple[Any, ...]
    changed_at: datetime | None


def public_meetups(at: datetime) -> QuerySet[Meetup]:
    """Published and cancelled evenings of the last two years and all to come, with all that an entry says."""
    kept = Meetup.objects.visible_to(None).filter(ends_at__gt=at - KEPT)
    return kept.select_related("group", "venue", "series").order_by("starts_at", "id")


def public_events(at: datetime) -> QuerySet[VendorEvent]:
    """Vendors' published events in the same span."""
    kept = VendorEvent.objects.published().filter(ends_at__gt=at - KEPT)
    return kept.select_related("group", "organisation").order_by("starts_at", "id")


def _counted(rows: QuerySet[Any]) -> dict[str, Subquery]:
    """Which rows a group has and when the last one changed, as columns of the group's own query.

    The sum of the keys tells one evening from another: where one is hidden and another shown, the count stays.
    """
    mine = rows.filter(group=OuterRef("pk")).order_by().values("group")
    return {
        "count": Subquery(mine.annotate(n=Count("*")).values("n")),
        "keys": Subquery(mine.annotate(n=Sum("pk")).values("n")),
        "changed": Subquery(mine.annotate(m=Max("changed_at")).values("m")),
    }


def group_version(slug: str, at: datetime) -> tuple[Group, Version] | None:
    """A group with the version of its calendar, in one query."""
    evenings, events = _counted(public_meetups(at)), _counted(public_events(at))
    group = (
        Group.objects.filter(slug=slug)
        .annotate(
            evenings=Coalesce(evenings["count"], 0),
            evening_keys=evenings["keys"],
            evenings_at=evenings["changed"],
            events=Coalesce(events["count"], 0),
            event_keys=events["keys"],
            events_at=events["changed"],
        )
        .first()
    )
    if group is None:
        return None
    moments = [each for each in (group.evenings_at, group.events_at) if each]
    evening_parts = (group.evenings, group.evening_keys, group.evenings_at)
    parts = (group.name, group.time_zone, *evening_parts, group.events, group.event_keys, group.events_at)
    return group, Version(group.name, parts, max(moments, default=None))


def all_version(at: datetime) -> Version:
    """The version of the calendar of every public meetup, in one query."""
    found = public_meetups(at).aggregate(count=Count("*"), keys=Sum("pk"), changed=Max("changed_at"))
    return Version("All meetups", tuple(found.values()), found["changed"])
