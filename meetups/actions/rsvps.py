"""Saying whether one comes. The last seat is sold once; a seat that comes free goes to who has waited longest."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from chat.actions import rooms
from community.actions import memberships
from community.models import Group, Member, Membership
from community.policies.groups import may_join
from community.queries import written
from meetups import notices
from meetups.actions import promotions, seats
from meetups.actions.seats import Seats
from meetups.models import Meetup, QueueMove, Rsvp
from meetups.models.rsvp import ran_out
from meetups.policies import may_answer, may_begin, may_still_answer

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


class NoSeatThere(Exception):  # noqa: N818
    """Someone going wants to change between the room and online, where no seat is free; they keep what they have."""

    def __init__(self, *, online: bool) -> None:
        """Say what was kept."""
        there, here = ("online", "in the room") if online else ("in the room", "online")
        super().__init__(f"There is no free seat {there} now. You keep your seat {here}.")


class TooManyForTheRoom(Exception):  # noqa: N818
    """A party larger than all seats together could wait for ever."""

    def __init__(self, seats: int) -> None:
        """Say how many there are."""
        there = "There is one seat" if seats == 1 else f"There are {seats} seats"
        super().__init__(f"{there} in all. Bring fewer guests; your answer is as it was.")


def answer(
    *, member: Member, meetup: Meetup, state: str, guests: int = 0, online: bool | None = None, at: datetime
) -> Rsvp:
    """Go, perhaps go, or decline; where it is full, wait. Going joins the group by the way.

    To someone a seat is held for, going takes it and anything else lets it go on. Saying the same twice changes
    nothing. `online` chooses the seats of a hybrid meetup, where None is what they have. Raises `NotAllowed` (over,
    cancelled, suspended), `TooManyGuests`, `TooManyForTheRoom`, `NoSeatForGuests` or `NoSeatThere`.
    """
    if state not in ANSWERS:
        raise ValueError(state)
    may_answer(member, meetup, at).or_refuse()
    guests = guests if state == State.GOING else 0
    if joins := state == State.GOING and not is_inside(member, meetup.group):
        may_join(member, meetup.group, at, is_free=True).or_refuse()
    with transaction.atomic():
        seats.take_turn(meetup.pk)
        if joins:  # the group's row comes before the meetup's everywhere
            memberships.admit(member=member, group=meetup.group, at=at)
        held = seats.locked(meetup.pk)
        may_still_answer(held, at).or_refuse()
        return _answer(held, member, state, guests, online, at)


def _answer(held: Meetup, member: Member, state: str, guests: int, online: bool | None, at: datetime) -> Rsvp:  # noqa: FBT001
    """Under the lock: which seats it is about, what ran out meanwhile, what is asked for. One query finds all rows."""
    found: list[Rsvp] = written.ask("an answer, and those run out", _concerned, meetup=held.pk, member=member.pk, at=at)
    for each in found:
        each.meetup = held
    rsvp = next((each for each in found if each.member_id == member.pk), None)
    rsvp = rsvp or Rsvp(meetup=held, member=member, created_at=at)
    if state != State.DECLINED and not rsvp.is_live:
        may_begin(held, at).or_refuse()
    if state == State.GOING and held.is_hybrid and online is not None and rsvp.is_online != online:
        _leave_for(rsvp, Seats(held, at, online), guests)
    book = Seats(held, at, rsvp.is_online)
    ended = promotions.lapse(book, found)
    before, rsvp.by_standing = rsvp.state, False
    if guests > rsvp.guests:
        _check_guests(book, guests)
    if _settle(book, rsvp, state, guests):
        _finish(book, rsvp, before)
    elif ended:
        promotions.finish(book)
    return rsvp


def _concerned(meetup: int, member: int, at: datetime) -> "QuerySet[Rsvp]":
    return Rsvp.objects.filter(Q(member=member) | ran_out(at), meetup=meetup).select_related("member")


def withdraw(*, member: Member, at: datetime, group: Group | None = None) -> None:
    """Decline everything still to come (of one group, or everywhere) for someone who has left; others move up."""
    mine = Rsvp.objects.filter(member=member, meetup__ends_at__gt=at).exclude(state=State.DECLINED)
    if group is not None:
        mine = mine.filter(meetup__group=group)
    with transaction.atomic():
        for meetup_id in mine.order_by("meetup").values_list("meetup", flat=True):
            decline(member=member, meetup_id=meetup_id, at=at)


def decline(*, member: Member, meetup_id: int, at: datetime) -> None:
    """Give up one date, whatever the policy says, for someone whose answer follows from another; others move up."""
    held = seats.locked(meetup_id)
    rsvp = held.rsvps.get(member=member)
    before, book = rsvp.state, Seats(held, at, rsvp.is_online)
    book.move(rsvp, State.DECLINED, 0)
    _finish(book, rsvp, before)


def _check_guests(book: Seats, guests: int) -> None:
    if guests > book.meetup.guests_allowed:
        raise TooManyGuests(book.meetup.guests_allowed)
    if book.capacity is not None and 1 + guests > book.capacity:
        raise TooManyForTheRoom(book.capacity)


def _leave_for(rsvp: Rsvp, there: Seats, guests: int) -> None:
    """Give up the seat or the place in the queue on one side of a hybrid meetup, where the other side takes them.

    Who is going keeps the seat unless there is one over there; who waits may wait over there instead, at the end.
    """
    if rsvp.state == State.GOING and not there.opens_to(1 + guests):
        raise NoSeatThere(online=there.is_online)
    if rsvp.pk and rsvp.is_live:
        here = Seats(there.meetup, there.at, rsvp.is_online)
        here.move(rsvp, State.DECLINED, 0)
        promotions.finish(here)
    rsvp.is_online = there.is_online


def _settle(book: Seats, rsvp: Rsvp, state: str, guests: int) -> bool:
    """Move the answer to what was asked for, or to what there is room for; False where nothing changes."""
    if state != State.GOING:
        if rsvp.pk and rsvp.state == state:
            return False
        book.move(rsvp, state, 0)
    elif rsvp.pk and rsvp.state in {State.GOING, State.OFFERED}:
        return _sit_down(book, rsvp, guests)
    elif book.opens_to(1 + guests) or (rsvp.pk and book.is_turn_of(rsvp, 1 + guests)):
        book.move(rsvp, State.GOING, guests, step=QueueMove.Kind.TAKEN)
    elif rsvp.pk and (rsvp.state, rsvp.guests) == (State.WAITLISTED, guests):
        return False
    else:
        book.move(rsvp, State.WAITLISTED, guests)
    return True


def _sit_down(book: Seats, rsvp: Rsvp, guests: int) -> bool:
    """Someone who has a seat, or for whom one is held: they keep it; more guests need seats that nobody waits for."""
    more = guests - rsvp.guests
    if more == 0 and rsvp.state == State.GOING:
        return False
    if more > 0 and not book.opens_to(more):
        raise NoSeatForGuests
    book.move(rsvp, State.GOING, guests)
    return True


def _finish(book: Seats, rsvp: Rsvp, before: str) -> None:
    """Let others move up, keep the counters, and tell what this answer means."""
    meetup, at = book.meetup, book.at
    risen = promotions.finish(book)
    if any(each.rsvp.pk == rsvp.pk for each in risen):  # an offer had run out, and they were next
        rsvp.refresh_from_db()
    elif rsvp.state == State.GOING and before != State.GOING:
        promotions.sit(meetup, [rsvp], at)
        notices.confirmed(meetup, rsvp, at)
        notices.joined(meetup, rsvp, at)
    elif before == State.GOING and rsvp.state != State.GOING and meetup.room is not None:
        rooms.unseat(room=meetup.room, member=rsvp.member, at=at)


def is_inside(member: Member, group: Group) -> bool:
    """They have a place in the group already; going gives one to anyone else. One query."""
    return bool(written.ask("a place in a group", _place, member=member.pk, group=group.pk))


def _place(member: int, group: int) -> "QuerySet[Membership, int]":
    return Membership.objects.live().filter(member=member, group=group).values_list("pk", flat=True)
