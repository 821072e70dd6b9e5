"""What the counters of a meetup say, and what its rows say: always the same."""

from typing import NamedTuple

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from meetups.models import Meetup, Rsvp

State = Rsvp.State
SEATED = Q(state__in=[State.GOING, State.OFFERED])


class Counts(NamedTuple):
    """Seats taken in the room, members going, members waiting, seats taken online."""

    seats_taken: int
    going_count: int
    waiting_count: int
    online_taken: int = 0


def kept(meetup: Meetup) -> Counts:
    """As the row says."""
    return Counts(meetup.seats_taken, meetup.going_count, meetup.waiting_count, meetup.online_taken)


def counted(meetup_id: int) -> Counts:
    """As the answers say; one query."""
    found = Rsvp.objects.filter(meetup=meetup_id).aggregate(
        seats=Coalesce(Sum(F("guests") + 1, filter=SEATED & Q(is_online=False)), 0),
        online=Coalesce(Sum(F("guests") + 1, filter=SEATED & Q(is_online=True)), 0),
        going=Count("pk", filter=Q(state=State.GOING)),
        waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
    )
    return Counts(found["seats"], found["going"], found["waiting"], found["online"])
