"""Saying whether one comes. The last seat is sold once; a seat that comes free goes to who has waited longest."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from chat.actions import rooms
from community.actions import memberships
from community.models import Group, Member, Membership
from live.publish import publish
from meetups import notices
from meetups.actions import seats
from meetups.actions.seats import Seats
from meetups.models import Meetup, Rsvp
from meetups.policies import may_answer

State = Rsvp.State
ANSWERS = (State.GOING, State.MAYBE, State.DECLINED)


class TooManyGuests(Exception):  # noqa: N818  (it says the outcome)
    """More guests than this meetup allows each member."""

    def __init__(self, allowed: int) -> None:
        """Say how many are."""
        many = {0: "no guests", 1: "one guest"}.get(allowed, f"up to {allowed} guests")
        super().__init__(f"You can bring {many} to this meetup. Your answer is as it was.")


class NoSeatForGuests(Exception):  # noqa: N818
    """Someone going wants more guests than there are seats; they keep what they have."""

    def __init__(self) -> None:
        """Say what was kept."""
        super().__init__("There is no free seat for more guests. You are still going, with the guests you had.")


def answer(*, member: Member, meetup: Meetup, state: str, guests: int = 0, at: datetime) -> Rsvp:
    """Go, perhaps go, or decline; where it is full, wait. Going joins the group by the way.

    Saying the same twice changes nothing. Raises `NotAllowed` (over, cancelled, suspended), `TooManyGuests` or
    `NoSeatForGuests`.
    """
    if state not in ANSWERS:
        raise ValueError(state)
    may_answer(member, meetup, at).or_refuse()
    guests = guests if state == State.GOING else 0
    with transaction.atomic():
        if state == State.GOING:
            _join(member, meetup.group, at)
        held = seats.locked(meetup.pk)
        may_answer(member, held, at).or_refuse()
        if guests > held.guests_allowed:
            raise TooManyGuests(held.guests_allowed)
        rsvp = held.rsvps.filter(member=member).first() or Rsvp(meetup=held, member=member, created_at=at)
        before = rsvp.state
        book = Seats(held)
        if not _settle(book, rsvp, state, guests, at):
            return rsvp
        _finish(book, rsvp, before, at)
        return rsvp


def withdraw(*, member: Member, at: datetime, group: Group | None = None) -> None:
    """Decline everything still to come (of one group, or everywhere) for someone who has left; others move up."""
    mine = Rsvp.objects.filter(member=member, meetup__ends_at__gt=at).exclude(state=State.DECLINED)
    if group is not None:
        mine = mine.filter(meetup__group=group)
    with transaction.atomic():
        for meetup_id in mine.order_by("meetup").values_list("meetup", flat=True):
            held = seats.locked(meetup_id)
            rsvp = held.rsvps.get(member=member)
            before, book = rsvp.state, Seats(held)
            book.move(rsvp, State.DECLINED, 0, at)
            _finish(book, rsvp, before, at)


def fill(meetup: Meetup, at: datetime) -> None:
    """Let those who wait move up; call it under the lock, after seats came free."""
    book = Seats(meetup)
    risen = book.fill(at)
    book.keep()
    _tell_risen(meetup, risen, at)


def _settle(book: Seats, rsvp: Rsvp, state: str, guests: int, at: datetime) -> bool:
    """Move the answer to what was asked for, or to what there is room for; False where nothing changes."""
    if state != State.GOING:
        if rsvp.pk and rsvp.state == state:
            return False
        book.move(rsvp, state, 0, at)
        return True
    if rsvp.state in {State.GOING, State.WAITLISTED} and rsvp.pk:
        return _bring(book, rsvp, guests, at)
    book.move(rsvp, State.GOING if book.opens_to(1 + guests) else State.WAITLISTED, guests, at)
    return True


def _bring(book: Seats, rsvp: Rsvp, guests: int, at: datetime) -> bool:
    """Another number of guests for someone going or waiting, who keeps the seat or the place in the queue."""
    more = guests - rsvp.guests
    if more == 0:
        return False
    if rsvp.state == State.GOING and more > 0 and not book.opens_to(more):
        raise NoSeatForGuests
    book.move(rsvp, rsvp.state, guests, at)
    return True


def _finish(book: Seats, rsvp: Rsvp, before: str, at: datetime) -> None:
    """Keep the counters, let others move up, tell."""
    meetup = book.meetup
    risen = book.fill(at)
    book.keep()
    own = [number for moved, number in risen if moved.pk == rsvp.pk]
    if own:  # they waited with guests, and bring fewer now
        rsvp.refresh_from_db()
    elif rsvp.state == State.GOING and before != State.GOING:
        _sit(meetup, [rsvp], at)
        notices.confirmed(meetup, rsvp, at)
        notices.joined(meetup, rsvp, at)
    elif before == State.GOING and rsvp.state != State.GOING and meetup.room is not None:
        rooms.unseat(room=meetup.room, member=rsvp.member, at=at)
    _tell_risen(meetup, risen, at)
    publish(f"meetup:{meetup.pk}", "rsvps.changed", {"going": meetup.going_count, "waiting": meetup.waiting_count})


def _tell_risen(meetup: Meetup, risen: Iterable[tuple[Rsvp, int]], at: datetime) -> None:
    for rsvp, number in risen:
        _sit(meetup, [rsvp], at)
        notices.promoted(meetup, rsvp, number, at)


def _sit(meetup: Meetup, rsvps: list[Rsvp], at: datetime) -> None:
    if meetup.room is not None:
        for rsvp in rsvps:
            rooms.seat(room=meetup.room, member=rsvp.member, at=at)


def _join(member: Member, group: Group, at: datetime) -> None:
    """Take a place in the group first: it locks the group, which comes before the meetup everywhere."""
    if not Membership.objects.live().filter(member=member, group=group).exists():
        memberships.join(member=member, group=group, at=at)
