"""“I come every month”: one answer for a series, a fair place on each of its dates."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from community.actions import memberships
from community.models import Group, Member
from community.policies.groups import may_join
from community.verdicts import NotAllowed
from meetups import notices
from meetups.actions import promotions, rsvps, seats
from meetups.actions.seats import Seats
from meetups.models import Meetup, QueueMove, Rsvp, Series, StandingRsvp
from meetups.models.rsvp import ran_out
from meetups.policies import may_answer, may_stand

State = Rsvp.State


def begin(*, member: Member, series: Series, guests: int = 0, at: datetime) -> list[Rsvp]:
    """Put down for every date to come that they have not answered; twice is once. Answers what each date gave.

    A full date puts them into its queue like anyone. One notice tells of all of them.
    """
    may_stand(member, series, at).or_refuse()
    with transaction.atomic():
        if not rsvps.is_inside(member, series.group):
            may_join(member, series.group, at, is_free=True).or_refuse()
            memberships.admit(member=member, group=series.group, at=at)
        standing, is_new = StandingRsvp.objects.get_or_create(
            series=series, member=member, defaults={"guests": guests, "created_at": at}
        )
        if not is_new:
            return []
        coming = Meetup.objects.upcoming(at).filter(series=series).exclude(rsvps__member=member)
        numbers = list(coming.order_by("pk").values_list("pk", flat=True))
        given = [rsvp for number in numbers if (rsvp := _put_down(standing, number, at)) is not None]
        if given:
            notices.stands(standing, given, at)
            for rsvp in given:
                if rsvp.meetup.invited_at:  # it has opened: the invitation comes now, the others' when theirs do
                    notices.put_down(rsvp.meetup, at)
        return given


def end(*, member: Member, series: Series, at: datetime) -> int:
    """No longer every time: the dates to come that this had answered are given up, others move up; how many.

    What they had answered themselves stays.
    """
    with transaction.atomic():
        if not StandingRsvp.objects.filter(member=member, series=series).delete()[0]:
            return 0
        mine = Rsvp.objects.filter(member=member, meetup__series=series, meetup__ends_at__gt=at, by_standing=True)
        numbers = mine.exclude(state=State.DECLINED).order_by("meetup").values_list("meetup", flat=True)
        for number in list(numbers):
            rsvps.decline(member=member, meetup_id=number, at=at)
        return len(numbers)


def forget(*, member: Member, group: Group | None = None) -> None:
    """They left the group, or altogether; the dates are given up with every other answer of theirs."""
    rows = StandingRsvp.objects.filter(member=member)
    (rows if group is None else rows.filter(series__group=group)).delete()


def seat(series: Series, meetups: Iterable[Meetup], at: datetime) -> None:
    """New dates of a series: those who come every time take their places, in the order in which they said so."""
    rows = StandingRsvp.objects.filter(series=series).select_related("member", "series__group")
    standing = list(rows.order_by("created_at", "pk"))
    for meetup in meetups if standing else ():
        for each in standing:
            _put_down(each, meetup.pk, at)


def _put_down(standing: StandingRsvp, meetup_id: int, at: datetime) -> Rsvp | None:
    """One date; None where they may not answer it, or did."""
    member, meetup = standing.member, seats.locked(meetup_id)
    found = list(meetup.rsvps.filter(Q(member=member) | ran_out(at)).select_related("member"))
    if any(each.member_id == member.pk for each in found):
        return None
    try:
        may_answer(member, meetup, at).or_refuse()
    except NotAllowed:
        return None
    guests = min(standing.guests, meetup.guests_allowed)
    if meetup.capacity is not None:
        guests = min(guests, max(0, meetup.capacity - 1))
    book, rsvp = Seats(meetup, at), Rsvp(meetup=meetup, member=member, by_standing=True, created_at=at)
    promotions.lapse(book, found)
    state = State.GOING if book.opens_to(1 + guests) else State.WAITLISTED
    book.move(rsvp, state, guests, step=QueueMove.Kind.JOINED if state == State.WAITLISTED else None)
    promotions.finish(book)
    if rsvp.state == State.GOING:
        promotions.sit(meetup, [rsvp], at)
    return rsvp
