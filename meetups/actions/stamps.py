"""The stamp of an evening follows all that calendars show of it, also what stands in another row: group, venue, series.

Feeds are versioned by these stamps; whatever changes an entry without moving its stamp would be a 304 that lies.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from community.models import Group
from meetups.actions import dates
from meetups.models import Meetup, Venue

SHOWN_OF_A_GROUP = {"name", "place_name"}


def amended(*, group: Group, changed: Iterable[str], at: datetime, **_: Any) -> None:
    """A group has another name or town."""
    if SHOWN_OF_A_GROUP & set(changed):
        Meetup.objects.filter(group=group).update(changed_at=at)
        dates.shown_anew(group.pk)


def moved(venue: Venue, at: datetime) -> None:
    """A place has another name or address: for whoever goes there from now on that is a change of place."""
    ahead = Meetup.objects.filter(venue=venue, ends_at__gt=at)
    ahead.update(sequence=F("sequence") + 1, changed_at=at)
    Meetup.objects.filter(venue=venue, ends_at__lte=at).update(changed_at=at)
