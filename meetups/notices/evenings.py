"""Who hears of an evening, and how."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from community.models import Block, Member, Membership
from meetups import tokens
from meetups.models import Meetup, Rsvp
from meetups.text import when, where
from notifications.actions import notify
from notifications.actions.notify import Message
from notifications.models.preference import Channel
from notifications.registry import Kind, register_kind

State = Rsvp.State
EVENING = "meetups/email/evening"
IN_CALENDARS = (
    "meetups.invited",
    "meetups.confirmed",
    "meetups.promoted",
    "meetups.offered",
    "meetups.changed",
    "meetups.cancelled",
    "meetups.reminded",
)
"""Kinds whose mail carries the evening itself, for the calendar of its reader."""

MINUTE = 60
LONGEST_WORDS = 500
TYPING = 15 * MINUTE
"""Changes that follow each other within a quarter of an hour make one mail, which says how it stands at its end."""
LATE = timedelta(days=1)
"""So close to the start nobody waits a quarter of an hour."""


def register() -> None:
    """The kinds, once, when the site starts."""
    for kind in (
        Kind("meetups.invited", "A meetup of your group comes up", mail_template=EVENING),
        Kind("meetups.promoted", "A seat came free for you", mail_template=EVENING, must_send=True),
        Kind("meetups.offered", "A seat is held for you", mail_template="meetups/email/offer", must_send=True),
        Kind("meetups.lapsed", "A seat held for you went on"),
        Kind("meetups.opened", "Free seats in the last hours before a meetup you wait for"),
        Kind("meetups.cancelled", "A meetup in your calendar is cancelled", mail_template=EVENING, must_send=True),
        Kind("meetups.changed", "A meetup in your calendar moved", mail_template=EVENING, delay=TYPING),
        Kind("meetups.confirmed", "You are going", mail_template=EVENING),
        Kind("meetups.reminded", "Reminders of meetups you are going to", mail_template=EVENING),
        Kind("meetups.announced", "Organisers write to those who come"),
        Kind("meetups.countered", "Someone proposes another time for a meetup you organise", default=Channel.INBOX),
        Kind("meetups.series", "Several dates of a series moved"),
        Kind("meetups.series_cancelled", "Several dates of a series are cancelled", must_send=True),
        Kind("meetups.stands", "You come every time"),
        Kind("meetups.joined", "Someone is coming to a meetup you organise", default=Channel.INBOX),
    ):
        register_kind(kind)


def promoted(meetup: Meetup, rsvp: Rsvp, number: int, at: datetime) -> None:
    """One for each time someone moves up: the number in the queue is never given twice."""
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.promoted",
        title=f"A seat came free: you are going to {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. If you cannot come any more, say so and the next in line gets the seat.",
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
        excerpt=f"{_place(meetup)}. Say yes by then, or it goes to the next in line.",
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
        excerpt=f"{_place(meetup)}. Whoever presses first has the seat.",
        dedupe=f"meetups.opened:{meetup.pk}:{rsvp.queue_number}",
        at=at,
    )


def confirmed(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the one who is going; once for each date and place the meetup had."""
    guests = f" with {rsvp.guests} guest{'s' if rsvp.guests > 1 else ''}" if rsvp.guests else ""
    tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.confirmed",
        title=f"You are going{guests}: {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. The page holds the agenda and your calendar entry{_and_a_question(meetup)}.",
        dedupe=f"meetups.confirmed:{meetup.pk}:{meetup.sequence}",
        at=at,
    )


def joined(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the organisers, except those who block the one who comes; once for each person."""
    organisers = Membership.objects.live().organising().filter(group=meetup.group_id)
    blocking = Block.objects.filter(blocked=rsvp.member_id).values("member")
    tell(
        organisers.exclude(member__in=blocking).values_list("member", flat=True),
        meetup,
        kind="meetups.joined",
        title=f"{rsvp.member.shown_name} is coming to {meetup.title}, {when(meetup)}",
        excerpt=f"{meetup.going_count} going",
        dedupe=f"meetups.joined:{rsvp.pk}",
        at=at,
        actor_id=rsvp.member_id,
    )


def cancelled(meetup: Meetup, actor: Member, at: datetime, only: set[int] | None = None) -> None:
    """To everyone who is going, waits, might come, or has it in their calendar unanswered; `only` these of them."""
    tell(
        _only(concerned(meetup), only),
        meetup,
        kind="meetups.cancelled",
        title=f"Cancelled: {meetup.title}, {when(meetup)}",
        excerpt=meetup.cancelled_why,
        dedupe=f"meetups.cancelled:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
        folds=("meetups.changed", "meetups.invited", "meetups.reminded"),
    )


def changed(meetup: Meetup, actor: Member, at: datetime, only: set[int] | None = None) -> None:
    """To the same people: the time or the place is another. Changes in quick succession make one mail."""
    tell(
        _only(concerned(meetup), only),
        meetup,
        kind="meetups.changed",
        title=f"Moved: {meetup.title} is now {when(meetup)}",
        excerpt=_place(meetup),
        dedupe=f"meetups.changed:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
        folds=("meetups.changed", "meetups.invited"),
        delay=MINUTE if meetup.starts_at - at < LATE else None,
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
        excerpt=_place(meetup),
        dedupe=f"meetups.invited:{meetup.pk}",
        at=at,
    )


def countered(meetup: Meetup, member: Member, proposed: datetime | None, words: str, at: datetime) -> None:
    """To the organisers' inbox: a calendar proposed another time. Nothing moves by that."""
    organisers = Membership.objects.live().organising().filter(group=meetup.group_id)
    local = proposed.astimezone(ZoneInfo(meetup.time_zone)) if proposed else None
    time = f": {local:%A %-d %B, %H:%M}" if local else ""
    tell(
        organisers.values_list("member", flat=True),
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


def concerned(meetup: Meetup) -> list[int]:
    """Those to whom a change matters: who answered anything but no, and who was invited and has not answered."""
    declined = meetup.rsvps.filter(state=State.DECLINED).values("member")
    answers = meetup.rsvps.exclude(state=State.DECLINED).values_list("member", flat=True)
    unanswered = meetup.invitations.exclude(member__in=declined).values_list("member", flat=True)
    return list(answers.union(unanswered))


def _only(people: list[int], only: set[int] | None) -> list[int]:
    return people if only is None else [each for each in people if each in only]


def _place(meetup: Meetup) -> str:
    return where(meetup.venue, online=bool(meetup.online_url))


def tell(
    recipients: Iterable[int],
    meetup: Meetup,
    *,
    kind: str,
    title: str,
    excerpt: str,
    dedupe: str,
    at: datetime,
    actor_id: int | None = None,
    data: dict[str, Any] | None = None,
    folds: tuple[str, ...] = (),
    delay: int | None = None,
    url: str = "",
) -> int:
    """One notice about an evening for each of these members; how many were new."""
    message = Message(
        kind=kind,
        title=title,
        url=url or meetup.get_absolute_url(),
        excerpt=excerpt,
        dedupe=dedupe,
        scope=meetup.group.scope,
        subject=f"meetup:{meetup.pk}",
        data=data or {},
        folds=folds,
        delay=delay,
    )
    return notify.tell(recipients, message, at=at, actor_id=actor_id)
