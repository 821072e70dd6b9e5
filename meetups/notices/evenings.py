"""Who hears of an evening, and how."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from community.models import Member, Membership
from meetups import tokens
from meetups.models import Meetup, Rsvp
from meetups.notices.telling import concerned, organisers, place, tell, with_guests
from meetups.text import when

State = Rsvp.State
LONGEST_WORDS = 500
SOON = 60
LATE = timedelta(days=1)
"""So close to the start a change is mailed after a minute, not a quarter of an hour."""


def promoted(meetup: Meetup, rsvp: Rsvp, number: int, at: datetime) -> None:
    """One for each time someone moves up: the number in the queue is never given twice."""
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.promoted",
        title=f"A seat came free: you are going to {meetup.title}, {when(meetup)}",
        excerpt=f"{place(meetup)}. If you cannot come any more, say so and the next in line gets the seat.",
        dedupe=f"meetups.promoted:{meetup.pk}:{number}",
        at=at,
    )


def offered(meetup: Meetup, rsvp: Rsvp, number: int, until: datetime, at: datetime) -> None:
    """One for each time a seat is held for someone, with a link that answers without signing in."""
    many = "A seat is" if not rsvp.guests else f"{1 + rsvp.guests} seats are"
    end = f"{until.astimezone(ZoneInfo(meetup.time_zone)):%A %-d %B, %H:%M}"
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.offered",
        title=f"{many} held for you until {end}: {meetup.title}, {when(meetup)}",
        excerpt=f"{place(meetup)}. Say yes by then, or it goes to the next in line.",
        dedupe=f"meetups.offered:{meetup.pk}:{number}",
        at=at,
        data={"answer": reverse("meetups:offer", args=[meetup.pk, meetup.slug or "-", tokens.offer(rsvp)])},
    )


def lapsed(meetup: Meetup, rsvp: Rsvp, number: int, at: datetime) -> None:
    """Once for each offer that ran out."""
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.lapsed",
        title=f"The seat held for you went on: {meetup.title}, {when(meetup)}",
        excerpt="We did not hear from you in time. If you still want to come, say so again.",
        dedupe=f"meetups.lapsed:{meetup.pk}:{number}",
        at=at,
    )


def opened(meetup: Meetup, rsvp: Rsvp, at: datetime) -> int:
    """To someone who waits, once: free seats are first come now. How many were told."""
    return tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.opened",
        title=f"There is room now, first come: {meetup.title}, {when(meetup)}",
        excerpt=f"{place(meetup)}. Whoever presses first has the seat.",
        dedupe=f"meetups.opened:{meetup.pk}:{rsvp.queue_number}",
        at=at,
    )


def confirmed(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the one who is going; once for each date and place the meetup had."""
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.confirmed",
        title=f"You are going{with_guests(rsvp.guests)}: {meetup.title}, {when(meetup)}",
        excerpt=f"{place(meetup)}. The page holds the agenda and your calendar entry{_and_a_question(meetup)}.",
        dedupe=f"meetups.confirmed:{meetup.pk}:{meetup.sequence}",
        at=at,
    )


def joined(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the organisers, except those who block the one who comes; once for each person."""
    tell(
        organisers(meetup.group_id, about=rsvp.member),
        meetup,
        kind="meetups.joined",
        title=f"{rsvp.member.shown_name} is coming to {meetup.title}, {when(meetup)}",
        excerpt=f"{meetup.going_count} going",
        dedupe=f"meetups.joined:{rsvp.pk}",
        at=at,
        actor_id=rsvp.member_id,
    )


def cancelled(meetup: Meetup, actor: Member, at: datetime, only: Iterable[int] | None = None) -> None:
    """To everyone who is going, waits, might come, or has it in their calendar unanswered; `only` these of them."""
    tell(
        concerned(meetup, only),
        meetup,
        kind="meetups.cancelled",
        title=f"Cancelled: {meetup.title}, {when(meetup)}",
        excerpt=meetup.cancelled_why,
        dedupe=f"meetups.cancelled:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
        folds=("meetups.changed", "meetups.invited", "meetups.reminded"),
    )


def changed(meetup: Meetup, actor: Member, at: datetime, only: Iterable[int] | None = None) -> None:
    """To the same people: the time or the place is another. Changes in quick succession make one mail."""
    tell(
        concerned(meetup, only),
        meetup,
        kind="meetups.changed",
        title=f"Moved: {meetup.title} is now {when(meetup)}",
        excerpt=place(meetup),
        dedupe=f"meetups.changed:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
        folds=("meetups.changed", "meetups.invited"),
        delay=SOON if meetup.starts_at - at < LATE else None,
    )


def invited(meetup: Meetup, at: datetime) -> None:
    """To the members of the group who have not answered yet, once."""
    members = Membership.objects.live().filter(group=meetup.group_id)
    already = meetup.rsvps.values("member")
    tell(
        members.exclude(member__in=already).values_list("member", flat=True),
        meetup,
        kind="meetups.invited",
        title=f"Are you coming? {meetup.title}, {when(meetup)}",
        excerpt=place(meetup),
        dedupe=f"meetups.invited:{meetup.pk}",
        at=at,
    )


def put_down(meetup: Meetup, at: datetime) -> None:
    """To those put down by their answer to the whole series, once: the invitation, with that answer in it."""
    rows = meetup.rsvps.filter(by_standing=True).exclude(member__in=meetup.invitations.values("member"))
    for state, title, words in (
        (State.GOING, "You are down for", "If you cannot come this time, say so: somebody may be waiting for a seat."),
        (State.WAITLISTED, "You wait for a seat at", "You hear of it when it is your turn."),
    ):
        tell(
            rows.filter(state=state).values_list("member", flat=True),
            meetup,
            kind="meetups.invited",
            title=f"{title} {meetup.title}, {when(meetup)}",
            excerpt=f"{place(meetup)}. {words}",
            dedupe=f"meetups.invited:{meetup.pk}",
            at=at,
        )


def countered(meetup: Meetup, member: Member, proposed: datetime | None, words: str, at: datetime) -> None:
    """To the inbox of the organisers who hear of them: a calendar proposed another time. Nothing moves by that."""
    local = proposed.astimezone(ZoneInfo(meetup.time_zone)) if proposed else None
    time = f": {local:%A %-d %B, %H:%M}" if local else ""
    tell(
        organisers(meetup.group_id, about=member),
        meetup,
        kind="meetups.countered",
        title=f"{member.shown_name} proposes another time for {meetup.title}{time}",
        excerpt=words[:LONGEST_WORDS],
        dedupe=f"meetups.countered:{meetup.pk}:{member.pk}:{proposed.isoformat() if proposed else at.isoformat()}",
        at=at,
        actor_id=member.pk,
    )


def _and_a_question(meetup: Meetup) -> str:
    """Whoever said yes in their calendar or by a link has not been asked yet."""
    return ", and the organisers ask you something there" if meetup.questions.exists() else ""
