"""What follows a change of seats: offers that ran out end, others move up, each hears of it once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from chat.actions import rooms
from live.publish import publish
from meetups import holds, notices
from meetups.actions import seats
from meetups.actions.seats import Risen, Seats
from meetups.models import Meetup, QueueMove, Rsvp

State = Rsvp.State


def expire(at: datetime) -> int:
    """End the offers that ran out and pass their seats on; how many. Due work, safe to run twice."""
    ended = 0
    rows = Rsvp.objects.lapsed(at).order_by("meetup", "is_online").values_list("meetup", "is_online")
    for meetup_id, is_online in list(dict.fromkeys(rows)):
        with transaction.atomic():
            book = Seats(seats.locked(meetup_id), at, is_online)
            if gone := lapse(book, book.meetup.rsvps.lapsed(at).select_related("member")):
                ended += gone
                finish(book)
    return ended


def open_up(at: datetime) -> int:
    """Tell those who wait that free seats are first come now; how many were told. Due work, each is told once."""
    told = 0
    late = Meetup.objects.filter(
        Q(capacity=None)
        | Q(seats_taken__lt=F("capacity"))
        | Q(is_hybrid=True, online_capacity=None)
        | Q(is_hybrid=True, online_taken__lt=F("online_capacity")),
        state=Meetup.State.PUBLISHED,
        waiting_count__gt=0,
        starts_at__lte=at + holds.FIRST_COME,
        ends_at__gt=at,
    )
    for meetup_id in late.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            held = seats.locked(meetup_id)
            told += sum(_tell_open(Seats(held, at, is_online)) for is_online in (False, True)[: 1 + held.is_hybrid])
    return told


def lapse(book: Seats, among: Iterable[Rsvp]) -> int:
    """Take back those offers of a locked meetup that ran out; how many. Their end stays on the row, so that it shows.

    `among` are its answers, with those that ran out among them.
    """
    gone = [each for each in among if each.has_run_out(book.at) and each.is_online == book.is_online]
    for rsvp in gone:
        number = rsvp.queue_number or 0
        book.move(rsvp, State.DECLINED, 0, step=QueueMove.Kind.LAPSED, until=rsvp.offered_until)
        notices.lapsed(book.meetup, rsvp, number, book.at)
    return len(gone)


def finish(book: Seats) -> list[Risen]:
    """Let others move up, keep the counters, tell; call it under the lock, after every change of seats."""
    meetup, risen = book.meetup, book.fill()
    book.keep()
    for each in risen:
        if each.until is None:
            sit(meetup, [each.rsvp], book.at)
            notices.promoted(meetup, each.rsvp, each.number, book.at)
        else:
            notices.offered(meetup, each.rsvp, each.number, each.until, book.at)
    _tell_open(book)
    publish(f"meetup:{meetup.pk}", "rsvps.changed", {"going": meetup.going_count, "waiting": meetup.waiting_count})
    return risen


def sit(meetup: Meetup, rsvps: Iterable[Rsvp], at: datetime) -> None:
    """A place in the room of the evening, where it is open already."""
    if meetup.room is not None:
        for rsvp in rsvps:
            rooms.seat(room=meetup.room, member=rsvp.member, at=at)


def _tell_open(book: Seats) -> int:
    """In the last hours a free seat is told of to all whose party it is enough for, once each."""
    if not (book.is_first_come and book.meetup.waiting_count) or book.free == 0:
        return 0
    return sum(notices.opened(book.meetup, rsvp, book.at) for rsvp in book.queue if book.fits(1 + rsvp.guests))
